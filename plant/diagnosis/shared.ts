import type { Plant, Utility } from '../equipment.ts';
import type { Seed, Floor } from './spread.ts';
import type { MachineStand } from './stands.ts';

/** Something several machines depend on. `withinMs`: how far apart they stand when it fails. */
export type Shared = {
  id: string;
  kind: 'utility' | 'system';
  /** Machine ids of this line, in its order. */
  serves: readonly string[];
  withinMs: number;
};

/**
 * Without air or power machines stop within seconds; what warms or cools takes minutes, since each machine has a
 * heat of its own; those that wait for an IT system stop when each needs its next answer.
 */
const withinMs: Partial<Record<Utility['kind'] | 'system', number>> = {
  chilled_water: 900_000,
  steam: 900_000,
  water: 300_000,
  gas: 120_000,
  network: 60_000,
  other: 120_000,
  system: 60_000,
};
const secondsMs = 15_000;

/** Does it serve this machine? A line stands for its machines; nothing said means everything. */
export const servesMachine = (serves: readonly string[], line: string, machine: string): boolean =>
  serves.length === 0 || serves.includes(machine) || serves.includes(line);

/** The utilities and systems of the plant that serve machines of this line. */
export function sharedOf(plant: Plant, { flow }: Pick<Floor, 'flow'>): Shared[] {
  const of = (
    { id, serves }: { id: string; serves: readonly string[] },
    kind: Shared['kind'],
    window: number | undefined,
  ): Shared => ({
    id,
    kind,
    serves: flow.machines.filter((machine) => servesMachine(serves, flow.line.id, machine)),
    withinMs: window ?? secondsMs,
  });
  return [
    ...plant.utilities.map((one) => of(one, 'utility', withinMs[one.kind])),
    ...plant.systems.map((one) => of(one, 'system', withinMs.system)),
  ].filter(({ serves }) => serves.length > 0);
}

/** The most stands of different machines that begin within so much time of the first. */
export function together(stands: readonly MachineStand[], within: number): MachineStand[] {
  const sorted = stands.toSorted((a, b) => a.from - b.from);
  let best: MachineStand[] = [];
  for (const first of sorted) {
    const near = sorted.filter((stand) => stand.from >= first.from && stand.from - first.from <= within);
    const each = near.filter(
      (stand, index) => near.findIndex((one) => one.machine === stand.machine) === index,
    );
    if (each.length > best.length) best = each;
  }
  return best;
}

/** Stands of the machines it serves that can come from it: not waiting for a neighbour, and not set up. */
export function hitBy(floor: Floor, shared: Shared): MachineStand[] {
  const lasts = shared.withinMs > secondsMs * 4 ? floor.tolerance : 600_000;
  const stands = shared.serves.flatMap((machine) =>
    (floor.stands.get(machine) ?? []).filter(
      (stand) =>
        // A machine that waits for data holds by itself; a plain "stopped" within the minute is its neighbour.
        (shared.kind === 'utility'
          ? stand.lean.own >= 0.3 && stand.kind !== 'setup'
          : stand.kind === 'internal' || (stand.kind === 'generic' && stand.lean.own >= 1)) &&
        stand.from <= floor.stoppedAt + floor.tolerance + 60_000 &&
        stand.to >= floor.stoppedAt - lasts,
    ),
  );
  return together(stands, shared.withinMs + floor.tolerance);
}

export const seedOf = (stand: MachineStand): Seed => ({
  machine: stand.machine,
  way: 'own',
  stand,
  from: stand.from,
  to: stand.to,
});

/** Machines it serves of which nobody tells anything: what stops the others stops them, too. */
export const darkSeeds = (floor: Floor, shared: Shared, hit: readonly MachineStand[]): Seed[] =>
  shared.serves
    .filter((machine) => !floor.stands.has(machine))
    .map((machine) => ({
      machine,
      way: 'own',
      stand: null,
      from: Math.min(floor.stoppedAt, ...hit.map(({ from }) => from)),
      to: Infinity,
    }));
