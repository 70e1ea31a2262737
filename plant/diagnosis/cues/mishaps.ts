import type { PlantRecord } from '../../record.ts';
import type { Sighting } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import { entriesOf, notesOf } from './written.ts';
import { once } from '../records/once.ts';
import type { Scene } from '../scene.ts';
import { folded, mentions } from '../records/words.ts';
import { mishap } from './concepts.ts';

/**
 * What befell the plant as the line stood, by what people wrote: a fire drill, water through the roof, wasps. No machine
 * reports it and no catalogue has it.
 */
export const mishaps: (scene: Scene) => readonly { record: PlantRecord; seen: Sighting }[] = once((scene) =>
  [
    ...notesOf(scene).map((record) => ({ record, text: record.text })),
    ...entriesOf(scene).map((record) => ({ record, text: record.reason ?? '' })),
  ]
    .filter(({ text }) => mentions(folded(text), mishap))
    .map(({ record }) => ({ record, seen: sighting(scene, [record]) })),
);
