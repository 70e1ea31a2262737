import { faultSeverity } from '../../plant/diagnosis/frame/breaks.ts';
import { referenceOf } from '../../plant/diagnosis/frame/frame.ts';
import { activityOf } from '../../plant/diagnosis/frame/planned.ts';
import { clockJumps, steadied } from '../../plant/diagnosis/records/jumps.ts';
import { ofKind, producesIn, timeOf } from '../../plant/diagnosis/records/timeline.ts';
import type { Line } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/** Kinds of which the newest version alone says what is so: an entry that was open gets its end. */
export const newestOnly = ['calendar', 'downtime_event', 'gap', 'maintenance', 'note', 'inspection', 'scrap'];

/** How far a clock can have jumped and its records are still found: an hour of summer time, and the delay of a record. */
export const jumpMs = 90 * 60_000;

/**
 * States of a line and its machines between `from` and `to`, each with the last one before. Oldest first. Where the
 * clock of a source jumped, by the time it should have told; what was seen in that time is looked at for it.
 */
export async function stateRecords(db: Db, line: Line, from: Millis, to: Millis): Promise<PlantRecord[]> {
  const answer = await db.query<EventRow & { id: string; inside: boolean }>({
    name: 'state_records',
    text: `select * from (
       select ${eventColumns}, id, true as inside from event
       where equipment = any ($1) and kind = 'state' and at between $2 and $3
       union all
       select ${eventColumns}, id, false from event
       where equipment = any ($1) and kind = 'state' and (at >= $4 and at < $2 or at > $3 and at <= $5)
         and observed_at between $2 and $3
       union all
       select ${eventColumns}, id, true from unnest($1::text[]) as e (one) cross join lateral (
         select * from event where equipment = e.one and kind = 'state' and at < $2
         order by at desc, observed_at desc, id desc limit 1) as last) as found
     order by at, observed_at, id`,
    values: [thingsOf(line), new Date(from), new Date(to), new Date(from - jumpMs), new Date(to + jumpMs)],
  });
  const outside = answer.rows.some(({ inside }) => !inside);
  const once = outside ? [...new Map(answer.rows.map((row) => [row.id, row])).values()] : answer.rows;
  const seen = once.map(recordOf);
  const jumps = clockJumps(seen);
  if (jumps.length > 0) return steadied(seen, jumps).toSorted((a, b) => timeOf(a) - timeOf(b));
  return outside ? answer.rows.filter(({ inside }) => inside).map(recordOf) : seen;
}

const thingsOf = (line: Line): string[] => [line.id, ...line.machines.map((machine) => machine.id)];

/** A plan may allow more time than it took: up to a shift. */
const allowedMs = 8 * 3_600_000;
/** What speaks against a break is looked for from this long before a stop, and which order was worked on. */
const signsMs = 1_200_000;
const ordersMs = 24 * 3_600_000;

/**
 * What frames a line's stops between `from` and `to`: its states, and what reaches into that time or into the stop
 * with which it begins: the calendar, the MES's entries, gaps of states, and what speaks for or against a plan.
 */
export async function framingRecords(db: Db, line: Line, from: Millis, to: Millis): Promise<PlantRecord[]> {
  const states = await stateRecords(db, line, from, to);
  const begin = beginOf(line, states, from);
  const equipment = thingsOf(line);
  const answer = await db.query<EventRow>({
    name: 'framing_records',
    text: `select ${eventColumns} from event
     where (equipment = any ($1) or equipment is null) and kind in ('calendar', 'downtime_event', 'gap')
       and until >= $2 and at <= $4 and body->>'only' is null
     union all
     select ${eventColumns} from event
     where equipment = any ($1) and kind in ('alarm', 'lot', 'quality') and at between $3 and $4
       and (kind <> 'alarm' or (body->>'severity')::int > ${faultSeverity})`,
    values: [equipment, new Date(begin - allowedMs), new Date(begin - signsMs), new Date(to)],
  });
  const others = answer.rows.map(recordOf);
  const changes = ofKind(others, 'downtime_event').some((entry) => activityOf(entry) === 'changeover');
  const orders = changes ? await orderRecords(db, equipment, begin - ordersMs, to) : [];
  return [...states, ...others, ...orders];
}

/** Orders, by which is told whether there was anything to change over to. */
async function orderRecords(db: Db, equipment: string[], from: Millis, to: Millis): Promise<PlantRecord[]> {
  const answer = await db.query<EventRow>({
    name: 'framing_orders',
    text: `select ${eventColumns} from event where equipment = any ($1) and kind = 'order' and at between $2 and $3`,
    values: [equipment, new Date(from), new Date(to)],
  });
  return answer.rows.map(recordOf);
}

/** When the stop began that goes on at `from`; `from` where the line ran. */
function beginOf(line: Line, states: readonly PlantRecord[], from: Millis): Millis {
  const tells = new Set(states.map(({ equipment }) => equipment));
  const reference = referenceOf(line, (id) => tells.has(id));
  const last = ofKind(states, 'state').find(({ equipment }) => equipment === reference);
  return last && !producesIn(last) ? Math.min(from, timeOf(last)) : from;
}
