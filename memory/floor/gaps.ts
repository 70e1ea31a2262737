import type { RecordOf } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/**
 * Times without data that touch the window, oldest first: of this equipment and of whole sources. A gap whose `to`
 * is null goes on; one that was filled later has no length.
 */
export async function gapsIn(
  pool: Db,
  window: { from: Millis; to: Millis },
  equipment: readonly string[],
): Promise<RecordOf<'gap'>[]> {
  const answer = await pool.query<EventRow>({
    name: 'gaps_in',
    text: `select ${eventColumns} from event
       where (equipment = any ($3) or equipment is null) and kind = 'gap' and until >= $1 and at <= $2
         and not (body->>'to' is not distinct from body->>'from' and version > body->>'to')
       order by at, key`,
    values: [new Date(window.from), new Date(window.to), equipment],
  });
  return answer.rows.map((row) => recordOf(row) as RecordOf<'gap'>);
}
