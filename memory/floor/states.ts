import type { Line } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/** Kinds of which the newest version alone says what is so: an entry that was open gets its end. */
export const newestOnly = ['calendar', 'downtime_event', 'gap', 'maintenance', 'note', 'inspection', 'scrap'];

/** Plans and entries that began this long before a time can still reach into it. */
const reachMs = 36 * 3_600_000;

/**
 * What frames a line's stops between `from` and `to`: states of its machines with the last one before,
 * the calendar, the MES's entries and gaps of states, each in its newest version. Oldest first.
 */
export async function framingRecords(db: Db, line: Line, from: Millis, to: Millis): Promise<PlantRecord[]> {
  const equipment = [line.id, ...line.machines.map((machine) => machine.id)];
  const answer = await db.query<EventRow>({
    name: 'framing_records',
    // The key tells most rows apart: compared first, a sort looks at little else.
    text: `select ${eventColumns} from (
       select ${eventColumns}, id from event
       where equipment = any ($1) and kind = 'state' and at between $2 and $3
       union all
       select ${eventColumns}, id from unnest($1::text[]) as e (one) cross join lateral (
         select * from event where equipment = e.one and kind = 'state' and at < $2
         order by at desc, observed_at desc, id desc limit 1) as last
       union all
       (select distinct on (key, kind, source) ${eventColumns}, id from event
        where (equipment = any ($1) or equipment is null) and kind in ('calendar', 'downtime_event', 'gap')
          and at between $4 and $3
        order by key, kind, source, at desc, observed_at desc, id desc)
     ) as found where body->>'only' is null order by at, observed_at, id`,
    values: [equipment, new Date(from), new Date(to), new Date(from - reachMs)],
  });
  return answer.rows.map(recordOf);
}
