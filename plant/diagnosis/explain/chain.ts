import { iso } from '../../time.ts';
import type { ChainStep } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import type { Reached } from '../localise/spread.ts';
import type { Scene } from '../scene.ts';

const first: Record<'line' | 'supply' | 'dispatch' | 'utility' | 'system', ChainStep['kind']> = {
  line: 'holds',
  supply: 'supplies',
  dispatch: 'blocks',
  utility: 'stops',
  system: 'holds',
};

const ways: Record<Reached['way'], ChainStep['kind']> = {
  own: 'stops',
  starved: 'starves',
  blocked: 'blocks',
};

function kindOf(scene: Scene, place: string): keyof typeof first {
  const portal = scene.flow.portals.find(({ id }) => id === place);
  if (portal) return portal.kind;
  if (scene.plant.utilities.some(({ id }) => id === place)) return 'utility';
  return scene.plant.systems.some(({ id }) => id === place) ? 'system' : 'line';
}

/** What holds the whole line holds every machine by itself: nothing travels from one to the next. */
export const wholeLine = (scene: Scene, inferred: boolean): ChainStep[] => [
  { from: scene.line.id, to: scene.floor.reference, kind: 'holds', at: iso(scene.from), inferred },
];

/** From the place where it began to the machine that the line is judged by, in the order it went. */
export function chainOf(scene: Scene, place: string, origin: Origin): ChainStep[] {
  const steps: ChainStep[] = [];
  if (place === scene.line.id) return wholeLine(scene, origin.dark);
  if (!scene.flow.machines.includes(place))
    steps.push({
      from: place,
      to: origin.entry,
      kind: first[kindOf(scene, place)],
      at: iso(origin.path[0]?.from ?? origin.onset),
      inferred: origin.dark,
    });
  origin.path.forEach((step, index) => {
    const before = origin.path[index - 1];
    if (!before) return;
    steps.push({
      from: before.machine,
      to: step.machine,
      kind: ways[step.way],
      at: iso(step.from),
      inferred: step.stand === null || before.stand === null,
    });
  });
  return steps;
}
