import { afterEach, beforeEach, expect, test } from 'vitest';
import { copiesOf, keepCopy } from '../copies.ts';
import type { Memory } from '../open.ts';
import { say } from '../outbox.ts';
import { openTestMemory } from '../test-database.ts';
import { alertById, alertHistory, changeAlert, listAlerts, markCause } from './alerts.ts';
import { dropOldAlerts } from './drop-old.ts';
import { endException, exceptionById, openException } from './exceptions.ts';

const start = Date.parse('2026-11-20T10:00:00Z');
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
let memory: Memory;
beforeEach(async () => {
  memory = await openTestMemory();
});
afterEach(() => memory.close());

/** Told in a chat and taken; over after `minutes`, or never. */
async function alerted(key: string, minutes: number | null) {
  const { pool } = memory;
  const about = { line: 'line-3', place: null, cause: 'unknown', class: null, since: at(0) };
  const made = await openException(pool, { detector: 'stop', key, severity: 'medium', ...about }, at(1));
  if (!made) throw new Error('not opened');
  const { alert, exception } = made;
  const told = { key: alert.id, surface: 'slack', place: 'C1', version: 0 };
  await say(pool, [told], start);
  await keepCopy(pool, { ...told, id: '17.1' }, start);
  await changeAlert(pool, alert.id, 'acknowledge', { by: 'the supervisor', person: 'sam' }, at(2));
  if (minutes !== null) await endException(pool, exception.id, at(minutes), at(minutes));
  return { alert: alert.id, exception: exception.id };
}

test('what is over long enough goes whole; what is open or was touched since stays', async () => {
  const { pool } = memory;
  const [old, late, open, judged] = [
    await alerted('a', 10),
    await alerted('b', 90),
    await alerted('c', null),
    await alerted('d', 10),
  ];
  await markCause(pool, judged.alert, 'right_cause', { by: 'the supervisor' }, at(70));
  expect(await dropOldAlerts(pool, start + 60 * 60_000)).toBe(1);
  expect(await alertById(pool, old.alert)).toBeNull();
  expect(await exceptionById(pool, old.exception)).toBeNull();
  expect(await alertHistory(pool, old.alert)).toEqual([]);
  expect(await copiesOf(pool, old.alert)).toEqual([]);
  const told = await pool.query<{ key: string }>('select message_key as key from outbox');
  const kept = [late, open, judged].map(({ alert }) => alert).toSorted();
  expect(told.rows.map(({ key }) => key).toSorted()).toEqual(kept);
  const left = await listAlerts(pool, { states: ['acknowledged', 'resolved'] });
  expect(left.map(({ alert }) => alert.id).toSorted()).toEqual(kept);
  expect(await alertHistory(pool, late.alert)).toHaveLength(1);
  expect(await dropOldAlerts(pool, start + 60 * 60_000)).toBe(0);
});

test('alerts of the last hours are found without reading those of years', async () => {
  const { pool } = memory;
  await pool.query(
    `insert into exception (id, detector, key, line, cause, opened_at, since, ended_at)
     select 'x-' || n, 'stop', 'k-' || n, 'line-3', 'unknown', t, t, t + interval '5 minutes'
     from generate_series(1, 20000) n, lateral (select $1::timestamptz - n * interval '1 hour' as t) as time`,
    [at(0)],
  );
  await pool.query(
    `insert into alert (id, exception, line, state, severity, opened_at, changed_at)
     select 'a-' || id, id, line, 'resolved', 'medium', opened_at, ended_at from exception`,
  );
  await pool.query('analyze alert');
  await pool.query('analyze exception');
  const read = async (): Promise<number> => {
    const answer = await client.query<{ read: string }>(
      `select seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables where relname = 'alert'`,
    );
    return Number(answer.rows[0]?.read);
  };
  const client = await pool.connect();
  for (const query of [{ overSince: start - 3 * 3_600_000 }, { since: start - 3 * 3_600_000 }]) {
    await client.query('select pg_stat_force_next_flush()');
    const before = await read();
    expect(await listAlerts(client, { states: ['resolved'], limit: 20, ...query })).toHaveLength(3);
    await client.query('select pg_stat_force_next_flush()');
    expect((await read()) - before).toBeLessThan(100);
  }
  client.release();
});
