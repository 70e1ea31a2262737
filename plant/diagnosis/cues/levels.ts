import type { Sighting, Place } from '../causes/cause.ts';
import { machinesAt, measuredAt } from './expect.ts';
import { extreme, valueAt } from '../records/signals.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';
import { empty, sameThing } from './concepts.ts';
import type { Supply } from './supplies.ts';
import { supplies } from './supplies.ts';

/** A level that has fallen to the bottom of its range just before the stop. */
export function levelEmpty(scene: Scene, place: Place): Sighting[] {
  return scene.signals.flatMap((signal) => {
    if (signal.measure !== 'level' || !machinesAt(place).includes(signal.window.equipment)) return [];
    const { onset } = place.origin;
    const lowest = extreme(signal, onset - 120_000, onset + 20_000 + scene.clocks.tolerance, 'down');
    const full = signal.high ?? (signal.window.unit === '%' ? 100 : signal.usual);
    if (!lowest || full <= 0 || lowest.value > (signal.low ?? 0) + full * 0.1) return [];
    // At its very bottom as the machine stops: no chance. Some magazines end a few per cent above it.
    const left = (lowest.value - (signal.low ?? 0)) / full;
    const strength = left <= 0.01 ? 1 : left <= 0.05 ? 0.78 : 0.47;
    return [
      {
        strength,
        evidence: [measuredAt(scene, signal, [lowest.at, lowest.value])],
      },
    ];
  });
}

/** Words of three letters or more that name a thing: of `cap_level` cap, of "Hopper caps low" hopper and caps. */
const thingsIn = (text: string): string[] =>
  folded(text)
    .split(' ')
    .filter((word) => word.length >= 3 && !/^(level|low|empty|alarm|infeed|min|max|the|for|has)$/.test(word));

const namesSame = (one: string, two: string): boolean =>
  one.startsWith(two.slice(0, 4)) || two.startsWith(one.slice(0, 4)) || sameThing(one, two);

/** Components of the order that are what ran empty at the machine, by the names of its level and its alarms; best first. */
function componentsOfIt(scene: Scene, place: Place): Supply[] {
  const words = [
    ...levelEmpty(scene, place).flatMap(({ evidence }) =>
      evidence.map(({ id }) => id.split('/').at(-1) ?? ''),
    ),
    ...(place.origin.stand?.alarms ?? []).map(({ text }) => text),
  ].flatMap((text) => thingsIn(text.split('@')[0] ?? ''));
  const alike = ({ requirement }: Supply): number =>
    thingsIn(requirement.description).filter((word) => words.some((one) => namesSame(one, word))).length;
  const known = supplies(scene);
  const named = known.filter((one) => alike(one) > 0).toSorted((a, b) => alike(b) - alike(a));
  if (named.length > 0) return named;
  // "Bowl empty" names nothing: it is what was last put in place at this very machine.
  const inPlace = scene
    .valid('lot')
    .findLast(
      (lot) => lot.equipment === place.origin.entry && (lot.event === 'started' || lot.event === 'staged'),
    );
  return inPlace ? known.filter(({ requirement }) => requirement.material === inPlace.material) : [];
}

/**
 * Stock of what ran empty is in the warehouse: then it only did not get to the machine. Where no signal or
 * alarm names the thing, all components count together and less, and no single one is shown for it.
 */
export function stockOfIt(scene: Scene, place: Place): Sighting[] {
  const [same] = componentsOfIt(scene, place);
  if (same) return same.short ? [] : [same.sighting];
  const known = supplies(scene);
  if (known.length === 0 || known.some(({ short }) => short)) return [];
  return [{ strength: 0.5, evidence: [] }];
}

/** Something ran empty at the machine, and of that very thing there is nothing left in the warehouse. */
export function noneLeftOfIt(scene: Scene, place: Place): Sighting[] {
  const ranEmpty =
    levelEmpty(scene, place).length > 0 ||
    (place.origin.stand?.alarms ?? []).some(({ text, chatters }) => !chatters && mentions(text, empty));
  if (!ranEmpty) return [];
  const alike = componentsOfIt(scene, place);
  const short = alike.filter((one) => one.short);
  const [same] = short;
  if (!same) return [];
  // "Blanks" may be those of the case or of the carton: where only one of them is short, it is less sure.
  return [{ ...same.sighting, strength: short.length === alike.length ? 1 : 0.8 }];
}

export const levelSeen = (scene: Scene, place: Place): boolean =>
  scene.signals.some(
    (signal) =>
      signal.measure === 'level' &&
      machinesAt(place).includes(signal.window.equipment) &&
      valueAt(signal, place.origin.onset) !== null,
  );
