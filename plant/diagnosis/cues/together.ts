import type { Sighting } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import type { PlantRecord } from '../../record.ts';
import type { Millis } from '../../time.ts';
import { together } from '../localise/shared.ts';
import type { Scene } from '../scene.ts';

/** Machines that lose their power do so in the same second; their clocks may be apart. */
const sameMomentMs = 3_000;
/** Two may be chance, three hardly. */
const several = 3;

type Blow = { machine: string; from: Millis; record: PlantRecord };

/**
 * Alarms that `says` accepts (null: machines that went to Aborted) on
 * three machines and more in the same moments around the stop.
 */
export function struckTogether(scene: Scene, says: ((text: string) => boolean) | null): Sighting[] {
  const reach = 120_000 + scene.clocks.tolerance;
  const near = (at: number): boolean => Math.abs(at - scene.from) <= reach;
  const blows: Blow[] = says
    ? scene.alarms
        .filter(({ from, text, chatters }) => near(from) && !chatters && says(text))
        .map(({ equipment, from, record }) => ({ machine: equipment, from, record }))
    : [...scene.states].flatMap(([machine, spans]) =>
        spans
          .filter(({ state, from }) => near(from) && (state === 'Aborting' || state === 'Aborted'))
          .map(({ from, record }) => ({ machine, from, record })),
      );
  const found = together(blows, sameMomentMs);
  if (found.length < 2) return [];
  return [
    sighting(
      scene,
      found.slice(0, several).map(({ record }) => record),
      found.length >= several ? 1 : 0.5,
    ),
  ];
}
