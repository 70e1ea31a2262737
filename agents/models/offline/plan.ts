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

/** What a call takes for one of the lines; null: no line was named. */
type ForLine = (line: string | null) => Record<string, unknown>;
const perLine = ({ lines }: Understood, tool: string, args: ForLine): PlannedCall[] =>
  (lines.length > 0 ? lines : [null]).map((line) => call(tool, args(line)));

function callsFor(intent: Intent, asked: Understood, now: number, role: string | null): PlannedCall[] {
  const window = { from: asked.from, to: asked.to };
  switch (intent) {
    case 'status':
      return statusCalls(asked);
    case 'why':
    case 'how_long':
    case 'since_when':
      return whyCalls(asked);
    case 'stops':
      return stopCalls(asked, asked.at ? around(asked.at) : window);
    case 'bottleneck':
      return perLine(asked, 'find_bottleneck', (line) => ({
        line,
        ...(asked.at ? around(asked.at) : window),
      }));
    case 'order':
      return perLine(asked, 'list_orders', (line) => ({ line }));
    case 'decisions':
      // "What helped last time?" after a stop is about its cause; with words of its own it is about those.
      return perLine(asked, 'recall_decisions', (line) => ({
        line,
        words: asked.topic,
        cause: asked.topic === '' ? asked.cause : null,
      }));
    case 'alerts':
      return perLine(asked, 'list_alerts', (line) => ({ line, since_hours: sinceHours(asked, now) }));
    case 'sources':
      return [call('source_health', {})];
    case 'signals':
      return [signalsCall(asked)];
    case 'summary':
      return (asked.lines.length > 0 ? asked.lines : [null]).flatMap((line) => [
        call('list_stops', { line, ...window }),
        call('list_alerts', { line, since_hours: sinceHours(asked, now) }),
        ...(line ? [call('line_status', { line })] : []),
      ]);
    case 'equipment':
      return perLine(asked, 'find_equipment', (line) => ({ words: asked.machine ?? line }));
    case 'record':
      return [recordCall(asked, role)];
    case 'correct':
      return [correctCall(asked, role)];
    case 'capabilities':
      return [];
  }
}

/** How a line is; of a moment or a time that is over, why it stood then. */
const statusCalls = (asked: Understood): PlannedCall[] =>
  asked.at !== null || (asked.from !== null && asked.lines.length > 0)
    ? perLine(asked, 'explain_stop', (line) => ({ line, at: asked.at ?? asked.from }))
    : perLine(asked, 'line_status', (line) => ({ line }));

function whyCalls(asked: Understood): PlannedCall[] {
  const { machine, from, to, at, stopAt } = asked;
  // A ranking tells the causes too.
  if (asked.stops.rank !== null && asked.intents.includes('stops')) return [];
  return from !== null && at === null && stopAt === null
    ? perLine(asked, 'explain_stop', (line) => ({ line: line ?? machine, from, to }))
    : perLine(asked, 'explain_stop', (line) => ({ line: line ?? machine, at: at ?? stopAt }));
}

const signalsCall = ({ machine, lines, signals, at, from, to }: Understood): PlannedCall =>
  call('read_signals', {
    equipment: machine ?? lines[0] ?? null,
    signals: signals.length > 0 ? [...signals] : null,
    ...(at ? around(at) : { from, to }),
  });

const recordCall = ({ lines, machine, record, cause }: Understood, role: string | null): PlannedCall =>
  call('record_decision', {
    line: lines[0],
    equipment: machine,
    what_happened: record?.because ?? 'not said',
    constraint: record?.because ?? 'not said',
    response: record?.response,
    cause,
    valid_to: record?.until,
    proposed_by: role,
  });

const correctCall = ({ lines, at, stopAt, correction }: Understood, role: string | null): PlannedCall =>
  call('respond_to_alert', {
    verb: correction?.verb,
    line: lines[0],
    at: at ?? stopAt,
    words: correction?.words,
    said_by: role,
  });

/** Hours back to the beginning of the time asked about, to a tenth. */
const sinceHours = ({ from }: Understood, now: number): number | null =>
  from === null ? null : Math.ceil(((now - Date.parse(from)) / 3_600_000) * 10) / 10;

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
