import { faultSeverity } from '../../plant/diagnosis/frame/breaks.ts';
import { referenceOf } from '../../plant/diagnosis/frame/frame.ts';
import { activityOf } from '../../plant/diagnosis/frame/planned.ts';
import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import { ofKind, producesIn, timeOf } from '../../plant/diagnosis/records/timeline.ts';
import type { Line } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { farthest, jumpMs, jumpsAround, rowsPutRight } from './jumped-clocks.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/** Kinds of which the newest version alone says what is so: an entry that was open gets its end. */
export const newestOnly = ['calendar', 'downtime_event', 'gap', 'maintenance', 'note', 'inspection', 'scrap'];

type StateRow = EventRow & { id: string; inside: boolean };

/** `inside` false: stamped outside this time by a clock that may have jumped, but seen in it. */
async function readStates(db: Db, line: Line, from: Millis, to: Millis): Promise<StateRow[]> {
  const answer = await db.query<StateRow>({
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
    values: [thingsOf(line), ...[from, to, from - jumpMs, to + jumpMs].map((at) => new Date(at))],
  });
  return answer.rows;
}

/** Records by the time that their sources should have told, and the clocks that jumped on the way. */
type Steadied = { records: PlantRecord[]; jumps: readonly ClockJump[] };

const recordsInside = (rows: readonly StateRow[]): PlantRecord[] =>
  rows.flatMap((row) => (row.inside ? [recordOf(row)] : []));

/** Like `stateRecords`, with the clocks by which it put them right. */
export async function steadyStates(db: Db, line: Line, from: Millis, to: Millis): Promise<Steadied> {
  const rows = await readStates(db, line, from, to);
  const jumps = await jumpsAround(db, thingsOf(line), rows, { from, to });
  if (jumps.length === 0) return { records: recordsInside(rows), jumps };
  const by = farthest(jumps);
  const right = rowsPutRight(await readStates(db, line, from - by, to + by), jumps);
  const until = right.filter(({ at }) => at.getTime() <= to);
  return { records: statesFrom(recordsInside(until), from), jumps };
}

/**
 * States of a line and its machines between `from` and `to`, each with the last one before. Oldest first. Where the
 * clock of a source jumped, by the time it should have told.
 */
export const stateRecords = async (db: Db, line: Line, from: Millis, to: Millis): Promise<PlantRecord[]> =>
  (await steadyStates(db, line, from, to)).records;

/** Of each piece of equipment the last state before `from`, and all later ones. */
export function statesFrom(records: readonly PlantRecord[], from: Millis): PlantRecord[] {
  const last = new Map<string, PlantRecord>();
  for (const record of records)
    if (record.kind === 'state' && timeOf(record) < from)
      last.set(`${record.source}/${record.equipment}`, record);
  const kept = new Set(last.values());
  return records.filter((record) => record.kind !== 'state' || timeOf(record) >= from || kept.has(record));
}

const thingsOf = (line: Line): string[] => [line.id, ...line.machines.map((machine) => machine.id)];

/** A plan may allow more time than it took: up to a shift. */
const allowedMs = 8 * 3_600_000;
/** What speaks against a break is looked for from this long before a stop, and which order was worked on. */
const signsMs = 1_200_000;
const ordersMs = 24 * 3_600_000;

/** Like `framingRecords`, with the clocks by which it put them right. */
export async function steadyFraming(db: Db, line: Line, from: Millis, to: Millis): Promise<Steadied> {
  const { records: states, jumps } = await steadyStates(db, line, from, to);
  const begin = beginOf(line, states, from);
  const signsFrom = begin - signsMs;
  const by = jumps.length === 0 ? 0 : farthest(jumps);
  const equipment = thingsOf(line);
  const answer = await db.query<EventRow & { id: string }>({
    name: 'framing_records',
    text: `select ${eventColumns}, id from event
     where (equipment = any ($1) or equipment is null) and kind in ('calendar', 'downtime_event', 'gap')
       and until >= $2 and at <= $4 and body->>'only' is null
     union all
     select ${eventColumns}, id from event
     where equipment = any ($1) and kind in ('alarm', 'lot', 'quality') and at between $3 and $5
       and (kind <> 'alarm' or (body->>'severity')::int > ${faultSeverity})`,
    values: [equipment, ...[begin - allowedMs, signsFrom - by, to, to + by].map((at) => new Date(at))],
  });
  const isSign = ({ kind }: EventRow): boolean => kind === 'alarm' || kind === 'lot' || kind === 'quality';
  const others = rowsPutRight(answer.rows, jumps)
    .filter((row) => !isSign(row) || (row.at.getTime() >= signsFrom && row.at.getTime() <= to))
    .map(recordOf);
  const changes = ofKind(others, 'downtime_event').some((entry) => activityOf(entry) === 'changeover');
  const orders = changes ? await orderRecords(db, equipment, begin - ordersMs, to) : [];
  return { records: [...states, ...others, ...orders], jumps };
}

/**
 * What frames a line's stops between `from` and `to`: its states, and what reaches into that time or into the stop
 * with which it begins: the calendar, the MES's entries, gaps of states, and what speaks for or against a plan.
 */
export const framingRecords = async (db: Db, line: Line, from: Millis, to: Millis): Promise<PlantRecord[]> =>
  (await steadyFraming(db, line, from, to)).records;

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
