import type { Plant } from '../equipment.ts';
import type { Millis } from '../time.ts';
import { pathTo } from './path.ts';
import type { Floor, Reached, Seed } from './spread.ts';
import { spread } from './spread.ts';
import type { MachineStand } from './stands.ts';

/** A place where the stop may have begun, with the way it took. `p`: its share among all places. */
export type Origin = {
  place: string;
  kind: 'machine' | 'supply' | 'dispatch' | 'utility' | 'system' | 'line';
  /** The first machine of the line that it hit. */
  entry: string;
  stand: MachineStand | null;
  onset: Millis;
  /** Nobody reports this machine: it follows from its neighbours. */
  dark: boolean;
  points: number;
  p: number;
  /** From the entry to the reference machine, both included. */
  path: Reached[];
  /** Utilities, systems and the line as a whole: the machines that stopped at once. */
  hit: string[];
};

function originOf(
  floor: Floor,
  place: string,
  kind: Origin['kind'],
  seeds: readonly Seed[],
  base: number,
): Origin | null {
  const [first] = seeds;
  if (!first) return null;
  const { reached, points } = spread(seeds, floor);
  const path = pathTo(floor, reached);
  const entry = path[0]?.machine ?? first.machine;
  const seed = seeds.find(({ machine }) => machine === entry) ?? first;
  return {
    place,
    kind,
    entry,
    stand: seed.stand,
    onset: seed.from,
    dark: !floor.stands.has(entry),
    points: points + base,
    p: 0,
    path,
    hit: seeds.map(({ machine }) => machine),
  };
}

/** When a machine that tells nothing must have stopped: before the first of its neighbours did. */
function darkOnset(floor: Floor, machine: string): Millis {
  const beside = [
    ...(floor.flow.into.get(machine) ?? []).map((edge) => edge.from),
    ...(floor.flow.outOf.get(machine) ?? []).map((edge) => edge.to),
  ];
  const stands = beside.flatMap((id) =>
    (floor.stands.get(id) ?? []).filter((stand) => stand.to >= floor.stoppedAt - floor.tolerance),
  );
  return Math.min(floor.stoppedAt, ...stands.map((stand) => stand.from));
}

type Extra = {
  /** Machines without a state whose alarms came with the stop. */
  alarmed: ReadonlySet<string>;
  /** Machines that ran on but slower than usual. */
  slow: ReadonlySet<string>;
};

function machineOrigins(floor: Floor, extra: Extra): Origin[] {
  return floor.flow.machines.flatMap((machine) => {
    const stands = floor.stands.get(machine);
    const seed = (stand: MachineStand | null, from: Millis, to: Millis): Seed => ({
      machine,
      way: 'own',
      stand,
      from,
      to,
    });
    if (!stands) {
      const base = extra.alarmed.has(machine) ? 1 : -0.3;
      return (
        originOf(floor, machine, 'machine', [seed(null, darkOnset(floor, machine), Infinity)], base) ?? []
      );
    }
    const early = stands.filter((stand) => stand.from <= floor.stoppedAt + floor.tolerance + 60_000);
    if (early.length === 0) {
      const from = floor.stoppedAt - 60_000;
      const base = extra.slow.has(machine) ? -1 : -4;
      return originOf(floor, machine, 'machine', [seed(null, from, Infinity)], base) ?? [];
    }
    const origins = early.flatMap(
      (stand) => originOf(floor, machine, 'machine', [seed(stand, stand.from, stand.to)], 0) ?? [],
    );
    return origins.sort((a, b) => b.points - a.points).slice(0, 1);
  });
}

function portalOrigins(floor: Floor): Origin[] {
  return floor.flow.portals.flatMap(({ id, kind, at }) => {
    const way = kind === 'supply' ? 'starved' : 'blocked';
    const stands = floor.stands.get(at);
    if (stands?.length === 0) return [];
    const seeds: Seed[] = stands
      ? stands
          .filter((stand) => stand.from <= floor.stoppedAt + floor.tolerance + 60_000)
          .map((stand) => ({ machine: at, way, stand, from: stand.from, to: stand.to }))
      : [{ machine: at, way, stand: null, from: darkOnset(floor, at), to: Infinity }];
    const origins = seeds.flatMap((seed) => originOf(floor, id, kind, [seed], -0.4) ?? []);
    return origins.sort((a, b) => b.points - a.points).slice(0, 1);
  });
}

/** The most stands of machines that share a utility within a few seconds of each other. */
function together(stands: readonly MachineStand[], withinMs: number): MachineStand[] {
  const sorted = stands.toSorted((a, b) => a.from - b.from);
  let best: MachineStand[] = [];
  for (const first of sorted) {
    const near = sorted.filter((stand) => stand.from >= first.from && stand.from - first.from <= withinMs);
    const each = near.filter(
      (stand, index) => near.findIndex((one) => one.machine === stand.machine) === index,
    );
    if (each.length > best.length) best = each;
  }
  return best;
}

type Shared = { id: string; kind: 'utility' | 'system'; serves: readonly string[]; withinMs: number };

/** Machines without air stop within seconds; those that wait for an IT system when each needs its next answer. */
const sharedOf = (plant: Plant): Shared[] => [
  ...plant.utilities.map(({ id, serves }) => ({ id, kind: 'utility' as const, serves, withinMs: 15_000 })),
  ...plant.systems.map(({ id, serves }) => ({ id, kind: 'system' as const, serves, withinMs: 60_000 })),
];

/** What two machines or more share, where they came to stand at about the same time. */
function sharedOrigins(floor: Floor, { id, kind, serves, withinMs }: Shared): Origin[] {
  const served = floor.flow.machines.filter(
    (machine) => serves.includes(machine) || serves.includes(floor.flow.line.id),
  );
  const stands = served.flatMap((machine) =>
    (floor.stands.get(machine) ?? []).filter(
      (stand) =>
        // A machine that waits for data holds by itself; a plain "stopped" within the minute is its neighbour.
        (kind === 'utility' ? stand.lean.own >= 0.3 && stand.kind !== 'setup' : stand.kind === 'internal') &&
        stand.from <= floor.stoppedAt + floor.tolerance + 60_000 &&
        stand.to >= floor.stoppedAt - 600_000,
    ),
  );
  const hit = together(stands, withinMs + floor.tolerance);
  if (hit.length < 2) return [];
  const seeds = hit.map((stand) => ({
    machine: stand.machine,
    way: 'own' as const,
    stand,
    from: stand.from,
    to: stand.to,
  }));
  // A machine that stops for want of a utility counts at most 1.7, and all together 5: they are one event.
  const counted = hit.map((stand) => Math.min(1.7, stand.lean.own)).reduce((sum, one) => sum + one, 0);
  const said = hit.map((stand) => stand.lean.own).reduce((sum, one) => sum + one, 0);
  // Machines that stop together without any fault are rather stopped by the plan than by what they share.
  const base = hit.some(({ kind: stood }) => stood === 'internal') ? -0.5 : -2;
  const found = originOf(floor, id, kind, seeds, Math.min(5, counted) - said + base);
  return found ? [found] : [];
}

/** Somebody or something told the machine to stop: PackML says so by state, a vendor's "Stopped" may mean anything. */
const commanded = ({ kind, span }: MachineStand): boolean =>
  kind === 'setup' || (kind === 'generic' && !span.plain && span.state !== 'Unknown');

/** Stopped on purpose, the machines of a line follow each other within this; through buffers it takes longer. */
const atOnceMs = 15_000;

/**
 * The line as a whole: most machines stopped at the same moment although none had a fault. Buffers cannot carry a
 * stop through a line within seconds, so it was told to stop: a hold, a changeover, no order, nobody there.
 */
function lineOrigin(floor: Floor): Origin[] {
  const known = floor.flow.machines.filter((machine) => floor.stands.has(machine));
  const stands = known.flatMap((machine) =>
    (floor.stands.get(machine) ?? []).filter(
      (stand) =>
        (stand.kind === 'generic' || stand.kind === 'setup') &&
        stand.from <= floor.stoppedAt + floor.tolerance + 60_000 &&
        stand.to >= floor.stoppedAt - floor.tolerance,
    ),
  );
  const hit = together(stands, atOnceMs + floor.tolerance);
  if (hit.length < 2 || hit.length * 2 < known.length) return [];
  // A command shows in most machines; without a word for it the same moment says less.
  const told = hit.filter(commanded).length;
  const reference = hit.find(({ machine }) => machine === floor.reference);
  const seeds = [...(reference ? [reference] : []), ...hit.filter((stand) => stand !== reference)].map(
    (stand): Seed => ({ machine: stand.machine, way: 'own', stand, from: stand.from, to: stand.to }),
  );
  const base = told * 0.8 + (hit.length - told) * 0.3 - 0.5;
  const whole = originOf(floor, floor.flow.line.id, 'line', seeds, base);
  return whole ? [whole] : [];
}

/**
 * The places where the stop may have begun, likeliest first: machines, supply and dispatch, utilities, the whole line.
 * Each is tried as the origin; what the walk from it through the buffers explains of all machines is its score.
 */
export function localise(floor: Floor, plant: Plant, extra: Extra): Origin[] {
  const origins = [
    ...machineOrigins(floor, extra),
    ...portalOrigins(floor),
    ...sharedOf(plant).flatMap((shared) => sharedOrigins(floor, shared)),
    ...lineOrigin(floor),
  ];
  const best = Math.max(...origins.map(({ points }) => points));
  const total = origins.reduce((sum, { points }) => sum + Math.exp(points - best), 0);
  return origins
    .map((origin) => ({ ...origin, p: Math.exp(origin.points - best) / total }))
    .sort((a, b) => b.p - a.p || (a.place < b.place ? -1 : 1));
}
