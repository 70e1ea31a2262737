import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** A small value that must outlive the process; undefined: never kept. */
export async function kept(db: Db, key: string): Promise<unknown> {
  const answer = await db.query<{ value: unknown }>('select value from keep where key = $1', [key]);
  return answer.rows[0]?.value;
}

/** null forgets it. */
export async function keep(db: Db, key: string, value: unknown, now: Millis): Promise<void> {
  if (value === null) return void (await db.query('delete from keep where key = $1', [key]));
  await db.query(
    `insert into keep (key, value, changed_at) values ($1, $2::jsonb, $3)
     on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [key, JSON.stringify(value), new Date(now)],
  );
}

/**
 * Forgets the copies that surfaces keep of drafts, `<surface>/draft/<id>`, with what people wrote in them; they are
 * made again when somebody asks. `before`: only those last changed before then.
 */
export async function forgetDrafts(db: Db, before: Millis | null): Promise<number> {
  const answer = await db.query(
    `delete from keep where key like '%/draft/%' and ($1::timestamptz is null or changed_at < $1)`,
    [before === null ? null : new Date(before)],
  );
  return answer.rowCount ?? 0;
}
