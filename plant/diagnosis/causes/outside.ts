import type { RecordOf } from '../../record.ts';
import type { Cause, Sighting, Place } from './cause.ts';
import { ownFault } from '../cues/alarms.ts';
import { near, shows, sighting, standIs } from '../cues/expect.ts';
import { noteSays, wordsOf } from '../cues/written.ts';
import { holds, releasedBefore } from '../cues/holds.ts';
import { dispatch, empty, notReady, ready, upstream } from '../cues/concepts.ts';
import { failsToCome } from '../localise/hints.ts';
import { supplies } from '../cues/supplies.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';

const minute = 60_000;

/** "Lab release pending" is not released. */
const isReady = ({ status }: RecordOf<'lot'>): boolean => {
  const text = folded(status);
  return mentions(text, ready) && !mentions(text, notReady);
};

/** A batch of the process before the line, which was not ready as the line stood still. */
function batchNotReady(scene: Scene, { id }: Place): Sighting[] {
  return scene
    .valid('lot')
    .filter((lot) => lot.equipment === id && !isReady(lot))
    .map((lot) => sighting(scene, [lot], near(Date.parse(lot.at), scene.from, 90 * minute, minute)));
}

/** Quality held what this supply point was to deliver, and had not released it as the line stood still. */
function batchHeld(scene: Scene, { id }: Place): Sighting[] {
  const ours = scene.all('quality').filter(({ equipment }) => equipment === id);
  return ours
    .filter(
      ({ event, at }) => (event === 'hold' || event === 'limit') && Date.parse(at) <= scene.from + minute,
    )
    .filter((hold) => !releasedBefore(scene, hold, ours))
    .map((hold) => sighting(scene, [hold], near(Date.parse(hold.at), scene.from, 90 * minute, minute)));
}

const cameBefore = (scene: Scene, at: string): boolean => {
  const wait = scene.end - Date.parse(at);
  return Date.parse(at) > scene.from && wait >= -2 * minute && wait <= 15 * minute;
};

/** The batch got ready, and within minutes the line ran again. */
function batchCame(scene: Scene, place: Place): Sighting[] {
  const released = scene
    .all('quality')
    .filter(
      ({ equipment, event, at }) => equipment === place.id && event === 'release' && cameBefore(scene, at),
    );
  if (released.length > 0 && batchHeld(scene, place).length > 0)
    return [sighting(scene, released.slice(0, 1))];
  if (batchNotReady(scene, place).length === 0) return [];
  return scene
    .all('lot')
    .filter((lot) => lot.equipment === place.id && isReady(lot) && cameBefore(scene, lot.at))
    .slice(0, 1)
    .map((lot) => sighting(scene, [lot]));
}

/** The plant says what delivers there, the machine says that nothing comes, and neither stock nor quality tells why. */
function nothingComes(scene: Scene, { id, origin: { stand } }: Place): Sighting[] {
  if (!stand || (stand.kind !== 'starved' && stand.kind !== 'waiting')) return [];
  if (!scene.line.supply.some((supply) => supply.id === id)) return [];
  const known = supplies(scene);
  if (known.length === 0 || known.some(({ short }) => short) || holds(scene).length > 0) return [];
  return [sighting(scene, [stand.span.record])];
}

export const outsideCauses: readonly Cause[] = [
  {
    id: 'dispatch_full',
    class: 'outside',
    scope: 'dispatch',
    share: 1.2,
    words: () => 'a full dispatch area',
    check: () =>
      'look at the end of the line: is there room for the next pallet, and when does the next truck come?',
    evidence: [
      // A blocked last machine waits for what lies behind the line: what else could it be?
      standIs(['blocked'], 2.8, 'the last machine blocked by what comes after it'),
      ...wordsOf(dispatch, 2.5, 'an alarm that the discharge is full', 0.2),
      shows('alarm', 2.2, 'an alarm that nothing can leave', (scene, { origin }) =>
        scene.alarms
          .filter((alarm) => alarm.equipment === origin.entry && alarm.says === 'blocked')
          .map((alarm) => sighting(scene, [alarm.record], near(alarm.from, origin.onset, 120_000, 120_000))),
      ),
      standIs(['internal'], -0.8, 'the last machine with a fault of its own'),
      ownFault(-1.2, dispatch),
    ],
  },
  {
    id: 'upstream_late',
    class: 'outside',
    scope: 'supply',
    share: 0.7,
    words: () => 'a late delivery of the process before the line',
    check: () => 'ask the process before the line whether its batch was ready',
    evidence: [
      // The first machine only says that nothing comes; who did not deliver is seldom in an alarm.
      ...wordsOf(upstream, 2, 'an alarm that the process before the line delivers nothing', 0.2),
      standIs(['starved', 'waiting'], 0.8, 'the first machine without supply'),
      shows('place', 1.5, 'a first machine without supply while nothing of the order is short', nothingComes),
      // Idle is what a MES calls a line that could run and waits.
      shows('mes', 1.2, 'an entry of the MES that the line waits', (scene) =>
        scene
          .all('downtime_event')
          .filter(
            ({ category, from }) =>
              category === 'idle' && Math.abs(Date.parse(from) - scene.from) < 2 * minute,
          )
          .slice(-1)
          .map((entry) => sighting(scene, [entry])),
      ),
      shows('note', 1, 'a note that the place did not deliver', (scene, { id }) =>
        scene
          .all('note')
          .filter(({ equipment, at }) => equipment === id && Date.parse(at) >= scene.from - 30 * minute)
          .filter(({ text }) => failsToCome.some((cue) => mentions(folded(text), cue)))
          .slice(0, 1)
          .map((one) => sighting(scene, [one])),
      ),
      shows('mes', 3.5, 'a batch of the process before the line that was not ready', batchNotReady, {
        missing: 1,
        // Who tells of batches there at all could have told of this one.
        visible: (scene, { id }) => scene.all('lot').some(({ equipment }) => equipment === id),
      }),
      shows('mes', 3.5, 'a batch of the process before the line that quality held', batchHeld),
      shows('quality', 3.5, 'a batch that was ready just before the line ran again', batchCame),
      shows('quality', 1.2, 'a batch that was not released', (scene, { id }) =>
        scene
          .valid('lot')
          .filter(({ held, at, equipment }) => held && equipment === id && Date.parse(at) <= scene.from)
          .map((lot) => sighting(scene, [lot], near(Date.parse(lot.at), scene.from, 3_600_000, 60_000))),
      ),
      noteSays(upstream),
      // A hopper that ran low because nothing came is no fault of the machine.
      ownFault(-1.5, upstream, empty),
    ],
  },
];
