import type { Expectation, Sighting, Place } from '../causes/cause.ts';
import type { Course } from '../records/course.ts';
import { courseOf, runOf } from '../records/course.ts';
import type { Measure } from '../records/measure.ts';
import { median } from '../records/median.ts';
import type { Signal } from '../records/signals.ts';
import { producesIn } from '../records/timeline.ts';
import type { Scene } from '../scene.ts';
import { measuredAt } from './expect.ts';
import { signalsAt } from './moves.ts';

const minute = 60_000;

/** How long before a stop a slow course shows itself, and how near to it the last value may lie. */
const courseMs = 30 * minute;

/** After a stand values find back to their level: most at once, what cooled or warmed meanwhile within an hour. */
const returnsMs = 30_000;
const warmMs = 60 * minute;

/** Since when the machine ran without a stand, at most half an hour, and whether its temperature is still on the way back. */
function runningSince(
  scene: Scene,
  place: Place,
  { window, measure }: Signal,
): { from: number; returning: boolean } {
  const { onset } = place.origin;
  const { equipment } = window;
  const ends = (scene.floor.stands.get(equipment) ?? [])
    .filter(({ to }) => to < onset - scene.clocks.tolerance)
    .map(({ to }) => to + returnsMs);
  // Of a stand that lies too far back to be read only the start of the run after it is known.
  const starts = (scene.states.get(equipment) ?? []).filter(producesIn).map(({ from }) => from);
  return {
    from: Math.max(onset - courseMs, ...ends),
    returning: measure === 'temperature' && starts.some((start) => start > onset - warmMs && start < onset),
  };
}

const kept = new WeakMap<Signal, Map<string, Course | null>>();

/** The course of a signal in the run up to the stop; looked at by several causes, reckoned once. */
export function courseUpTo(scene: Scene, place: Place, signal: Signal): Course | null {
  const { from, returning } = runningSince(scene, place, signal);
  const to = place.origin.onset - 5_000 - scene.clocks.tolerance;
  const known = kept.get(signal) ?? new Map<string, Course | null>();
  kept.set(signal, known);
  const key = `${from}/${to}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = courseOf(signal, from, to, returning);
  known.set(key, found);
  return found;
}

type Drift = {
  measures: readonly Measure[];
  direction: 'up' | 'down';
  /** Smallest change that matters, as a share of the usual value. */
  share: number;
  kind?: Course['kind'];
};

/** When a course is one, in standard deviations of what it leaves unexplained (`z`) or of the signal, and as a share of usual. */
const limits = {
  /** No chance: of 2,500 calm temperatures of training stops 5 had it. */
  sureZ: 5,
  /** A step: settings are changed by a hundredth and more. */
  step: { z: 4.5, share: 0.012 },
  /** Another level than usual all the time: of the signal itself, whose usual comes from other days. */
  off: { deviations: 3, share: 0.03 },
};

/** How clearly it is seen, 0 to 1: just sure; `perZ` more for each deviation beyond; what may be on its way back; off all the time. */
const strengths = { sure: 0.6, perZ: 1 / 12, returns: 0.5, off: 0.8 };

/** Signals at the place that went slowly (or in one step) to another level in the run before the stop. */
export function drifts(scene: Scene, place: Place, drift: Drift): Sighting[] {
  const sign = drift.direction === 'up' ? 1 : -1;
  return drift.measures.flatMap((measure) =>
    signalsAt(scene, place, measure).flatMap((signal) => {
      const course = courseUpTo(scene, place, signal);
      if (!course || course.z * sign < limits.sureZ || course.share * sign < drift.share) return [];
      if (drift.kind !== undefined && course.kind !== drift.kind) return [];
      const strength =
        Math.min(1, strengths.sure + (course.z * sign - limits.sureZ) * strengths.perZ) *
        (course.returns ? strengths.returns : 1);
      return [{ strength, evidence: [measuredAt(scene, signal, course.end)] }];
    }),
  );
}

/** Such a course of a signal at the place. */
export const signalDrifts = (
  drift: Drift,
  weight: number,
  what: string,
  missing = weight / 2,
): Expectation => ({
  group: 'signal',
  weight,
  missing,
  what,
  look: (scene, place) => drifts(scene, place, drift),
  visible: (scene, place) =>
    drift.measures.some((measure) =>
      signalsAt(scene, place, measure).some((signal) => courseUpTo(scene, place, signal) !== null),
    ),
});

/** Values of the process itself, not how fast the machine goes or how much it made. */
const processValues: readonly Measure[] = ['load', 'temperature', 'pressure', 'other', 'setpoint'];

/**
 * Process values that moved at once in the half hour before, or ran at another level than usual all the time: set
 * otherwise, or measured otherwise. `settled`: one that still moves does not count, since what is set stays.
 */
export function shifted(scene: Scene, place: Place, settled = false): Sighting[] {
  const { onset } = place.origin;
  const to = onset - 5_000 - scene.clocks.tolerance;
  return processValues.flatMap((measure) =>
    signalsAt(scene, place, measure).flatMap((signal) => {
      const course = courseUpTo(scene, place, signal);
      if (!course) return [];
      const { step, off: offBy } = limits;
      const stepped =
        course.kind === 'step' && Math.abs(course.z) >= step.z && Math.abs(course.share) >= step.share;
      const level = median(runOf(signal, onset - courseMs, to).map(([, value]) => value));
      const away = Math.abs(level - signal.usual);
      const moving = settled && course.kind === 'slope' && Math.abs(course.z) >= limits.sureZ;
      const off =
        !moving &&
        signal.window.baseline !== null &&
        away >= offBy.deviations * signal.scale &&
        away >= offBy.share * Math.abs(signal.usual);
      if (!stepped && !off) return [];
      return [{ strength: stepped ? 1 : strengths.off, evidence: [measuredAt(scene, signal, course.end)] }];
    }),
  );
}

/** Load or vibration that grew until the stop: the mechanics were wearing or bound. */
export const labours = (scene: Scene, place: Place): Sighting[] => [
  ...drifts(scene, place, { measures: ['load'], direction: 'up', share: 0.08, kind: 'slope' }),
  ...drifts(scene, place, { measures: ['vibration'], direction: 'up', share: 0.15, kind: 'slope' }),
];

/** Settings of the last hour; a loop is at its new value within some minutes. */
const settingMs = 60 * minute;
const followsMs = 2 * minute;
/** So many values on each side tell two levels apart; a trifle under this is none. */
const fewest = 3;
const follows = { z: 4, share: 0.015 };

/**
 * Process values that went to another level once somebody had set the machine otherwise: a control loop follows its
 * set value, so what moved then was set, and nothing of it is broken.
 */
export function followedSetting(scene: Scene, place: Place): Sighting[] {
  const { entry, onset } = place.origin;
  const changes = scene
    .all('quality')
    .filter(({ event, equipment }) => event === 'parameter_changed' && equipment === entry)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at <= onset && at >= onset - settingMs);
  const signals = changes.length === 0 ? [] : processValues.flatMap((one) => signalsAt(scene, place, one));
  return changes.flatMap((changed) =>
    signals.flatMap((signal) => {
      const was = runOf(signal, changed - courseMs, changed - 5_000).map(([, value]) => value);
      const settled = changed + Math.min(followsMs, (onset - changed) / 2);
      const is = runOf(signal, settled, onset - 5_000);
      const end = is.at(-1);
      if (was.length < fewest || is.length < fewest || !end) return [];
      const away = Math.abs(median(is.map(([, value]) => value)) - median(was));
      if (away < follows.z * signal.scale || away < follows.share * Math.abs(signal.usual)) return [];
      return [{ strength: 1, evidence: [measuredAt(scene, signal, end)] }];
    }),
  );
}
