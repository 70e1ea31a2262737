import { copyAt, keepCopy } from '../../memory/copies.ts';
import type { Db } from '../../memory/db.ts';
import { transaction } from '../../memory/db.ts';
import { alertById } from '../../memory/exceptions/alerts.ts';
import { claimDue, done, fail, say, type OutboxRow } from '../../memory/outbox.ts';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import type { Messages } from './messages.ts';

/** State first, then messages: changes commit with the rows that tell them; telling renders from the rows. */
export type Tell = {
  /** Runs a change that returns the ids of the alerts to tell anew, and writes their outbox rows in the same transaction. */
  inOneTransaction(change: (tx: Db) => Promise<readonly string[]>): Promise<void>;
  /** Says what is due. Returns how many rows were said. */
  dispatch(now: Millis): Promise<number>;
};

type Options = {
  look: Look;
  messages: Messages;
  surfaces: () => readonly OpenSurface[];
  clock: Clock;
  changed: () => void;
};

/** First retry after 2 s, doubling to 5 min: a surface that is down for an hour gets about 15 tries. */
const retryMs = (attempts: number): number => Math.min(300_000, 2_000 * 2 ** Math.min(attempts, 8));

/** Copies of every alert on every surface, each said once and then changed in place. */
export function openTell({ look, messages, surfaces, clock, changed }: Options): Tell {
  async function rowsFor(tx: Db, alert: string, now: Millis): Promise<void> {
    const row = await alertById(tx, alert);
    if (!row) return;
    const rows = surfaces().flatMap((surface) =>
      surface.placesFor(row.line).map((place) => ({
        key: row.id,
        surface: surface.id,
        place,
        version: row.version,
        body: { kind: 'alert' },
      })),
    );
    await say(tx, rows, now);
  }

  async function sayOne(row: OutboxRow): Promise<void> {
    const surface = surfaces().find(({ id }) => id === row.surface);
    if (!surface) return fail(look.db, row.id, `${row.surface} is not configured any more`, null, clock());
    try {
      const message = await messages.byId(row.key);
      if (!message) return fail(look.db, row.id, 'the alert is no longer kept', null, clock());
      const before = await copyAt(look.db, row.key, row.surface, row.place);
      // After a death between saying and keeping, the surface itself knows the copy: look there before a repeat.
      const at = before ?? (row.attempts > 1 ? await surface.find(row.key, row.place) : null);
      const place = await surface.tell(message, row.place, at);
      await keepCopy(look.db, { ...place, place: row.place, key: row.key, version: row.version }, clock());
      await done(look.db, row.id, clock());
    } catch (error) {
      const asked = error instanceof AndonError ? error.details['retryAt'] : undefined;
      const retryAt = typeof asked === 'number' ? asked : clock() + retryMs(row.attempts);
      look.log(`${row.surface} did not take a message, it will be tried again: ${sentenceOf(error)}`);
      await fail(look.db, row.id, sentenceOf(error), retryAt, clock());
    }
  }

  return {
    async inOneTransaction(change) {
      const alerts = await transaction(look.db, async (tx) => {
        const ids = await change(tx);
        for (const id of ids) await rowsFor(tx, id, clock());
        return ids;
      });
      if (alerts.length > 0) changed();
    },
    async dispatch(now) {
      const rows = await claimDue(look.db, now);
      // One place after another keeps the order; different surfaces do not wait for each other.
      const bySurface = Map.groupBy(rows, ({ surface }) => surface);
      await Promise.all(
        [...bySurface.values()].map(async (list) => {
          for (const row of list) await sayOne(row);
        }),
      );
      return rows.length;
    },
  };
}
