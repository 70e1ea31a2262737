import type { PlantRecord } from '../../record.ts';
import type { Millis } from '../../time.ts';
import { iso } from '../../time.ts';
import type { SignalWindow } from '../stop-case.ts';
import { median } from './median.ts';
import { seenAt, timeOf } from './timeline.ts';

/**
 * A time in which the clock of one source was off: since it jumped, of which its record at `from` is the first
 * (-Infinity: all before `to`), and until it jumped again, of which that at `to` is (Infinity: it goes on). By when they
 * were seen. `byMs`: what it was ahead, below 0 behind. `notBefore`, `last`: the record before `from`, and before `to`.
 */
export type ClockJump = {
  source: string;
  from: Millis;
  to: Millis;
  byMs: number;
  notBefore: Millis;
  last: Millis;
};

/** What a source tells as it happens: of other kinds `at` may be a planned time, or when somebody wrote it down. */
const live: ReadonlySet<string> = new Set(['state', 'alarm']);

/** Delays this near to each other are of one clock: machines of one source can each be a minute off. */
const oneClockMs = 75_000;
/** A clock that is less off than this is that of a machine, or the way of the record: `clocks.ts`. */
export const leastMs = 240_000;
/** Records that are read late come all at once. So many over so long a time, each as late as the other, come as they happen. */
const steadyRecords = 3;
const steadyMs = 60_000;
/** Ahead of time comes nothing but by a clock: two records show it. */
const aheadRecords = 2;
/** Of a source that is read in turns of some minutes more records than this lie between two steady times. */
const strayShare = 0.1;

type Seen = { observed: Millis; delay: number };
/** A time in which the records of a source came equally late. */
type Stretch = { from: Millis; last: Millis; delays: number[]; sum: number };

function seenBySource(records: readonly PlantRecord[]): Map<string, Seen[]> {
  const found = new Map<string, Seen[]>();
  for (const record of records) {
    if (!live.has(record.kind)) continue;
    const observed = seenAt(record);
    const seen = { observed, delay: observed - timeOf(record) };
    const same = found.get(record.source);
    if (same) same.push(seen);
    else found.set(record.source, [seen]);
  }
  return found;
}

/** Most sources come as late as they always do: nothing else is looked at of them. */
function differs(seen: readonly Seen[]): boolean {
  let least = Infinity;
  let most = -Infinity;
  for (const { delay } of seen) {
    if (delay < least) least = delay;
    if (delay > most) most = delay;
  }
  return most - least >= leastMs;
}

function stretchesOf(seen: readonly Seen[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { observed, delay } of seen.toSorted((a, b) => a.observed - b.observed || b.delay - a.delay)) {
    const last = stretches.at(-1);
    if (last && Math.abs(delay - last.sum / last.delays.length) <= oneClockMs) {
      last.delays.push(delay);
      last.sum += delay;
      last.last = observed;
    } else stretches.push({ from: observed, last: observed, delays: [delay], sum: delay });
  }
  return stretches;
}

const isSteady = ({ from, last, delays, sum }: Stretch): boolean =>
  (delays.length >= steadyRecords && last - from >= steadyMs) ||
  (delays.length >= aheadRecords && sum / delays.length <= -leastMs);

type Clock = { from: Millis; last: Millis; delay: number };

/** The clocks a source went by, one after the other; fewer than two: it did not jump. */
function clocksOf(seen: readonly Seen[]): Clock[] {
  const steady = stretchesOf(seen).filter(isSteady);
  const told = steady.reduce((sum, { delays }) => sum + delays.length, 0);
  if (told < seen.length * (1 - strayShare)) return [];
  const clocks: Clock[] = [];
  for (const { from, last, delays } of steady) {
    const delay = median(delays);
    const before = clocks.at(-1);
    if (before && Math.abs(delay - before.delay) < leastMs) before.last = last;
    else clocks.push({ from, last, delay });
  }
  return clocks;
}

/**
 * Where the clock of a source jumped: from one moment on its records come an hour early or late, and go on doing so.
 * The clock by which they come as they happen is the right one. Records that are read late, in one go, are no jump.
 */
export function clockJumps(records: readonly PlantRecord[]): ClockJump[] {
  const jumps: ClockJump[] = [];
  for (const [source, seen] of seenBySource(records)) {
    if (!differs(seen)) continue;
    const clocks = clocksOf(seen);
    if (clocks.length < 2) continue;
    const right = clocks.reduce((best, one) =>
      Math.abs(one.delay) < Math.abs(best.delay) ? one : best,
    ).delay;
    clocks.forEach(({ from, last, delay }, index) => {
      if (Math.abs(delay - right) < leastMs) return;
      const before = clocks[index - 1];
      const after = clocks[index + 1];
      jumps.push({
        source,
        from: before ? from : -Infinity,
        to: after ? after.from : Infinity,
        byMs: right - delay,
        notBefore: before ? before.last : -Infinity,
        last: after ? last : Infinity,
      });
    });
  }
  return jumps;
}

/** The jump under which a record was stamped: it came after the last one of the clock before, and as early or late as it. */
const jumpOf = (jumps: readonly ClockJump[], record: PlantRecord): ClockJump | undefined => {
  const observed = seenAt(record);
  const ahead = timeOf(record) - observed;
  return jumps.find(
    ({ source, notBefore, to, byMs }) =>
      source === record.source &&
      observed > notBefore &&
      observed < to &&
      Math.abs(ahead - byMs) <= 2 * oneClockMs,
  );
};

/** The records with the times that a clock which jumped had stamped put right; all others as they are. */
export function steadied(
  records: readonly PlantRecord[],
  jumps: readonly ClockJump[],
): readonly PlantRecord[] {
  if (jumps.length === 0) return records;
  return records.map((record) => {
    const jump = jumpOf(jumps, record);
    return jump ? { ...record, at: iso(timeOf(record) - jump.byMs) } : record;
  });
}

type Values = Pick<SignalWindow, 'source' | 'points'>;

/**
 * Values carry no time at which they were seen. Where both clocks can have stamped one, as in the hour that a clock
 * went back over, it cannot be told which did: that time is left out.
 */
function steadyPoints<S extends Values>(window: S, { notBefore, from, last, to, byMs }: ClockJump): S {
  const points = window.points.flatMap((point): (typeof point)[] => {
    const [at, value] = point;
    const byTheOther = at - byMs >= notBefore && at - byMs < to;
    const byTheRight = at < from || at >= last;
    if (byTheOther === byTheRight) return [];
    return byTheOther ? [[at - byMs, value]] : [point];
  });
  return { ...window, points: points.toSorted(([a], [b]) => a - b) };
}

export const steadySignals = <S extends Values>(
  signals: readonly S[],
  jumps: readonly ClockJump[],
): readonly S[] =>
  signals.map((window) =>
    jumps.filter(({ source }) => source === window.source).reduce(steadyPoints, window),
  );
