import type { Plant } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { levelSays } from './levels.ts';
import type { Origin } from './origin.ts';
import { best, darkOnset, originOf } from './origin.ts';
import { loneOrigins, sharedOf, sharedOrigins, together } from './shared.ts';
import type { Floor, Seed } from './spread.ts';
import type { MachineStand } from './stands.ts';
import { zoned } from './zone.ts';

export type { Origin } from './origin.ts';

type Extra = {
  /** Machines without a state whose alarms came with the stop. */
  alarmed: ReadonlySet<string>;
  /** Machines that ran on but slower than usual. */
  slow: ReadonlySet<string>;
  /** Utilities whose own value left what is usual for it. */
  failing?: ReadonlySet<string>;
  /** Places off the line of which somebody wrote while it stood. */
  told?: ReadonlySet<string>;
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

/** What came in or left at one portal, where its machine stood or nobody tells of it. */
function portalSeeds(floor: Floor, kind: 'supply' | 'dispatch', at: string): Seed[] {
  const way = kind === 'supply' ? 'starved' : 'blocked';
  const stands = floor.stands.get(at);
  if (!stands) return [{ machine: at, way, stand: null, from: darkOnset(floor, at), to: Infinity }];
  return stands
    .filter((stand) => stand.from <= floor.stoppedAt + floor.tolerance + 60_000)
    .map((stand) => ({ machine: at, way, stand, from: stand.from, to: stand.to }));
}

/** One supply can feed several machines: it may have failed one of them or all. */
function portalOrigins(floor: Floor, { told }: Extra): Origin[] {
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
      return (waits ? -1.4 : -0.4) + (told?.has(id) ? 0.6 : 0);
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
  const machines = zoned(floor, machineOrigins(floor, extra)).sort((a, b) => b.points - a.points);
  const several = shared.flatMap((one) => sharedOrigins(floor, one, extra.failing?.has(one.id)));
  const alone = shared.filter(({ id }) => !several.some(({ place }) => place === id));
  // What its own value says to have gone is nearer than the one machine that stood for it.
  const gone = alone
    .filter(({ id }) => extra.failing?.has(id))
    .flatMap((one) => loneOrigins(floor, one, machines, true));
  const origins = [...machines, ...portalOrigins(floor, extra), ...several, ...gone, ...lineOrigin(floor)];
  const most = Math.max(...origins.map(({ points }) => points));
  const total = origins.reduce((sum, { points }) => sum + Math.exp(points - most), 0);
  const lone = alone
    .filter(({ id }) => !extra.failing?.has(id))
    .flatMap((one) => loneOrigins(floor, one, machines));
  const weighed = (list: readonly Origin[]): Origin[] =>
    list
      .map((origin) => ({ ...origin, p: Math.exp(Math.min(0, origin.points - most)) / total }))
      .sort((a, b) => b.p - a.p || (a.place < b.place ? -1 : 1));
  return [...weighed(origins), ...weighed(lone)];
}
