import type { Pool } from 'pg';
import { recordKinds } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import { transaction } from '../db.ts';
import { forgetDrafts } from '../keep.ts';
import type { Partitioned } from './partitions.ts';
import { forgetPartitions, makePartitions, partitionOf } from './partitions.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** One statement aggregates at most this much, so that it never holds the database for long. */
const chunkMs = 6 * hourMs;

/*
 * Values are found by series and time, records by kind and time. A server before PostgreSQL 18 uses such an index for
 * a time alone only by reading all of it, so each statement names the series or the kinds: measured on 15, a day of
 * 1.7 million values is looked through in 16 ms instead of 114, and made into minutes in 21 instead of 97.
 */

/**
 * Makes minutes from raw values up to the last whole minute before `upTo`, going back to the oldest value that
 * arrived since the last run. Where a source gave the minute itself from more values, its own stays.
 * Returns how many minutes were made or corrected. Call it on a schedule, `upTo` a little behind now.
 */
export async function rollUpMinutes(pool: Pool, upTo: Millis): Promise<number> {
  const end = Math.floor(upTo / minuteMs) * minuteMs;
  let made = 0;
  for (;;) {
    const start = await startOfWork(pool, end);
    if (start === null) return made;
    const to = Math.min(end, Math.floor(start / chunkMs) * chunkMs + chunkMs);
    await makePartitions(pool, 'signal_minute', [{ at: start }, { at: to - 1 }], upTo);
    made += await transaction(pool, async (tx) => {
      // Values that arrive meanwhile set the mark back again after this.
      await tx.query(`update roll_up set done_to = $1 where done_to <= $1`, [new Date(to)]);
      const answer = await tx.query(
        `insert into signal_minute (series, at, value, low, high, count)
         select series, date_bin('1 minute', at, '2000-01-01'), avg(value), min(value), max(value), count(*)
         from signal where series = any (array(select id from signal_series)) and at >= $1 and at < $2 group by 1, 2
         on conflict (series, at) do update
           set value = excluded.value, low = excluded.low, high = excluded.high, count = excluded.count
           where excluded.count > signal_minute.count`,
        [new Date(start), new Date(to)],
      );
      return answer.rowCount ?? 0;
    });
  }
}

/** The first whole minute that is still to be made; null: none before `end`. Times without values are skipped. */
async function startOfWork(pool: Pool, end: Millis): Promise<Millis | null> {
  const answer = await pool.query<{ at: Date | null }>(
    `select min(first.at) as at from roll_up cross join signal_series cross join lateral (
       select at from signal where series = signal_series.id and at >= done_to and at < $1 order by at limit 1) as first
     where done_to < $1`,
    [new Date(end)],
  );
  const at = answer.rows[0]?.at;
  if (at) return Math.floor(at.getTime() / minuteMs) * minuteMs;
  await pool.query('update roll_up set done_to = $1 where done_to < $1', [new Date(end)]);
  return null;
}

async function dropPartitions(pool: Pool, table: Partitioned, before: Millis): Promise<string[]> {
  const answer = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass order by 1`,
    [table],
  );
  const dropped: string[] = [];
  for (const { name } of answer.rows) {
    const digits = /_(\d{4})(\d\d)(\d\d)?$/.exec(name);
    if (!digits) continue;
    const [, year = '', month = '', day = '01'] = digits;
    const { to } = partitionOf(table, Date.UTC(Number(year), Number(month) - 1, Number(day)));
    if (Date.parse(`${to}T00:00:00Z`) > before) continue;
    await pool.query(`drop table ${name}`);
    dropped.push(name);
  }
  await pool.query(`delete from ${table}_default where at < $1`, [new Date(before)]);
  return dropped;
}

type KeptFor = { rawDays: number; minuteDays: number; eventDays: number };

/**
 * Lets go of what is older than it is kept for: whole partitions of values, single records. Of each key of a
 * record that still changes the newest version stays. Returns what was dropped.
 */
export async function retention(
  pool: Pool,
  now: Millis,
  kept: KeptFor,
): Promise<{ partitions: string[]; events: number }> {
  const before = (days: number): Millis => now - days * 24 * hourMs;
  const partitions = [
    ...(await dropPartitions(pool, 'signal', before(kept.rawDays))),
    ...(await dropPartitions(pool, 'signal_minute', before(kept.minuteDays))),
  ];
  forgetPartitions(pool);
  const old = new Date(before(kept.eventDays));
  // A draft lapses after four hours; what surfaces keep of it is of no use after that.
  await forgetDrafts(pool, now - 24 * hourMs);
  // What a person confirmed of a cause, and its cause record, are knowledge: they stay as decisions do.
  await pool.query(`delete from correction where status <> 'confirmed' and at < $1`, [old]);
  const answer = await pool.query(
    `delete from event where kind = any ($2) and at < $1 and case
       when kind = 'state' then equipment is null or exists (select from event as newer
         where newer.equipment = event.equipment and newer.kind = 'state' and newer.source = event.source
           and (newer.at, newer.id) > (event.at, event.id))
       when kind in ('stock', 'lot') then exists (select from event as newer
         where (newer.source, newer.kind, newer.key) = (event.source, event.kind, event.key)
           and (newer.at, newer.id) > (event.at, event.id))
       else true end`,
    [old, recordKinds],
  );
  return { partitions, events: answer.rowCount ?? 0 };
}

/**
 * Vacuum and statistics. The embedded database has no autovacuum; on a server this does no harm.
 */
export async function tidy(pool: Pool): Promise<void> {
  await pool.query('vacuum (analyze)');
}
