import { findStops } from '../../plant/diagnosis/frame/frame.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Stop } from '../../plant/stop.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { lineOf } from './scope.ts';
import { framingRecords } from './states.ts';

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
    const records = await framingRecords(pool, line, window.from, window.to);
    found.push(...findStops({ plant, line, records, window, now }));
  }
  return found.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}
