import type { FlowEdge } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import type { Level } from './levels.ts';
import { levelSays } from './levels.ts';
import type { MachineStand } from './stands.ts';
import type { Flow } from './topology.ts';
import { areLanes, longestLagS } from './topology.ts';

/** What is known of the machines around one stop of the line. Times are Andon's, milliseconds. */
export type Floor = {
  flow: Flow;
  reference: string;
  /** When the reference machine came to stand. */
  stoppedAt: Millis;
  tolerance: number;
  /** Stands near the stop by machine; an empty list: it ran on. No entry: dark, nothing is known of it. */
  stands: ReadonlyMap<string, readonly MachineStand[]>;
  /** Buffers whose level is measured. */
  levels: ReadonlyMap<FlowEdge, Level>;
};

/** Where a stop begins: at a machine by itself, or because nothing came in or could leave there. */
export type Seed = {
  machine: string;
  way: 'own' | 'starved' | 'blocked';
  stand: MachineStand | null;
  from: Millis;
  to: Millis;
};

/** How a stop came to one machine. `stand: null`: nobody told, it is inferred. */
export type Reached = {
  machine: string;
  parent: string | null;
  way: Seed['way'];
  stand: MachineStand | null;
  from: Millis;
  to: Millis;
};

/** Half a point for being too early at all, and one more for each 40 s; a clock can be a minute off. */
const early = (ms: number): number => (ms <= 0 ? 0 : -Math.min(2.5, 0.5 + ms / 40_000));
const late = (ms: number): number => (ms <= 0 ? 0 : -Math.min(2, ms / 120_000));

/** A measured buffer tells more than a state: the machine that stood, or only the rate, may be told wrongly. */
const levelPoints = { waits: 1, 'does not': -1.5, unknown: 0 };

function fits(
  stand: MachineStand,
  parent: Reached,
  way: 'starved' | 'blocked',
  edge: FlowEdge,
  floor: Floor,
): number {
  const lag = longestLagS(floor.flow, edge) * 1000;
  const over = stand.to < floor.stoppedAt - floor.tolerance ? -0.3 : 0;
  const lastEffect = Math.min(parent.from + lag, parent.to + lag) + floor.tolerance;
  return (
    stand.lean[way] +
    levelPoints[levelSays(floor.levels.get(edge), stand.from, way) ?? 'unknown'] +
    over +
    early(parent.from - floor.tolerance - stand.from) +
    late(stand.from - lastEffect) +
    (otherRuns(floor, parent, way, edge, stand.from) ? -1.5 : 0) +
    (parent.to < floor.stoppedAt && stand.from > parent.to + lag + floor.tolerance ? -1 : 0)
  );
}

/** Lanes run side by side: as long as another one runs, a machine that several feed (or empty) does not wait. */
function otherRuns(
  floor: Floor,
  parent: Reached,
  way: 'starved' | 'blocked',
  edge: FlowEdge,
  at: Millis,
): boolean {
  const [side, far] = way === 'starved' ? (['into', 'from'] as const) : (['outOf', 'to'] as const);
  const edges = floor.flow[side].get(way === 'starved' ? edge.to : edge.from) ?? [];
  if (edges.length < 2 || !areLanes(floor.flow, edges, way)) return false;
  return edges.some((other) => {
    const stands = floor.stands.get(other[far]);
    return (
      other[far] !== parent.machine &&
      stands !== undefined &&
      !stands.some((one) => one.from <= at + floor.tolerance && one.to >= at)
    );
  });
}

/** The stop arrives at `machine` from `parent`, or it does not (null): the machine ran on. */
function arrive(
  machine: string,
  parent: Reached,
  way: 'starved' | 'blocked',
  edge: FlowEdge,
  floor: Floor,
): { reached: Reached; points: number } | null {
  const stands = floor.stands.get(machine);
  if (!stands) {
    const { from, to } = parent;
    return { reached: { machine, parent: parent.machine, way, stand: null, from, to }, points: 0 };
  }
  let best: { stand: MachineStand; points: number } | null = null;
  for (const stand of stands) {
    // What was over before the other began is no effect of it.
    if (stand.to < parent.from - floor.tolerance) continue;
    const points = fits(stand, parent, way, edge, floor);
    if (!best || points > best.points) best = { stand, points };
  }
  if (!best) return null;
  const { stand, points } = best;
  return {
    reached: { machine, parent: parent.machine, way, stand, from: stand.from, to: stand.to },
    points,
  };
}

const standsAtStop = (stand: MachineStand, floor: Floor): boolean =>
  stand.from <= floor.stoppedAt + floor.tolerance && stand.to >= floor.stoppedAt - floor.tolerance;

const neighbours = (floor: Floor, machine: string) => [
  ...(floor.flow.outOf.get(machine) ?? []).map((edge) => ({ edge, to: edge.to, way: 'starved' as const })),
  ...(floor.flow.into.get(machine) ?? []).map((edge) => ({ edge, to: edge.from, way: 'blocked' as const })),
];

/**
 * Lets a stop spread from its seeds through the line: downstream machines run out of product, upstream ones
 * cannot get rid of theirs. Points tell how well that explains what every machine did (log-odds).
 */
export function spread(
  seeds: readonly Seed[],
  floor: Floor,
): { reached: Map<string, Reached>; points: number } {
  const reached = new Map<string, Reached>();
  let ways: { reached: Reached; points: number }[] = [];
  let points = 0;
  const follow = (parent: Reached): void => {
    for (const { edge, to, way } of neighbours(floor, parent.machine)) {
      if (reached.has(to)) continue;
      const arrival = arrive(to, parent, way, edge, floor);
      if (arrival) ways.push(arrival);
      else points -= 0.2;
    }
  };
  for (const { machine, way, stand, from, to } of seeds) {
    reached.set(machine, { machine, parent: null, way, stand, from, to });
    if (stand) points += stand.lean[way];
  }
  for (const start of reached.values()) follow(start);
  // A machine between two that stood by themselves was stopped by the one that fits: the best way goes first.
  while (ways.length > 0) {
    const best = ways.reduce((one, two) => (two.points > one.points ? two : one));
    reached.set(best.reached.machine, best.reached);
    points += best.points;
    ways = ways.filter((way) => way.reached.machine !== best.reached.machine);
    follow(best.reached);
  }
  if (!reached.has(floor.reference)) points -= 4;
  for (const [machine, stands] of floor.stands) {
    const now = stands.find((stand) => standsAtStop(stand, floor));
    const by = reached.get(machine);
    // A short stop some minutes earlier explains an earlier stand of a machine, not the one it is in now.
    if (!now || (by && (by.stand === null || by.stand === now))) continue;
    // The machine named as the origin ran again and now stands for another reason: that reason is the nearer one.
    points -= now.kind === 'internal' || by?.parent === null ? 2 : 0.8;
  }
  return { reached, points };
}
