import type { Intent, Understood } from './understood.ts';

/** A tool call; arguments without a value are left out. Times are ISO 8601, equipment by id. */
export type PlannedCall = { tool: string; args: Record<string, unknown> };

const mostCalls = 8;

/**
 * Which tools answer the question. Chosen by the question alone: nothing that a tool returned can add a call.
 * Questions about several lines call a tool for each. `role`: of who asks.
 */
export function planOf(understood: Understood, now: number, role: string | null): PlannedCall[] {
  if (understood.unclear) return [];
  const calls = understood.intents.flatMap((intent) => callsFor(intent, understood, now, role));
  const seen = new Set<string>();
  const distinct = calls.filter((call) => {
    const key = JSON.stringify(call);
    return !seen.has(key) && seen.add(key);
  });
  return distinct.slice(0, mostCalls);
}

function callsFor(intent: Intent, asked: Understood, now: number, role: string | null): PlannedCall[] {
  const lines = asked.lines.length > 0 ? asked.lines : [null];
  const perLine = (tool: string, args: (line: string | null) => Record<string, unknown>) =>
    lines.map((line) => call(tool, args(line)));
  const window = { from: asked.from, to: asked.to };
  const sinceHours =
    asked.from === null ? null : Math.ceil(((now - Date.parse(asked.from)) / 3_600_000) * 10) / 10;
  switch (intent) {
    case 'status':
      return asked.at !== null || (asked.from !== null && asked.lines.length > 0)
        ? perLine('explain_stop', (line) => ({ line, at: asked.at ?? asked.from }))
        : perLine('line_status', (line) => ({ line }));
    case 'why':
    case 'how_long':
    case 'since_when':
      // A ranking tells the causes too.
      if (asked.stops.rank !== null && asked.intents.includes('stops')) return [];
      return asked.from !== null && asked.at === null && asked.stopAt === null
        ? perLine('explain_stop', (line) => ({ line: line ?? asked.machine, ...window }))
        : perLine('explain_stop', (line) => ({ line: line ?? asked.machine, at: asked.at ?? asked.stopAt }));
    case 'stops':
      return stopCalls(asked, asked.at ? around(asked.at) : window);
    case 'order':
      return perLine('list_orders', (line) => ({ line }));
    case 'decisions':
      // "What helped last time?" after a stop is about its cause; with words of its own it is about those.
      return perLine('recall_decisions', (line) => ({
        line,
        words: asked.topic,
        cause: asked.topic === '' ? asked.cause : null,
      }));
    case 'alerts':
      return perLine('list_alerts', (line) => ({ line, since_hours: sinceHours }));
    case 'sources':
      return [call('source_health', {})];
    case 'signals':
      return [
        call('read_signals', {
          equipment: asked.machine ?? asked.lines[0] ?? null,
          signals: asked.signals.length > 0 ? [...asked.signals] : null,
          ...(asked.at ? around(asked.at) : window),
        }),
      ];
    case 'summary':
      return lines.flatMap((line) => [
        call('list_stops', { line, ...window }),
        call('list_alerts', { line, since_hours: sinceHours }),
        ...(line ? [call('line_status', { line })] : []),
      ]);
    case 'equipment':
      return perLine('find_equipment', (line) => ({ words: asked.machine ?? line }));
    case 'record':
      return [
        call('record_decision', {
          line: lines[0],
          equipment: asked.machine,
          what_happened: asked.record?.because ?? 'not said',
          constraint: asked.record?.because ?? 'not said',
          response: asked.record?.response,
          cause: asked.cause,
          valid_to: asked.record?.until,
          proposed_by: role,
        }),
      ];
    case 'correct':
      return [
        call('respond_to_alert', {
          verb: asked.correction?.verb,
          line: lines[0],
          at: asked.at ?? asked.stopAt,
          words: asked.correction?.words,
          said_by: role,
        }),
      ];
    case 'capabilities':
      return [];
  }
}

/** A ranking of lines says which one; why is another ranking, by where the stops began. */
function stopCalls({ lines, intents, stops }: Understood, window: Record<string, unknown>): PlannedCall[] {
  const { top, minSeconds, loss, than } = stops;
  // Lines that are named are told one by one.
  const rank = stops.rank === 'line' && lines.length > 0 ? null : stops.rank;
  const ranks = rank === 'line' && intents.includes('why') ? (['line', 'place'] as const) : [rank];
  const args = {
    ...window,
    min_seconds: minSeconds,
    loss,
    than_from: than?.from,
    than_to: than?.to,
  };
  return ranks.flatMap((by) =>
    (lines.length > 0 ? lines : [null]).map((line) =>
      call('list_stops', { line, ...args, rank_by: by, limit: by ? top : null }),
    ),
  );
}

/** Half an hour around a moment. */
function around(at: string): { from: string; to: string } {
  const middle = Date.parse(at);
  return {
    from: new Date(middle - 15 * 60_000).toISOString(),
    to: new Date(middle + 15 * 60_000).toISOString(),
  };
}

function call(tool: string, args: Record<string, unknown>): PlannedCall {
  return {
    tool,
    args: Object.fromEntries(
      Object.entries(args).filter(([, value]) => value !== null && value !== undefined && value !== ''),
    ),
  };
}
