import type { Plant } from '../plant/equipment.ts';
import type { Millis } from '../plant/time.ts';
import { type Erp, openErp } from './books/erp.ts';
import { type Mes, openMes } from './books/mes.ts';
import { type Nuisance, openNuisance } from './schedule/nuisance.ts';
import { pascalCase } from './names.ts';
import { openNotes } from './people/notes.ts';
import { airIsCalm } from './physics/air.ts';
import { buildFloor } from './physics/build.ts';
import { glide, isCalm, stepLine, stepShared } from './physics/line.ts';
import type { Floor, LineSim } from './physics/model.ts';
import { airValues, sample, sharedValues } from './physics/values.ts';
import { type Random, random } from './random.ts';
import { openScheduler, type Scheduler } from './schedule/scheduler.ts';
import type { AlarmChange, MachineView, NoteRow, SystemView, UtilityView, World } from './world.ts';

/** The simulated plant with everything in it. Servers see only `world`. */
export type Live = {
  world: World;
  floor: Floor;
  erp: Erp;
  mes: Mes;
  scheduler: Scheduler;
  rng: Random;
  /** Lets a minute pass; quiet lines in one go. `watch` is called after each piece of time of a line, and with null for what is shared. */
  minute(watch?: (line: LineSim | null, t: Millis, quiet: boolean) => void): void;
};

/** `wide`: machines and makers of many kinds, for cases. */
export function openLive(plant: Plant, seed: string | number, t0: Millis, wide = false): Live {
  const rng = random(seed);
  const floor = buildFloor(plant, rng.fork('plant'), Math.floor(t0 / 1000) * 1000, wide);
  const erp = openErp(floor, rng.fork('erp'));
  const mes = openMes(rng.fork('mes'));
  const notes = openNotes(floor, rng.fork('notes'));
  const nuisance = openNuisance(floor, rng.fork('nuisance'));
  const scheduler = openScheduler(floor, rng.fork('scheduler'));
  floor.startChangeover = (line, durationS) => {
    if (line.phase.name !== 'run' || line.change) return;
    const order = erp.following(line, floor.now);
    const product = line.products.find((one) => one.material === order.material) ?? line.product;
    line.change = { product, order: order.order, durationS };
    line.phase = { name: 'run_out', since: floor.now };
  };
  floor.withdrawOrders = (line, withdrawn) => {
    erp.withdraw(line, floor.now, withdrawn);
    line.orderless = withdrawn;
  };

  /** The books of one line, up to `t`. */
  function book(line: LineSim, t: Millis): void {
    const diary = floor.diary.filter((entry) => entry.line === line.id);
    if (diary.length > 0) floor.diary = floor.diary.filter((entry) => entry.line !== line.id);
    erp.step(line, t, diary);
    mes.step(line, t, erp.running(line.id)?.order ?? null);
    notes.step(line, t, diary);
  }

  function second(line: LineSim, t: Millis): void {
    scheduler.step(t, line);
    nuisance.step(line, t);
    // Books first: a lot is on hold in the MES before the machines feel it.
    book(line, t);
    stepLine(floor, line, t);
  }

  function step(): void {
    const t = floor.now + 1000;
    floor.now = t;
    scheduler.step(t, null);
    for (const line of floor.lines) second(line, t);
    stepShared(floor);
  }

  const sharedAwake = (until: Millis) =>
    (floor.power?.level ?? 1) < 1 ||
    scheduler.awake(null, until) ||
    !airIsCalm(floor.air) ||
    floor.hosts.some((host) => !host.connected);

  function minute(watch: (line: LineSim | null, t: Millis, quiet: boolean) => void = () => undefined): void {
    const from = floor.now;
    const until = from + 60_000;
    if (sharedAwake(until)) {
      while (floor.now < until) {
        step();
        for (const line of floor.lines) watch(line, floor.now, false);
        watch(null, floor.now, false);
      }
      return;
    }
    for (const line of floor.lines) lineMinute(line, from, until, nuisance, watch);
    floor.now = until;
    scheduler.step(until, null);
    stepShared(floor);
    watch(null, until, true);
  }

  function lineMinute(
    line: LineSim,
    from: Millis,
    until: Millis,
    small: Nuisance,
    watch: (line: LineSim, t: Millis, quiet: boolean) => void,
  ): void {
    scheduler.step(from + 1000, line);
    const awake = scheduler.awake(line, until + 180_000) || small.dueBy(line, until);
    for (let t = from + 1000; t <= until; t += 1000) {
      floor.now = t;
      second(line, t);
      const left = (until - t) / 1000;
      if (awake || left < 20 || (t - from) % 5000 !== 1000 || !isCalm(floor, line, left)) {
        watch(line, t, false);
        continue;
      }
      glide(floor, line, until, left);
      floor.now = until;
      scheduler.step(until, line);
      book(line, until);
      watch(line, until, t === from + 1000);
      break;
    }
    floor.now = from;
  }

  const world = worldOf(floor, erp, mes, notes.notes, step, rng.fork('views'));
  return { world, floor, erp, mes, scheduler, rng: rng.fork('plan'), minute };
}

function worldOf(
  floor: Floor,
  erp: Erp,
  mes: Mes,
  notes: readonly NoteRow[],
  step: () => void,
  rng: Random,
): World {
  const machines = new Map<string, MachineView>();
  for (const { line, machine } of floor.byId.values()) machines.set(machine.id, viewOf(floor, line, machine));
  const utilities = new Map<string, UtilityView>(
    floor.plant.utilities.map((utility) => [
      utility.id,
      {
        id: utility.id,
        node: utility.id === floor.air.id ? floor.air.node : `Utilities.${pascalCase(utility.id)}`,
        specs: utility.signals,
        get values() {
          if (utility.id === floor.air.id) return airValues(floor.air, rng.gauss());
          const shared = [floor.power, floor.water].find((one) => one?.id === utility.id);
          return sharedValues(
            shared ?? { id: utility.id, spec: utility, level: 1, serves: new Set(), backAt: 0 },
            rng.gauss(),
          );
        },
      },
    ]),
  );
  const systems = new Map<string, SystemView>(floor.hosts.map((host) => [host.id, host]));
  return {
    plant: floor.plant,
    now: () => floor.now,
    step,
    machines,
    utilities,
    systems,
    takeAlarms: () =>
      floor.alarms.splice(0).map(({ alarm, ...change }): AlarmChange => ({
        ...change,
        alarm: alarm.id,
        text: alarm.text,
        severity: alarm.severity,
      })),
    erp,
    mes,
    notes,
    ledger: floor.ledger,
  };
}

/** A machine as its controller shows it: read afresh at each look, the same within one second. */
function viewOf(floor: Floor, line: LineSim, machine: LineSim['machines'][number]): MachineView {
  let at = -1;
  let values: Record<string, number> = {};
  return {
    id: machine.id,
    line: line.id,
    node: machine.node,
    specs: machine.specs,
    get state() {
      return machine.state;
    },
    get blocked() {
      return machine.blocked;
    },
    get starved() {
      return machine.starved;
    },
    get mode() {
      return machine.mode;
    },
    get since() {
      return machine.since;
    },
    get values() {
      if (at !== floor.now) {
        at = floor.now;
        values = Object.fromEntries(
          machine.specs.map((spec) => [spec.name, sample(machine, line, spec.name, at)]),
        );
      }
      return values;
    },
  };
}
