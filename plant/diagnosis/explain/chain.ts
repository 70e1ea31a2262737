import { iso } from '../../time.ts';
import type { ChainStep } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import { standsBefore } from '../localise/path.ts';
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

/**
 * What is shared may have hit a machine on the way by itself: it stood before the one that is to have stopped it. The
 * way to the line begins there then.
 */
function wayOf({ floor }: Scene, { path, hit }: Origin): readonly Reached[] {
  const begins = path.findLastIndex((step, index) => {
    const before = path[index - 1];
    return before && hit.includes(step.machine) && standsBefore(floor, step, before);
  });
  return path.slice(Math.max(begins, 0));
}

/** From the place where it began to the machine that the line is judged by, in the order it went. */
export function chainOf(scene: Scene, place: string, origin: Origin): ChainStep[] {
  const steps: ChainStep[] = [];
  if (place === scene.line.id) return wholeLine(scene, origin.dark);
  const path = wayOf(scene, origin);
  let at = path[0]?.from ?? origin.onset;
  if (!scene.flow.machines.includes(place))
    steps.push({
      from: place,
      to: path[0]?.machine ?? origin.entry,
      kind: first[kindOf(scene, place)],
      at: iso(at),
      inferred: origin.dark,
    });
  path.forEach((step, index) => {
    const before = path[index - 1];
    if (!before) return;
    // It stood already when this can have reached it, for what nobody told: that it came this way is inferred.
    const already = standsBefore(scene.floor, step, { from: at });
    at = already ? Math.max(Math.min(at, scene.from), step.from) : step.from;
    steps.push({
      from: before.machine,
      to: step.machine,
      kind: ways[step.way],
      at: iso(at),
      inferred: step.stand === null || before.stand === null || already,
    });
  });
  return steps;
}
