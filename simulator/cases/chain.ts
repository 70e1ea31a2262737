import { iso, type Millis } from '../../plant/time.ts';
import { pathTo } from '../physics/flow.ts';
import type { Floor, LineSim, MachineSim } from '../physics/model.ts';
import { type State, stoodSince } from './stretches.ts';
import type { ChainLink } from './types.ts';

/** The way the stop took, as the machines really stood: from where it began to the line's reference. */
export function chainOf(
  floor: Floor,
  line: LineSim,
  place: string,
  states: readonly State[],
  stopFrom: Millis,
): ChainLink[] {
  const { reference } = line;
  const since = (id: string) => stoodSince(states, id, stopFrom + 1000);
  let last = -Infinity;
  const link = (from: string, to: string, kind: string): ChainLink => {
    // What stood already for another reason is reached when the one before it stands.
    last = Math.max(last, Math.min(since(to) ?? stopFrom, stopFrom));
    return { from, to, kind, at: iso(last) };
  };
  const down = (machine: MachineSim): ChainLink[] => {
    const path = standingPath(line, machine, (one) => since(one.id) !== null);
    return path.slice(1).map((next, i) => link(path[i]?.id ?? '', next.id, 'starved'));
  };
  const own = line.machines.find((machine) => machine.id === place);
  if (own) return down(own);
  const first = line.machines[0] ?? reference;
  if (place === line.supplyId) return [link(place, first.id, 'starved'), ...down(first)];
  if (place === line.mixingId) {
    const fed = line.machines.find((machine) => machine.tank !== null) ?? first;
    return [link(place, fed.id, 'starved'), ...down(fed)];
  }
  if (place === line.dispatchId) return [link(place, reference.id, 'blocked')];
  if (place === line.id) return [link(place, reference.id, 'stopped')];
  const hit = nearestHeld(line, states, stopFrom);
  const kind = floor.hosts.some((host) => host.id === place) ? 'system' : 'utility';
  return [link(place, hit.id, kind), ...down(hit)];
}

/** Downstream over machines that stand; where none such leads there, over any. */
function standingPath(
  line: LineSim,
  from: MachineSim,
  stands: (machine: MachineSim) => boolean,
): MachineSim[] {
  const walk = (machine: MachineSim): MachineSim[] => {
    if (machine === line.reference) return [machine];
    for (const edge of machine.outputs) {
      if (!stands(edge.to) && edge.to !== line.reference) continue;
      const rest = walk(edge.to);
      if (rest.length > 0) return [machine, ...rest];
    }
    return [];
  };
  const found = walk(from);
  return found.length > 0 ? found : pathTo(line, from);
}

/** Up the line from the reference while machines are starved, to one that stands of its own. */
function nearestHeld(line: LineSim, states: readonly State[], t: Millis): MachineSim {
  let machine = line.reference;
  for (let i = 0; i < line.machines.length; i += 1) {
    const now = states.findLast((one) => one.equipment === machine.id && Date.parse(one.at) <= t + 1000);
    if (now?.waiting !== 'starved') return machine;
    const before = machine.inputs.map((edge) => edge.from);
    const standing = before.find((one) => stoodSince(states, one.id, t + 1000) !== null);
    machine = standing ?? before[0] ?? machine;
  }
  return machine;
}
