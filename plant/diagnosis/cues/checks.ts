import type { Sighting, Place } from '../causes/cause.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';
import { checking } from './concepts.ts';

export const checks = (scene: Scene, machine: string): boolean => {
  const one = scene.line.machines.find(({ id }) => id === machine);
  return (
    one !== undefined &&
    [one.class, one.name, one.id.split('.').at(-1) ?? ''].some((text) => mentions(folded(text), checking))
  );
};

export const isCheck = (scene: Scene, { origin }: Place): Sighting[] =>
  checks(scene, origin.entry) ? [{ strength: 1, evidence: [] }] : [];

export const isNoCheck = (scene: Scene, { origin }: Place): Sighting[] =>
  checks(scene, origin.entry) ? [] : [{ strength: 1, evidence: [] }];
