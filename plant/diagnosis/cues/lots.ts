import type { RecordOf } from '../../record.ts';
import type { Sighting, Place } from '../causes/cause.ts';
import { atMachine, near, sighting } from './expect.ts';
import type { Scene } from '../scene.ts';
import { folded } from '../records/words.ts';
import { needed } from './supplies.ts';

const minute = 60_000;

const lotsBefore = (scene: Scene, hours: number): RecordOf<'lot'>[] =>
  scene
    .all('lot')
    .filter(
      (lot) =>
        (lot.event === 'started' || lot.event === 'staged') &&
        Date.parse(lot.at) <= scene.from + scene.clocks.tolerance &&
        Date.parse(lot.at) >= scene.from - hours * 60 * minute,
    );

/** Lots put in place at this very machine before the stop, oldest first. */
const lotsHere = (scene: Scene, { origin }: Place, hours: number): RecordOf<'lot'>[] =>
  lotsBefore(scene, hours).filter(({ equipment }) => equipment === origin.entry);

/** A new lot shows itself within its first half hour; staged at this very machine it says more. */
export const lotChanged = (scene: Scene, place: Place): Sighting[] =>
  lotsBefore(scene, 2)
    .filter(({ equipment }) => atMachine(scene, place, equipment))
    .slice(-1)
    .map((lot) =>
      sighting(
        scene,
        [lot],
        near(Date.parse(lot.at), scene.from, 30 * minute, minute) *
          (lot.equipment === place.origin.entry ? 1 : 0.4),
      ),
    );

export const lotJustChanged = (scene: Scene, place: Place): Sighting[] =>
  lotsHere(scene, place, 0.6)
    .slice(-1)
    .map((lot) => sighting(scene, [lot]));

/** Put in place at the machine while it stood, or as it ran again. */
function lotsAfter(scene: Scene, { origin }: Place): RecordOf<'lot'>[] {
  return scene
    .all('lot')
    .filter((lot) => lot.equipment === origin.entry && lot.event !== 'finished')
    .filter(
      ({ at }) =>
        Date.parse(at) > origin.onset + scene.clocks.tolerance && Date.parse(at) <= scene.end + 2 * minute,
    );
}

/** The lot in use was taken away for another one of the same material: people found the lot to be the trouble. */
export function lotReplaced(scene: Scene, place: Place): Sighting[] {
  const before = lotsHere(scene, place, 2).at(-1);
  if (!before) return [];
  return lotsAfter(scene, place)
    .filter((lot) => lot.lot !== before.lot && lot.material === before.material)
    .slice(0, 1)
    .map((lot) => sighting(scene, [lot]));
}

/** What was taken away was another material than what came in its place. */
export function materialReplaced(scene: Scene, place: Place): Sighting[] {
  const before = lotsHere(scene, place, 1).at(-1);
  if (!before) return [];
  return lotsAfter(scene, place)
    .filter((lot) => lot.lot !== before.lot && lot.material !== before.material)
    .slice(0, 1)
    .map((lot) => sighting(scene, [before, lot]));
}

/** A lot in place that the order does not need. Bulk for the whole line is often not in the list: at this machine it is decisive. */
export function notOfTheOrder(scene: Scene, place: Place): Sighting[] {
  const wanted = new Set(needed(scene).map(({ material }) => material));
  if (wanted.size === 0) return [];
  return lotsBefore(scene, 1)
    .filter(({ material }) => !wanted.has(material) && folded(material) !== '')
    .filter(({ equipment }) => atMachine(scene, place, equipment))
    .slice(-1)
    .map((lot) => sighting(scene, [lot], lot.equipment === place.origin.entry ? 1 : 0.2));
}

/** Quality found the lot in place to be bad, before or while the machine stood: a failed test or a hold that names it. */
export function lotFoundBad(scene: Scene, place: Place): Sighting[] {
  const lots = lotsHere(scene, place, 4).map(({ lot }) => folded(lot));
  return scene
    .all('quality')
    .filter(({ event }) => event === 'test_failed' || event === 'hold' || event === 'limit')
    .filter(({ at }) => Date.parse(at) <= scene.end + 10 * minute)
    .filter(({ subject, text }) => {
      const told = folded(`${subject} ${text}`);
      return lots.some((lot) => lot !== '' && told.includes(lot));
    })
    .slice(-1)
    .map((one) => sighting(scene, [one]));
}
