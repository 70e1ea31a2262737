import type { Millis } from '../../time.ts';
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
  /** Where the walk began. */
  seed: Seed;
};

/** The stop tried as one that began with these seeds; `base`: what speaks for the place apart from the walk. */
export function originOf(
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
    // What is shared fails them all at once: the first that stood tells when.
    onset: Math.min(...(kind === 'machine' || kind === 'line' ? [seed] : seeds).map((one) => one.from)),
    dark: !floor.stands.has(entry),
    points: points + base,
    p: 0,
    path,
    hit: seeds.map(({ machine }) => machine),
    seed,
  };
}

/** The one that explains most; of equals the first. */
export const best = (origins: readonly Origin[]): Origin[] =>
  origins.toSorted((one, two) => two.points - one.points).slice(0, 1);

/** When a machine that tells nothing must have stopped: before the first of its neighbours did. */
export function darkOnset(floor: Floor, machine: string): Millis {
  const beside = [
    ...(floor.flow.into.get(machine) ?? []).map((edge) => edge.from),
    ...(floor.flow.outOf.get(machine) ?? []).map((edge) => edge.to),
  ];
  const stands = beside.flatMap((id) =>
    (floor.stands.get(id) ?? []).filter((stand) => stand.to >= floor.stoppedAt - floor.tolerance),
  );
  return Math.min(floor.stoppedAt, ...stands.map((stand) => stand.from));
}
