import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';
import { transaction } from './db.ts';

/** Something that must be said in one place; who says it renders it from the rows of `key`. */
export type OutboxRow = {
  id: string;
  key: string;
  surface: string;
  place: string;
  version: number;
  createdAt: Millis;
  attempts: number;
  problem: string | null;
};
type ToSay = Pick<OutboxRow, 'key' | 'surface' | 'place' | 'version'>;

/** A claim whose process died is free again after this long. */
const claimLastsMs = 60_000;

type Row = {
  id: string;
  message_key: string;
  surface: string;
  place: string;
  version: number;
  created_at: Date;
  attempts: number;
  problem: string | null;
};
const columns = 'id, message_key, surface, place, version, created_at, attempts, problem';
const rowOf = (row: Row): OutboxRow => ({
  id: row.id,
  key: row.message_key,
  surface: row.surface,
  place: row.place,
  version: row.version,
  createdAt: row.created_at.getTime(),
  attempts: row.attempts,
  problem: row.problem,
});

/**
 * Writes what must be said; call it in the transaction of the change it tells. A newer version of a message
 * takes the place of older ones that were not said yet; the same version twice is one row.
 * Returns the ids of the new rows.
 */
export async function say(db: Db, rows: readonly ToSay[], now: Millis): Promise<string[]> {
  return transaction(db, async (tx) => {
    const made: string[] = [];
    for (const { key, surface, place, version } of rows) {
      await tx.query(
        `update outbox set state = 'superseded', done_at = $5
         where message_key = $1 and surface = $2 and place = $3 and version < $4 and state = 'pending'`,
        [key, surface, place, version, new Date(now)],
      );
      const answer = await tx.query<{ id: string }>(
        `insert into outbox (message_key, surface, place, version, body, due_at, created_at)
         select $1, $2, $3, $4, '{}', $5, $5
         where not exists (select 1 from outbox
           where message_key = $1 and surface = $2 and place = $3 and version > $4)
         on conflict on constraint outbox_once do nothing returning id`,
        [key, surface, place, version, new Date(now)],
      );
      if (answer.rows[0]) made.push(answer.rows[0].id);
    }
    return made;
  });
}

const claimable = `due_at <= $1 and (state = 'pending' or (state = 'claimed' and claimed_at < $2))`;
/** Of one message in one place only one version is on its way at a time, so that an older one cannot arrive last. */
const alone = `not exists (select 1 from outbox other where other.message_key = outbox.message_key
  and other.surface = outbox.surface and other.place = outbox.place and other.id <> outbox.id
  and other.state = 'claimed' and other.claimed_at >= $2)`;
const times = (now: Millis) => [new Date(now), new Date(now - claimLastsMs)];

/** Surfaces for which something is due. */
export async function surfacesDue(db: Db, now: Millis): Promise<string[]> {
  const answer = await db.query<{ surface: string }>(
    `select distinct surface from outbox where ${claimable} and ${alone} order by surface`,
    times(now),
  );
  return answer.rows.map(({ surface }) => surface);
}

/**
 * Takes the row of this surface that is due longest, to say it now; null: none is due, or others have them. One at
 * a time: a claim lasts a minute, and twenty messages may take a slow chat longer.
 */
export async function claimNext(db: Db, surface: string, now: Millis): Promise<OutboxRow | null> {
  const answer = await db.query<Row>(
    `update outbox set state = 'claimed', claimed_at = $1, attempts = attempts + 1
     where id = (select id from outbox where surface = $3 and ${claimable} and ${alone}
       order by due_at, id limit 1 for update skip locked)
     returning ${columns}`,
    [...times(now), surface],
  );
  return answer.rows[0] ? rowOf(answer.rows[0]) : null;
}

/** It was said. */
export async function done(db: Db, id: string, now: Millis): Promise<void> {
  await db.query(`update outbox set state = 'done', done_at = $2, problem = null where id = $1`, [
    id,
    new Date(now),
  ]);
}

/**
 * It could not be said. `retryAt`: when to try again; null: never, a person has to look. A newer version that
 * waits takes its place instead of a retry.
 */
export async function fail(
  db: Db,
  id: string,
  problem: string,
  retryAt: Millis | null,
  now: Millis,
): Promise<void> {
  await db.query(
    `update outbox set problem = $2, claimed_at = null, due_at = coalesce($3, due_at), state = next.state,
       done_at = case when next.state <> 'pending' then $4::timestamptz end
     from (select o.id as of, case
         when exists (select 1 from outbox newer where newer.message_key = o.message_key
           and newer.surface = o.surface and newer.place = o.place and newer.version > o.version)
           then 'superseded'
         when $3::timestamptz is null then 'failed'
         else 'pending' end as state
       from outbox o where o.id = $1) as next
     where id = next.of and outbox.state = 'claimed'`,
    [id, problem.slice(0, 500), retryAt === null ? null : new Date(retryAt), new Date(now)],
  );
}

/** Drops what was said or given up before `before`; how many. */
export async function dropOld(db: Db, before: Millis): Promise<number> {
  const answer = await db.query(
    `delete from outbox where state in ('done', 'superseded', 'failed') and done_at < $1`,
    [new Date(before)],
  );
  return answer.rowCount ?? 0;
}
