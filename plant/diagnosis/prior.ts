import type { Hypothesis } from './hypothesis.ts';
import type { Scene } from './scene.ts';
import type { MachineStand } from './stands.ts';
import type { ConfirmedCause } from './stop-case.ts';

/**
 * As many confirmed stops weigh as much as what was assumed before. Work orders of real machines showed that
 * fine keys overfit where they have few cases (IBM chillers: component 0.39 right, machine + component 0.26).
 */
const strength = 10;

/** The alarm a machine stood with; one that comes and goes all the time says nothing of this stop. */
const firstAlarm = (stand: MachineStand | null): string | null =>
  stand?.alarms.find(({ chatters }) => !chatters)?.alarm ?? null;

/** The first alarm of each machine in its last stand up to the stop. */
export const firstAlarms = (scene: Scene): { equipment: string; alarm: string }[] =>
  [...scene.floor.stands].flatMap(([equipment, stands]) => {
    const last = stands.findLast((stand) => stand.from <= scene.end && stand.to >= scene.from - 60_000);
    const alarm = firstAlarm(last ?? null);
    return alarm === null ? [] : [{ equipment, alarm }];
  });

/** Keys from coarse to fine; each is mixed with the one before (Dirichlet), so a key with few cases changes little. */
function levelsOf(scene: Scene, { place }: Hypothesis): ((one: ConfirmedCause) => boolean)[] {
  const machine = place.origin.entry;
  const kind = scene.line.machines.find(({ id }) => id === machine)?.class ?? null;
  const first = firstAlarm(place.origin.stand);
  const generic = kind === null || kind === 'machine';
  return [
    () => true,
    ...(generic ? [] : [(one: ConfirmedCause) => one.machineClass === kind]),
    (one) => one.machine === machine,
    ...(first === null ? [] : [(one: ConfirmedCause) => one.machine === machine && one.firstAlarm === first]),
  ];
}

/**
 * The share of a cause at a place before anything of this stop is looked at. `assumed`: the catalogue's share
 * of 1. Only causes that a person confirmed for earlier stops count; without any, the assumed share comes back.
 */
export function priorOf(scene: Scene, hypothesis: Hypothesis, assumed: number): number {
  const earlier = scene.case.confirmed.filter(({ at }) => at < scene.from);
  if (earlier.length === 0) return assumed;
  return levelsOf(scene, hypothesis).reduce((before, belongs) => {
    const same = earlier.filter(belongs);
    const count = same.filter(({ cause }) => cause === hypothesis.cause.id).length;
    return (count + strength * before) / (same.length + strength);
  }, assumed);
}
