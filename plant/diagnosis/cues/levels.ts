import type { Finding, Place } from '../cause.ts';
import { machinesAt } from '../expect.ts';
import { extreme, valueAt } from '../looks.ts';
import { signalEvidence } from '../says.ts';
import type { Scene } from '../scene.ts';
import { plainText } from '../words.ts';
import { supplies } from './supplies.ts';

/** A level that has fallen to the bottom of its range just before the stop. */
export function levelEmpty(scene: Scene, place: Place): Finding[] {
  return scene.looks.flatMap((look) => {
    if (look.measure !== 'level' || !machinesAt(place).includes(look.window.equipment)) return [];
    const { onset } = place.origin;
    const lowest = extreme(look, onset - 120_000, onset + 20_000 + scene.clocks.tolerance, 'down');
    const full = look.high ?? (look.window.unit === '%' ? 100 : look.usual);
    if (!lowest || full <= 0 || lowest.value > (look.low ?? 0) + full * 0.1) return [];
    const strength = lowest.value <= (look.low ?? 0) + full * 0.05 ? 1 : 0.6;
    return [
      {
        strength,
        evidence: [signalEvidence(look.window, lowest.at, lowest.value, scene.plant, scene.systems)],
      },
    ];
  });
}

/** Words of three letters or more that name a thing: of `cap_level` cap, of "Hopper caps low" hopper and caps. */
const thingsIn = (text: string): string[] =>
  plainText(text)
    .split(' ')
    .filter((word) => word.length >= 3 && !/^(level|low|empty|alarm|infeed|min|max|the|for|has)$/.test(word));

/**
 * Stock of what ran empty is in the warehouse: then it only did not get to the machine. Where no signal or
 * alarm names the thing, all components count together and less, and no single one is shown for it.
 */
export function stockOfIt(scene: Scene, place: Place): Finding[] {
  const known = supplies(scene);
  if (known.length === 0 || known.some(({ short }) => short)) return [];
  const words = [
    ...levelEmpty(scene, place).flatMap(({ evidence }) =>
      evidence.map(({ id }) => id.split('/').at(-1) ?? ''),
    ),
    ...(place.origin.stand?.alarms ?? []).map(({ text }) => text),
  ].flatMap((text) => thingsIn(text.split('@')[0] ?? ''));
  const same = known.find(({ requirement }) =>
    thingsIn(requirement.description).some((word) =>
      words.some((one) => one.startsWith(word.slice(0, 4)) || word.startsWith(one.slice(0, 4))),
    ),
  );
  return [same ? same.finding : { strength: 0.5, evidence: [] }];
}

export const levelSeen = (scene: Scene, place: Place): boolean =>
  scene.looks.some(
    (look) =>
      look.measure === 'level' &&
      machinesAt(place).includes(look.window.equipment) &&
      valueAt(look, place.origin.onset) !== null,
  );
