import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import { clockJumps, leastMs, steadied } from '../../plant/diagnosis/records/jumps.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

type Row = EventRow & { id: string };
type Span = { from: Millis; to: Millis };

/** How far a clock can have jumped and its records are still found: an hour of summer time, and the delay of a record. */
export const jumpMs = 90 * 60_000;
/** A short time may lie wholly after a jump: what came this long before and after it shows both clocks. */
const aroundMs = 36 * 3_600_000;

/** How far off the time a record lies that a jumped clock stamped, with the delay of the record. */
export const farthest = (jumps: readonly ClockJump[]): number =>
  Math.max(...jumps.map(({ byMs }) => Math.abs(byMs))) + leastMs;

/** Of a time as long as this the records themselves show both clocks, or that some of them only came late. */
const shortMs = 6 * 3_600_000;

type Delays = { least: number; most: number };

/** Delays of each source in these rows, in numbers: most rows tell by them that no clock jumped, and are not looked at again. */
function delaysOf(rows: readonly Row[]): Delays[] {
  const found = new Map<string, Delays>();
  for (const { source, at, observed_at } of rows) {
    const delay = observed_at.getTime() - at.getTime();
    const own = found.get(source);
    if (!own) found.set(source, { least: delay, most: delay });
    else if (delay < own.least) own.least = delay;
    else if (delay > own.most) own.most = delay;
  }
  return [...found.values()];
}

/** States from before and after a span, up to a day and a half from its other end. */
async function statesAround(db: Db, equipment: readonly string[], { from, to }: Span): Promise<Row[]> {
  const answer = await db.query<Row>({
    name: 'states_around',
    text: `select ${eventColumns}, id from event
     where equipment = any ($1) and kind = 'state' and (at >= $2 and at < $3 or at > $4 and at <= $5)`,
    values: [equipment, ...[to - aroundMs, from, to, from + aroundMs].map((at) => new Date(at))],
  });
  return answer.rows;
}

const jumpsIn = (rows: readonly Row[]): ClockJump[] =>
  clockJumps([...new Map(rows.map((row) => [row.id, row])).values()].map(recordOf));

/**
 * The clocks that jumped in a span or near it, by the states of a line in it. No more is read where they came as they
 * happen, or where the span shows the jump itself.
 */
export async function jumpsAround(
  db: Db,
  equipment: readonly string[],
  rows: readonly Row[],
  span: Span,
): Promise<readonly ClockJump[]> {
  const delays = delaysOf(rows);
  const inside = delays.some(({ least, most }) => most - least >= leastMs) ? jumpsIn(rows) : [];
  const isShort = span.to - span.from < shortMs;
  const off = delays.some(({ least, most }) =>
    isShort ? most >= leastMs || least <= -leastMs : least >= leastMs || most <= -leastMs,
  );
  if (!off) return inside;
  return jumpsIn([...rows, ...(await statesAround(db, equipment, span))]);
}

/** The rows by the time that their source should have told. Oldest first. */
export function rowsPutRight<R extends Row>(rows: readonly R[], jumps: readonly ClockJump[]): readonly R[] {
  if (jumps.length === 0) return rows;
  const right = steadied(rows.map(recordOf), jumps);
  return rows
    .map((row, index) => ({ ...row, at: new Date((right[index] as PlantRecord).at) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.observed_at.getTime() - b.observed_at.getTime());
}
