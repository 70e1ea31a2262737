import { measuredAt } from './expect.ts';
import type { Sighting, Place } from '../causes/cause.ts';
import type { Utility } from '../../equipment.ts';
import { courseOf } from '../records/course.ts';
import { failingOf, kindOfUtility } from '../localise/hints.ts';
import { courseUpTo } from './drifts.ts';
import type { Scene } from '../scene.ts';
import { servesMachine } from '../../equipment.ts';

const minute = 60_000;

/** Utilities of one kind that serve this machine or the whole line. */
export const servedBy = (scene: Scene, kind: Utility['kind'], machine: string): Utility[] =>
  scene.plant.utilities.filter(
    (utility) => kindOfUtility(utility) === kind && servesMachine(utility.serves, scene.line.id, machine),
  );

/** The supply of a cooling utility that got warmer for minutes before the stop, by its own temperature. */
export function warmsAt(scene: Scene, utility: string, onset: number): Sighting[] {
  return scene.signals.flatMap((signal) => {
    if (signal.window.equipment !== utility || signal.measure !== 'temperature') return [];
    const course = courseOf(signal, onset - 30 * minute, onset);
    if (!course || course.z < 6 || course.share < 0.08) return [];
    const [at, value] = course.end;
    return [{ strength: 1, evidence: [measuredAt(scene, signal, [at, value])] }];
  });
}

export const coolingWarms = (scene: Scene, { origin }: Place): Sighting[] =>
  servedBy(scene, 'chilled_water', origin.entry).flatMap(({ id }) => warmsAt(scene, id, origin.onset));

/** Machines cooled by one utility whose own temperature climbed until the stop. One alone is its own trouble as well. */
export function warmMachines(scene: Scene, place: Place, utility: string): Sighting[] {
  const cooled = scene.plant.utilities.find(({ id }) => id === utility);
  if (!cooled) return [];
  const serves = (machine: string): boolean => servesMachine(cooled.serves, scene.line.id, machine);
  const warm = scene.signals.flatMap((signal) => {
    if (signal.measure !== 'temperature' || !serves(signal.window.equipment)) return [];
    const course = courseUpTo(scene, place, signal);
    if (!course || course.z < 5 || course.share < 0.03) return [];
    const [at, value] = course.end;
    return [measuredAt(scene, signal, [at, value])];
  });
  if (warm.length === 0) return [];
  return [{ strength: warm.length >= 2 ? 1 : 0.5, evidence: warm.slice(0, 3) }];
}

/** Two machines and more that share the cooling of this one got warm together. */
export const warmTogether = (scene: Scene, place: Place): Sighting[] =>
  servedBy(scene, 'chilled_water', place.origin.entry)
    .flatMap(({ id }) => warmMachines(scene, place, id))
    .filter(({ strength }) => strength === 1);

/** A utility of this machine whose own value had gone before: what the machine measures of it only followed. */
export const fedBadly = (scene: Scene, { origin }: Place): Sighting[] =>
  scene.plant.utilities
    .filter(({ serves }) => servesMachine(serves, scene.line.id, origin.entry))
    .flatMap(({ id }) => failingOf(scene).get(id) ?? [])
    .slice(0, 1)
    .map(({ signal, at, value }) => ({
      strength: 1,
      evidence: [measuredAt(scene, signal, [at, value])],
    }));
