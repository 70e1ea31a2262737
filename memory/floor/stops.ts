import { framesOf } from '../../plant/diagnosis/frame/frame.ts';
import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import { timelines } from '../../plant/diagnosis/records/timeline.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Stop } from '../../plant/stop.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { lineOf } from './scope.ts';
import { steadyFraming } from './states.ts';

/** The clocks that jumped where a stop was listed: its case is gathered by the same, and a stop as it is told knows none. */
const jumpsOfListed = new WeakMap<Stop, readonly ClockJump[]>();

/** Clocks that jumped where this stop was listed. undefined: it does not come from a list. */
export const jumpsOf = (stop: Stop): readonly ClockJump[] | undefined => jumpsOfListed.get(stop);

/**
 * Stops of these lines that touch the window, oldest first, planned ones marked. `durationS` of a stop that
 * goes on runs to `now`. Throws `not_found` for an unknown line.
 */
export async function listStops(
  pool: Db,
  plant: Plant,
  lines: readonly string[],
  window: { from: Millis; to: Millis },
  now: Millis,
): Promise<Stop[]> {
  const found: Stop[] = [];
  for (const id of lines) {
    const line = lineOf(plant, id);
    const { records, jumps } = await steadyFraming(pool, line, window.from, window.to);
    for (const { stop } of framesOf({ plant, line, records, window, now }, timelines(records))) {
      jumpsOfListed.set(stop, jumps);
      found.push(stop);
    }
  }
  return found.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}
