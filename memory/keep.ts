import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** A small value that must outlive the process; undefined: never kept. */
export async function kept(db: Db, key: string): Promise<unknown> {
  const answer = await db.query<{ value: unknown }>('select value from keep where key = $1', [key]);
  return answer.rows[0]?.value;
}

export async function keep(db: Db, key: string, value: unknown, now: Millis): Promise<void> {
  await db.query(
    `insert into keep (key, value, changed_at) values ($1, $2::jsonb, $3)
     on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [key, JSON.stringify(value ?? null), new Date(now)],
  );
}

/** Keys that begin so, with their values. */
export async function keptUnder(db: Db, prefix: string): Promise<Map<string, unknown>> {
  const answer = await db.query<{ key: string; value: unknown }>(
    'select key, value from keep where starts_with(key, $1) order by key',
    [prefix],
  );
  return new Map(answer.rows.map((row) => [row.key, row.value]));
}

export async function forget(db: Db, key: string): Promise<void> {
  await db.query('delete from keep where key = $1', [key]);
}
