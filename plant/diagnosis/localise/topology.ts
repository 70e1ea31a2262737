import type { FlowEdge, Line } from '../../equipment.ts';
import { lastMachines } from '../frame/frame.ts';

export type Flow = {
  line: Line;
  /** Machine ids, each once, in the order of the YAML. */
  machines: string[];
  edges: FlowEdge[];
  into: ReadonlyMap<string, readonly FlowEdge[]>;
  outOf: ReadonlyMap<string, readonly FlowEdge[]>;
  /** Places off the line where material comes in or product leaves, with the machine they stand at. */
  portals: { id: string; kind: 'supply' | 'dispatch'; at: string }[];
  rate: ReadonlyMap<string, number>;
  /** What is odd about the description, one sentence each. */
  problems: string[];
};

const serial = (machines: readonly string[]): FlowEdge[] =>
  machines.slice(1).map((to, index) => ({ from: machines[index] as string, to, capacity: 0 }));

/** Is `goal` downstream of `start` over these edges? */
function reaches(outOf: ReadonlyMap<string, readonly FlowEdge[]>, start: string, goal: string): boolean {
  const seen = new Set([start]);
  const stack = [start];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === goal) return true;
    for (const { to } of outOf.get(id) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        stack.push(to);
      }
  }
  return false;
}

const add = (map: Map<string, FlowEdge[]>, id: string, edge: FlowEdge): void => {
  const edges = map.get(id);
  if (edges) edges.push(edge);
  else map.set(id, [edge]);
};

/**
 * The flow of a line as a graph that can be walked both ways. What cannot be is left out and said: a machine
 * named twice, a connection to a machine the line has not, a connection that closes a circle (a rework loop).
 */
export function flowOf(line: Line): Flow {
  const problems: string[] = [];
  const machines: string[] = [];
  for (const { id, name } of line.machines)
    if (machines.includes(id))
      problems.push(`${name} stands twice in the description of ${line.name}; it is taken once.`);
    else machines.push(id);
  let written: readonly FlowEdge[] = line.flow;
  if (written.length === 0 && machines.length > 1) {
    written = serial(machines);
    problems.push(
      `The flow of ${line.name} is not described; its machines are taken in the order they are listed.`,
    );
  }
  const into = new Map<string, FlowEdge[]>();
  const outOf = new Map<string, FlowEdge[]>();
  const edges: FlowEdge[] = [];
  for (const edge of written) {
    const lost = [edge.from, edge.to].find((id) => !machines.includes(id));
    if (lost !== undefined)
      problems.push(`The flow of ${line.name} names ${lost}, which is not a machine of it.`);
    else if (edges.some((one) => one.from === edge.from && one.to === edge.to)) continue;
    else if (reaches(outOf, edge.to, edge.from))
      problems.push(
        `The flow of ${line.name} goes in a circle at ${edge.from} to ${edge.to}; that connection is left out.`,
      );
    else {
      edges.push(edge);
      add(outOf, edge.from, edge);
      add(into, edge.to, edge);
    }
  }
  return {
    line,
    machines,
    edges,
    into,
    outOf,
    portals: portalsOf(line, machines, into),
    rate: new Map(line.machines.flatMap(({ id, rate }) => (rate ? [[id, rate]] : []))),
    problems,
  };
}

function portalsOf(line: Line, machines: readonly string[], into: Map<string, FlowEdge[]>): Flow['portals'] {
  const written = (kind: 'supply' | 'dispatch'): Flow['portals'] =>
    line[kind].map(({ id, at }) => ({ id, kind, at }));
  const supplies = written('supply');
  const dispatches = written('dispatch');
  const rest = (
    named: Flow['portals'],
    kind: 'supply' | 'dispatch',
    at: readonly string[],
  ): Flow['portals'] =>
    at
      .filter((machine) => !named.some((portal) => portal.at === machine))
      .map((machine) => ({ id: `${line.id}.${kind}`, kind, at: machine }));
  const first = machines.filter((id) => !into.has(id));
  return [
    ...supplies,
    ...rest(supplies, 'supply', first),
    ...dispatches,
    ...rest(dispatches, 'dispatch', lastMachines(line)),
  ];
}

/** How long a stop may need between two machines, seconds. */
const lags = {
  /** Side by side, or no buffer is described: the way of a conveyor. */
  coupled: 120,
  /** A buffer, and nobody tells at which rate it runs empty. */
  unknownRate: 900,
  /** Machines run slower than their rate: half as long again, and a minute of way. */
  spare: 1.5,
  way: 60,
  most: 3600,
};

/** The longest time a stop may need through this buffer, seconds: from full to empty, or the other way, at the slower rate. */
export function longestLagS(flow: Flow, edge: FlowEdge): number {
  const rates = [flow.rate.get(edge.from), flow.rate.get(edge.to), flow.line.rate].filter(
    (rate) => rate !== undefined,
  );
  if (edge.capacity === 0) return lags.coupled;
  if (rates.length === 0) return lags.unknownRate;
  return Math.min(lags.most, (edge.capacity / Math.min(...rates)) * 60 * lags.spare + lags.way);
}

/** Everything that can be reached from a machine in one direction. */
function beyond(flow: Flow, start: string, along: 'into' | 'outOf'): Set<string> {
  const seen = new Set<string>();
  const front = [start];
  for (let id = front.pop(); id !== undefined; id = front.pop())
    for (const edge of flow[along].get(id) ?? []) {
      const next = along === 'into' ? edge.from : edge.to;
      if (!seen.has(next)) {
        seen.add(next);
        front.push(next);
      }
    }
  return seen;
}

/**
 * Lanes that part at one machine and join at another carry the same product: the machine behind them stands when
 * the last of them ran empty. Branches without a common beginning bring different things: the first one missing stops it.
 */
export function areLanes(flow: Flow, edges: readonly FlowEdge[], way: 'starved' | 'blocked'): boolean {
  const [along, far] = way === 'starved' ? (['into', 'from'] as const) : (['outOf', 'to'] as const);
  const [first, ...rest] = edges.map((edge) => {
    const all = beyond(flow, edge[far], along);
    return all.add(edge[far]);
  });
  return first !== undefined && [...first].some((id) => rest.every((other) => other.has(id)));
}
