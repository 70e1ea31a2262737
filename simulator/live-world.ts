import type { Plant } from '../plant/equipment.ts';
import type { Millis } from '../plant/time.ts';
import { type Erp, openErp } from './books/erp.ts';
import { type Mes, openMes } from './books/mes.ts';
import { openNotes } from './people/notes.ts';
import { airIsCalm } from './physics/air.ts';
import { buildFloor } from './physics/build.ts';
import { glide, isCalm, stepLine, stepShared } from './physics/line.ts';
import type { Floor, LineSim } from './physics/model.ts';
import { type Random, random } from './random.ts';
import { type Nuisance, openNuisance } from './schedule/nuisance.ts';
import { openScheduler, type Scheduler } from './schedule/scheduler.ts';
import { worldOf } from './views.ts';
import type { World } from './world.ts';

type Watch = (line: LineSim | null, t: Millis, quiet: boolean) => void;
/** Everything that has to keep up with the time. */
type Parts = {
  floor: Floor;
  erp: Erp;
  mes: Mes;
  notes: ReturnType<typeof openNotes>;
  nuisance: Nuisance;
  scheduler: Scheduler;
};
/** The simulated plant with everything in it. Servers see only `world`. */
export type Live = Omit<Parts, 'notes' | 'nuisance'> & {
  world: World;
  rng: Random;
  /** Lets a minute pass; quiet lines in one go. `watch` is called after each piece of time of a line, and with null for what is shared. */
  minute(watch?: Watch): void;
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
  const parts: Parts = { floor, erp, mes, notes, nuisance, scheduler };
  takeOrdersFrom(erp, floor);
  return {
    world: worldOf({ floor, erp, mes, notes: notes.notes }, () => step(parts), rng.fork('views')),
    floor,
    erp,
    mes,
    scheduler,
    rng: rng.fork('plan'),
    minute: (watch = () => undefined) => minute(parts, watch),
  };
}

/** What a line is set up for, and whether it has anything to make, is told by the ERP. */
function takeOrdersFrom(erp: Erp, floor: Floor): void {
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
}

/** The books of one line, up to `t`. */
function book({ floor, erp, mes, notes }: Parts, line: LineSim, t: Millis): void {
  const diary = floor.diary.filter((entry) => entry.line === line.id);
  if (diary.length > 0) floor.diary = floor.diary.filter((entry) => entry.line !== line.id);
  erp.step(line, t, diary);
  mes.step(line, t, erp.running(line.id)?.order ?? null);
  notes.step(line, t, diary);
}

function second(parts: Parts, line: LineSim, t: Millis): void {
  parts.scheduler.step(t, line);
  parts.nuisance.step(line, t);
  // Books first: a lot is on hold in the MES before the machines feel it.
  book(parts, line, t);
  stepLine(parts.floor, line, t);
}

function step(parts: Parts): void {
  const { floor, scheduler } = parts;
  const t = floor.now + 1000;
  floor.now = t;
  scheduler.step(t, null);
  for (const line of floor.lines) second(parts, line, t);
  stepShared(floor);
}

/** What lines share needs every second up to `until`. */
const sharedAwake = ({ floor, scheduler }: Parts, until: Millis): boolean =>
  (floor.power?.level ?? 1) < 1 ||
  scheduler.awake(null, until) ||
  !airIsCalm(floor.air) ||
  floor.hosts.some((host) => !host.connected);

function minute(parts: Parts, watch: Watch): void {
  const { floor, scheduler } = parts;
  const from = floor.now;
  const until = from + 60_000;
  if (sharedAwake(parts, until)) {
    while (floor.now < until) {
      step(parts);
      for (const line of floor.lines) watch(line, floor.now, false);
      watch(null, floor.now, false);
    }
    return;
  }
  for (const line of floor.lines) lineMinute(parts, line, from, until, watch);
  floor.now = until;
  scheduler.step(until, null);
  stepShared(floor);
  watch(null, until, true);
}

/** Second by second until the line is calm, then the rest of the minute in one go. */
function lineMinute(parts: Parts, line: LineSim, from: Millis, until: Millis, watch: Watch): void {
  const { floor, scheduler, nuisance } = parts;
  scheduler.step(from + 1000, line);
  const awake = scheduler.awake(line, until + 180_000) || nuisance.dueBy(line, until);
  for (let t = from + 1000; t <= until; t += 1000) {
    floor.now = t;
    second(parts, line, t);
    const left = (until - t) / 1000;
    if (awake || left < 20 || (t - from) % 5000 !== 1000 || !isCalm(floor, line, left)) {
      watch(line, t, false);
      continue;
    }
    glide(floor, line, until, left);
    floor.now = until;
    scheduler.step(until, line);
    book(parts, line, until);
    watch(line, until, t === from + 1000);
    break;
  }
  floor.now = from;
}
