import type { RecordOf } from '../../record.ts';
import type { Sighting, Place } from '../causes/cause.ts';
import { near, sighting } from './expect.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';

const minute = 60_000;

/** What is told of one system up to a minute into the stop, oldest first. */
export function systemEvents(scene: Scene, system: string): RecordOf<'system'>[] {
  const until = scene.from + minute + scene.clocks.tolerance;
  const name = new RegExp(folded(system).split(' ').join('.?'));
  return scene
    .all('system')
    .filter((one) => Date.parse(one.at) <= until)
    .filter(
      (one) => one.equipment === system || (one.equipment === null && mentions(folded(one.component), name)),
    );
}

/** The system was down, or slow, as the machine came to stand. */
export function downAt(scene: Scene, system: string, onset: number): Sighting[] {
  const last = systemEvents(scene, system).findLast(({ event }) => event !== 'changed');
  if (!last || (last.event !== 'down' && last.event !== 'degraded')) return [];
  const lately = near(Date.parse(last.at), onset, 10 * minute, 2 * minute);
  return [sighting(scene, [last], lately * (last.event === 'degraded' ? 0.7 : 1))];
}

/** A system that the machine at the place needs was down as it came to stand. */
export const systemDown = (scene: Scene, { origin }: Place): Sighting[] =>
  scene.plant.systems
    .filter(({ serves }) => serves.includes(origin.entry))
    .flatMap(({ id }) => downAt(scene, id, origin.onset));

/** The system came back, and within minutes the machine at the place ran again. */
export function systemBack(scene: Scene, { id, origin: { onset, stand } }: Place): Sighting[] {
  if (!stand || stand.to === Infinity || downAt(scene, id, onset).length === 0) return [];
  const back = scene
    .all('system')
    .find((one) => one.equipment === id && one.event === 'up' && Date.parse(one.at) > onset);
  if (!back) return [];
  const wait = stand.to - Date.parse(back.at);
  return wait >= -minute && wait <= 3 * minute ? [sighting(scene, [back])] : [];
}
