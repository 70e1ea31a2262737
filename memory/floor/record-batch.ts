import type { Pool } from 'pg';
import type { Batch, MinuteReading, PlantRecord, Reading } from '../../plant/record.ts';
import type { Checkpoint } from '../../plant/source.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { transaction } from '../db.ts';
import { float8Array, int4Array, timeArray } from './binary-array.ts';
import { makePartitions } from './partitions.ts';
import { eventJson, lasts, storableJson } from './rows.ts';
import { seriesNumbers } from './series.ts';

/** How many rows were new, and how many were known already. */
type Recorded = { recorded: number; repeated: number };

/** Rows per statement: larger ones gain nothing and hold the database longer. */
const eventsAtOnce = 5_000;
const valuesAtOnce = 20_000;
/** From this many rows on it pays to try without looking for repeats first: twice as fast when there are none. */
const worthTrying = 1_000;

const knownKinds = new WeakMap<Pool, Set<string>>();
/** For a pool whose tables were emptied behind its back. */
export const forgetKinds = (pool: Pool): boolean => knownKinds.delete(pool);

/** Inserts rows that may be there already; `sql` ends before its conflict clause. Returns how many were new. */
async function insertNew(tx: Db, rows: number, sql: string, values: unknown[]): Promise<number> {
  const skipping = `${sql} on conflict do nothing`;
  if (rows < worthTrying) return (await tx.query(skipping, values)).rowCount ?? 0;
  await tx.query('savepoint rows');
  try {
    const answer = await tx.query(sql, values);
    await tx.query('release savepoint rows');
    return answer.rowCount ?? 0;
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    await tx.query('rollback to savepoint rows');
    return (await tx.query(skipping, values)).rowCount ?? 0;
  }
}

async function recordEvents(tx: Db, batch: Batch): Promise<number> {
  let count = 0;
  for (let at = 0; at < batch.records.length; at += eventsAtOnce) {
    const some = batch.records.slice(at, at + eventsAtOnce);
    count += await insertNew(
      tx,
      some.length,
      `insert into event (source, kind, key, version, equipment, at, observed_at, quality, body, until)
       select s, k, i, v, e, a, o, q, b, u from json_to_recordset($1::json) as r (s text, k text, i text, v text,
         e text, a timestamptz, o timestamptz, q text, b jsonb, u timestamptz)`,
      [eventJson(some)],
    );
    await endReplaced(tx, some);
  }
  return count;
}

/** Of the versions of what has an end the newest alone keeps it. */
async function endReplaced(tx: Db, records: readonly PlantRecord[]): Promise<void> {
  const lasting = records.filter(lasts);
  if (lasting.length === 0) return;
  await tx.query(
    `update event set until = null where until is not null
       and (source, kind, key) in (select s, k, i from json_to_recordset($1::json) as r (s text, k text, i text))
       and exists (select from event as newer
         where (newer.source, newer.kind, newer.key) = (event.source, event.kind, event.key)
           and (newer.at, newer.observed_at, newer.id) > (event.at, event.observed_at, event.id))`,
    [eventJson(lasting)],
  );
}

type SeriesNumber = (equipment: string, signal: string) => number;

/** Values with their series' numbers, in the order of the index they go into: a third less work than as they come. */
function inOrder<T extends Reading>(
  values: readonly T[],
  number: SeriesNumber,
): { series: number[]; values: T[] } {
  const pairs = values.map((value) => ({ series: number(value.equipment, value.signal), value }));
  pairs.sort((a, b) => a.series - b.series || a.value.at - b.value.at);
  return { series: pairs.map((pair) => pair.series), values: pairs.map((pair) => pair.value) };
}

async function recordReadings(tx: Db, readings: readonly Reading[], number: SeriesNumber): Promise<number> {
  let count = 0;
  for (let at = 0; at < readings.length; at += valuesAtOnce) {
    const { series, values: some } = inOrder(readings.slice(at, at + valuesAtOnce), number);
    count += await insertNew(
      tx,
      some.length,
      `insert into signal (series, at, value)
       select * from unnest($1::int[], $2::timestamptz[], $3::float8[])`,
      [int4Array(series), timeArray(some.map((one) => one.at)), float8Array(some.map((one) => one.value))],
    );
  }
  if (readings.length > 0) {
    const oldest = readings.reduce((least, one) => Math.min(least, one.at), Infinity);
    await tx.query('update roll_up set done_to = $1 where done_to > $1', [new Date(oldest)]);
  }
  return count;
}

async function recordMinutes(
  tx: Db,
  minutes: readonly MinuteReading[],
  number: SeriesNumber,
): Promise<number> {
  let count = 0;
  for (let at = 0; at < minutes.length; at += valuesAtOnce) {
    const { series, values: some } = inOrder(minutes.slice(at, at + valuesAtOnce), number);
    count += await insertNew(
      tx,
      some.length,
      `insert into signal_minute (series, at, value, low, high, count)
       select * from unnest($1::int[], $2::timestamptz[], $3::float8[], $4::float8[], $5::float8[], $6::int[])`,
      [
        int4Array(series),
        timeArray(some.map((one) => one.at)),
        float8Array(some.map((one) => one.value)),
        float8Array(some.map((one) => one.low)),
        float8Array(some.map((one) => one.high)),
        int4Array(some.map((one) => one.count)),
      ],
    );
  }
  return count;
}

/** `source` and `kind` pairs that were not given before, as far as this process knows. */
function newKinds(pool: Pool, batch: Batch): [string, string][] {
  const known = knownKinds.get(pool) ?? new Set<string>();
  knownKinds.set(pool, known);
  const fresh = new Map<string, [string, string]>();
  const look = (source: string, kind: string): void => {
    const name = `${source}/${kind}`;
    if (!known.has(name)) fresh.set(name, [source, kind]);
  };
  for (const record of batch.records) look(record.source, record.kind);
  if (batch.readings.length + batch.minutes.length > 0) look(batch.source, 'signal');
  return [...fresh.values()];
}

/**
 * Records a batch whole or not at all, together with its checkpoint. Handing the same one over again changes
 * nothing. `now`: Andon's clock, milliseconds.
 */
export async function recordBatch(pool: Pool, batch: Batch, now: Millis): Promise<Recorded> {
  // Both are harmless when the batch then fails, and must not wait inside its transaction.
  await makePartitions(pool, 'signal', batch.readings, now);
  await makePartitions(pool, 'signal_minute', batch.minutes, now);
  const number = await seriesNumbers(pool, batch.source, [...batch.readings, ...batch.minutes]);
  const kinds = newKinds(pool, batch);
  const recorded = await transaction(pool, async (tx) => {
    const events = await recordEvents(tx, batch);
    const readings = await recordReadings(tx, batch.readings, number);
    const minutes = await recordMinutes(tx, batch.minutes, number);
    if (kinds.length > 0)
      await tx.query(
        'insert into source_kind (source, kind) select * from unnest($1::text[], $2::text[]) on conflict do nothing',
        [kinds.map(([source]) => source), kinds.map(([, kind]) => kind)],
      );
    if (batch.checkpoint !== null)
      await tx.query(
        `insert into checkpoint (source, value, recorded_at) values ($1, $2::jsonb, $3)
         on conflict (source) do update set value = excluded.value, recorded_at = excluded.recorded_at`,
        [batch.source, storableJson(batch.checkpoint), new Date(now)],
      );
    return events + readings + minutes;
  });
  for (const [source, kind] of kinds) knownKinds.get(pool)?.add(`${source}/${kind}`);
  return {
    recorded,
    repeated: batch.records.length + batch.readings.length + batch.minutes.length - recorded,
  };
}

/** Where to go on reading this source; null: from the beginning. */
export async function checkpointOf(pool: Db, source: string): Promise<Checkpoint | null> {
  const answer = await pool.query<{ value: Checkpoint }>('select value from checkpoint where source = $1', [
    source,
  ]);
  return answer.rows[0]?.value ?? null;
}
