import type { Stop } from './stop.ts';
import { millis } from './time.ts';
import type { Millis } from './time.ts';

/** A time asked about, milliseconds. */
export type Span = { from: Millis; to: Millis };

/** Seconds of a stop that lie in a span: what began before it counts from its start. */
export function secondsIn({ from, to, durationS }: Stop, span: Span): number {
  const end = to === null ? millis(from) + durationS * 1_000 : millis(to);
  return Math.max(0, Math.min(end, span.to) - Math.max(millis(from), span.from)) / 1_000;
}

/** Stops that belong together, longest first, and how long they were in the span, seconds. */
export type StopShare<T> = { of: T; stops: Stop[]; seconds: number };

/** Puts stops together by what `keyOf` gives them; the most time comes first, then the more stops. */
export function sharesBy<T>(stops: readonly Stop[], keyOf: (stop: Stop) => T, span: Span): StopShare<T>[] {
  const shares = new Map<T, StopShare<T>>();
  for (const stop of longestFirst(stops, span)) {
    const of = keyOf(stop);
    const share = shares.get(of) ?? { of, stops: [], seconds: 0 };
    share.stops.push(stop);
    share.seconds += secondsIn(stop, span);
    shares.set(of, share);
  }
  return [...shares.values()].toSorted((a, b) => b.seconds - a.seconds || b.stops.length - a.stops.length);
}

/** The longest in the span first, of two equally long the later one. */
export const longestFirst = (stops: readonly Stop[], span: Span): Stop[] =>
  stops.toSorted((a, b) => secondsIn(b, span) - secondsIn(a, span) || millis(b.from) - millis(a.from));
