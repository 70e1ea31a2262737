import { signalsOf } from '../plant/diagnosis/records/signals.ts';
import { signalEvidence } from '../plant/diagnosis/records/says.ts';
import type { Line } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import { slowWords } from '../plant/say/en/no-stop.ts';
import type { Besides, Slow } from '../plant/say/en/no-stop.ts';
import { placeWords } from '../plant/say/en/words.ts';
import { ratesOf, slowRunAt } from '../plant/slow-run.ts';
import { millis } from '../plant/time.ts';
import type { Millis } from '../plant/time.ts';
import { outagesIn } from '../memory/floor/outages.ts';
import { scopeOf } from '../memory/floor/scope.ts';
import type { SignalValues } from '../memory/floor/signals.ts';
import { absorbedIn } from './absorbed.ts';
import { systemOf } from './completeness.ts';
import type { LineAt } from './line-at.ts';
import { asEvidence, gapsOf, systemsOf } from './gaps.ts';
import { signalValues } from './signal-values.ts';
import type { ToolContext } from './tool.ts';
import { hourMs } from './window.ts';

type Span = { from: Millis; to: Millis };

/** What is usual is read from this long before. */
const usualMs = 8 * hourMs;
/** How long a slow run is followed beyond the time asked for. */
const slowMs = 4 * hourMs;
/** A loss of data this close to the time asked for is what people saw. */
const nearMs = 10 * 60_000;

/** The rate of a machine by its speed, else by its counter of good product. */
function rateOf(
  { plant }: ToolContext,
  series: readonly SignalValues[],
  from: Millis,
): { one: SignalValues; counted: boolean } | null {
  const signals = signalsOf(
    plant,
    series.map((one) => ({ ...one, points: one.points.map(({ at, value }) => [at, value]), baseline: null })),
    from,
  );
  for (const measure of ['speed', 'count']) {
    const found = signals.find((signal) => signal.measure === measure);
    const one =
      found &&
      series.find(({ signal, source }) => signal === found.window.signal && source === found.window.source);
    if (one) return { one, counted: measure === 'count' };
  }
  return null;
}

/** Did the machine by which the line is judged run below its usual rate then? */
async function slowThen(
  context: ToolContext,
  reference: string,
  span: Span,
): Promise<{ slow: Besides['slow']; evidence: Evidence[] }> {
  const window = { from: span.from - usualMs, to: Math.min(context.now, span.to + slowMs) };
  const { series } = await signalValues(context, { equipment: [reference], ...window });
  const found = rateOf(context, series, span.to);
  if (!found) return { slow: null, evidence: [] };
  const { one, counted } = found;
  const points = one.points.map(({ at, value }) => [at, value] as const);
  const run = slowRunAt(counted ? ratesOf(points) : points, span, context.now);
  if (!run) return { slow: null, evidence: [] };
  const unit = counted ? 'a minute' : one.unit;
  const evidence = [slowEvidence(context, one, { ...run, unit })];
  return { slow: { ...run, unit, evidence: evidence.map(({ id }) => id) }, evidence };
}

/** The series as a record: the value nearest to where it became slow, and what the whole of it says. */
function slowEvidence(context: ToolContext, one: SignalValues, run: Omit<Slow, 'evidence'>): Evidence {
  const { plant, now } = context;
  const off = ({ at }: { at: Millis }): number => Math.abs(at - run.from);
  const near = one.points.reduce((best, point) => (off(point) < off(best) ? point : best));
  const window = { ...one, points: [], baseline: null };
  const seen = signalEvidence(window, near.at, near.value, plant, systemsOf(context));
  return { ...seen, says: `${placeWords(plant, one.equipment)} ran ${slowWords(run, plant, now)}` };
}

/** What there was besides, where a line ran: a machine that stood, a slow run, and a source or system that failed, which looks like a stop. */
export async function besidesOf(
  context: ToolContext,
  line: Line,
  { reference, sources }: Pick<LineAt, 'reference' | 'sources'>,
  span: Span,
): Promise<{ besides: Besides; evidence: Evidence[] }> {
  const around = { from: span.from - nearMs, to: Math.min(context.now, span.to + nearMs) };
  const { records } = await gapsOf(context, [line], around);
  const gaps = records.filter(
    ({ source, only }) => only !== 'alarms' && (sources.size === 0 || sources.has(source)),
  );
  const down = await outagesIn(context.pool, around, scopeOf(context.plant, line).all);
  const seen = gaps.map((one) => asEvidence(context, one));
  const told = down.map((one) => asEvidence(context, one));
  const failed = [
    ...gaps.map(({ source, from, to }, index) => ({
      name: systemOf(context, source),
      what: 'no data' as const,
      from: millis(from),
      to: to === null ? null : millis(to),
      evidence: seen[index]?.id ?? '',
    })),
    ...down.map((one, index) => ({
      name: one.component,
      what: 'down' as const,
      from: millis(one.at),
      to: null,
      evidence: told[index]?.id ?? '',
    })),
  ];
  // The rate of values that did not come is none.
  const { slow, evidence } =
    reference === null || failed.length > 0
      ? { slow: null, evidence: [] }
      : await slowThen(context, reference, span);
  const stood = reference === null ? null : await absorbedIn(context, line, reference, span);
  return {
    besides: { absorbed: stood?.absorbed ?? [], slow, failed },
    evidence: [...evidence, ...seen, ...told, ...(stood?.evidence ?? [])],
  };
}
