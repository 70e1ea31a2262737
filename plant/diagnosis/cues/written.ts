import type { Expectation } from '../causes/cause.ts';
import { once } from '../records/once.ts';
import { timeOf } from '../records/timeline.ts';
import { folded, mentions } from '../records/words.ts';
import type { Scene } from '../scene.ts';
import type { Nearer } from './alarms.ts';
import { alarmSays } from './alarms.ts';
import { concerns, near, sighting } from './expect.ts';

const minute = 60_000;

/** What people wrote in or after the stop. */
export const notesOf = once((scene: Scene) =>
  scene.all('note').filter((note) => {
    const at = timeOf(note);
    return at >= scene.from - 30 * minute && at <= scene.end + 90 * minute;
  }),
);

/** What people wrote in or after the stop: weak, and never alone. */
export function noteSays(cue: RegExp, weight = 1): Expectation {
  return {
    group: 'note',
    weight: Math.min(1, weight),
    what: 'a note about it',
    look(scene, place) {
      return notesOf(scene)
        .filter((note) => mentions(folded(note.text), cue))
        .map((note) => {
          const elsewhere =
            note.equipment !== null && note.equipment !== scene.line.id && !concerns(place, note.equipment);
          return sighting(
            scene,
            [note],
            near(timeOf(note), scene.from, 0, 45 * minute) * (elsewhere ? 0.4 : 1),
          );
        });
    },
  };
}

/** What the MES says of the time of the stop: as it was known then first, then as it was entered later. */
export const entriesOf = once((scene: Scene) =>
  scene
    .valid('downtime_event')
    .concat(scene.all('downtime_event'))
    .filter((entry) => {
      const from = Date.parse(entry.from);
      const to = entry.to === null ? scene.end : Date.parse(entry.to);
      return from <= scene.end && to >= scene.from - minute && from >= scene.from - 10 * minute;
    }),
);

/** The reason somebody chose in the MES; about one in seven is wrong, so it weighs little more than a note. */
export function reasonSays(cue: RegExp, weight = 1.2): Expectation {
  return {
    group: 'reason',
    weight,
    what: 'a reason in the MES',
    look(scene) {
      return entriesOf(scene)
        .filter((entry) => mentions(folded(`${entry.reason ?? ''} ${entry.status}`), cue))
        .slice(0, 1)
        .map((entry) => sighting(scene, [entry]));
    },
  };
}

/** Work that maintenance has open or did lately on this machine. */
export function workSays(cue: RegExp, weight = 1): Expectation {
  return {
    group: 'maintenance',
    weight,
    what: 'a maintenance order about it',
    look(scene, place) {
      return scene
        .valid('maintenance')
        .filter((work) => work.equipment === null || concerns(place, work.equipment))
        .filter((work) => mentions(folded(work.text), cue))
        .map((work) => sighting(scene, [work], work.status === 'done' ? 0.5 : 1));
    },
  };
}

/** Alarm, note and MES reason by the same words: what most causes of a machine leave behind. */
export const wordsOf = (
  cue: RegExp,
  weight: number,
  what: string,
  missing = 0.8,
  except: readonly Nearer[] = [],
): Expectation[] => [alarmSays(cue, weight, what, missing, except), noteSays(cue), reasonSays(cue)];
