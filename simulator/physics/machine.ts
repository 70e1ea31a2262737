import type { PackmlState } from '../../plant/state.ts';
import type { Millis } from '../../plant/time.ts';
import { fill, targetSpeed } from './flow.ts';
import type { Trip } from './defects.ts';
import type { AirSim, Edge, LineSim, MachineSim } from './model.ts';
import { take } from './store.ts';

export function enter(machine: MachineSim, state: PackmlState, t: Millis): void {
  const waiting = state === 'Suspended';
  if (machine.state === state && waiting) return;
  machine.state = state;
  if (!waiting) {
    machine.blocked = false;
    machine.starved = false;
  }
  machine.since = t;
  machine.next = null;
}

/** Passes through `via` for some seconds and is then in `state`. */
export function pass(
  machine: MachineSim,
  via: PackmlState,
  state: PackmlState,
  t: Millis,
  seconds: number,
): void {
  enter(machine, via, t);
  machine.next = { state, at: t + seconds * 1000 };
}

const drives: ReadonlySet<PackmlState> = new Set(['Execute', 'Completing']);
export const isRunning = (machine: MachineSim): boolean => drives.has(machine.state);

/** Torque of the main drive, Nm: idle losses, load with speed, wear, and the moment something is wedged. */
export function torqueOf(machine: MachineSim, load: number): number {
  if (!isRunning(machine)) return 0;
  const share = machine.speed / machine.rate;
  const wedged = machine.stuck ? 0.34 : 0;
  return machine.of.torqueNm * ((0.3 + 0.7 * share * load) * machine.friction + wedged);
}

/** Share of its output that a machine throws out now. */
export const rejectsOf = (machine: MachineSim): number => machine.rejectShare + machine.defects.rejects;

/** Temperature the machine settles at, °C. */
export function warmOf(machine: MachineSim): number {
  const { of, defects } = machine;
  if (isRunning(machine))
    return of.warmC * (1 + (machine.friction - 1) * 0.35) * defects.hot * defects.heater;
  return machine.holdsHeat ? of.warmC * defects.heater * Math.min(1, defects.hot) : 21;
}
export const warmsInS = (machine: MachineSim): number => (machine.of.warmC > 100 ? 1500 : 900);

/** Limits of a machine's own watch: temperature against its usual one, share of rejects over a minute. */
export const limits = { hot: 1.35, hotWarning: 1.22, cold: 0.93, coldWarning: 0.955, rejects: 0.06 };

/** Warmer than so many times its usual temperature. What is chilled and warms up while it stands is not watched. */
export const isWarmer = (machine: MachineSim, times: number): boolean =>
  (machine.holdsHeat || machine.of.warmC > 25) && machine.heat > machine.of.warmC * times;

/** What a controller guards besides its drive and its infeed. */
function interlock(machine: MachineSim): Trip | null {
  const { defects, of } = machine;
  if (defects.guardOpen) return 'safety';
  if (defects.commsLost) return 'comms';
  if (defects.wrongMaterial) return 'mismatch';
  if (defects.testFailed) return 'test';
  if (machine.rejecting > limits.rejects) return 'rejects';
  if (isWarmer(machine, limits.hot)) return 'hot';
  if (machine.holdsHeat && of.warmC > 60 && machine.heat < of.warmC * limits.cold) return 'cold';
  return null;
}

/** What stops the machine by its own protection now, if anything does. */
function protection(machine: MachineSim, line: LineSim, air: AirSim, dt: number): Trip | null {
  const { timers } = machine;
  // Motor protection switch: half as much again as nominal, for three seconds.
  timers.overload =
    torqueOf(machine, line.product.load) > machine.of.torqueNm * 1.5 ? timers.overload + dt : 0;
  if (timers.overload >= 3) return 'drive';
  timers.stuck = machine.stuck || machine.defects.eyeCovered ? timers.stuck + dt : 0;
  if (timers.stuck >= 4) return 'jam';
  if (machine.magazine && machine.magazine.quantity <= 0) return 'empty';
  timers.air = machine.minAir > 0 && air.pressure < machine.minAir ? timers.air + dt : 0;
  if (timers.air >= 2) return 'air';
  timers.host = machine.host && !machine.host.connected ? timers.host + dt : 0;
  if (timers.host >= machine.hostReserveS) return 'host';
  return interlock(machine);
}

const sumOf = (edges: readonly Edge[], of: (edge: Edge) => number) =>
  edges.reduce((sum, edge) => sum + of(edge), 0);
const freeIn = (edge: Edge) => edge.capacity - edge.level;

/** Takes in and puts out: lanes that meet are drawn on by what lies in them, lanes that part are filled by the room they have. */
export function shift(machine: MachineSim, amount: number, good: number): void {
  const lying = machine.merge === 'any' ? sumOf(machine.inputs, (edge) => edge.level) : 0;
  for (const edge of machine.inputs) edge.level -= lying > 0 ? (amount * edge.level) / lying : amount;
  const room = machine.outputs.length > 1 ? sumOf(machine.outputs, freeIn) : 0;
  for (const edge of machine.outputs) edge.level += room > 0 ? (good * freeIn(edge)) / room : good;
}

/** Share of a second's product that can come in and go out. */
function room(machine: MachineSim, line: LineSim, wanted: number): { available: number; free: number } {
  let available = machine.inputs.length === 0 ? line.supply.quantity : Infinity;
  if (machine.merge === 'any') available = sumOf(machine.inputs, (edge) => edge.level);
  else for (const edge of machine.inputs) available = Math.min(available, edge.level);
  if (machine.tank) available = Math.min(available, machine.tank.quantity);
  let free = machine.outputs.length === 0 ? line.dock.capacity - line.dock.quantity : Infinity;
  if (machine.outputs.length > 0) free = sumOf(machine.outputs, freeIn);
  return { available: Math.min(available, wanted), free: Math.min(free, wanted) };
}

function move(machine: MachineSim, line: LineSim, amount: number): void {
  if (machine.inputs.length === 0 && machine === line.machines[0]) take(line.supply, amount);
  const good = amount * (1 - rejectsOf(machine));
  shift(machine, amount, good);
  if (machine.tank) take(machine.tank, amount);
  machine.rejected += amount - good;
  machine.good += good;
  if (machine.outputs.length === 0) line.dock.quantity += good;
  if (machine.magazine) take(machine.magazine, amount * (machine.of.consumable?.perUnit ?? 0));
}

function waitFor(machine: MachineSim, starved: boolean, blocked: boolean, t: Millis): void {
  if (machine.state === 'Suspended' && machine.starved === starved && machine.blocked === blocked) return;
  machine.state = 'Suspended';
  machine.starved = starved;
  machine.blocked = blocked;
  machine.since = t;
}

const holds = (edges: readonly Edge[], merge: 'all' | 'any', test: (edge: Edge) => boolean) =>
  merge === 'any' ? edges.some(test) : edges.every(test);

/** A waiting machine starts again when enough has come in and enough room is there, so that it does not stutter. */
function mayResume(machine: MachineSim, line: LineSim): boolean {
  const enough =
    machine.inputs.length === 0
      ? line.supply.quantity > machine.rate / 12
      : holds(
          machine.inputs,
          machine.merge,
          (edge) => edge.level >= Math.min(edge.capacity * 0.3, machine.rate * 0.4),
        );
  const space =
    machine.outputs.length === 0
      ? line.dock.capacity - line.dock.quantity > machine.rate / 6
      : machine.outputs.some((edge) => fill(edge) < 0.8);
  const bulk = machine.tank === null || machine.tank.quantity > machine.rate / 6;
  return enough && space && bulk;
}

function produce(machine: MachineSim, line: LineSim, t: Millis, dt: number): void {
  const target = targetSpeed(machine, line);
  machine.behind = target - machine.speed;
  machine.speed += machine.behind * Math.min(1, dt / 6);
  const wanted = machine.stuck ? 0 : (machine.speed / 60) * dt;
  const { available, free } = room(machine, line, wanted);
  const amount = Math.min(available, free);
  move(machine, line, amount);
  machine.flow = amount / dt;
  if (amount > 0) machine.rejecting += (rejectsOf(machine) - machine.rejecting) * Math.min(1, dt / 60);
  if (wanted === 0) return;
  machine.timers.short = available < wanted * 0.5 ? machine.timers.short + dt : 0;
  machine.timers.full = free < wanted * 0.5 ? machine.timers.full + dt : 0;
  if (machine.timers.short >= 3 || machine.timers.full >= 3) {
    waitFor(machine, machine.timers.short >= 3, machine.timers.full >= 3, t);
  }
}

/** One step of `dt` seconds that ends at `t`. */
export function stepMachine(machine: MachineSim, line: LineSim, air: AirSim, t: Millis, dt: number) {
  if (machine.next && t >= machine.next.at) arrive(machine, t);
  machine.flow = 0;
  machine.heat += (warmOf(machine) - machine.heat) * (1 - Math.exp(-dt / warmsInS(machine)));
  if (isRunning(machine)) {
    const trip = protection(machine, line, air, dt);
    if (trip) return stand(machine, trip, t);
    produce(machine, line, t, dt);
    if (machine.state === 'Suspended') machine.flow = 0;
    return;
  }
  machine.speed += (0 - machine.speed) * Math.min(1, dt / 2);
  if (machine.speed < 0.5) machine.speed = 0;
  if (machine.state !== 'Suspended') return;
  if (mayResume(machine, line)) {
    machine.timers.short = 0;
    machine.timers.full = 0;
    enter(machine, 'Execute', t);
    return;
  }
  refreshWaiting(machine, line, t);
}

/** While it waits, the direction may change: what starved at first may find its outfeed full. */
function refreshWaiting(machine: MachineSim, line: LineSim, t: Millis): void {
  const { available, free } = room(machine, line, machine.rate / 60);
  const starved = available < machine.rate / 120;
  const blocked = free < machine.rate / 120;
  if (starved || blocked) waitFor(machine, starved, blocked, t);
}

/** What ends in a rapid safe stop rather than in Held. */
const aborting: ReadonlySet<Trip> = new Set(['drive', 'comms', 'safety', 'hot', 'power']);

export function stand(machine: MachineSim, trip: Trip, t: Millis): void {
  machine.trip = trip;
  machine.task = { trip, since: t, seenAt: null, readyAt: null, technicianAt: null };
  if (aborting.has(trip)) pass(machine, 'Aborting', 'Aborted', t, 1);
  else pass(machine, 'Holding', 'Held', t, 1);
}

function arrive(machine: MachineSim, t: Millis): void {
  const state = machine.next?.state;
  if (!state) return;
  enter(machine, state, t);
  const { timers } = machine;
  if (state === 'Execute') {
    machine.trip = null;
    machine.rejecting = 0;
    timers.short = timers.full = timers.overload = timers.stuck = timers.host = timers.air = 0;
  }
  if (state === 'Stopped' && machine.trip) pass(machine, 'Starting', 'Execute', t, 4);
}
