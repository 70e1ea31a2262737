import { z } from 'zod';
import type { Line } from '../../plant/equipment.ts';
import type { Evidence } from '../../plant/evidence.ts';
import { millis } from '../../plant/time.ts';
import { resolveLine } from '../../plant/names.ts';
import type { LineNow } from '../../plant/say/en/line.ts';
import { stop } from '../../plant/stop.ts';
import { lineState } from '../../memory/floor/line-state.ts';
import type { LineState } from '../../memory/floor/line-state.ts';
import { completenessOf } from '../completeness.ts';
import { asEvidence } from '../gaps.ts';
import { evidenceOfStops } from '../stop-evidence.ts';
import { defineTool, reads } from '../tool.ts';
import type { ToolContext } from '../tool.ts';

const evidenceOfMachine = (one: LineState['machines'][number]): string | null =>
  one.record ? `${one.record.source}/${one.record.kind}/${one.record.key}` : null;

function nowOf(line: Line, state: LineState, lastStop: readonly Evidence[]): LineNow {
  const reference = state.machines.find(({ machine }) => machine === state.reference);
  const evidence = reference ? evidenceOfMachine(reference) : null;
  return {
    line: line.id,
    running: state.state === 'unknown' ? null : state.state === 'running',
    since: state.since,
    stop: state.stop,
    lastStop: state.lastStop,
    lastStopEvidence: lastStop.map(({ id }) => id),
    machines: state.machines.map((one) => ({
      id: one.machine,
      state: one.record ? one.state : null,
      waiting: one.waiting,
      since: one.since,
      evidence: evidenceOfMachine(one),
    })),
    order: state.order?.order ?? null,
    alarms: state.alarms,
    evidence: evidence ? [evidence] : [],
  };
}

const evidenceOf = (context: ToolContext, state: LineState) =>
  [
    ...state.machines.map(({ record }) => record),
    state.order?.order ?? null,
    ...state.alarms.slice(0, 6),
    ...state.gaps,
  ].flatMap((record) => (record ? [asEvidence(context, record)] : []));

export default defineTool({
  name: 'line_status',
  title: 'Line status',
  description:
    'How a line (or every line) is now: running or standing, since when, the state of each machine, the order in work, active alarms, the latest stop. For why it stands call explain_stop.',
  input: { line: z.string().max(200).optional().describe('Line as people call it; empty: all lines') },
  data: {
    lines: z.array(
      z.object({
        line: z.string(),
        running: z.boolean().nullable(),
        since: z.string().nullable(),
        stop: stop.nullable(),
        order: z.string().nullable(),
        machines: z.array(
          z.object({
            machine: z.string(),
            state: z.string(),
            waiting: z.string().nullable(),
            since: z.string().nullable(),
          }),
        ),
      }),
    ),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now, say } = context;
    const lines = input.line ? [resolveLine(plant, input.line)] : plant.lines;
    const states = await Promise.all(lines.map((line) => lineState(pool, plant, line.id, now)));
    const lastStops = await Promise.all(
      lines.map(async (line, index) => {
        const last = states[index]?.lastStop;
        return (await evidenceOfStops(context, line, last ? [last] : [])).flat();
      }),
    );
    const nows = lines.flatMap((line, index) => {
      const state = states[index];
      return state ? [nowOf(line, state, lastStops[index] ?? [])] : [];
    });
    const gaps = states.flatMap((state) =>
      state.gaps.map((gap) => ({
        source: gap.source,
        equipment: gap.equipment,
        from: millis(gap.from),
        to: gap.to === null ? null : millis(gap.to),
        reason: gap.reason,
      })),
    );
    return {
      said: say.sayLineStatus(nows, plant, { now }),
      data: {
        lines: nows.map((one, index) => ({
          line: one.line,
          running: one.running,
          since: one.since,
          stop: one.stop,
          order: one.order?.order ?? null,
          machines: (states[index]?.machines ?? []).map(({ machine, state, waiting, since }) => ({
            machine,
            state,
            waiting,
            since,
          })),
        })),
      },
      evidence: [...states.flatMap((state) => evidenceOf(context, state)), ...lastStops.flat()],
      completeness: completenessOf(context, { gaps }),
    };
  },
});
