import type { Millis } from '../../plant/time.ts';
import { acknowledge } from './alarms.ts';
import { pass } from './machine.ts';
import type { Floor, LineSim, MachineSim, Task } from './model.ts';

/** How long until somebody who is at the line stands in front of the machine, seconds. */
const walk = (line: LineSim) => line.rng.between(15, 55);

/** Is the obstacle gone, or does the person in front of it take it away now? */
function cleared(floor: Floor, line: LineSim, machine: MachineSim, task: Task, t: Millis): boolean {
  const seen = task.seenAt ?? t;
  switch (task.trip) {
    case 'jam':
      if (machine.stuck && t < seen + machine.stuck.workS * 1000) return false;
      machine.stuck = null;
      return true;
    case 'empty':
      return machine.magazine === null || machine.magazine.quantity > machine.magazine.capacity * 0.05;
    case 'air':
      return floor.air.pressure > 6.2;
    case 'host':
      return floor.hosts.every((host) => host.connected || !host.serves.has(machine.id));
    case 'drive':
      return repaired(floor, line, machine, task, t);
    default:
      return wellAgain(floor, machine, task.trip);
  }
}

/** What is put right elsewhere, by whoever looks after it: the operator waits for it and starts again. */
function wellAgain(floor: Floor, machine: MachineSim, trip: Task['trip']): boolean {
  const { defects, of } = machine;
  switch (trip) {
    case 'comms':
      return !defects.commsLost;
    case 'safety':
      return !defects.guardOpen;
    case 'mismatch':
      return !defects.wrongMaterial;
    case 'test':
      return !defects.testFailed;
    case 'rejects':
      return defects.rejects === 0;
    case 'power':
      return floor.power === null || (floor.power.level > 0.95 && floor.now >= floor.power.backAt);
    case 'hot':
      return defects.hot < 1.05 && machine.heat < of.warmC * 1.15;
    case 'cold':
      return machine.heat > of.warmC * 0.97;
    default:
      return true;
  }
}

/** A drive that would trip again at once is a case for maintenance: called, on the way, at work, done. */
function repaired(floor: Floor, line: LineSim, machine: MachineSim, task: Task, t: Millis): boolean {
  if (machine.friction < 1.25) return true;
  const entry = { line: line.id, machine: machine.id, at: t };
  if (task.technicianAt === null) {
    const comesS = Math.min(machine.repairS * 0.3, line.rng.between(120, 600));
    task.technicianAt = t + (machine.technicianS ?? comesS) * 1000;
    floor.diary.push({ what: 'called', ...entry });
    return false;
  }
  if (t < task.technicianAt) return false;
  if (t < task.technicianAt + 1000) floor.diary.push({ what: 'arrived', ...entry });
  if (t < task.technicianAt + machine.repairS * 600) return false;
  machine.friction = 1;
  machine.wear = 0;
  floor.diary.push({ what: 'repaired', ...entry });
  return true;
}

/** Operators see to machines that stand; where nobody is, nothing is cleared and nothing acknowledged. */
export function stepPeople(floor: Floor, line: LineSim, t: Millis): void {
  for (const machine of line.machines) {
    const { task } = machine;
    if (!task || (machine.state !== 'Held' && machine.state !== 'Aborted')) continue;
    if (t < machine.station.awayUntil) continue;
    task.seenAt ??= t + walk(line) * 1000;
    if (t < task.seenAt) continue;
    acknowledge(floor, machine, t);
    if (task.readyAt === null) {
      if (!cleared(floor, line, machine, task, t)) continue;
      task.readyAt = t + line.rng.between(6, 20) * 1000;
    }
    if (t < task.readyAt) continue;
    machine.task = null;
    floor.diary.push({
      what: 'cleared',
      line: line.id,
      machine: machine.id,
      trip: task.trip,
      from: task.since,
      at: t,
    });
    if (line.phase.name === 'run' || line.phase.name === 'run_out') restart(machine, t);
    else pass(machine, 'Clearing', 'Idle', t, 5);
  }
}

function restart(machine: MachineSim, t: Millis): void {
  if (machine.state === 'Aborted') pass(machine, 'Clearing', 'Stopped', t, 6);
  else pass(machine, 'Unholding', 'Execute', t, 3);
}
