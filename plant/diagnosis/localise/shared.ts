import type { Plant, Utility } from '../../equipment.ts';
import { servesMachine } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { kindOfUtility } from './hints.ts';
import type { Origin } from './origin.ts';
import { best, originOf } from './origin.ts';
import { safety } from '../cues/concepts.ts';
import { folded, mentions } from '../records/words.ts';
import type { Floor, Seed } from './spread.ts';
import { beganInTime, seedOf, unseenSeed } from './spread.ts';
import type { MachineStand } from './stands.ts';

/** Something several machines depend on. `withinMs`: how far apart they stand when it fails. */
type Shared = {
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

/**
 * What speaks for a utility or a system apart from the walk through the line. Log-odds. Taken away one at a time on 893
 * training stops: where machines that were hit together add nothing, 18 places fewer are right of 804, else one more or less.
 */
const points = {
  /** Machines that stop for want of one thing are one event: what each adds at most, and all together. */
  hit: { each: 1.7, all: 5 },
  /** One of them says that it has a fault, or the value of the utility itself had gone. */
  fault: -0.5,
  /** None does: machines that stop together without a word are rather stopped by the plan. */
  noFault: -2,
  /** All of them say that their safety circuit dropped: it does so for no want of air. */
  safety: -4,
  /** The value of the utility itself had gone: nearer to the truth than all that follows from it. */
  gone: { several: 1.5, alone: 2 },
  /** One machine alone: a utility would have been felt elsewhere; a system may be asked by one at a time. */
  alone: { utility: -1.2, system: 0 },
  /** A stand leans so far to the machine itself that it can come from what it shares; and one that holds by itself. */
  lean: { own: 0.3, holds: 1 },
};

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
    ...plant.utilities.map((one) => of(one, 'utility', withinMs[kindOfUtility(one)])),
    ...plant.systems.map((one) => of(one, 'system', withinMs.system)),
  ].filter(({ serves }) => serves.length > 0);
}

/** What befell most machines within so much time of the first of them, each machine once. */
export function together<T extends { machine: string; from: Millis }>(
  events: readonly T[],
  within: number,
): T[] {
  const sorted = events.toSorted((a, b) => a.from - b.from);
  let best: T[] = [];
  for (const first of sorted) {
    const near = sorted.filter((one) => one.from >= first.from && one.from - first.from <= within);
    const each = near.filter(
      ({ machine }, index) => near.findIndex((one) => one.machine === machine) === index,
    );
    if (each.length > best.length) best = each;
  }
  return best;
}

/** What takes minutes to be felt still lasts as the line stands; a dip of some seconds was over up to so long before. */
const dipMs = 600_000;

/** Stands of the machines it serves that can come from it: not waiting for a neighbour, and not set up. */
function hitBy(floor: Floor, shared: Shared): MachineStand[] {
  const lasts = shared.withinMs > secondsMs * 4 ? floor.tolerance : dipMs;
  const stands = shared.serves.flatMap((machine) =>
    (floor.stands.get(machine) ?? []).filter(
      (stand) =>
        // A machine that waits for data holds by itself; a plain "stopped" within the minute is its neighbour.
        (shared.kind === 'utility'
          ? stand.lean.own >= points.lean.own && stand.kind !== 'setup'
          : stand.kind === 'internal' || (stand.kind === 'generic' && stand.lean.own >= points.lean.holds)) &&
        beganInTime(stand, floor) &&
        stand.to >= floor.stoppedAt - lasts,
    ),
  );
  return together(stands, shared.withinMs + floor.tolerance);
}

/** Without power or air a machine stops in the moment the others do, whatever its buffers hold: no stop travels so fast. */
function alsoHit(
  floor: Floor,
  { kind: of, serves, withinMs: within }: Shared,
  hit: readonly MachineStand[],
): MachineStand[] {
  if (of !== 'utility' || within !== secondsMs) return [];
  const first = Math.min(...hit.map(({ from }) => from));
  return serves
    .filter((machine) => !hit.some((one) => one.machine === machine))
    .flatMap((machine) =>
      (floor.stands.get(machine) ?? [])
        .filter(({ kind, from }) => kind === 'generic' && Math.abs(from - first) <= instantMs)
        .slice(0, 1),
    );
}

/** Machines it serves of which nobody tells anything: what stops the others stops them, too. */
const darkSeeds = (floor: Floor, shared: Shared, hit: readonly MachineStand[]): Seed[] =>
  shared.serves
    .filter((machine) => !floor.stands.has(machine))
    .map((machine) => unseenSeed(machine, Math.min(floor.stoppedAt, ...hit.map(({ from }) => from))));

/** A control scans and tells its state within this. */
const instantMs = 1_000;

/** What is shared fails all in the same moment: clocks and controls spread their stands by this much. */
const momentMs = 5_000;

/**
 * What several machines share brings the line to a stand at the reference machine itself, where that was hit, else
 * at the machine that was hit first; of those hit at once at the one nearest to the reference, which the walk found.
 * Of dark ones nobody knows when, so they come last.
 */
function headOf(floor: Floor, found: Origin, seeds: readonly Seed[]): Origin {
  const known = seeds.filter(({ stand }) => stand !== null).toSorted((a, b) => a.from - b.from);
  const head = known.find(({ machine }) => machine === floor.reference) ?? known[0];
  const walked = known.find(({ machine }) => machine === found.entry);
  if (!head || (walked && walked.from - head.from <= momentMs && head.machine !== floor.reference))
    return found;
  const { path } = originOf(floor, found.place, found.kind, [head], 0) ?? found;
  return path[0]?.machine === head.machine
    ? { ...found, entry: head.machine, stand: head.stand, dark: false, path, seed: head }
    : found;
}

/** What the walk counted too much for machines that stop for want of one thing. */
const counted = (hit: readonly MachineStand[]): number =>
  Math.min(
    points.hit.all,
    hit.reduce((sum, { lean }) => sum + Math.min(points.hit.each, lean.own), 0),
  ) - hit.reduce((sum, { lean }) => sum + lean.own, 0);

/** What several machines share, where two or more of them came to stand at about the same time. */
export function sharedOrigins(floor: Floor, shared: Shared, failing = false): Origin[] {
  const hit = hitBy(floor, shared);
  const dark = darkSeeds(floor, shared, hit);
  if (hit.length < 2) return [];
  const told = !failing && hit.every(({ span }) => mentions(folded(span.raw), safety)) ? points.safety : 0;
  const fault = failing || hit.some(({ kind }) => kind === 'internal');
  const base =
    counted(hit) + (fault ? points.fault : points.noFault) + (failing ? points.gone.several : 0) + told;
  const seeds = hit.map((stand) => seedOf(stand));
  const ways = [[...dark, ...seeds], seeds];
  return best(ways.flatMap((one) => originOf(floor, shared.id, shared.kind, one, base) ?? [])).map((one) =>
    headOf(floor, one, [...seeds, ...alsoHit(floor, shared, hit).map((stand) => seedOf(stand))]),
  );
}

/**
 * What is shared can fail one machine alone: the others did not need it just then, or nobody tells of them. The
 * place is then as likely as that machine, a utility less so: it would have been felt elsewhere.
 */
export function loneOrigins(
  floor: Floor,
  shared: Shared,
  machines: readonly Origin[],
  failing = false,
): Origin[] {
  const served = machines.filter(({ entry }) => shared.serves.includes(entry));
  const ownWay = served.filter(
    ({ dark, stand }) => dark || (stand !== null && stand.lean.own >= points.lean.own),
  );
  const dark = darkSeeds(floor, shared, []);
  const base = failing ? points.gone.alone : points.alone[shared.kind];
  return best(
    (ownWay.length > 0 ? ownWay : served).slice(0, 3).flatMap((origin) => {
      const { entry, stand, onset } = origin;
      const seed = stand ? seedOf(stand) : unseenSeed(entry, onset);
      const others = dark.filter(({ machine }) => machine !== entry);
      const off = origin.points - (originOf(floor, entry, 'machine', [seed], 0)?.points ?? 0);
      return [[...others.map((one) => ({ ...one, from: onset })), seed], [seed]].flatMap((seeds) => {
        const found = originOf(floor, shared.id, shared.kind, seeds, base + off);
        return found ? headOf(floor, found, seeds) : [];
      });
    }),
  );
}
