import type { Millis } from '../../time.ts';
import type { Signal } from './signals.ts';

/**
 * How a value went while its machine ran: to a new level from one moment on (somebody or something set it
 * otherwise), or slowly away (something warms, leaks, wears). `change`: from where it was to where it ended;
 * `z`: the same in standard deviations of what the course leaves unexplained; `share`: of the usual value.
 */
export type Course = {
  kind: 'step' | 'slope';
  since: Millis;
  change: number;
  z: number;
  share: number;
  end: readonly [Millis, number];
  /** It may be no more than a value on its way back after a stand. */
  returns: boolean;
};

type Point = readonly [Millis, number];

/** Enough to see a course, few enough to try each of them as the turning point. */
const blocks = 40;
const fewest = 8;
const shortestMs = 5 * 60_000;

/** A machine that stands turns nothing and vibrates little: such values tell of the stand, not of the run. */
const fallsAtRest = (signal: Signal): boolean =>
  signal.measure === 'load' || signal.measure === 'vibration' || signal.measure === 'speed';

function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const one of values) sum += one;
  return sum / Math.max(values.length, 1);
}

/** Values of the run between two times, averaged into at most forty blocks. */
export function runOf(signal: Signal, from: Millis, to: Millis): Point[] {
  const points = signal.window.points.filter(
    ([at, value]) => at >= from && at <= to && !(fallsAtRest(signal) && value < signal.usual * 0.75),
  );
  const size = Math.ceil(points.length / blocks);
  if (size <= 1) return points;
  const found: Point[] = [];
  for (let start = 0; start < points.length; start += size) {
    const block = points.slice(start, start + size);
    found.push([meanOf(block.map(([at]) => at)), meanOf(block.map(([, value]) => value))]);
  }
  return found;
}

type Fit = { kind: Course['kind']; index: number; change: number; left: number };

function squares(values: readonly number[], middle: number): number {
  let sum = 0;
  for (const one of values) sum += (one - middle) ** 2;
  return sum;
}

/** One level up to a point, another from it on. */
function stepAt(values: readonly number[], index: number): Fit {
  const [before, after] = [values.slice(0, index), values.slice(index)];
  const [low, high] = [meanOf(before), meanOf(after)];
  return { kind: 'step', index, change: high - low, left: squares(before, low) + squares(after, high) };
}

/** The straight line through points that leaves the least. `y`: the mean of the values. */
function lineThrough(
  xs: readonly number[],
  values: readonly number[],
  y: number,
): { slope: number; left: number } {
  const x = meanOf(xs);
  const spread = squares(xs, x);
  let together = 0;
  for (let i = 0; i < xs.length; i++) together += ((xs[i] ?? x) - x) * ((values[i] ?? y) - y);
  const slope = spread === 0 ? 0 : together / spread;
  let left = 0;
  for (let i = 0; i < xs.length; i++) left += ((values[i] ?? y) - y - slope * ((xs[i] ?? x) - x)) ** 2;
  return { slope, left };
}

/** Level up to a point, and from there straight away from it. */
function slopeAt(times: readonly Millis[], values: readonly number[], y: number, index: number): Fit {
  const start = times[index] ?? 0;
  const xs = times.map((at) => Math.max(0, at - start) / 60_000);
  const { slope, left } = lineThrough(xs, values, y);
  return { kind: 'slope', index, change: slope * (xs.at(-1) ?? 0), left };
}

/** Time constants of machines from a small drive to an oven, minutes. */
const warmsInMinutes = [5, 10, 15, 20];

/** What a machine leaves unexplained that goes back to its level after a stand: fast at first, then slower. */
function leftOfReturn(times: readonly Millis[], values: readonly number[]): number {
  const start = times[0] ?? 0;
  return Math.min(
    ...warmsInMinutes.map((minutes) => {
      const shape = times.map((at) => Math.exp(-(at - start) / 60_000 / minutes));
      return lineThrough(shape, values, meanOf(values)).left;
    }),
  );
}

/** A return is the simpler story: it may leave so much more unexplained than the best other course. */
const simpler = 2;

/**
 * The course between two times; null where there are too few values to tell, or nothing but noise. `returning`: the
 * machine stood before, so that its values may be on their way back.
 */
export function courseOf(signal: Signal, from: Millis, to: Millis, returning = false): Course | null {
  const points = runOf(signal, from, to);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < fewest || last[0] - first[0] < shortestMs) return null;
  const times = points.map(([at]) => at);
  const values = points.map(([, value]) => value);
  const y = meanOf(values);
  const turns = points.map((_, index) => index);
  const fits = [
    ...turns.slice(2, -2).map((index) => stepAt(values, index)),
    ...turns.slice(0, -3).map((index) => slopeAt(times, values, y, index)),
  ];
  const best = fits.reduce((one, two) => (two.left < one.left ? two : one));
  const noise = Math.sqrt(best.left / Math.max(points.length - 3, 1));
  const middle = Math.abs(y);
  return {
    kind: best.kind,
    since: points[best.index]?.[0] ?? first[0],
    change: best.change,
    z: best.change / Math.max(noise, middle * 0.003, 1e-9),
    share: best.change / Math.max(middle, 1e-9),
    end: last,
    returns: returning && leftOfReturn(times, values) <= best.left * simpler,
  };
}
