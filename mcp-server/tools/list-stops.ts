import { z } from 'zod';
import { lossPareto } from '../../plant/losses.ts';
import { resolveLine } from '../../plant/names.ts';
import { stop } from '../../plant/stop.ts';
import { millis } from '../../plant/time.ts';
import { listStops } from '../../memory/floor/stops.ts';
import { completenessOf } from '../completeness.ts';
import { gapsOf } from '../gaps.ts';
import { defineTool, reads } from '../tool.ts';
import { timeInput, windowOf } from '../window.ts';

export default defineTool({
  name: 'list_stops',
  title: 'List stops',
  description:
    'Stops of a line (or all lines) in a time window, newest first, with a Pareto of lost time by kind of loss. Default window: the last 24 hours. For the cause of one stop call explain_stop with its line and start.',
  input: {
    line: z.string().max(200).optional().describe('Line as people call it; empty: all lines'),
    from: timeInput('ISO time'),
    to: timeInput('ISO time; default now'),
    min_seconds: z.number().min(0).default(0).describe('Leave shorter stops out'),
    planned: z.boolean().optional().describe('true: only planned, false: only unplanned'),
    limit: z.number().int().min(1).max(100).default(20),
  },
  data: {
    stops: z.array(stop),
    total: z.number(),
    pareto: z.array(
      z.object({ loss: stop.shape.loss, planned: z.boolean(), stops: z.number(), durationS: z.number() }),
    ),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now, say } = context;
    const lines = input.line ? [resolveLine(plant, input.line)] : plant.lines;
    const window = windowOf(input, now);
    const ids = lines.map(({ id }) => id);
    const all = (await listStops(pool, plant, ids, window, now)).filter(
      (one) => one.durationS >= input.min_seconds && (input.planned ?? one.planned) === one.planned,
    );
    const newest = all.toSorted((a, b) => millis(b.from) - millis(a.from) || a.line.localeCompare(b.line));
    const shown = newest.slice(0, input.limit);
    const pareto = lossPareto(all);
    const { gaps, evidence } = await gapsOf(context, lines, window);
    const cut = shown.length < all.length ? say.shownOf(shown.length, all.length) : null;
    return {
      said: say.sayStops({ lines: ids, ...window, stops: all, shown, pareto }, plant, { now }),
      data: { stops: shown, total: all.length, pareto },
      evidence,
      completeness: completenessOf(context, { gaps, truncated: cut }),
      ...(cut ? { next: 'To see the rest, ask for a shorter window or one line.' } : {}),
    };
  },
});
