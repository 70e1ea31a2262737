import type { Cause, Sighting, Place } from './cause.ts';
import { alarmSays, ownFault } from '../cues/alarms.ts';
import { atMachine, near, shows, sighting, standIs } from '../cues/expect.ts';
import { noteSays, reasonSays, wordsOf } from '../cues/written.ts';
import { drifts, followedSetting, shifted } from '../cues/drifts.ts';
import { rejectsRise } from '../cues/moves.ts';
import { checks, isCheck, isNoCheck } from '../cues/checks.ts';
import { holds, weightOf } from '../cues/holds.ts';
import { control, drift, hold, rejects, setting } from '../cues/concepts.ts';
import { fedBadly } from '../cues/utilities.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';

const minute = 60_000;

/** A level that moved slowly is a leak or wear; a setting and a check that is off move at once. */
const losing = { measures: ['pressure'], direction: 'down', share: 0.02, kind: 'slope' } as const;

const shiftedAt =
  (check: boolean) =>
  (scene: Scene, place: Place): Sighting[] =>
    checks(scene, place.origin.entry) === check ? shifted(scene, place, !check) : [];

export const qualityCauses: readonly Cause[] = [
  {
    id: 'quality_hold',
    class: 'quality',
    scope: 'line',
    words: () => 'a quality hold on the batch',
    check: () => 'ask quality whether the batch or lot in use is on hold, and since when',
    evidence: [
      shows(
        'quality',
        3,
        'a hold in the MES or ERP',
        (scene) =>
          holds(scene).map(({ record, since }) =>
            sighting(scene, [record], weightOf(record) * near(since, scene.from, 30 * minute, 2 * minute)),
          ),
        { missing: 2, needs: 'lot' },
      ),
      noteSays(hold),
      reasonSays(hold),
      standIs(['generic', 'starved', 'waiting'], 0.6, 'machines that wait without a fault'),
      shows('alarm', 1.5, 'an alarm about a release', (scene, { origin: { stand } }) =>
        (stand?.spans ?? [])
          .slice(0, 3)
          .filter(({ raw }) => mentions(folded(raw), hold))
          .map(({ record }) => sighting(scene, [record])),
      ),
      ownFault(-1.2, hold),
    ],
  },
  {
    id: 'inspection_drift',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a check at ${at} that drifted and rejects good product`,
    check: (at) => `run test pieces through ${at}: does it reject good ones?`,
    evidence: [
      ...wordsOf(drift, 2.5, 'an alarm of calibration', 0),
      alarmSays(rejects, 1.2, 'an alarm of rejects', 0),
      shows('quality', 2, 'a calibration that is due', (scene, place) =>
        scene
          .valid('quality')
          .filter(({ event, equipment }) => event === 'calibration_due' && atMachine(scene, place, equipment))
          .map((one) => sighting(scene, [one])),
      ),
      // The machines before it make what they always made; what it measures is another value from one moment on.
      shows('signal', 3, 'a measured value that shifted at once', shiftedAt(true)),
      rejectsRise(2, 0.8),
      shows('place', 1.2, 'a machine that checks the product', isCheck),
      shows('place', -2, 'a machine that does not check the product', isNoCheck),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
  {
    id: 'ccp_failed',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a failed safety check of the product at ${at}`,
    check: (at) => `look at the record of the last test at ${at}`,
    evidence: [
      ...wordsOf(control, 3, 'an alarm of the detector or its test', 0.8),
      shows(
        'quality',
        3,
        'a failed test',
        (scene, place) => [
          ...scene
            .all('quality')
            // A limit of the control point that was not kept is the same, told by the one who watches it.
            .filter(({ event }) => event === 'test_failed' || event === 'limit')
            .filter(({ equipment }) => atMachine(scene, place, equipment))
            .map((one) =>
              sighting(scene, [one], near(Date.parse(one.at), scene.from, 10 * minute, 10 * minute)),
            ),
          ...scene
            .all('inspection')
            .filter(({ failed, equipment }) => failed.length > 0 && atMachine(scene, place, equipment))
            .map((one) =>
              sighting(scene, [one], near(Date.parse(one.at), scene.from, 10 * minute, 10 * minute) * 0.8),
            ),
        ],
        { missing: 0.8, needs: 'quality' },
      ),
      shows('place', 0.8, 'a machine that checks the product', isCheck),
    ],
  },
  {
    id: 'parameter_changed',
    class: 'quality',
    scope: 'machine',
    share: 0.6,
    words: (at) => `a changed setting at ${at}`,
    check: (at) => `compare the settings of ${at} with the recipe of the order`,
    evidence: [
      shows(
        'quality',
        3,
        'a change of a parameter',
        (scene, place) =>
          scene
            .valid('quality')
            .filter(
              ({ event, equipment }) => event === 'parameter_changed' && atMachine(scene, place, equipment),
            )
            .map((one) => sighting(scene, [one], near(Date.parse(one.at), scene.from, 90 * minute, 0))),
        { missing: 0.6, needs: 'quality' },
      ),
      shows('quality', 1.5, 'the parameter set back while the machine stood', setBack),
      // What is set otherwise shows in the values of the process, and the rejects come later.
      shows('signal', 3, 'a process value at another level than usual', shiftedAt(false)),
      shows('signal', 3.5, 'a process value that followed the change', followedSetting),
      rejectsRise(1.5, 0.4),
      shows('signal', -1.5, 'a pressure that fell slowly', (scene, place) => drifts(scene, place, losing)),
      shows('system', -3, 'a utility of it that had gone before', fedBadly),
      shows('place', -0.8, 'a machine that only checks', isCheck),
      ...wordsOf(setting, 2.5, 'an alarm of a set value', 0.3),
      alarmSays(rejects, 1.2, 'an alarm of rejects', 0),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
];

/** Somebody put the value back, and the machine ran again. */
function setBack(scene: Scene, place: Place): Sighting[] {
  const changed = scene
    .all('quality')
    .filter(({ event, equipment }) => event === 'parameter_changed' && equipment === place.origin.entry);
  const before = changed.findLast(({ at }) => Date.parse(at) <= scene.from);
  const after = changed.find(({ at }) => Date.parse(at) > scene.from && Date.parse(at) <= scene.end + minute);
  if (!after || (before && !sameSubject(before.subject, after.subject))) return [];
  return [sighting(scene, [after], 1)];
}

function sameSubject(one: string, two: string): boolean {
  return folded(one) === folded(two);
}
