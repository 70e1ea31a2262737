import type { Millis } from '../../plant/time.ts';
import { airIsCalm, stepAir } from './air.ts';
import { stepAlarms } from './alarms.ts';
import { rejectsOf, shift, stepMachine, warmOf, warmsInS } from './machine.ts';
import type { Floor, LineSim, MachineSim } from './model.ts';
import { stepPeople } from './people.ts';
import { stepPhase } from './phase.ts';
import { resupply, serveDock, take } from './store.ts';

function stepStores(floor: Floor, line: LineSim, t: Millis): void {
  const arrived = (material: string, quantity: number) => {
    if (quantity > 0) floor.diary.push({ what: 'delivered', line: line.id, material, quantity, at: t });
  };
  for (const bin of line.warehouse) resupply(bin, t);
  arrived(line.supply.material, resupply(line.supply, t));
  for (const { magazine, tank } of line.machines) {
    if (magazine) arrived(magazine.material, resupply(magazine, t));
    if (tank) resupply(tank, t);
  }
  const shipped = serveDock(line.dock, t);
  if (shipped > 0) floor.diary.push({ what: 'shipped', line: line.id, quantity: shipped, at: t });
}

/** One line over one second that ends at `t`. */
export function stepLine(floor: Floor, line: LineSim, t: Millis): void {
  stepPhase(floor, line, t);
  for (const machine of line.machines) stepMachine(machine, line, floor.air, t, 1);
  stepPeople(floor, line, t);
  stepAlarms(floor, line, t, 1);
  stepStores(floor, line, t);
}

export function stepShared(floor: Floor): void {
  stepAir(floor.air, floor.lines, 1);
}

/**
 * Does nothing change on this line for the next `seconds` but counters and slow levels? Then `glide` over them is the
 * same physics: flows are in balance, so that second after second would repeat the last one.
 */
export function isCalm(floor: Floor, line: LineSim, seconds: number): boolean {
  if (line.phase.name !== 'run' || line.lot.held || !airIsCalm(floor.air)) return false;
  if (floor.hosts.some((host) => !host.connected)) return false;
  // Lanes share what comes: their flows are in balance together, not one by one.
  if (line.machines.some((machine) => machine.outputs.length > 1 || machine.merge === 'any')) return false;
  const rate = line.reference.rate / 60;
  if (line.supply.quantity < rate * seconds * 2) return false;
  if (line.dock.capacity - line.dock.quantity < rate * seconds * 2) return false;
  for (const machine of line.machines) if (!machineIsCalm(machine, seconds)) return false;
  for (const edge of line.edges) {
    const drift = Math.abs(edge.from.flow * (1 - rejectsOf(edge.from)) - edge.to.flow) * seconds;
    if (drift > Math.max(0.6, edge.capacity * 0.012)) return false;
  }
  return true;
}

function machineIsCalm(machine: MachineSim, seconds: number): boolean {
  if (machine.state !== 'Execute' || machine.stuck || machine.next || machine.task) return false;
  if (machine.tank && machine.tank.quantity < (machine.rate / 60) * seconds * 2) return false;
  if (machine.timers.short > 0 || machine.timers.full > 0) return false;
  if (Math.abs(machine.behind) > machine.rate * 0.004) return false;
  const perS = (machine.rate / 60) * (machine.of.consumable?.perUnit ?? 0);
  if (machine.magazine && machine.magazine.quantity < perS * seconds * 2) return false;
  return machine.alarms.every((alarm) => alarm.bounce === null && alarm.pendingS === 0);
}

/** Moves a calm line on by `seconds` at once. Every unit is still counted in and out. */
export function glide(floor: Floor, line: LineSim, t: Millis, seconds: number): void {
  for (const machine of line.machines) {
    const amount = machine.flow * seconds;
    const good = amount * (1 - rejectsOf(machine));
    machine.good += good;
    machine.rejected += amount - good;
    shift(machine, amount, good);
    if (machine.tank) take(machine.tank, amount);
    if (machine === line.machines[0]) take(line.supply, amount);
    if (machine.outputs.length === 0) line.dock.quantity += good;
    if (machine.magazine) take(machine.magazine, amount * (machine.of.consumable?.perUnit ?? 0));
    machine.heat += (warmOf(machine) - machine.heat) * (1 - Math.exp(-seconds / warmsInS(machine)));
  }
  stepAlarms(floor, line, t, seconds);
  stepStores(floor, line, t);
}
