import type { Cause } from './cause.ts';
import { alarmSays, ownFault } from '../cues/alarms.ts';
import { shows, sighting, standIs } from '../cues/expect.ts';
import { wordsOf } from '../cues/written.ts';
import {
  calledInVain,
  crewBack,
  everybodyLeft,
  missingCrew,
  noticedLate,
  noticedSoon,
} from '../cues/people.ts';
import { changeoverJustOver } from '../cues/plans.ts';
import { againAndAgain } from '../cues/repeats.ts';
import { jam, mechanic, nobody, startUp } from '../cues/concepts.ts';
import { blow, signalMoves } from '../cues/moves.ts';
import { breakTimes } from '../frame/shift-times.ts';

const minute = 60_000;
export const peopleCauses: readonly Cause[] = [
  {
    id: 'no_operator',
    class: 'people',
    neglect: true,
    scope: 'machine or line',
    words: (at) => `a post without cover at ${at}`,
    check: (at) => `ask the shift lead whether the post at ${at} was covered then`,
    evidence: [
      shows('crew', 3.5, 'fewer people at the line than planned', missingCrew, {
        missing: 1.6,
        needs: 'crew',
      }),
      // The line runs again within minutes of somebody coming back: more than a coincidence.
      shows('crew', 4.5, 'a restart as soon as people were back', crewBack),
      shows('mes', 1.5, 'nobody signed on', (scene) =>
        scene
          .all('downtime_event')
          .filter(
            ({ operators, from, to }) =>
              operators !== null &&
              operators < (scene.line.crew ?? 1) &&
              Date.parse(from) <= scene.end &&
              Date.parse(from) >= scene.from - 10 * minute &&
              (to === null || Date.parse(to) > scene.from),
          )
          .slice(-1)
          .map((entry) => sighting(scene, [entry])),
      ),
      ...wordsOf(nobody, 2.5, 'a call for an operator', 0.2),
      shows('place', 2, 'a fault that nobody acknowledged for long', noticedLate),
      shows('place', -2, 'a fault that somebody acknowledged at once', noticedSoon),
      shows('plan', 1.2, 'a break just before', (scene) => {
        const times = breakTimes(scene.plant, scene.from - 20 * minute, scene.from + 2 * minute);
        const event = scene
          .all('calendar')
          .filter(
            ({ activity, from }) =>
              activity === 'break' && Math.abs(Date.parse(from) - scene.from) < 20 * minute,
          );
        if (event.length > 0) return [sighting(scene, event)];
        return times.length > 0 ? [{ strength: 0.7, evidence: [] }] : [];
      }),
      shows('crew', -4, 'a line that everybody left at once', everybodyLeft),
      standIs(['blocked'], -0.5, 'a machine that only waits'),
      ownFault(-0.5, nobody),
    ],
  },
  {
    id: 'startup_after_changeover',
    class: 'people',
    scope: 'machine',
    share: 0.7,
    words: (at) => `a start-up after the changeover that did not hold at ${at}`,
    check: (at) => `compare the settings of ${at} after the changeover with its set-up sheet`,
    evidence: [
      shows('plan', 2.5, 'a changeover that ended shortly before', changeoverJustOver, {
        missing: 2.5,
        visible: () => true,
      }),
      // Settings that do not fit stop the machine in every run until they are found.
      shows('place', 2, 'several short runs since then', againAndAgain, { missing: 1, needs: 'state' }),
      alarmSays(jam, 0.8, 'a jam alarm', 0),
      signalMoves(blow, 1.2, 'a spike of torque or current', 0),
      ...wordsOf(startUp, 1, 'words about the start-up', 0),
    ],
  },
  {
    id: 'waiting_for_maintenance',
    class: 'people',
    scope: 'machine',
    share: 0.6,
    sequel: true,
    neglect: true,
    words: (at) => `a wait for maintenance at ${at}`,
    check: (at) => `ask maintenance when it was called to ${at} and when it came`,
    evidence: [
      shows('maintenance', 5, 'a call that nobody from maintenance answered for long', calledInVain, {
        missing: 2,
        needs: 'maintenance',
      }),
      ...wordsOf(mechanic, 1.2, 'a call for maintenance', 0),
    ],
  },
];
