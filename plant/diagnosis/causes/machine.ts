import type { Cause, Sighting, Place } from './cause.ts';
import { alarmSays, ownFault } from '../cues/alarms.ts';
import { shows, sighting, standIs, stateIs } from '../cues/expect.ts';
import { wordsOf, workSays } from '../cues/written.ts';
import { drifts, labours, signalDrifts } from '../cues/drifts.ts';
import { blow, signalCalm, signalMoves } from '../cues/moves.ts';
import { calledInVain, leftAlone } from '../cues/people.ts';
import { againAndAgain, stoppedAtRestart } from '../cues/repeats.ts';
import { lotJustChanged } from '../cues/lots.ts';
import { changeoverJustOver } from '../cues/plans.ts';
import { fellSilent } from '../cues/silence.ts';
import { systemDown } from '../cues/systems.ts';
import type { Scene } from '../scene.ts';
import { mentions } from '../records/words.ts';
import { comms, drive, fieldbus, hot, isFarServer, jam, lights, safety, sensor } from '../cues/concepts.ts';

/** Wear and overload grow for minutes before the drive gives up. */
const heavier = { measures: ['load'], direction: 'up', share: 0.08, kind: 'slope' } as const;
const shakier = { measures: ['vibration'], direction: 'up', share: 0.15, kind: 'slope' } as const;
const hotter = { measures: ['temperature'], direction: 'up', share: 0.04 } as const;

export const machineCauses: readonly Cause[] = [
  {
    id: 'infeed_jam',
    class: 'machine',
    scope: 'machine',
    share: 2,
    words: (at) => `a jam at the infeed of ${at}`,
    check: (at) => `look at the infeed of ${at}: is product or packaging stuck there?`,
    evidence: [
      ...wordsOf(jam, 2.5, 'a jam alarm'),
      // Such a spike lasts a second or two: values read every five seconds miss half of them.
      signalMoves(blow, 2.5, 'a spike of torque or current', 0.6),
      stateIs(['Held', 'Holding'], 0.6, 'the machine held'),
      shows('place', 1.5, 'a stop within seconds of the restart', stoppedAtRestart),
      // A jam is cleared once. What comes back at once is a sensor, the material or the set-up.
      shows('place', -3, 'the same stop again and again', againAndAgain),
      // What the drive felt for minutes before is no blow.
      shows('signal', -3, 'a load or vibration that had grown for minutes', labours),
      // A jam is cleared in minutes where somebody sees it; left alone it is not what kept the line standing.
      shows('crew', -3, 'a post without cover while nobody noticed it', leftAlone),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
  {
    id: 'drive_trip',
    class: 'machine',
    scope: 'machine',
    share: 1.5,
    words: (at) => `a tripped drive at ${at}`,
    check: (at) => `look at the drive of ${at}: which fault does its controller show, is it hot or noisy?`,
    evidence: [
      // What is stuck makes a clutch or a drive give way: a text that names both is a jam.
      ...wordsOf(drive, 2.5, 'a drive alarm', 0.8, [hot, comms, safety, jam]),
      signalDrifts(shakier, 3, 'growing vibration', 0.7),
      signalDrifts(heavier, 3, 'a load that grew for some time', 0.7),
      signalMoves({ ...blow, beforeS: 120 }, 1, 'a load far above usual', 0),
      stateIs(['Aborted', 'Aborting'], 0.8, 'the machine aborted'),
      workSays(drive),
      // Heat without more load: the drive was switched off to protect it, the heat is the cause.
      shows('signal', -2.5, 'a temperature that had climbed while the load stayed', (scene, place) =>
        labours(scene, place).length > 0 ? [] : drifts(scene, place, hotter),
      ),
      // The drive tripped, and the line stands because nobody came to it.
      shows('crew', -3.5, 'a call to maintenance that nobody answered for long', calledInVain),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
  {
    id: 'sensor_dirty',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a dirty or misaligned sensor at ${at}`,
    check: (at) => `look at the sensors of ${at}: is one dirty or moved while nothing is stuck?`,
    evidence: [
      ...wordsOf(sensor, 2, 'an alarm of a sensor', 0.6),
      // A light barrier that is covered looks to the machine like a jam.
      alarmSays(jam, 1.5, 'a jam alarm', 0),
      alarmSays(lights, 2, 'an alarm of a light barrier', 0),
      shows('place', 2.2, 'the same short stop again and again', againAndAgain, {
        missing: 1.5,
        needs: 'state',
      }),
      signalCalm(blow, 0.6, 'torque as usual'),
      // Nothing is pushed against, and yet the machine says that something stands there.
      shows('signal', 2.2, 'a jam alarm while torque stayed as usual', (scene, place) => {
        const said = [
          ...alarmSays(jam, 1, '').look(scene, place),
          ...alarmSays(lights, 1, '').look(scene, place),
        ];
        return said.some(({ strength }) => strength > 0.5) ? signalCalm(blow, 1, '').look(scene, place) : [];
      }),
      shows('signal', -2.5, 'a spike of torque', signalMoves(blow, 1, '').look),
      shows('signal', -2.5, 'a load or vibration that had grown for minutes', labours),
      shows('mes', -0.8, 'a change of lot just before', lotJustChanged),
      shows('plan', -0.8, 'a changeover that had just ended', changeoverJustOver),
      standIs(['setup'], -2, 'the machine in setup'),
    ],
  },
  {
    id: 'comms_loss',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a lost connection inside the controls of ${at}`,
    check: (at) => `look at the controls cabinet of ${at}: which module or bus node shows a fault light?`,
    evidence: [
      ...wordsOf(comms, 2.5, 'an alarm of the fieldbus or a module', 1, [isFarServer]),
      shows('alarm', 3, 'several nodes lost in the same moment', nodesLost),
      shows('gap', 3.5, 'values of this machine alone that ended as it stopped', (scene, { origin }) =>
        fellSilent(scene, origin),
      ),
      stateIs(['Aborted', 'Aborting'], 0.4, 'the machine aborted'),
      // Then the machine is well and what it asks does not answer.
      shows('system', -2.5, 'a system it needs that was down', systemDown),
    ],
  },
  {
    id: 'safety_stop',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a safety stop at ${at}`,
    check: (at) => `look at the safety circuit of ${at}: is a door open or an emergency stop pressed?`,
    evidence: [
      ...wordsOf(safety, 3, 'an alarm of the safety circuit', 1.2),
      // Whoever clears a jam opens the guard: an alarm well after the machine stood is that.
      shows('place', -1.8, 'a guard that was opened only after the machine stood', (scene, { origin }) => {
        const stand = origin.stand;
        const first = stand?.alarms.find((alarm) => !alarm.chatters);
        if (!stand || !first || first.from <= stand.from + 15_000 || !safetyFirst(first.text)) return [];
        return [sighting(scene, [first.record])];
      }),
      stateIs(['Aborted', 'Aborting'], 0.8, 'the machine aborted'),
      // Without its remote inputs a safety controller opens the circuit.
      shows('place', -2.5, 'nodes lost in the moment before', nodesLost),
      stateIs(['Held', 'Holding'], -0.8, 'the machine only held'),
      shows('place', -1.5, 'the same stop again and again', againAndAgain),
      ownFault(-0.3, safety),
    ],
  },
];

/** Two nodes and more of one machine gone within the same second or two, as it came to stand. */
function nodesLost(scene: Scene, { origin: { stand } }: Place): Sighting[] {
  const lost = (stand?.alarms ?? []).filter(
    ({ text, chatters, from }) =>
      !chatters &&
      mentions(text, fieldbus) &&
      mentions(text, comms) &&
      Math.abs(from - (stand?.from ?? 0)) <= 2_000,
  );
  const different = new Set(lost.map(({ alarm }) => alarm));
  return different.size >= 2
    ? [
        sighting(
          scene,
          lost.slice(0, 3).map(({ record }) => record),
        ),
      ]
    : [];
}

function safetyFirst(text: string): boolean {
  return safety.test(text) && !hot.test(text);
}
