import type { Sighting, Place } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import type { MachineStand } from '../localise/stands.ts';
import type { Scene } from '../scene.ts';
import { producesIn } from '../records/timeline.ts';

const minute = 60_000;

/** Stands of the machine by itself, not for want of product or room, from half an hour before the stop to its end. */
function ownStands(scene: Scene, { origin }: Place): MachineStand[] {
  return (scene.floor.stands.get(origin.entry) ?? []).filter(
    (stand) =>
      (stand.kind === 'internal' || (stand.kind === 'generic' && !follows(scene, stand))) &&
      stand.from >= origin.onset - 30 * minute &&
      stand.from <= scene.end + minute,
  );
}

/** A stand passes on to a coupled neighbour within this. */
const soonMs = 60_000;

/** "Stopped" without an alarm, right after a neighbour: controls that know no word for waiting say so. */
function follows({ floor }: Scene, { machine, from, alarms }: MachineStand): boolean {
  if (alarms.some((alarm) => !alarm.chatters)) return false;
  const beside = [
    ...(floor.flow.into.get(machine) ?? []).map((edge) => edge.from),
    ...(floor.flow.outOf.get(machine) ?? []).map((edge) => edge.to),
  ];
  return beside.some((id) =>
    (floor.stands.get(id) ?? []).some(
      (one) =>
        one.kind !== 'blocked' && one.kind !== 'starved' && one.from < from && one.from >= from - soonMs,
    ),
  );
}

/** Product that lay in a machine as it lost its air or power jams in the first seconds of the next run. */
const restartMs = 30_000;

/** It ran for some seconds after the air or the power had come back, and stopped anew. */
export function stoppedAtRestart(scene: Scene, { origin }: Place): Sighting[] {
  if (scene.after !== 'utilities' || !origin.stand) return [];
  const runs = (scene.states.get(origin.entry) ?? []).filter(producesIn);
  const shift = scene.clocks.shift(origin.entry, origin.stand.span.record.source);
  const run = runs.find(
    ({ from, to }) => to - from <= restartMs && Math.abs(to + shift - origin.onset) <= restartMs,
  );
  return run ? [sighting(scene, [run.record, origin.stand.span.record])] : [];
}

/** A machine that was started and is at a stand again. */
const fallsBack: ReadonlySet<string> = new Set(['Held', 'Aborted', 'Stopped']);

/**
 * The same trouble again and again: the machine stood three times and more, or one alarm of it came three times,
 * each for a while. What is cleared comes back: it is no single jam.
 */
export function againAndAgain(scene: Scene, place: Place): Sighting[] {
  const { entry, onset } = place.origin;
  const stands = ownStands(scene, place);
  const byAlarm = new Map<string, (typeof scene.alarms)[number][]>();
  for (const alarm of scene.alarms) {
    if (alarm.equipment !== entry || alarm.chatters || alarm.says !== 'fault') continue;
    if (alarm.from < onset - 30 * minute || alarm.from > scene.end + minute) continue;
    byAlarm.set(alarm.alarm, [...(byAlarm.get(alarm.alarm) ?? []), alarm]);
  }
  const often = [...byAlarm.values()].find(
    (same) =>
      same.filter(({ from, to }) => to - from >= 20_000).length >= 3 &&
      same.some(({ from }) => stands.some((stand) => Math.abs(from - stand.from) <= 15_000)),
  );
  // Runs of some seconds are tries to start: the states between them still tell that it came back each time.
  const tries = stands.filter(({ spans }) => spans.filter(({ state }) => fallsBack.has(state)).length >= 3);
  if (stands.length >= 3)
    return [
      sighting(
        scene,
        stands.slice(-3).map(({ span }) => span.record),
      ),
    ];
  const [tried] = tries;
  if (tried) return [sighting(scene, [tried.span.record], 0.9)];
  if (often)
    return [
      sighting(
        scene,
        often.slice(0, 3).map(({ record }) => record),
        0.8,
      ),
    ];
  return [];
}
