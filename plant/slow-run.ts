import type { Millis } from './time.ts';

/** A time in which a machine ran below its usual rate ("reduced speed" of the six big losses). `to: null`: it still does. */
export type SlowRun = { from: Millis; to: Millis | null; rate: number; usual: number };
type Points = readonly (readonly [at: Millis, value: number])[];

/** Below this share of the usual rate a machine runs slowly; a few percent are recipe and measurement. */
const slowShare = 0.85;
/** Shorter than this it is a start or a stop, not a rate. */
const leastMs = 120_000;
/** People round: a slow run that ended or began this close to the time they name is the one they mean. */
const nearMs = 300_000;

/** The value below which a share of the values lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Values further apart than this belong to no one run. */
const apartMs = 300_000;
/** A run whose last value is this young goes on. */
const freshMs = 120_000;

/** Values below the slow share, in runs that no stand, no usual rate and no lack of values interrupts. */
function slowRuns(points: Points, usual: number): (readonly [Millis, number])[][] {
  const runs: (readonly [Millis, number])[][] = [[]];
  for (const point of points) {
    const slow = point[1] > 0 && point[1] < slowShare * usual;
    const before = runs.at(-1)?.at(-1);
    if (!slow || (before && point[0] - before[0] > apartMs)) runs.push([]);
    if (slow) runs.at(-1)?.push(point);
  }
  return runs;
}

/**
 * The slow run at a time, of the rate of one machine, oldest first. Usual is the upper quartile of the rates while it
 * ran, so that a slow hour does not become the usual. `now`: until when it may go on.
 */
export function slowRunAt(points: Points, around: { from: Millis; to: Millis }, now: Millis): SlowRun | null {
  const running = points.filter(([, value]) => value > 0);
  const usual = quantile(
    running.map(([, value]) => value),
    0.75,
  );
  const found = slowRuns(points, usual)
    .flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)];
      return first && last && last[0] - first[0] >= leastMs ? [{ run, from: first[0], end: last[0] }] : [];
    })
    .filter(({ from, end }) => from <= around.to + nearMs && end >= around.from - nearMs)
    .toSorted((a, b) => b.end - b.from - (a.end - a.from))[0];
  if (!found) return null;
  const rate = quantile(
    found.run.map(([, value]) => value),
    0.5,
  );
  const goesOn = found.end === points.at(-1)?.[0] && now - found.end <= freshMs;
  return { from: found.from, to: goesOn ? null : found.end, rate, usual };
}

/** Over this long a counter tells a rate: packers count in cases, a case at a time. */
const countedMs = 300_000;

/** The rate of a counter, per minute. A counter that was set back begins anew. */
export function ratesOf(points: Points): Points {
  let first = 0;
  return points.flatMap(([at, value], index): [Millis, number][] => {
    if (value < (points[index - 1]?.[1] ?? value)) first = index;
    while (at - (points[first + 1]?.[0] ?? at) >= countedMs) first += 1;
    const [since, before] = points[first] ?? [at, value];
    return at - since < countedMs ? [] : [[at, ((value - before) * 60_000) / (at - since)]];
  });
}
