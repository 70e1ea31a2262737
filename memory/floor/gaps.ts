import type { RecordOf } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/**
 * Times without data that touch the window, oldest first. `equipment`: gaps of these and of whole sources;
 * left out: all. A gap whose `to` is null goes on; one that was filled later has no length.
 */
export async function gapsIn(
  pool: Db,
  window: { from: Millis; to: Millis },
  equipment?: readonly string[],
): Promise<RecordOf<'gap'>[]> {
  const answer = await pool.query<EventRow>({
    name: 'gaps_in',
    text: `select * from (
       select distinct on (source, key) ${eventColumns} from event
       where kind = 'gap' and at <= $2
         and ($3::text[] is null or equipment is null or equipment = any ($3))
       order by source, key, at desc, observed_at desc, id desc) as gap
     where coalesce((body->>'to')::timestamptz, 'infinity') >= $1
       and (body->>'from')::timestamptz <= $2
       and not (body->>'to' is not distinct from body->>'from' and version > body->>'to')
     order by at, key`,
    values: [new Date(window.from), new Date(window.to), equipment ?? null],
  });
  return answer.rows.map((row) => recordOf(row) as RecordOf<'gap'>);
}
