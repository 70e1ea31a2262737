import type { Expectation, Sighting, Place } from '../causes/cause.ts';
import { concerns, measuredAt } from './expect.ts';
import type { Measure } from '../records/measure.ts';
import type { Signal } from '../records/signals.ts';
import { extreme, shareBeyond, valueAt } from '../records/signals.ts';
import type { Scene } from '../scene.ts';

const minute = 60_000;

/** Signals of one kind at a place. Where a utility is measured itself, the pressure inside a machine says nothing of it. */
export function signalsAt(scene: Scene, place: Place, measure: Measure): Signal[] {
  const found = scene.signals.filter(
    (signal) => signal.measure === measure && concerns(place, signal.window.equipment),
  );
  if (place.id === place.origin.entry) return found;
  const own = found.filter((signal) => signal.window.equipment === place.id);
  return own.length > 0 ? own : found;
}

/** How a signal has to move: away from usual by `z` robust standard deviations, at a point or for most of the time. */
type Move = {
  measure: Measure;
  direction: 'up' | 'down';
  z: number;
  /** Seconds before and after the onset; running machines only: loads fall when a machine stops. */
  beforeS: number;
  afterS: number;
  lasting?: boolean;
  /** At least this much of what is usual, as a share: a tenth above is no blow, however quiet the signal is. */
  share?: number;
};

/** Something stuck is pushed against: a blow of a fifth and more above usual, for a second or two. */
export const blow: Move = {
  measure: 'load',
  direction: 'up',
  z: 7,
  share: 0.18,
  beforeS: 60,
  afterS: 10,
};

/** A move that lasts stays beyond half its limit for so much of the time. */
const lastsShare = 0.4;

function moved(scene: Scene, place: Place, signal: Signal, move: Move): Sighting | null {
  const from = place.origin.onset - move.beforeS * 1000;
  // A machine that stands cools down and takes no air: what its own values do after it stopped is a consequence.
  const shared = place.id !== place.origin.entry && signal.window.equipment !== place.id;
  const to = place.origin.onset + (shared ? 0 : move.afterS * 1000 + scene.clocks.tolerance);
  const point = extreme(signal, from, to, move.direction);
  if (!point || point.z < move.z) return null;
  if (Math.abs(point.value - signal.usual) < (move.share ?? 0) * Math.abs(signal.usual)) return null;
  if (move.lasting && shareBeyond(signal, from, to, move.direction, move.z / 2) < lastsShare) return null;
  // Just over the limit counts half, twice the limit in full.
  const strength = Math.min(1, 0.5 + (point.z - move.z) / (2 * move.z));
  return { strength, evidence: [measuredAt(scene, signal, [point.at, point.value])] };
}

/** A signal of this kind at the place leaves its usual range. */
export function signalMoves(move: Move, weight: number, what: string, missing = weight / 2): Expectation {
  return {
    group: 'signal',
    weight,
    missing,
    what,
    look: (scene, place) =>
      signalsAt(scene, place, move.measure).flatMap((signal) => moved(scene, place, signal, move) ?? []),
    visible: (scene, place) =>
      signalsAt(scene, place, move.measure).some((signal) =>
        seenClosely(signal, place.origin.onset, move.beforeS),
      ),
  };
}

/** A short move is seen only where values came often enough: so many in the last part of the time looked at, at least so long. */
const closely = { values: 3, part: 1 / 4, leastS: 45, lateMs: 5_000 };

function seenClosely(signal: Signal, onset: number, beforeS: number): boolean {
  const from = onset - Math.max(closely.leastS, beforeS * closely.part) * 1000;
  const near = signal.window.points.filter(([at]) => at >= from && at <= onset + closely.lateMs);
  return near.length >= closely.values;
}

/** As the machine stands its values fall: a calm one is read this long before. */
const calmMs = 2_000;

/** The signal stays where it always is, although it could be seen. */
export function signalCalm(move: Move, weight: number, what: string): Expectation {
  return {
    group: 'signal',
    weight,
    what,
    look: (scene, place) =>
      signalsAt(scene, place, move.measure).flatMap((signal) => {
        const at = place.origin.onset - calmMs;
        const value = valueAt(signal, at);
        if (value === null || !seenClosely(signal, place.origin.onset, move.beforeS)) return [];
        // Half of what would count as a move is no calm either.
        if (moved(scene, place, signal, { ...move, z: move.z / 2, share: (move.share ?? 0) / 2 })) return [];
        return [{ strength: 1, evidence: [measuredAt(scene, signal, [at, value])] }];
      }),
  };
}

/** How far back the pace of rejects is looked at, in minutes, and how many it takes: few where it is a short time. */
const paces = [
  { lastMinutes: 8, atLeast: 8 },
  { lastMinutes: 4, atLeast: 4 },
];

/** The pace before, in minutes: read until so long before the stop, for so long at least, and not below so many a minute. */
const usualPace = { until: 10, atLeast: 4, least: 0.1 };
/** So many times the pace before are more rejects, and twice that is as clear as can be. */
const faster = 3;

/** A counter tells by how fast it grows. */
export function rejectsRise(weight: number, missing: number): Expectation {
  const rise = (scene: Scene, place: Place, signal: Signal): Sighting | null => {
    const { onset } = place.origin;
    const first = signal.window.points[0];
    // Counters are told when they change: an old value still holds.
    const at = (minutes: number): number | null => valueAt(signal, onset - minutes * minute, 60 * minute);
    const [before, now] = [at(usualPace.until), at(0)];
    const earlierMinutes = first ? (onset - usualPace.until * minute - first[0]) / minute : 0;
    if (!first || before === null || now === null || earlierMinutes < usualPace.atLeast) return null;
    const usual = Math.max((before - first[1]) / earlierMinutes, usualPace.least);
    const times = paces.map(({ lastMinutes, atLeast }) => {
      const grown = now - (at(lastMinutes) ?? now);
      return grown < atLeast ? 0 : grown / lastMinutes / usual;
    });
    const most = Math.max(...times);
    if (most < faster) return null;
    return {
      strength: Math.min(1, most / (2 * faster)),
      evidence: [measuredAt(scene, signal, [onset, now])],
    };
  };
  return {
    group: 'signal',
    weight,
    missing,
    what: 'more rejects than before',
    look: (scene, place) =>
      signalsAt(scene, place, 'rejects').flatMap((signal) => rise(scene, place, signal) ?? []),
    visible: (scene, place) =>
      signalsAt(scene, place, 'rejects').some(
        (signal) => valueAt(signal, place.origin.onset, usualPace.until * minute) !== null,
      ),
  };
}
