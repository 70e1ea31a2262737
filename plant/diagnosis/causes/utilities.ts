import type { Cause, Expectation, Sighting, Place } from './cause.ts';
import { alarmSays } from '../cues/alarms.ts';
import { measuredAt, shows, sighting } from '../cues/expect.ts';
import { noteSays, reasonSays, wordsOf } from '../cues/written.ts';
import { signalsAt, signalMoves } from '../cues/moves.ts';
import { kindOfUtility } from '../localise/hints.ts';
import type { Signal } from '../records/signals.ts';
import { extreme } from '../records/signals.ts';
import type { Scene } from '../scene.ts';
import { struckTogether } from '../cues/together.ts';
import { servedBy, warmMachines, warmsAt } from '../cues/utilities.ts';
import { air, cooling, drive, hot, power } from '../cues/concepts.ts';
import { folded, mentions } from '../records/words.ts';

const minute = 60_000;

/** Machines that share the utility and came to stand within seconds: two may be chance, three hardly. */
const atOnce = (weight: number): Expectation =>
  shows('place', weight, 'several machines at the same moment', (scene, { origin }) => {
    if (origin.kind !== 'utility') return [];
    const records = origin.hit.flatMap((machine) => {
      const stand = scene.floor.stands
        .get(machine)
        ?.find((one) => Math.abs(one.from - origin.onset) < 30_000);
      return stand ? [stand.span.record] : [];
    });
    if (records.length < 2) return [];
    return [sighting(scene, records, records.length >= 3 ? 1 : 0.6)];
  });

/** Pressure of the supply itself; what a machine measures may be the pressure of its product, unless its name says air. */
const airOf = (scene: Scene, at: string): Signal[] => {
  const shared = scene.plant.utilities.some(({ id }) => id === at);
  return scene.signals.filter(
    ({ window, measure }) =>
      window.equipment === at &&
      measure === 'pressure' &&
      (shared || mentions(folded(window.signal.replaceAll('_', ' ')), air)),
  );
};

const dip = signalMoves(
  { measure: 'pressure', direction: 'down', z: 5, beforeS: 90, afterS: 30 },
  3,
  'a dip of the air pressure',
);

function pressureDip(scene: Scene, place: Place): Sighting[] {
  const measured = airOf(scene, place.id).length > 0;
  return dip
    .look(scene, place)
    .map((found) => ({ ...found, strength: found.strength * (measured ? 1 : 0.4) }));
}

/** The voltage left its band by a tenth and more: drives give up at that (EN 50160 calls it a dip). */
function voltageDip(scene: Scene, place: Place): Sighting[] {
  const { onset } = place.origin;
  const reach = 60_000 + scene.clocks.tolerance;
  return signalsAt(scene, place, 'voltage').flatMap((signal) => {
    const point = extreme(
      signal,
      Math.min(onset, scene.from) - reach,
      Math.max(onset, scene.from) + reach,
      'down',
    );
    if (!point || point.value > signal.usual * 0.9) return [];
    const evidence = measuredAt(scene, signal, [point.at, point.value]);
    return [{ strength: 1, evidence: [evidence] }];
  });
}

/** The cooling of the place, or of the machine where the plant lists no such utility there. */
const warms = (scene: Scene, place: Place): Sighting[] =>
  [...new Set([place.id, ...servedBy(scene, 'chilled_water', place.origin.entry).map(({ id }) => id)])]
    .filter((id) => scene.plant.utilities.some((utility) => utility.id === id))
    .flatMap((id) => warmsAt(scene, id, place.origin.onset));

const measured =
  (kind: 'chilled_water' | 'power') =>
  (scene: Scene): boolean => {
    const ours = scene.plant.utilities.filter((one) => kindOfUtility(one) === kind).map(({ id }) => id);
    const measure = kind === 'power' ? 'voltage' : 'temperature';
    return scene.signals.some(
      (signal) => ours.includes(signal.window.equipment) && signal.measure === measure,
    );
  };

export const utilityCauses: readonly Cause[] = [
  {
    id: 'compressed_air_low',
    class: 'utilities',
    scope: { utility: 'compressed_air' },
    words: () => 'compressed air pressure that fell too low',
    check: () => 'read the pressure at the compressor and at the line, and ask what else took air then',
    evidence: [
      shows('signal', 3, 'a dip of the air pressure', pressureDip, {
        missing: 2,
        visible: (scene, { id, origin }) =>
          airOf(scene, id).some((signal) =>
            signal.window.points.some(([at]) => Math.abs(at - origin.onset) <= 2 * minute),
          ),
      }),
      ...wordsOf(air, 2.5, 'an alarm of low air pressure', 0.5),
      // One machine may have a leak of its own; three that complain in the same moments have lost the supply.
      shows('alarm', 4, 'low air at several machines at once', (scene) =>
        struckTogether(scene, (text) => air.test(text)),
      ),
      atOnce(1.2),
    ],
  },
  {
    id: 'power_dip',
    class: 'utilities',
    scope: { utility: 'power' },
    words: () => 'a dip of the power supply',
    check: () => 'look at the log of the power supply for a dip at that moment',
    evidence: [
      ...wordsOf(power, 3, 'an alarm of the power supply', 0.5, [air]),
      // Drives without power say drive fault, too: on one machine that is a drive, on three at once it is the mains.
      shows('alarm', 2.5, 'drive faults of several machines in the same second', (scene) =>
        struckTogether(scene, (text) => drive.test(text) || power.test(text)),
      ),
      atOnce(1.5),
      shows('place', 2, 'machines that aborted in the same second', (scene) => struckTogether(scene, null)),
      shows('signal', 4, 'a dip of the voltage', voltageDip, { missing: 2, visible: measured('power') }),
      shows('gap', 2, 'values of all machines missing at once', (scene) =>
        scene
          .all('gap')
          .filter(({ equipment, from }) => {
            const apart = Math.abs(Date.parse(from) - scene.from);
            return equipment === null && apart < 2 * minute + scene.clocks.tolerance;
          })
          .slice(0, 2)
          .map((gap) => sighting(scene, [gap])),
      ),
    ],
  },
  {
    id: 'cooling_warm',
    class: 'utilities',
    scope: { utility: 'chilled_water' },
    words: () => 'cooling water that was too warm',
    check: () => 'read the temperature of the cooling water at the line and at the chiller',
    evidence: [
      shows('signal', 4.5, 'cooling water that got warmer until the stop', warms, {
        missing: 2,
        visible: measured('chilled_water'),
      }),
      // Without its own temperature it shows in what it cools: several machines that get warm together.
      shows('place', 4, 'machines it cools that got warm', (scene, place) =>
        warmMachines(scene, place, place.id),
      ),
      ...wordsOf(cooling, 2.5, 'an alarm of the cooling', 0.4),
      alarmSays(hot, 1, 'an alarm of a hot machine', 0),
      reasonSays(cooling, 1),
      atOnce(0.6),
      noteSays(cooling),
    ],
  },
];
