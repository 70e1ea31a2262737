import type { LineSim, MachineSim } from './model.ts';

/**
 * Speed control of a filling line (the V-curve): a machine slows down while the buffer after it fills up
 * and while the one before it runs low, so that a line in balance neither blocks nor starves.
 */
function speedFactor(infeedFill: number, outfeedFill: number): number {
  const before = Math.min(1, Math.max(0.3, infeedFill / 0.4));
  const after = Math.min(1, Math.max(0.3, (0.98 - outfeedFill) / 0.25));
  return Math.min(before, after);
}

/** Units per second that leave the line when all is well: its slowest machine decides. */
export const steadyPerS = (line: LineSim): number =>
  (Math.min(...line.machines.filter((one) => !isLane(one)).map((one) => one.rate)) * line.product.speed) / 60;

/** One of several machines side by side. */
export const isLane = (machine: MachineSim): boolean =>
  machine.inputs.length > 0 && machine.inputs.every((edge) => edge.from.outputs.length > 1);

export const fill = (edge: { level: number; capacity: number }) => edge.level / Math.max(1, edge.capacity);

/** Of lanes side by side: what lies in them against what fits. */
const fillOf = (edges: readonly { level: number; capacity: number }[]) =>
  fill({
    level: edges.reduce((sum, edge) => sum + edge.level, 0),
    capacity: edges.reduce((sum, edge) => sum + edge.capacity, 0),
  });

export function targetSpeed(machine: MachineSim, line: LineSim): number {
  let before = 1;
  let after = 0;
  if (machine.merge === 'any') before = fillOf(machine.inputs);
  else for (const edge of machine.inputs) before = Math.min(before, fill(edge));
  if (machine.outputs.length > 1) after = fillOf(machine.outputs);
  else for (const edge of machine.outputs) after = Math.max(after, fill(edge));
  const target = machine.rate * line.product.speed * speedFactor(before, after);
  return Math.min(target, machine.rate * machine.defects.speedLimit);
}

/** The way product takes from a machine to the line's reference; empty when there is none. */
export function pathTo(line: LineSim, from: MachineSim, to: MachineSim = line.reference): MachineSim[] {
  if (from === to) return [from];
  for (const edge of from.outputs) {
    const rest = pathTo(line, edge.to, to);
    if (rest.length > 0) return [from, ...rest];
  }
  return [];
}

/** Seconds from the stop of `place` until the reference starves, from the buffers as they stand. */
export function lagS(line: LineSim, place: MachineSim): number {
  const path = pathTo(line, place);
  const edges = path.slice(1).map((machine, i) => {
    const edge = machine.inputs.find((one) => one.from === path[i]);
    return { machine, level: edge?.level ?? 0, capacity: edge?.capacity ?? 1, speed: machine.speed };
  });
  const last = edges.at(-1);
  if (!last) return 0;
  for (let s = 1; s < 3600; s += 1) {
    for (const [i, one] of edges.entries()) {
      const next = edges[i + 1];
      const out = next ? next.level / Math.max(1, next.capacity) : 0;
      const target =
        one.machine.rate * line.product.speed * speedFactor(one.level / Math.max(1, one.capacity), out);
      one.speed += (target - one.speed) / 6;
      const moved = Math.min(one.level, one.speed / 60);
      if (one === last && moved < (one.speed / 60) * 0.5) return s;
      one.level -= moved;
      if (next) next.level += moved;
    }
  }
  return 3600;
}
