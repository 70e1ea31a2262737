import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** What a conversation is about, as it was understood: names, times, the last question's kind. Never its text. */
export type ThreadContext = Readonly<Record<string, unknown>>;

/** Follow-ups make sense for a day. */
export const threadLastsMs = 24 * 3_600_000;

/** What is known of a thread; null: nothing, or it is older than a day. */
export async function threadContext(
  db: Db,
  surface: string,
  thread: string,
  now: Millis,
): Promise<ThreadContext | null> {
  const answer = await db.query<{ resolved: ThreadContext }>(
    'select resolved from thread where surface = $1 and thread = $2 and expires_at > $3',
    [surface, thread, new Date(now)],
  );
  return answer.rows[0]?.resolved ?? null;
}

/** Keeps what a thread is about for a day from now. `person`: whose it is, so that it can be erased. */
export async function keepThread(
  db: Db,
  surface: string,
  thread: string,
  resolved: ThreadContext,
  person: string | null,
  now: Millis,
): Promise<void> {
  await db.query(
    `insert into thread (surface, thread, person, resolved, expires_at) values ($1, $2, $3, $4::jsonb, $5)
     on conflict (surface, thread) do update
       set person = excluded.person, resolved = excluded.resolved, expires_at = excluded.expires_at`,
    [surface, thread, person, JSON.stringify(resolved), new Date(now + threadLastsMs)],
  );
}

/** Drops what is older than a day; how many. */
export async function dropOldThreads(db: Db, now: Millis): Promise<number> {
  return (await db.query('delete from thread where expires_at <= $1', [new Date(now)])).rowCount ?? 0;
}
