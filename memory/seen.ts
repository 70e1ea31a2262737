import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** True the first time this event of a surface is seen; a repeated delivery gets false, after a restart too. */
export async function firstTime(db: Db, surface: string, eventId: string, now: Millis): Promise<boolean> {
  const answer = await db.query(
    'insert into seen_event (surface, event_id, seen_at) values ($1, $2, $3) on conflict do nothing',
    [surface, eventId.slice(0, 500), new Date(now)],
  );
  return answer.rowCount === 1;
}

/** Surfaces repeat within hours; older marks are dropped. How many. */
export async function dropOldSeen(db: Db, before: Millis): Promise<number> {
  return (await db.query('delete from seen_event where seen_at < $1', [new Date(before)])).rowCount ?? 0;
}
