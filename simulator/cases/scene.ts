import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Told } from '../observers/told.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { ChainLink, OneCause } from './types.ts';

/** A played case as it is judged: what really was, and what the sources told of it. */
export type Scene = {
  floor: Floor;
  line: LineSim;
  plant: Plant;
  told: Told;
  /** Alarms that nothing is behind. */
  noise: ReadonlySet<PlantRecord>;
  source: string;
  causes: readonly OneCause[];
  chain: readonly ChainLink[];
  /** What belongs to it: from before the first cause until the question. */
  from: Millis;
  until: Millis;
};
