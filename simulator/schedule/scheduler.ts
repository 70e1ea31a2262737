import type { Millis } from '../../plant/time.ts';
import { faultOf } from '../faults/catalogue.ts';
import type { Running } from '../faults/fault.ts';
import { lagS } from '../physics/flow.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';

/** Something that is to happen on a line. `at`: when its last machine is to stand, as far as that can be foreseen. */
export type Item =
  | {
      kind: 'fault';
      line: string;
      at: Millis;
      cause: string;
      durationS: number;
      place?: string;
      bare?: boolean;
    }
  | { kind: 'changeover' | 'break' | 'minor'; line: string; at: Millis; durationS: number };

/** What really was the matter. Kept apart; nothing that a visitor can see is made from it. */
export type Happening = { cause: string; line: string; place: string; at: Millis; until: Millis };

type Active = { run: Running; line: LineSim; shared: boolean };

/** No way through a line takes longer than this. */
const longestLagS = 1200;
const shared = (floor: Floor, place: string) =>
  [floor.air.id, floor.power?.id, floor.water?.id].includes(place) ||
  floor.hosts.some((host) => host.id === place);

export function openScheduler(floor: Floor, rng: Random) {
  const waiting = new Map<string, Item[]>(floor.lines.map((line) => [line.id, []]));
  const placed = new WeakMap<Item, string>();
  /** The earliest time at which something of a line is due; recomputed when its list changes. */
  const nextDue = new Map<string, Millis>();
  let active: Active[] = [];
  const happenings: Happening[] = [];

  const placeOf = (line: LineSim, item: Item & { kind: 'fault' }): string => {
    const known = item.place ?? placed.get(item);
    if (known) return known;
    const place = rng.pick(faultOf(item.cause).places(floor, line));
    placed.set(item, place);
    return place;
  };
  /** When this item has to be begun. */
  const dueAt = (line: LineSim, item: Item): Millis => {
    const leadS = item.kind === 'fault' ? faultOf(item.cause).leadS(line, placeOf(line, item)) : 0;
    return item.at - (leadS + longestLagS) * 1000;
  };

  function lagFrom(line: LineSim, place: string): number {
    const machine = line.machines.find((one) => one.id === place);
    if (machine) return lagS(line, machine);
    if (place === line.supplyId) return line.machines[0] ? lagS(line, line.machines[0]) : 0;
    if (place === line.mixingId) {
      const fed = line.machines.find((one) => one.tank !== null);
      return fed ? lagS(line, fed) : 0;
    }
    if (place === floor.water?.id) {
      const cooled = line.machines.find((one) => floor.water?.serves.has(one.id));
      return cooled ? lagS(line, cooled) : 0;
    }
    const host = floor.hosts.find((one) => one.id === place);
    if (!host) return 0;
    const asking = line.machines.filter((one) => one.of.asksHost && host.serves.has(one.id));
    return Math.min(...asking.map((one) => lagS(line, one)), asking.length > 0 ? Infinity : 0);
  }

  function beginFault(line: LineSim, item: Item & { kind: 'fault' }, t: Millis): void {
    const fault = faultOf(item.cause);
    const place = placeOf(line, item);
    const lag = lagFrom(line, place);
    // Waiting out the buffers takes longer than what they absorb.
    const lastsS = Math.max(item.durationS, lag * 1.3 + 150);
    const at = Math.max(t + 5000, Math.round((item.at - lag * 1000) / 1000) * 1000);
    const until = at + Math.round(lastsS) * 1000;
    const run = fault.begin({
      floor,
      line,
      rng: rng.fork(`${item.cause}/${line.id}/${item.at}`),
      place,
      at,
      until,
      ...(item.bare ? { bare: true } : {}),
    });
    active.push({ run, line, shared: shared(floor, place) });
    happenings.push({ cause: item.cause, line: line.id, place, at, until });
  }

  function begin(line: LineSim, item: Item, t: Millis): void {
    if (item.kind === 'fault') return beginFault(line, item, t);
    const act = timed(floor, line, item, rng);
    active.push({ run: act, line, shared: false });
  }

  return {
    happenings: happenings as readonly Happening[],
    add(item: Item) {
      waiting.get(item.line)?.push(item);
      nextDue.delete(item.line);
    },
    /** Is anything still to come or going on here? */
    pending: (line: string) =>
      (waiting.get(line)?.length ?? 0) > 0 || active.some((one) => one.line.id === line || one.shared),
    /** Lets what is due begin, and what goes on go on. `only`: one line's own matters; null: what several lines share. */
    step(t: Millis, only: LineSim | null) {
      if (only && t >= (nextDue.get(only.id) ?? -Infinity)) {
        const items = waiting.get(only.id) ?? [];
        for (const item of items.filter((one) => t >= dueAt(only, one))) {
          items.splice(items.indexOf(item), 1);
          begin(only, item, t);
        }
        nextDue.set(only.id, Math.min(Infinity, ...items.map((item) => dueAt(only, item))));
      }
      let ended = false;
      for (const one of active) {
        if (only ? one.shared || one.line !== only : !one.shared) continue;
        one.run.step(t);
        ended ||= one.run.over(t);
      }
      if (ended) active = active.filter((one) => !one.run.over(t));
    },
    /** Does anything need every second up to `until`? */
    awake: (only: LineSim | null, until: Millis) =>
      active.some((one) => one.run.awakeFrom <= until && (only ? one.line === only : one.shared)),
  };
}
export type Scheduler = ReturnType<typeof openScheduler>;

/** Planned things and small ones: a changeover, a break of the whole crew, a jam that is cleared in passing. */
function timed(floor: Floor, line: LineSim, item: Item, rng: Random): Running {
  let begun = false;
  const machine = item.kind === 'minor' ? nearEnd(line, rng) : null;
  const lag = machine ? lagS(line, machine) : item.kind === 'changeover' ? lagS(line, line.machines[0]!) : 0;
  const at = item.at - lag * 1000;
  return {
    awakeFrom: at - 5000,
    over: (t) => begun && t > at + 120_000 && line.phase.name === 'run' && !machine?.stuck,
    step(t) {
      if (begun || t < at || line.phase.name !== 'run') return;
      begun = true;
      if (item.kind === 'changeover') floor.startChangeover(line, item.durationS);
      if (item.kind === 'break') line.phase = { name: 'break', since: t, until: t + item.durationS * 1000 };
      if (machine) machine.stuck = { workS: Math.max(5, item.durationS - 45) };
    },
  };
}

const nearEnd = (line: LineSim, rng: Random) =>
  rng.pick(line.machines.filter((machine) => machine.inputs.length > 0).slice(-2));
