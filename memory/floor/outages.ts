import type { RecordOf } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/** IT systems that went down in the window, of this equipment or of no one's, oldest first. */
export async function outagesIn(
  pool: Db,
  window: { from: Millis; to: Millis },
  equipment: readonly string[],
): Promise<RecordOf<'system'>[]> {
  const answer = await pool.query<EventRow>({
    name: 'outages_in',
    text: `select distinct on (at, source, key) ${eventColumns} from event
       where kind = 'system' and at between $1 and $2 and body->>'event' = 'down'
         and (equipment is null or equipment = any ($3))
       order by at, source, key, observed_at desc, id desc limit 20`,
    values: [new Date(window.from), new Date(window.to), equipment],
  });
  return answer.rows.map((row) => recordOf(row) as RecordOf<'system'>);
}
