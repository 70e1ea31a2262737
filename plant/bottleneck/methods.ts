import type { Flow } from '../diagnosis/localise/topology.ts';
import type { Millis } from '../time.ts';
import { isActive } from './activity.ts';
import type { Activity, MachineActivity } from './activity.ts';

/** A machine's figure in one method, and the machine with the greatest; null: none is ahead of the others. */
export type Verdict = { machine: string | null; seconds: ReadonlyMap<string, number> };

/** Closer than a tenth is no lead: one wait more or less in ten turns the order round. */
export const lead = 1.1;

/** Who has the most, by a lead; null: nobody. */
export function ahead(seconds: ReadonlyMap<string, number>): string | null {
  const [first, second] = [...seconds].toSorted(([, a], [, b]) => b - a);
  if (!first || first[1] === 0) return null;
  return first[1] > lead * (second?.[1] ?? 0) ? first[0] : null;
}

/** A time in which a machine was active without a wait. */
type Run = { machine: string; from: Millis; to: Millis };

/** A planned stand or a lack of data ends a run like a wait does: what it would have been is not known. */
function runsOf({ machine, did }: MachineActivity): Run[] {
  const runs: Run[] = [];
  for (const one of did) {
    if (!isActive(one)) continue;
    const last = runs.at(-1);
    if (last?.to === one.from) last.to = one.to;
    else runs.push({ machine, from: one.from, to: one.to });
  }
  return runs;
}

/**
 * Average active duration (Roser, Nakano, Tanaka 2001): the machine that is active longest without a wait, on average.
 * `seconds`: that average.
 */
export function averageActiveDuration(machines: readonly MachineActivity[]): Verdict {
  const means = machines.map((one): [string, number] => {
    const runs = runsOf(one);
    const total = runs.reduce((sum, { from, to }) => sum + to - from, 0);
    return [one.machine, runs.length === 0 ? 0 : total / runs.length / 1000];
  });
  const seconds = new Map(means);
  return { machine: ahead(seconds), seconds };
}

/**
 * Shifting bottleneck (Roser, Nakano, Tanaka 2002): at any moment it is the machine that is in its longest active time;
 * while two such times overlap it shifts, and both are. `seconds`: how long a machine was, alone or shifting.
 */
export function shiftingBottleneck(machines: readonly MachineActivity[]): Verdict {
  const runs = machines.flatMap(runsOf).toSorted((a, b) => a.from - b.from);
  const length = ({ from, to }: Run): Millis => to - from;
  const seconds = new Map(machines.map(({ machine }) => [machine, 0]));
  const times = [...new Set(runs.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  let before: Run | null = null;
  let open: Run[] = [];
  let next = 0;
  times.slice(0, -1).forEach((from, index) => {
    const to = times[index + 1] as Millis;
    open = open.filter((run) => run.to > from);
    for (; next < runs.length && (runs[next] as Run).from <= from; next += 1) open.push(runs[next] as Run);
    const most = Math.max(...open.map(length));
    const [now, same] = open.filter((run) => length(run) === most);
    // Of two that are equally long neither is the one.
    if (!now || same) return;
    const add = (machine: string, ms: Millis) =>
      seconds.set(machine, (seconds.get(machine) ?? 0) + ms / 1000);
    add(now.machine, to - from);
    if (before && before.machine !== now.machine) {
      const overlap = Math.min(before.to, now.to) - Math.max(before.from, now.from);
      // Of the two, the one that was longest active in the overlap has that time already.
      if (overlap > 0) add(before.to <= from ? now.machine : before.machine, overlap);
    }
    before = now;
  });
  return { machine: ahead(seconds), seconds };
}

/** Seconds in which a machine did any of these. */
export const secondsOf = (did: readonly Activity[], doing: readonly Activity['doing'][]): number =>
  did.reduce((sum, one) => (doing.includes(one.doing) ? sum + (one.to - one.from) / 1000 : sum), 0);

/** All machines before (or behind) one, along the flow. */
function beyond(flow: Flow, start: string, way: 'into' | 'outOf'): string[] {
  const found = new Set<string>();
  const front = [start];
  for (let id = front.pop(); id !== undefined; id = front.pop())
    for (const edge of flow[way].get(id) ?? []) {
      const next = way === 'into' ? edge.from : edge.to;
      if (!found.has(next)) {
        found.add(next);
        front.push(next);
      }
    }
  return [...found];
}

/**
 * Turning point (Li, Chang, Ni 2009): the machine before which machines are rather blocked than starved and behind which
 * rather starved than blocked, and that waits less than its neighbours. `seconds`: how long a machine waited.
 */
export function turningPoint(flow: Flow, machines: readonly MachineActivity[]): Verdict {
  const waited = new Map(
    machines.map(({ machine, did }) => [machine, secondsOf(did, ['starved', 'blocked', 'waits'])]),
  );
  // Blocked more than starved: positive.
  const lean = new Map(
    machines.map(({ machine, did }) => [machine, secondsOf(did, ['blocked']) - secondsOf(did, ['starved'])]),
  );
  const turns = (id: string): boolean => {
    const [before, behind] = [beyond(flow, id, 'into'), beyond(flow, id, 'outOf')];
    const beside = [
      ...(flow.into.get(id) ?? []).map(({ from }) => from),
      ...(flow.outOf.get(id) ?? []).map(({ to }) => to),
    ].filter((one) => waited.has(one));
    return (
      before.every((one) => (lean.get(one) ?? 0) >= 0) &&
      behind.every((one) => (lean.get(one) ?? 0) <= 0) &&
      beside.length > 0 &&
      beside.every((one) => (waited.get(one) ?? 0) > lead * (waited.get(id) ?? 0))
    );
  };
  const found = machines.map(({ machine }) => machine).filter(turns);
  return { machine: found.length === 1 ? (found[0] ?? null) : null, seconds: waited };
}
