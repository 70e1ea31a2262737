import type { FlowEdge } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { since } from './levels.ts';
import type { Floor, Reached } from './spread.ts';
import { areLanes, longestLagS } from './topology.ts';

type Branch = { from: Reached; edge: FlowEdge; ranOut: Millis | null; atTheLatest: Millis };

/** Lanes that stood within this of each other stood at once. */
const atOnceMs = 2_000;

/** Of a dark lane nobody knows until when it ran: it is the last one only where the others cannot be. */
const lastSeen = ({ from }: Branch): Millis => (from.stand === null ? -Infinity : from.from);

/** It stood before what is to have brought it to a stand, by more than two clocks can be apart. */
export const standsBefore = (
  { tolerance }: Pick<Floor, 'tolerance'>,
  step: Pick<Reached, 'from'>,
  by: Pick<Reached, 'from'>,
): boolean => step.from < by.from - tolerance;

const descends = (reached: ReadonlyMap<string, Reached>, from: Reached, machine: string): boolean => {
  for (let step: Reached | undefined = from; step; step = reached.get(step.parent ?? ''))
    if (step.machine === machine) return true;
  return false;
};

/** The way to it goes through a machine that stood after it: it stood by itself. */
const isLate = (floor: Floor, reached: ReadonlyMap<string, Reached>, step: Reached): boolean => {
  const by = reached.get(step.parent ?? '');
  return by !== undefined && step.stand?.kind === 'internal' && standsBefore(floor, step, by);
};

/** Two levels on one clock tell an order from this on: they are sampled every ten seconds. */
const sampledMs = 15_000;

/**
 * Of several neighbours that stood, the one that brought `step` to a stand. Measured levels say so where there are
 * any; then whether a buffer can have lasted that long; what is still equal is told in the order of the line.
 */
function bringer(floor: Floor, reached: ReadonlyMap<string, Reached>, step: Reached): Reached | undefined {
  const told = reached.get(step.parent ?? '');
  if (!told || step.way === 'own') return told;
  const { way } = step;
  const edges = floor.flow[way === 'starved' ? 'into' : 'outOf'].get(step.machine) ?? [];
  if (edges.length < 2) return told;
  const branches = edges.flatMap((edge): Branch[] => {
    const from = reached.get(way === 'starved' ? edge.from : edge.to);
    if (!from || descends(reached, from, step.machine)) return [];
    const ranOut = since(floor.levels.get(edge), step.from, way === 'starved' ? 'empty' : 'full');
    return [{ from, edge, ranOut, atTheLatest: from.from + longestLagS(floor.flow, edge) * 1000 }];
  });
  if (branches.length < 2) return told;
  if (areLanes(floor.flow, edges, way)) {
    const last = branches.filter(
      ({ from, ranOut, atTheLatest }) =>
        !isLate(floor, reached, from) &&
        !standsBefore(floor, step, from) &&
        atTheLatest >= step.from - floor.tolerance &&
        (ranOut === null || ranOut >= step.from - sampledMs),
    );
    const latest = Math.max(...last.map(lastSeen));
    return last.find((one) => lastSeen(one) >= latest - atOnceMs)?.from ?? told;
  }
  const other = way === 'starved' ? 'blocked' : 'starved';
  const could = branches.filter(
    ({ from, edge, ranOut }) =>
      from.from <= step.from + floor.tolerance &&
      from.stand?.kind !== other &&
      (ranOut !== null || !floor.levels.has(edge)),
  );
  const earliest = Math.min(...could.map(({ from }) => from.from));
  const first = could.find(({ from }) => from.from <= earliest + floor.tolerance)?.from;
  if (first || !told || !standsBefore(floor, step, told)) return first ?? told;
  // What stood later did not bring it to a stand, whatever fits else: another branch did.
  return branches.map(({ from }) => from).find((from) => !standsBefore(floor, step, from)) ?? told;
}

/** From where it began to the reference machine, both included. */
export function pathTo(floor: Floor, reached: ReadonlyMap<string, Reached>): Reached[] {
  const path: Reached[] = [];
  let step = reached.get(floor.reference);
  while (step !== undefined && !path.includes(step)) {
    path.unshift(step);
    step = bringer(floor, reached, step);
  }
  return path;
}
