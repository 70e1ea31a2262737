import { z } from 'zod';
import type { CauseClass } from './cause-class.ts';

/** The six branches of the fishbone (Ishikawa's 6 M). */
export const fishbone = z.enum(['machine', 'material', 'method', 'man', 'measurement', 'environment']);
type Fishbone = z.infer<typeof fishbone>;

const byClass: Record<CauseClass, Fishbone> = {
  machine: 'machine',
  material: 'material',
  quality: 'measurement',
  people: 'man',
  planning: 'method',
  utilities: 'environment',
  outside: 'environment',
  it: 'machine',
};
const byCause: Readonly<Record<string, Fishbone>> = {
  quality_hold: 'method',
  parameter_changed: 'method',
  startup_after_changeover: 'method',
  sensor_dirty: 'measurement',
  sensor_outage: 'measurement',
};

/** The branch of the fishbone a cause belongs to. */
export const fishboneOf = (cause: string, of: CauseClass | null): Fishbone =>
  byCause[cause] ?? byClass[of ?? 'machine'];
