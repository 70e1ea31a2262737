import { openPlant as openDemoPlant, type OpenPlant, type PlantOptions } from '../../simulator/open-plant.ts';

/** Repairs take as little time as the plant's physics allow: about 150 s. */
const repairS = 1;

/** The demo plant in which a stop is over soon: for tests that wait for its end. */
export function openPlant(options: PlantOptions): OpenPlant {
  const plant = openDemoPlant(options);
  // Whoever looks at it before it lives sees a plant at work, not one that nobody has come to yet.
  for (const _ of plant.unseen());
  return {
    ...plant,
    scheduleStop: (line, inSeconds, cause) => plant.scheduleStop(line, inSeconds, cause, repairS),
  };
}
