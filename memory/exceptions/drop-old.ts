import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { transaction } from '../db.ts';

/**
 * Drops alerts that were over before `before` and have not been touched since, with what was done with them, where
 * they were told and what they were about. Decisions and what was confirmed of causes stay. Returns how many.
 */
export async function dropOldAlerts(db: Db, before: Millis): Promise<number> {
  return transaction(db, async (tx) => {
    const old = await tx.query<{ id: string; exception: string }>(
      `select alert.id, alert.exception from alert join exception on exception.id = alert.exception
       where alert.changed_at < $1 and exception.ended_at < $1`,
      [new Date(before)],
    );
    const ids = [old.rows.map(({ id }) => id)];
    await tx.query('delete from alert_history where alert = any ($1)', ids);
    await tx.query('delete from message_copy where message_key = any ($1)', ids);
    await tx.query('delete from outbox where message_key = any ($1)', ids);
    await tx.query('delete from alert where id = any ($1)', ids);
    await tx.query(
      `delete from exception where id = any ($1)
         and not exists (select 1 from alert where alert.exception = exception.id)`,
      [old.rows.map(({ exception }) => exception)],
    );
    return old.rows.length;
  });
}
