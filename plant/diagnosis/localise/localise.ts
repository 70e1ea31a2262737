import type { Plant } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { levelSays } from './levels.ts';
import type { Origin } from './origin.ts';
import { best, darkOnset, originOf } from './origin.ts';
import { loneOrigins, sharedOf, sharedOrigins, together } from './shared.ts';
import type { Floor, Seed } from './spread.ts';
import { beganInTime, seedOf, unseenSeed } from './spread.ts';
import type { MachineStand } from './stands.ts';
import { zoned } from './safety-circuit.ts';

/** What is known of places beside how their machines stood. */
export type Signs = {
  /** Machines without a state whose alarms came with the stop. */
  alarmed: ReadonlySet<string>;
  /** Machines that ran on but slower than usual. */
  slow: ReadonlySet<string>;
  /** Utilities whose own value left what is usual for it. */
  failing?: ReadonlySet<string>;
  /** Places off the line of which somebody wrote while it stood. */
  told?: ReadonlySet<string>;
};

/**
 * What speaks for a place apart from the walk through the line. Log-odds. Taken away one at a time, none changes more
 * than 2 of the 804 places that are right of 893 training stops: where it began is told by the walk.
 */
const points = {
  /** A machine that tells no state, whose alarms came with the stop; and one of which nothing at all is heard. */
  dark: { alarmed: 1, silent: -0.3 },
  /** A machine that never stood: it can have starved the line by running slowly, hardly otherwise. */
  ran: { slow: -1, on: -4 },
  portal: {
    /** That nothing came or left there: a little seldomer than that a machine stands by itself. */
    waits: -0.4,
    /** Beside its own empty (or full) buffer it waits for its neighbour. */
    besideBuffer: -1.4,
    /** Somebody wrote that nothing came: people's words, added to either. */
    told: 0.6,
  },
  line: {
    /** For each machine that says it was told to stop, and for one that stood at the same moment without a word. */
    told: 0.8,
    stood: 0.3,
    /** Two machines at the same moment can be chance: the sum has to make up for this. */
    chance: -0.5,
  },
};

/** A machine that ran slowly has starved the line for a while as it stands. */
const slowForMs = 60_000;

function machineOrigins(floor: Floor, signs: Signs): Origin[] {
  return floor.flow.machines.flatMap((machine) => {
    const stands = floor.stands.get(machine);
    const unseen = (from: Millis, base: number): Origin | [] =>
      originOf(floor, machine, 'machine', [unseenSeed(machine, from)], base) ?? [];
    if (!stands)
      return unseen(
        darkOnset(floor, machine),
        signs.alarmed.has(machine) ? points.dark.alarmed : points.dark.silent,
      );
    const early = stands.filter((stand) => beganInTime(stand, floor));
    if (early.length === 0)
      return unseen(floor.stoppedAt - slowForMs, signs.slow.has(machine) ? points.ran.slow : points.ran.on);
    return best(early.flatMap((stand) => originOf(floor, machine, 'machine', [seedOf(stand)], 0) ?? []));
  });
}

/** What came in or left at one portal, where its machine stood or nobody tells of it. */
function portalSeeds(floor: Floor, kind: 'supply' | 'dispatch', at: string): Seed[] {
  const way = kind === 'supply' ? 'starved' : 'blocked';
  const stands = floor.stands.get(at);
  if (!stands) return [unseenSeed(at, darkOnset(floor, at), way)];
  return stands.filter((stand) => beganInTime(stand, floor)).map((stand) => seedOf(stand, way));
}

/** One supply can feed several machines: it may have failed one of them or all. */
function portalOrigins(floor: Floor, { told }: Signs): Origin[] {
  const ids = new Set(floor.flow.portals.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const portals = floor.flow.portals.filter((portal) => portal.id === id);
    const kind = portals[0]?.kind ?? 'supply';
    // Its own buffer empty, a machine starves for its neighbour, not for what the portal brings.
    const base = ({ machine, from, way }: Seed): number => {
      const beside = (kind === 'supply' ? floor.flow.into : floor.flow.outOf).get(machine) ?? [];
      const waits = beside.some(
        (edge) => way !== 'own' && levelSays(floor.levels.get(edge), from, way) === 'waits',
      );
      const { besideBuffer, waits: waiting } = points.portal;
      return (waits ? besideBuffer : waiting) + (told?.has(id) ? points.portal.told : 0);
    };
    const each = portals.map(({ at }) =>
      best(
        portalSeeds(floor, kind, at).flatMap((seed) => originOf(floor, id, kind, [seed], base(seed)) ?? []),
      ),
    );
    const seeds = each.flat().map(({ seed }) => seed);
    const all = seeds.length > 1 ? originOf(floor, id, kind, seeds, Math.min(...seeds.map(base))) : null;
    return best([...(all ? [all] : []), ...each.flat()]);
  });
}

/** Somebody or something told the machine to stop: PackML says so by state, a vendor's "Stopped" may mean anything. */
const commanded = ({ kind, span }: MachineStand): boolean =>
  kind === 'setup' || (kind === 'generic' && !span.plain && span.state !== 'Unknown');

/** Stopped on purpose, the machines of a line follow each other within this; through buffers it takes longer. */
const commandMs = 15_000;

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
        beganInTime(stand, floor) &&
        stand.to >= floor.stoppedAt - floor.tolerance,
    ),
  );
  const hit = together(stands, commandMs + floor.tolerance);
  if (hit.length < 2 || hit.length * 2 < known.length) return [];
  // A command shows in most machines; without a word for it the same moment says less.
  const told = hit.filter(commanded).length;
  const reference = hit.find(({ machine }) => machine === floor.reference);
  const seeds = [...(reference ? [reference] : []), ...hit.filter((stand) => stand !== reference)].map(
    (stand) => seedOf(stand),
  );
  const base = told * points.line.told + (hit.length - told) * points.line.stood + points.line.chance;
  const whole = originOf(floor, floor.flow.line.id, 'line', seeds, base);
  return whole ? [whole] : [];
}

/**
 * The places where the stop may have begun, likeliest first: machines, supply and dispatch, utilities, the whole line.
 * Each is tried as the origin; what the walk from it through the buffers explains of all machines is its score.
 * Utilities and systems that would have failed one machine alone come last: they share the weight of that machine.
 */
export function localise(floor: Floor, plant: Plant, signs: Signs): Origin[] {
  const shared = sharedOf(plant, floor);
  const machines = zoned(floor, machineOrigins(floor, signs)).sort((a, b) => b.points - a.points);
  const several = shared.flatMap((one) => sharedOrigins(floor, one, signs.failing?.has(one.id)));
  const alone = shared.filter(({ id }) => !several.some(({ place }) => place === id));
  // What its own value says to have gone is nearer than the one machine that stood for it.
  const gone = alone
    .filter(({ id }) => signs.failing?.has(id))
    .flatMap((one) => loneOrigins(floor, one, machines, true));
  const origins = [...machines, ...portalOrigins(floor, signs), ...several, ...gone, ...lineOrigin(floor)];
  const most = Math.max(...origins.map(({ points }) => points));
  const total = origins.reduce((sum, { points }) => sum + Math.exp(points - most), 0);
  const lone = alone
    .filter(({ id }) => !signs.failing?.has(id))
    .flatMap((one) => loneOrigins(floor, one, machines));
  const weighed = (list: readonly Origin[]): Origin[] =>
    list
      .map((origin) => ({ ...origin, p: Math.exp(Math.min(0, origin.points - most)) / total }))
      .sort((a, b) => b.p - a.p || (a.place < b.place ? -1 : 1));
  return [...weighed(origins), ...weighed(lone)];
}
