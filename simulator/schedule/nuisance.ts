import type { Millis } from '../../plant/time.ts';
import { turn } from '../physics/alarms.ts';
import { lagS } from '../physics/flow.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';

/** What happens on every line all the time and stops nothing: bouncing sensors, service lamps, little jams that buffers swallow. */
export function openNuisance(floor: Floor, rng: Random) {
  const next = new Map<string, Millis>(
    floor.lines.map((line) => [line.id, floor.now + rng.whole(120, 7200) * 1000] as const),
  );

  function bounce(line: LineSim, t: Millis): void {
    const machine = rng.pick(line.machines);
    const alarm = machine.alarms.find((one) => one.when === 'guide');
    if (alarm && !alarm.bounce)
      alarm.bounce = { until: t + rng.whole(15, 150) * 1000, p: rng.between(0.04, 0.25) };
  }

  function service(line: LineSim, t: Millis): void {
    const machine = rng.pick(line.machines);
    const alarm = machine.alarms.find((one) => one.when === 'service');
    if (alarm) turn(floor, machine, alarm, !alarm.active, t);
  }

  function littleJam(line: LineSim): void {
    const shielded = line.machines.filter(
      (machine) => machine.inputs.length > 0 && lagS(line, machine) > 150,
    );
    if (shielded.length === 0 || line.machines.some((machine) => machine.task)) return;
    const machine = rng.pick(shielded);
    if (floor.now >= machine.station.awayUntil) machine.stuck ??= { workS: rng.between(5, 20) };
  }

  return {
    dueBy: (line: LineSim, t: Millis) => (next.get(line.id) ?? Infinity) <= t,
    step(line: LineSim, t: Millis) {
      if (t < (next.get(line.id) ?? Infinity)) return;
      next.set(line.id, t + rng.whole(900, 9000) * 1000);
      const kind = rng.next();
      if (kind < 0.7) bounce(line, t);
      else if (kind < 0.8) service(line, t);
      else if (line.phase.name === 'run') littleJam(line);
    },
  };
}
export type Nuisance = ReturnType<typeof openNuisance>;
