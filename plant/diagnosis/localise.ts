import type { Plant } from '../equipment.ts';
import type { Millis } from '../time.ts';
import { pathTo } from './path.ts';
import type { Shared } from './shared.ts';
import { darkSeeds, hitBy, seedOf, sharedOf, together } from './shared.ts';
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

/** The one that explains most; of equals the first. */
const best = (origins: readonly Origin[]): Origin[] =>
  origins.toSorted((one, two) => two.points - one.points).slice(0, 1);

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
    return best(origins);
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

/** Machines that stop for want of one thing count at most 1.7 each and 5 together: they are one event. */
const counted = (hit: readonly MachineStand[]): number =>
  Math.min(
    5,
    hit.reduce((sum, { lean }) => sum + Math.min(1.7, lean.own), 0),
  ) - hit.reduce((sum, { lean }) => sum + lean.own, 0);

/** What several machines share, where two or more of them came to stand at about the same time. */
function sharedOrigins(floor: Floor, shared: Shared): Origin[] {
  const hit = hitBy(floor, shared);
  const dark = darkSeeds(floor, shared, hit);
  if (hit.length < 2) return [];
  // Machines that stop together without any fault are rather stopped by the plan than by what they share.
  const base = counted(hit) + (hit.some(({ kind }) => kind === 'internal') ? -0.5 : -2);
  const seeds = hit.map(seedOf);
  const ways = [[...dark, ...seeds], seeds];
  return best(ways.flatMap((one) => originOf(floor, shared.id, shared.kind, one, base) ?? []));
}

/**
 * What is shared can fail one machine alone: the others did not need it just then, or nobody tells of them. The
 * place is then as likely as that machine, a utility less so: it would have been felt elsewhere.
 */
function loneOrigins(floor: Floor, shared: Shared, machines: readonly Origin[]): Origin[] {
  const served = machines.filter(({ entry }) => shared.serves.includes(entry));
  const ownWay = served.filter(({ dark, stand }) => dark || (stand !== null && stand.lean.own >= 0.3));
  const dark = darkSeeds(floor, shared, []);
  const base = shared.kind === 'utility' ? -1.2 : 0;
  return best(
    (ownWay.length > 0 ? ownWay : served).slice(0, 3).flatMap((origin) => {
      const { entry, stand, onset } = origin;
      const seed: Seed = stand
        ? seedOf(stand)
        : { machine: entry, way: 'own', stand, from: onset, to: Infinity };
      const others = dark.filter(({ machine }) => machine !== entry);
      const off = origin.points - (originOf(floor, entry, 'machine', [seed], 0)?.points ?? 0);
      return [[...others.map((one) => ({ ...one, from: onset })), seed], [seed]].flatMap(
        (seeds) => originOf(floor, shared.id, shared.kind, seeds, base + off) ?? [],
      );
    }),
  );
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
 * Utilities and systems that would have failed one machine alone come last: they share the weight of that machine.
 */
export function localise(floor: Floor, plant: Plant, extra: Extra): Origin[] {
  const shared = sharedOf(plant, floor);
  const machines = machineOrigins(floor, extra).sort((a, b) => b.points - a.points);
  const several = shared.flatMap((one) => sharedOrigins(floor, one));
  const origins = [...machines, ...portalOrigins(floor), ...several, ...lineOrigin(floor)];
  const most = Math.max(...origins.map(({ points }) => points));
  const total = origins.reduce((sum, { points }) => sum + Math.exp(points - most), 0);
  const lone = shared
    .filter(({ id }) => !several.some(({ place }) => place === id))
    .flatMap((one) => loneOrigins(floor, one, machines));
  const weighed = (list: readonly Origin[]): Origin[] =>
    list
      .map((origin) => ({ ...origin, p: Math.exp(Math.min(0, origin.points - most)) / total }))
      .sort((a, b) => b.p - a.p || (a.place < b.place ? -1 : 1));
  return [...weighed(origins), ...weighed(lone)];
}
