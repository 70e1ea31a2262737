import type { MessagePlace } from '../plant/surface.ts';
import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** Where a copy of a message is, and which version it shows. */
type MessageCopy = MessagePlace & { key: string; version: number };

type Row = { message_key: string; surface: string; place: string; copy_id: string; version: number };
const copyOf = (row: Row): MessageCopy => ({
  key: row.message_key,
  surface: row.surface,
  place: row.place,
  id: row.copy_id,
  version: row.version,
});

/** The copies of one message, everywhere. */
export async function copiesOf(db: Db, key: string): Promise<MessageCopy[]> {
  const answer = await db.query<Row>(
    `select message_key, surface, place, copy_id, version from message_copy where message_key = $1
     order by surface, place`,
    [key],
  );
  return answer.rows.map(copyOf);
}

/** The copy of a message in one place; null: it was never told there. */
export async function copyAt(
  db: Db,
  key: string,
  surface: string,
  place: string,
): Promise<MessageCopy | null> {
  return (await copiesOf(db, key)).find((one) => one.surface === surface && one.place === place) ?? null;
}

/** Which message a copy belongs to; null: not one of ours. */
export async function messageAt(
  db: Db,
  surface: string,
  place: string,
  id: string,
): Promise<MessageCopy | null> {
  const answer = await db.query<Row>(
    `select message_key, surface, place, copy_id, version from message_copy
     where surface = $1 and place = $2 and copy_id = $3`,
    [surface, place, id],
  );
  return answer.rows[0] ? copyOf(answer.rows[0]) : null;
}

/** Keeps that this version was told there. An older version never replaces a newer one. */
export async function keepCopy(db: Db, copy: MessageCopy, now: Millis): Promise<void> {
  await db.query(
    `insert into message_copy (message_key, surface, place, copy_id, version, told_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (message_key, surface, place) do update
       set copy_id = excluded.copy_id, version = excluded.version, told_at = excluded.told_at
       where message_copy.version <= excluded.version`,
    [copy.key, copy.surface, copy.place, copy.id, copy.version, new Date(now)],
  );
}
