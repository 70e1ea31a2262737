import { copyAt, keepCopy } from '../../memory/copies.ts';
import type { Db } from '../../memory/db.ts';
import { transaction } from '../../memory/db.ts';
import { alertById } from '../../memory/exceptions/alerts.ts';
import { claimNext, done, fail, say, surfacesDue, type OutboxRow } from '../../memory/outbox.ts';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import type { Messages } from './messages.ts';

/** State first, then messages: changes commit with the rows that tell them; telling renders from the rows. */
export type Tell = {
  /** Runs a change that returns the ids of the alerts to tell anew, and writes their outbox rows in the same transaction. */
  inOneTransaction(change: (tx: Db) => Promise<readonly string[]>): Promise<void>;
  /** Says what is due, the surfaces beside each other. One that is being told already goes on with what came meanwhile. */
  dispatch(): Promise<void>;
  /** Chats that refuse what they are told, until they take a message again; one for each place. */
  refusals(): SourceHealth[];
};

/** `inOneTransaction` for a change that is answered with what it made. */
export async function changing<T>(
  tell: Tell,
  change: (tx: Db) => Promise<{ after: T; alerts: readonly string[] }>,
): Promise<T> {
  const made: T[] = [];
  await tell.inOneTransaction(async (tx) => {
    const { after, alerts } = await change(tx);
    made.push(after);
    return alerts;
  });
  return made[0] as T;
}

type Options = {
  look: Look;
  messages: Messages;
  surfaces: () => readonly OpenSurface[];
  clock: Clock;
  changed: () => void;
};

/** First retry after 2 s, doubling to 5 min: a surface that is down for an hour gets about 15 tries. */
const retryMs = (attempts: number): number => Math.min(300_000, 2_000 * 2 ** Math.min(attempts, 8));

/** A channel that does not exist, or a token that is refused: somebody may mend it within this time. */
const refusedForMs = 3_600_000;
/** null: it did not refuse the message, it only did not take it. */
function refusalOf({ surface, place }: OutboxRow, error: unknown): SourceHealth | null {
  if (!(error instanceof AndonError) || !['not_found', 'unauthorised'].includes(error.code)) return null;
  const unknown = { lastOkAt: null, lastRecordAt: null, clockOffsetMs: null };
  const state = error.code === 'unauthorised' ? 'unauthorised' : 'down';
  const problem = `refuses messages to ${place}: ${sentenceOf(error)}`;
  return { source: surface, system: surface, state, problem, ...unknown };
}

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
      })),
    );
    await say(tx, rows, now);
  }

  /** By surface and place, so that the log says it once. */
  const refusing = new Map<string, SourceHealth>();
  async function sayOne(row: OutboxRow): Promise<void> {
    const surface = surfaces().find(({ id }) => id === row.surface);
    const failed = (problem: string, retryAt: Millis | null) =>
      fail(look.db, row.id, problem, retryAt, clock());
    if (!surface) return failed(`${row.surface} is not configured any more`, null);
    const where = `${row.surface} ${row.place}`;
    let patienceMs = refusedForMs;
    try {
      const message = await messages.byId(row.key);
      if (!message) return await failed('the alert is no longer kept', null);
      const before = await copyAt(look.db, row.key, row.surface, row.place);
      // Who never heard of it need not hear that it is over.
      if (message.state === 'resolved' && !before) patienceMs = 0;
      // After a death between saying and keeping, the surface itself knows the copy: look there before a repeat.
      const at = before ?? (row.attempts > 1 ? await surface.find(row.key, row.place) : null);
      const place = await surface.tell(message, row.place, at);
      await keepCopy(look.db, { ...place, place: row.place, key: row.key, version: row.version }, clock());
      await done(look.db, row.id, clock());
      refusing.delete(where);
    } catch (error) {
      const refusal = refusalOf(row, error);
      if (!refusal)
        look.log(`${row.surface} did not take a message, it will be tried again: ${sentenceOf(error)}`);
      else if (!refusing.has(where)) look.log(`${row.surface} ${refusal.problem}`);
      if (refusal) refusing.set(where, refusal);
      const asked = error instanceof AndonError ? error.details['retryAt'] : undefined;
      // Never at once: the next look for what is due may come within the same second.
      const retryAt = Math.max(
        typeof asked === 'number' ? asked : retryMs(row.attempts) + clock(),
        clock() + 1_000,
      );
      const isOver = refusal !== null && clock() - row.createdAt >= patienceMs;
      await failed(sentenceOf(error), isOver ? null : retryAt);
    }
  }

  /** Surfaces that are being told, and whether more came meanwhile: each is told one message after another. */
  const telling = new Map<string, boolean>();
  async function tellAll(surface: string): Promise<void> {
    if (telling.has(surface)) return void telling.set(surface, true);
    try {
      do {
        telling.set(surface, false);
        let row: OutboxRow | null;
        while ((row = await claimNext(look.db, surface, clock()))) await sayOne(row);
      } while (telling.get(surface));
    } finally {
      telling.delete(surface);
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
    refusals: () => [...refusing.values()],
    async dispatch() {
      await Promise.all((await surfacesDue(look.db, clock())).map(tellAll));
    },
  };
}
