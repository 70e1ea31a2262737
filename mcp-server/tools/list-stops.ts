import { z } from 'zod';
import type { Line } from '../../plant/equipment.ts';
import { lossPareto } from '../../plant/losses.ts';
import { resolveLine } from '../../plant/names.ts';
import { secondsIn } from '../../plant/stop-shares.ts';
import type { Span } from '../../plant/stop-shares.ts';
import { stop } from '../../plant/stop.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis } from '../../plant/time.ts';
import { framingRecords } from '../../memory/floor/states.ts';
import { listStops } from '../../memory/floor/stops.ts';
import { completenessOf } from '../completeness.ts';
import { gapsOf } from '../gaps.ts';
import { lineAt } from '../line-at.ts';
import { rankedBy, rankStops } from '../rank-stops.ts';
import { defineTool, reads } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { timeInput, windowOf } from '../window.ts';

/** Lines that have no stop because nobody recorded what they did. */
async function silentOf(
  { pool }: ToolContext,
  lines: readonly Line[],
  stops: readonly Stop[],
  { from, to }: Span,
): Promise<string[]> {
  const silent: string[] = [];
  for (const line of lines) {
    if (stops.some((one) => one.line === line.id)) continue;
    const state = lineAt(line, await framingRecords(pool, line, from, to), to);
    if (state.running === null) silent.push(line.id);
  }
  return silent;
}

/** One row of a ranking; `seconds` and `stops` of it in the time asked about. */
const rank = z.object({
  line: z.string().nullable(),
  place: z.string().nullable(),
  stop: z.string().nullable(),
  /** In words. */
  cause: z.string().nullable(),
  seconds: z.number(),
  stops: z.number(),
  going_on: z.boolean(),
});

export default defineTool({
  name: 'list_stops',
  title: 'List stops',
  description:
    'Stops of a line (or all lines) in a time window, newest first, with a Pareto of lost time by kind of loss. With "rank_by": unplanned stops ranked by minutes lost, for "which line stopped most", "what stopped us most", "longest stop". Default window: the last 24 hours. For the cause of one stop call explain_stop with its line and start.',
  input: {
    line: z.string().max(200).optional().describe('Line as people call it; empty: all lines'),
    from: timeInput('ISO time'),
    to: timeInput('ISO time; default now'),
    rank_by: z
      .enum(rankedBy)
      .optional()
      .describe('stop: the longest ones with their causes; line; place: where they began'),
    than_from: timeInput('Compare with a window that begins then'),
    than_to: timeInput('and ends then'),
    min_seconds: z.number().min(0).default(0).describe('Leave shorter stops out'),
    loss: stop.shape.loss.optional().describe('Only this kind'),
    planned: z.boolean().optional().describe('true: only planned, false: only unplanned'),
    limit: z.number().int().min(1).max(100).optional().describe('Default 20; ranked 5'),
  },
  data: {
    stops: z.array(stop),
    total: z.number(),
    pareto: z.array(
      z.object({ loss: stop.shape.loss, planned: z.boolean(), stops: z.number(), durationS: z.number() }),
    ),
    ranking: z.array(rank).nullable(),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now, say } = context;
    const lines = input.line ? [resolveLine(plant, input.line)] : plant.lines;
    const ids = lines.map(({ id }) => id);
    const fits = (one: Stop): boolean =>
      one.durationS >= input.min_seconds &&
      (input.loss ?? one.loss) === one.loss &&
      (input.planned ?? one.planned) === one.planned;
    const stopsIn = async (span: Span): Promise<Stop[]> =>
      (await listStops(pool, plant, ids, span, now)).filter(fits);
    const window = windowOf(input, now);
    const stops = await stopsIn(window);
    const silent = await silentOf(context, lines, stops, window);
    const about = { ...window, lines: ids, stops, silent };
    const { gaps, evidence } = await gapsOf(context, lines, window);
    const missing =
      silent.length < ids.length ? silent.map((id) => say.noStateOf(id, window, plant, now)) : [];
    const pareto = lossPareto(stops.map((one) => ({ ...one, durationS: secondsIn(one, window) })));
    const [unplanned, planned] = [stops.filter((one) => !one.planned), stops.filter((one) => one.planned)];
    if (input.rank_by && unplanned.length > 0) {
      const most = input.limit ?? 5;
      const ranked = await rankStops(context, input.rank_by, { ...about, stops: unplanned, planned, most });
      return {
        said: ranked.said,
        data: { stops: unplanned, total: unplanned.length, pareto, ranking: ranked.ranking },
        evidence: [...evidence, ...ranked.evidence],
        completeness: completenessOf(context, { gaps, missing }),
      };
    }
    const other = input.than_from ? windowOf({ from: input.than_from, to: input.than_to }, now) : null;
    const than = other && { ...other, stops: await stopsIn(other) };
    const newest = stops.toSorted((a, b) => millis(b.from) - millis(a.from) || a.line.localeCompare(b.line));
    const shown = newest.slice(0, input.limit ?? 20);
    const cut = shown.length < stops.length ? say.shownOf(shown.length, stops.length) : null;
    return {
      said: say.sayStops({ ...about, shown, pareto, than }, plant, { now }),
      data: { stops: shown, total: stops.length, pareto, ranking: null },
      evidence,
      completeness: completenessOf(context, { gaps, truncated: cut, missing }),
      ...(cut ? { next: 'To see the rest, ask for a shorter window or one line.' } : {}),
    };
  },
});
