import type { Sighting } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';

const minute = 60_000;
/** A lost connection ends the subscriptions of all machines within this. */
const togetherMs = 5_000;

/** Values of this machine alone that ended as it stopped. What several machines miss since one moment, their source lost. */
export function fellSilent(scene: Scene, { entry, onset }: Origin): Sighting[] {
  const gaps = scene.all('gap');
  return gaps
    .filter(({ equipment, from }) => equipment === entry && Math.abs(Date.parse(from) - onset) < 2 * minute)
    .filter(
      (gap) =>
        !gaps.some(
          ({ source, equipment, from }) =>
            source === gap.source &&
            equipment !== gap.equipment &&
            Math.abs(Date.parse(from) - Date.parse(gap.from)) < togetherMs,
        ),
    )
    .map((gap) => sighting(scene, [gap]));
}
