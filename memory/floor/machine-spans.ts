import { timelines } from '../../plant/diagnosis/records/timeline.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { MachineSpans } from '../../plant/surface.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { lineOf } from './scope.ts';
import { stateRecords } from './states.ts';

/** What each machine of a line did between two times, cut to them. A machine without a state in that time has no spans. */
export async function machineSpans(
  db: Db,
  plant: Plant,
  line: string,
  from: Millis,
  to: Millis,
): Promise<MachineSpans[]> {
  const found = lineOf(plant, line);
  const byMachine = timelines(await stateRecords(db, found, from, to));
  return found.machines.map(({ id, name }) => ({
    machine: id,
    name,
    spans: (byMachine.get(id) ?? [])
      .map(({ from: start, to: end, state, waiting }) => ({
        from: Math.max(start, from),
        to: Math.min(end, to),
        state,
        waiting,
      }))
      .filter((span) => span.to > span.from),
  }));
}
