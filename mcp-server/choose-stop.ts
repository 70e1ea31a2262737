import type { Stop } from '../plant/stop.ts';
import { millis } from '../plant/time.ts';
import type { Millis } from '../plant/time.ts';

/** What was asked: a time, a window, or nothing (the latest stop). */
export type AskedStop =
  | { kind: 'at'; at: Millis }
  | { kind: 'window'; from: Millis; to: Millis }
  | { kind: 'latest' };

/** People round: a stop that began this close to the time they name is the one they mean. */
const nearMs = 5 * 60_000;

/** A stop that ended this lately is the one people talk about, planned or not; further back planned ones are passed over. */
const justNowMs = 60 * 60_000;

const end = (stop: Stop, now: Millis): Millis => (stop.to === null ? now : millis(stop.to));

/** Milliseconds between a time and a stop; 0 inside it. */
export function farFrom(stop: Stop, at: Millis, now: Millis): Millis {
  return Math.max(0, millis(stop.from) - at, at - end(stop, now));
}

/** The stop nearest to a time, of two equally near the later one. */
export function nearestStop(stops: readonly Stop[], at: Millis, now: Millis): Stop | null {
  return (
    stops.toSorted(
      (a, b) => farFrom(a, at, now) - farFrom(b, at, now) || millis(b.from) - millis(a.from),
    )[0] ?? null
  );
}

const unplannedFirst = (stops: readonly Stop[]): readonly Stop[] => {
  const unplanned = stops.filter(({ planned }) => !planned);
  return unplanned.length > 0 ? unplanned : stops;
};

/**
 * The stop a question is about, or null. At a time: the one that holds it, else one within five minutes.
 * In a window: the longest, unplanned before planned. Else the one that goes on, the latest of the last hour, or the latest
 * of 24 hours, unplanned before planned.
 */
export function chooseStop(stops: readonly Stop[], asked: AskedStop, now: Millis): Stop | null {
  if (asked.kind === 'at') {
    const nearest = nearestStop(stops, asked.at, now);
    return nearest && farFrom(nearest, asked.at, now) <= nearMs ? nearest : null;
  }
  if (asked.kind === 'window') {
    const inside = stops.filter((stop) => millis(stop.from) <= asked.to && end(stop, now) >= asked.from);
    return unplannedFirst(inside).toSorted((a, b) => b.durationS - a.durationS)[0] ?? null;
  }
  const going = stops.findLast(({ to }) => to === null);
  const endedWithin = (ms: number) => stops.filter((stop) => end(stop, now) >= now - ms);
  const latestOf = (some: readonly Stop[]) =>
    some.toSorted((a, b) => millis(b.from) - millis(a.from))[0] ?? null;
  return going ?? latestOf(endedWithin(justNowMs)) ?? latestOf(unplannedFirst(endedWithin(24 * 3_600_000)));
}
