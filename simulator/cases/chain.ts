import { isProducing } from '../../plant/state.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import { pathTo } from '../physics/flow.ts';
import type { Floor, LineSim, MachineSim } from '../physics/model.ts';
import { type State, stoodSince } from './stretches.ts';
import type { ChainLink, OneCause } from './types.ts';

type Stood = { line: LineSim; states: readonly State[]; stopFrom: Millis };

/** The ways the stop took, as the machines really stood: from where it began to the line's reference. The first is as likely as any; the others are as right. */
export function chainsOf(
  floor: Floor,
  line: LineSim,
  { place, t0 }: Pick<OneCause, 'place' | 't0'>,
  states: readonly State[],
  stopFrom: Millis,
): ChainLink[][] {
  const { reference } = line;
  const stood: Stood = { line, states, stopFrom };
  const down = (machine: MachineSim, before: { from: string; kind: string } | null = null) =>
    waysDown(stood, machine).map((way) => linksOf(stood, way, before));
  const own = line.machines.find((machine) => machine.id === place);
  if (own) return down(own);
  const first = line.machines[0] ?? reference;
  if (place === line.supplyId) return down(first, { from: place, kind: 'starved' });
  if (place === line.mixingId) {
    const fed = line.machines.find((machine) => machine.tank !== null) ?? first;
    return down(fed, { from: place, kind: 'starved' });
  }
  if (place === line.dispatchId) return [linksOf(stood, [reference], { from: place, kind: 'blocked' })];
  if (place === line.id) return [linksOf(stood, [reference], { from: place, kind: 'stopped' })];
  const kind = floor.hosts.some((host) => host.id === place) ? 'system' : 'utility';
  const heads = hitBy(stood, millis(t0));
  return unique(heads.flatMap((machine) => down(machine, { from: place, kind })));
}

const since = ({ states, stopFrom }: Stood, id: string) => stoodSince(states, id, stopFrom + 1000);

function linksOf(
  stood: Stood,
  way: readonly MachineSim[],
  before: { from: string; kind: string } | null,
): ChainLink[] {
  let last = -Infinity;
  const link = (from: string, to: string, kind: string): ChainLink => {
    // What stood already for another reason is reached when the one before it stands.
    last = Math.max(last, Math.min(since(stood, to) ?? stood.stopFrom, stood.stopFrom));
    return { from, to, kind, at: iso(last) };
  };
  const head = before && way[0] ? [link(before.from, way[0].id, before.kind)] : [];
  // A machine that the same supply held as well did not stand for want of product.
  const kind = (id: string) => (before && holdsItself(stood, id) ? 'stopped' : 'starved');
  return [...head, ...way.slice(1).map((next, i) => link(way[i]?.id ?? '', next.id, kind(next.id)))];
}

function holdsItself({ states, stopFrom }: Stood, id: string): boolean {
  const now = states.findLast((one) => one.equipment === id && millis(one.at) <= stopFrom + 1000);
  return now !== undefined && !isProducing(now.state) && now.waiting === null;
}

/**
 * Downstream over machines that stand; where none such leads there, over any. Of branches that meet again, the one that
 * stood last took from the next machine what it still had; both, where they stood in the same second.
 */
function waysDown(stood: Stood, from: MachineSim): MachineSim[][] {
  const { line } = stood;
  const walk = (machine: MachineSim): MachineSim[][] => {
    if (machine === line.reference) return [[machine]];
    const branches = machine.outputs
      .map(({ to }) => ({ to, at: since(stood, to.id), ways: [] as MachineSim[][] }))
      .filter(({ to, at }) => at !== null || to === line.reference)
      .map((one) => ({ ...one, ways: walk(one.to) }))
      .filter(({ ways }) => ways.length > 0);
    const second = (at: Millis | null) => Math.floor((at ?? stood.stopFrom) / 1000);
    const latest = Math.max(...branches.map(({ at }) => second(at)));
    return branches
      .filter(({ at }) => second(at) === latest)
      .flatMap(({ ways }) => ways.map((way) => [machine, ...way]));
  };
  const found = walk(from);
  return found.length > 0 ? found : [pathTo(line, from)];
}

/**
 * Machines that a shared supply or system held itself, of which one heads the chain. Where it held the reference too,
 * that one needed no other to stand; else the first that stood does.
 */
function hitBy(stood: Stood, t0: Millis): MachineSim[] {
  const { line } = stood;
  const held = line.machines
    .flatMap((machine) => {
      const at = since(stood, machine.id);
      return at !== null && at >= t0 - 600_000 && holdsItself(stood, machine.id) ? [{ machine, at }] : [];
    })
    .toSorted((a, b) => a.at - b.at);
  const first = held[0];
  if (!first) return [line.reference];
  const together = held.filter(({ at }) => at - first.at < 1000).map(({ machine }) => machine);
  const reference = held.find(({ machine }) => machine === line.reference);
  const nearest = held
    .toSorted((a, b) => pathTo(line, a.machine).length - pathTo(line, b.machine).length)
    .map(({ machine }) => machine)[0];
  return reference
    ? [line.reference, ...together.filter((one) => one !== line.reference)]
    : [...together, ...(nearest ? [nearest] : [])];
}

function unique(chains: readonly ChainLink[][]): ChainLink[][] {
  const named = (chain: readonly ChainLink[]) => chain.map(({ from, to }) => `${from}>${to}`).join(' ');
  return chains.filter((chain, i) => chains.findIndex((one) => named(one) === named(chain)) === i);
}
