import { openPlant as openDemoPlant, type OpenPlant, type PlantOptions } from '../../simulator/open-plant.ts';

/** Repairs take as little time as the plant's physics allow. */
const repairS = 1;

/** The demo plant without a past, in which a stop is over soon: for tests that wait for its end. */
export function openPlant({ liveStop, ...options }: PlantOptions): OpenPlant {
  const plant = openDemoPlant({ ...options, pastDays: 0, liveStop: null });
  const scheduleStop: OpenPlant['scheduleStop'] = (line, inSeconds, cause) =>
    plant.scheduleStop(line, inSeconds, cause, repairS);
  if (liveStop) scheduleStop(liveStop.line ?? 'line-3', liveStop.inSeconds ?? 10, liveStop.cause);
  return { ...plant, scheduleStop };
}
