import type { Cause } from '../cause.ts';
import {
  alarmSays,
  near,
  noteSays,
  rejectsRise,
  ownFault,
  shows,
  finding,
  signalCalm,
  signalMoves,
  standIs,
  stateIs,
  wordsOf,
  workSays,
} from '../expect.ts';
import { calledInVain, leftAlone } from '../cues/people.ts';
import type { Scene } from '../scene.ts';
import { cold, comms, drive, hot, jam, leak, rejects, safety, sensor } from '../cues/machine.ts';
import { cue, mentions, plainText } from '../words.ts';

const minute = 60_000;

/** How often the machine stood within the hour up to the stop. */
function repeated(scene: Scene, machine: string, from: number) {
  return (scene.floor.stands.get(machine) ?? []).filter(
    (stand) => stand.kind === 'internal' && stand.from >= from - 60 * minute && stand.from <= from + minute,
  );
}

const fillFailed = cue(
  '(net )?(content|weight|volume|fill)\\w*',
  'full(menge|gewicht)',
  'contenido',
  'llenado',
);
const spike = { measure: 'load', direction: 'up', z: 5, beforeS: 60, afterS: 10 } as const;
const wear = {
  measure: 'vibration',
  direction: 'up',
  z: 3,
  beforeS: 1500,
  afterS: 0,
  lasting: true,
} as const;

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
      signalMoves(spike, 2, 'a spike of torque or current', 0.4),
      stateIs(['Held', 'Holding'], 0.6, 'the machine held'),
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
      ...wordsOf(drive, 2.5, 'a drive alarm'),
      signalMoves(wear, 2, 'growing vibration', 0.7),
      signalMoves({ ...spike, beforeS: 600, lasting: true }, 1.2, 'a load above usual for some time', 0),
      stateIs(['Aborted', 'Aborting'], 0.8, 'the machine aborted'),
      workSays(drive),
      // The drive tripped, and the line stands because nobody came to it.
      shows('crew', -2.5, 'a call to maintenance that nobody answered for long', calledInVain),
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
      shows('alarm', 1, 'a jam alarm', (scene, place) =>
        (place.origin.stand?.alarms ?? [])
          .filter((alarm) => mentions(alarm.text, jam))
          .map((alarm) => finding(scene, [alarm.record])),
      ),
      shows(
        'place',
        1.5,
        'the same short stop again and again',
        (scene, { origin }) => {
          const stands = repeated(scene, origin.entry, origin.onset);
          return stands.length >= 3
            ? [
                finding(
                  scene,
                  stands.slice(-3).map(({ span }) => span.record),
                ),
              ]
            : [];
        },
        { missing: 0.8, needs: 'state' },
      ),
      signalCalm(spike, 1, 'torque as usual'),
    ],
  },
  {
    id: 'comms_loss',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a lost connection inside the controls of ${at}`,
    check: (at) => `look at the controls cabinet of ${at}: which module or bus node shows a fault light?`,
    evidence: [
      ...wordsOf(comms, 2.5, 'an alarm of the fieldbus or a module', 1.2),
      shows('gap', 1.2, 'values that stopped with the machine', (scene, { origin }) =>
        scene
          .all('gap')
          .filter(
            (gap) =>
              gap.equipment === origin.entry && Math.abs(Date.parse(gap.from) - origin.onset) < 2 * minute,
          )
          .map((gap) => finding(scene, [gap])),
      ),
      stateIs(['Aborted', 'Aborting'], 0.4, 'the machine aborted'),
    ],
  },
  {
    id: 'safety_stop',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a safety stop at ${at}`,
    check: (at) => `look at the safety circuit of ${at}: is a door open or an emergency stop pressed?`,
    evidence: [
      ...wordsOf(safety, 3, 'an alarm of the safety circuit', 1.5),
      stateIs(['Aborted', 'Aborting'], 0.6, 'the machine aborted'),
    ],
  },
  {
    id: 'temperature_low',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a temperature below the working range at ${at}`,
    check: (at) => `read the temperature at ${at}: has it reached its set value?`,
    evidence: [
      ...wordsOf(cold, 2.5, 'an alarm of low temperature'),
      signalMoves(
        { measure: 'temperature', direction: 'down', z: 4, beforeS: 300, afterS: 30 },
        2,
        'a temperature below usual',
        1,
      ),
    ],
  },
  {
    id: 'valve_leak',
    class: 'machine',
    scope: 'machine',
    words: (at) => `a leaking valve at ${at}`,
    check: (at) => `look at the valves of ${at}: does one drip, and are the rejects all from one?`,
    evidence: [
      ...wordsOf(leak, 2, 'an alarm of fill or rejects', 0.6),
      alarmSays(rejects, 1.5, 'an alarm of rejects', 0),
      shows('quality', 2, 'a failed check of the fill', (scene) =>
        scene
          .valid('inspection')
          .filter(({ failed }) => mentions(plainText(failed.join(' ')), fillFailed))
          .map((one) =>
            finding(scene, [one], near(Date.parse(one.at), scene.from, 60 * minute, 10 * minute)),
          ),
      ),
      shows('mes', 1.2, 'scrap', (scene) =>
        scene
          .all('scrap')
          .filter((one) => Math.abs(Date.parse(one.at) - scene.from) < 60 * minute)
          .slice(-1)
          .map((one) => finding(scene, [one], mentions((one.reason ?? '').toLowerCase(), leak) ? 1 : 0.4)),
      ),
      rejectsRise(2, 0.8),
    ],
  },
  {
    id: 'overheating',
    class: 'machine',
    scope: 'machine',
    words: (at) => `overheating of ${at}`,
    check: (at) => `feel and read the temperature of ${at}, and look at its filters and fans`,
    evidence: [
      ...wordsOf(hot, 2.5, 'an alarm of high temperature', 1),
      signalMoves(
        { measure: 'temperature', direction: 'up', z: 4, beforeS: 900, afterS: 10 },
        2,
        'a temperature above usual',
        1.2,
      ),
      workSays(cue('filter', 'fan', 'cool', 'lufter', 'ventilador', 'filtro')),
      noteSays(cue('hot', 'heiss', 'caliente')),
      ownFault(-0.4, hot),
    ],
  },
];
