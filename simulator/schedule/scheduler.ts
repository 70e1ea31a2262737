import type { Millis } from '../../plant/time.ts';
import { faultOf } from '../faults/catalogue.ts';
import type { Running } from '../faults/fault.ts';
import { lagS } from '../physics/flow.ts';
import type { Floor, LineSim, MachineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';

type FaultItem = {
  kind: 'fault';
  line: string;
  at: Millis;
  cause: string;
  durationS: number;
  place?: string;
  bare?: boolean;
};
/** Something that is to happen on a line. `at`: when its last machine is to stand, as far as that can be foreseen. */
export type Item =
  | FaultItem
  | { kind: 'changeover' | 'break' | 'minor'; line: string; at: Millis; durationS: number };

/** What really was the matter. Kept apart; nothing that a visitor can see is made from it. */
export type Happening = { cause: string; line: string; place: string; at: Millis; until: Millis };

type Active = { run: Running; line: LineSim; shared: boolean };

/** No way through a line takes longer than this. */
const longestLagS = 1200;
const isShared = (floor: Floor, place: string) =>
  [floor.air.id, floor.power?.id, floor.water?.id].includes(place) ||
  floor.hosts.some((host) => host.id === place);

/** What waits for its time and what goes on. */
type Schedule = {
  floor: Floor;
  rng: Random;
  waiting: Map<string, Item[]>;
  /** Where a waiting fault is to begin, drawn when it is first asked for. */
  placed: WeakMap<Item, string>;
  /** The earliest time at which something of a line is due; recomputed when its list changes. */
  nextDue: Map<string, Millis>;
  active: Active[];
  happenings: Happening[];
};
export type Scheduler = {
  happenings: readonly Happening[];
  add(item: Item): void;
  /** Is anything still to come or going on here? */
  pending(line: string): boolean;
  /** Lets what is due begin, and what goes on go on. `only`: one line's own matters; null: what several lines share. */
  step(t: Millis, only: LineSim | null): void;
  /** Does anything need every second up to `until`? */
  awake(only: LineSim | null, until: Millis): boolean;
};

export function openScheduler(floor: Floor, rng: Random): Scheduler {
  const schedule: Schedule = {
    floor,
    rng,
    waiting: new Map(floor.lines.map((line) => [line.id, []])),
    placed: new WeakMap(),
    nextDue: new Map(),
    active: [],
    happenings: [],
  };
  const { waiting, nextDue, happenings } = schedule;
  return {
    happenings,
    add(item) {
      waiting.get(item.line)?.push(item);
      nextDue.delete(item.line);
    },
    pending: (line) =>
      (waiting.get(line)?.length ?? 0) > 0 ||
      schedule.active.some((one) => one.line.id === line || one.shared),
    step(t, only) {
      if (only && t >= (nextDue.get(only.id) ?? -Infinity)) beginDue(schedule, only, t);
      goOn(schedule, only, t);
    },
    awake: (only, until) =>
      schedule.active.some((one) => one.run.awakeFrom <= until && (only ? one.line === only : one.shared)),
  };
}

function beginDue(schedule: Schedule, line: LineSim, t: Millis): void {
  const items = schedule.waiting.get(line.id) ?? [];
  for (const item of items.filter((one) => t >= dueAt(schedule, line, one))) {
    items.splice(items.indexOf(item), 1);
    if (item.kind === 'fault') beginFault(schedule, line, item, t);
    else schedule.active.push({ run: timed(schedule, line, item), line, shared: false });
  }
  schedule.nextDue.set(line.id, Math.min(Infinity, ...items.map((item) => dueAt(schedule, line, item))));
}

function goOn(schedule: Schedule, only: LineSim | null, t: Millis): void {
  let ended = false;
  for (const one of schedule.active) {
    if (only ? one.shared || one.line !== only : !one.shared) continue;
    one.run.step(t);
    ended ||= one.run.over(t);
  }
  if (ended) schedule.active = schedule.active.filter((one) => !one.run.over(t));
}

/** When this item has to be begun. */
function dueAt(schedule: Schedule, line: LineSim, item: Item): Millis {
  const leadS = item.kind === 'fault' ? faultOf(item.cause).leadS(line, placeOf(schedule, line, item)) : 0;
  return item.at - (leadS + longestLagS) * 1000;
}

function placeOf({ floor, rng, placed }: Schedule, line: LineSim, item: FaultItem): string {
  const known = item.place ?? placed.get(item);
  if (known) return known;
  const place = rng.pick(faultOf(item.cause).places(floor, line));
  placed.set(item, place);
  return place;
}

function beginFault(schedule: Schedule, line: LineSim, item: FaultItem, t: Millis): void {
  const { floor } = schedule;
  const place = placeOf(schedule, line, item);
  const lag = lagFrom(floor, line, place);
  // Waiting out the buffers takes longer than what they absorb.
  const lastsS = Math.max(item.durationS, lag * 1.3 + 150);
  const at = Math.max(t + 5000, Math.round((item.at - lag * 1000) / 1000) * 1000);
  const until = at + Math.round(lastsS) * 1000;
  const run = faultOf(item.cause).begin({
    floor,
    line,
    rng: schedule.rng.fork(`${item.cause}/${line.id}/${item.at}`),
    place,
    at,
    until,
    ...(item.bare ? { bare: true } : {}),
  });
  schedule.active.push({ run, line, shared: isShared(floor, place) });
  schedule.happenings.push({ cause: item.cause, line: line.id, place, at, until });
}

/** How long after a place stops working the line's last machine stands, seconds. */
function lagFrom(floor: Floor, line: LineSim, place: string): number {
  const lagOf = (machine: MachineSim | undefined) => (machine ? lagS(line, machine) : 0);
  const machine = line.machines.find((one) => one.id === place);
  if (machine) return lagS(line, machine);
  if (place === line.supplyId) return lagOf(line.machines[0]);
  if (place === line.mixingId) return lagOf(line.machines.find((one) => one.tank !== null));
  if (place === floor.water?.id) return lagOf(line.machines.find((one) => floor.water?.serves.has(one.id)));
  const host = floor.hosts.find((one) => one.id === place);
  const asking = line.machines.filter((one) => one.of.asksHost && host?.serves.has(one.id));
  return asking.length > 0 ? Math.min(...asking.map((one) => lagS(line, one))) : 0;
}

/** Planned things and small ones: a changeover, a break of the whole crew, a jam that is cleared in passing. */
function timed({ floor, rng }: Schedule, line: LineSim, item: Item): Running {
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
