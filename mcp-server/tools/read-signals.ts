import { z } from 'zod';
import { signalEvidence } from '../../plant/diagnosis/records/says.ts';
import { AndonError } from '../../plant/errors.ts';
import { plainWords, resolveNamed } from '../../plant/names.ts';
import type { SignalSummary } from '../../plant/say/en/signals.ts';
import { iso } from '../../plant/time.ts';
import type { SignalValues } from '../../memory/floor/signals.ts';
import { completenessOf } from '../completeness.ts';
import { gapsOf, systemsOf } from '../gaps.ts';
import { signalValues } from '../signal-values.ts';
import { defineTool, reads } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { timeInput, windowOf } from '../window.ts';

/** Every n-th point, the last one always: enough to see a shape, few enough to read. */
function thinned(points: SignalValues['points'], most: number): SignalValues['points'] {
  const step = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => (points.length - 1 - index) % step === 0);
}

function summary(
  context: ToolContext,
  one: SignalValues,
): { summary: SignalSummary; evidence: ReturnType<typeof signalEvidence> } | null {
  const last = one.points.at(-1);
  if (!last) return null;
  const values = one.points.map(({ value }) => value);
  const evidence = signalEvidence(
    { ...one, points: [], baseline: null },
    last.at,
    last.value,
    context.plant,
    systemsOf(context),
  );
  return {
    evidence,
    summary: {
      equipment: one.equipment,
      signal: one.signal,
      unit: one.unit,
      low: Math.min(...one.points.map(({ low, value }) => low ?? value)),
      high: Math.max(...one.points.map(({ high, value }) => high ?? value)),
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      last: last.value,
      lastAt: last.at,
      evidence: evidence.id,
    },
  };
}

export default defineTool({
  name: 'read_signals',
  title: 'Read signals',
  description:
    'Process values of a machine or utility over a time: last, lowest, highest, average, and a thinned curve. Default window: the last hour. Without signals: all of that equipment.',
  input: {
    equipment: z.string().max(200).describe('Machine or utility as people call it, with its line'),
    signals: z.array(z.string().max(60)).max(10).optional().describe('Names such as torque, speed, pressure'),
    from: timeInput('ISO time'),
    to: timeInput('ISO time; default now'),
    points: z.number().int().min(0).max(200).default(30).describe('Points per curve'),
  },
  data: {
    equipment: z.string(),
    signals: z.array(
      z.object({
        signal: z.string(),
        unit: z.string(),
        last: z.number(),
        last_at: z.string(),
        low: z.number(),
        high: z.number(),
        mean: z.number(),
        points: z.array(z.tuple([z.string(), z.number()])),
      }),
    ),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, now, say } = context;
    const thing = resolveNamed(plant, input.equipment, { kinds: ['machine', 'utility', 'line'] });
    const line = plant.lines.find(({ id }) => id === thing.line);
    if (thing.kind === 'line' && line)
      throw new AndonError(
        'ambiguous',
        `${thing.name} has many machines.`,
        `Say which: ${line.machines.map(({ name }) => name).join(', ')}.`,
        { details: { choices: line.machines.map(({ id }) => id) } },
      );
    const window = windowOf(input, now, 1);
    const signals = input.signals?.map((name) => plainWords(name).join('_'));
    const read = await signalValues(context, { equipment: [thing.id], signals, ...window });
    const found = read.series.flatMap((one) => {
      const made = summary(context, one);
      return made ? [{ ...made, points: one.points }] : [];
    });
    const have = new Set(found.map((one) => one.summary.signal));
    const without = (signals ?? read.series.map(({ signal }) => signal)).filter((name) => !have.has(name));
    const { gaps, evidence } = await gapsOf(context, line ? [line] : [], window);
    return {
      said: say.saySignals(
        { signals: found.map((one) => one.summary), equipment: thing.id, ...window, without },
        plant,
        { now },
      ),
      data: {
        equipment: thing.id,
        signals: found.map(({ summary: one, points }) => ({
          signal: one.signal,
          unit: one.unit,
          last: one.last,
          last_at: iso(one.lastAt),
          low: one.low,
          high: one.high,
          mean: one.mean,
          points: (input.points === 0 ? [] : thinned(points, input.points)).map(
            ({ at, value }): [string, number] => [iso(at), value],
          ),
        })),
      },
      evidence: [...found.map((one) => one.evidence), ...evidence],
      completeness: completenessOf(context, { gaps, truncated: read.truncated ? say.newestKept() : null }),
      ...(read.truncated ? { next: 'Ask for a shorter window to see every value.' } : {}),
    };
  },
});
