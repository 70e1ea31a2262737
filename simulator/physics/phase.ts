import type { Millis } from '../../plant/time.ts';
import { enter, isRunning, pass } from './machine.ts';
import type { Floor, LineSim, MachineSim } from './model.ts';

/** Standing because it was told to, not because it cannot. */
function halt(machine: MachineSim, state: 'Stopped' | 'Idle', t: Millis, index: number): void {
  if (isRunning(machine) || machine.state === 'Suspended') pass(machine, 'Stopping', state, t, 2 + index);
}

function start(line: LineSim, t: Millis): void {
  line.phase = { name: 'run' };
  for (const [i, machine] of line.machines.entries()) {
    machine.mode = 'Production';
    const rests = machine.state === 'Stopped' || machine.state === 'Idle' || machine.state === 'Complete';
    if (rests && !machine.task) pass(machine, 'Starting', 'Execute', t, 3 + i);
  }
}

/** The line runs empty from the front: a machine is complete when nothing comes any more. True: all are. */
function runsEmpty(line: LineSim, since: Millis, t: Millis, restsOut = false): boolean {
  for (const machine of line.machines) {
    const noMore = machine.inputs.every((edge) => edge.from.state === 'Complete');
    if (restsOut && noMore && machine.state === 'Suspended') enter(machine, 'Complete', t);
    const dry =
      machine.inputs.length === 0 ||
      (machine.merge === 'any'
        ? machine.inputs.every((edge) => edge.level < machine.rate / 60 + 1)
        : machine.inputs.some((edge) => edge.level < machine.rate / 60 + 1));
    if (
      noMore &&
      dry &&
      (isRunning(machine) || machine.state === 'Suspended') &&
      machine.state !== 'Completing'
    ) {
      pass(machine, 'Completing', 'Complete', t, 3);
    }
  }
  const empty = line.machines.every((machine) => machine.state === 'Complete');
  return empty || t - since >= 20 * 60_000;
}

function runOut(floor: Floor, line: LineSim, since: Millis, t: Millis): void {
  if (!runsEmpty(line, since, t, floor.wide)) return;
  const change = line.change;
  line.phase = { name: 'setup', since: t, readyAt: t + (change?.durationS ?? 600) * 1000 };
  for (const machine of line.machines) {
    enter(machine, 'Stopped', t);
    machine.mode = 'Setup';
  }
  floor.diary.push({ what: 'setup_begun', line: line.id, at: t });
}

/** What the line as a whole is told to do, second by second. */
export function stepPhase(floor: Floor, line: LineSim, t: Millis): void {
  const { phase } = line;
  if (line.lot.held && phase.name === 'run') line.phase = { name: 'hold', since: t };
  if (line.orderless && phase.name === 'run') line.phase = { name: 'no_order', since: t, empty: false };
  switch (line.phase.name) {
    case 'run':
      return;
    case 'hold':
      for (const [i, machine] of line.machines.entries()) halt(machine, 'Idle', t, i);
      if (!line.lot.held) start(line, t);
      return;
    case 'break':
      for (const [i, machine] of line.machines.entries()) halt(machine, 'Stopped', t, i);
      if (t >= line.phase.until) start(line, t);
      return;
    case 'clean':
      for (const [i, machine] of line.machines.entries()) {
        halt(machine, 'Stopped', t, i);
        if (machine.state === 'Stopped' && machine.mode !== 'Clean') {
          machine.mode = 'Clean';
          machine.since = t;
        }
      }
      if (t >= line.phase.until) start(line, t);
      return;
    case 'no_order':
      if (!line.orderless && line.phase.empty) start(line, t);
      // A rest too small to start on is taken out by hand.
      else if (!line.phase.empty && runsEmpty(line, line.phase.since, t, true))
        line.phase = { ...line.phase, empty: true };
      return;
    case 'run_out':
      return runOut(floor, line, line.phase.since, t);
    case 'setup':
      if (t < line.phase.readyAt || t < line.toolsBackAt) return;
      if (line.change) line.product = line.change.product;
      line.change = null;
      floor.diary.push({ what: 'setup_done', line: line.id, at: t });
      return start(line, t);
  }
}

/** Where the plant's file gives none: half an hour to change over, 25 minutes to clean. */
const usualS = { changeover: 1800, cleaning: 1500 };
/** Planned length of such work on a line, seconds. */
export const standardS = ({ spec }: LineSim, work: keyof typeof usualS): number =>
  spec.standardS[work] ?? usualS[work];
