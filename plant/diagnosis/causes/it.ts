import type { Cause } from './cause.ts';
import { alarmSays } from '../cues/alarms.ts';
import { measuredAt, near, shows, sighting, standIs } from '../cues/expect.ts';
import { wordsOf } from '../cues/written.ts';
import { comms, fieldbus, network, server } from '../cues/concepts.ts';
import { downAt, systemBack, systemEvents } from '../cues/systems.ts';

const minute = 60_000;
export const itCauses: readonly Cause[] = [
  {
    id: 'system_no_answer',
    class: 'it',
    scope: 'system',
    words: (at) => `${at} not answering`,
    check: (at) => `ask IT whether ${at} was up then, and what was changed on it`,
    evidence: [
      shows(
        'system',
        4,
        'an outage of it',
        (scene, place) => {
          const changed = systemEvents(scene, place.id).filter(({ event }) => event === 'changed');
          return [
            ...downAt(scene, place.id, place.origin.onset),
            // Updates are installed every week: one alone says little.
            ...changed.map((one) =>
              sighting(scene, [one], 0.15 * near(Date.parse(one.at), place.origin.onset, 60 * minute, 0)),
            ),
          ];
        },
        { missing: 1.2, needs: 'system' },
      ),
      shows('signal', 2.5, 'a lost connection of the system', (scene, place) =>
        scene.signals.flatMap((signal) => {
          if (signal.window.equipment !== place.id || signal.measure !== 'connected') return [];
          const { onset } = place.origin;
          const point = signal.window.points.find(
            ([at, value]) => value < 0.5 && at >= onset - 10 * minute && at <= onset + minute,
          );
          return point
            ? [
                {
                  strength: 1,
                  evidence: [measuredAt(scene, signal, [point[0], point[1]])],
                },
              ]
            : [];
        }),
      ),
      ...wordsOf(server, 2.5, 'an alarm that data or an answer is missing', 0.5, [fieldbus]),
      // What waits for an answer often only says that its communication failed.
      alarmSays(comms, 1.2, 'an alarm of the communication', 0),
      shows('place', 1.5, 'an answer, and within minutes the machine ran', systemBack),
    ],
  },
  {
    id: 'sensor_outage',
    class: 'it',
    scope: 'machine',
    share: 0.5,
    words: (at) => `a loss of data at ${at}`,
    check: (at) => `look at ${at}: did it run while no values came?`,
    evidence: [
      shows(
        'gap',
        2,
        'missing data inside the stop',
        (scene, { origin }) =>
          scene
            .all('gap')
            .filter((gap) => gap.equipment === origin.entry || gap.equipment === null)
            .filter(
              (gap) =>
                Date.parse(gap.from) <= scene.from + minute &&
                (gap.to === null || Date.parse(gap.to) >= scene.from),
            )
            .map((gap) => sighting(scene, [gap])),
        { missing: 2.5, visible: () => true },
      ),
      shows('mes', 2, 'production counted by the MES meanwhile', (scene) =>
        scene
          .all('downtime_event')
          .filter(
            ({ category, from, to }) =>
              category === 'production' &&
              Date.parse(from) <= scene.from &&
              (to === null || Date.parse(to) >= scene.end),
          )
          .slice(-1)
          .map((one) => sighting(scene, [one])),
      ),
      ...wordsOf(network, 1, 'an alarm of the gateway', 0),
      // A machine that told of its stand itself did stand.
      standIs(
        ['internal', 'generic', 'setup', 'starved', 'blocked', 'waiting'],
        -1.5,
        'a stand that the machine told',
      ),
    ],
  },
];
