/** One message to one place of one surface, and what becomes of it where the surface does not take it. */
import { copyAt, keepCopy } from '../../memory/copies.ts';
import { done, fail, type OutboxRow } from '../../memory/outbox.ts';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import type { Messages } from './messages.ts';

type Delivery = {
  look: Look;
  messages: Messages;
  surfaces: () => readonly OpenSurface[];
  clock: Clock;
};
/** Chats that refuse what they are told, by surface and place, so that the log says it once. */
export type Refusing = Map<string, SourceHealth>;

/** First retry after 2 s, doubling to 5 min: a surface that is down for an hour gets about 15 tries. */
const retryMs = (attempts: number): number => Math.min(300_000, 2_000 * 2 ** Math.min(attempts, 8));

/** A channel that does not exist, or a token that is refused: somebody may mend it within this time. */
const refusedForMs = 3_600_000;

/** Tells one row of the outbox; the row says then whether it is done, to be tried again, or given up. */
export async function deliver(at: Delivery, refusing: Refusing, row: OutboxRow): Promise<void> {
  const { look, messages, clock } = at;
  const surface = at.surfaces().find(({ id }) => id === row.surface);
  if (!surface) return giveUp(at, row, `${row.surface} is not configured any more`);
  let isNews = true;
  try {
    const message = await messages.byId(row.key);
    if (!message) return await giveUp(at, row, 'the alert is no longer kept');
    const before = await copyAt(look.db, row.key, row.surface, row.place);
    // Who never heard of it need not hear that it is over.
    isNews = message.state !== 'resolved' || before !== null;
    // After a death between saying and keeping, the surface itself knows the copy: look there before a repeat.
    const copy = before ?? (row.attempts > 1 ? await surface.find(row.key, row.place) : null);
    const place = await surface.tell(message, row.place, copy);
    await keepCopy(look.db, { ...place, place: row.place, key: row.key, version: row.version }, clock());
    await done(look.db, row.id, clock());
    refusing.delete(whereOf(row));
  } catch (error) {
    const refusal = refusalOf(row, error);
    note(look, refusing, row, { refusal, error });
    const isOver = refusal !== null && clock() - row.createdAt >= (isNews ? refusedForMs : 0);
    const retryAt = isOver ? null : retryAtOf(row, error, clock());
    await fail(look.db, row.id, sentenceOf(error), retryAt, clock());
  }
}

const giveUp = ({ look, clock }: Delivery, { id }: OutboxRow, problem: string): Promise<void> =>
  fail(look.db, id, problem, null, clock());

const whereOf = ({ surface, place }: OutboxRow): string => `${surface} ${place}`;

/** null: it did not refuse the message, it only did not take it. */
function refusalOf({ surface, place }: OutboxRow, error: unknown): SourceHealth | null {
  if (!(error instanceof AndonError) || !['not_found', 'unauthorised'].includes(error.code)) return null;
  const unknown = { lastOkAt: null, lastRecordAt: null, clockOffsetMs: null };
  const state = error.code === 'unauthorised' ? 'unauthorised' : 'down';
  const problem = `refuses messages to ${place}: ${sentenceOf(error)}`;
  return { source: surface, system: surface, state, problem, ...unknown };
}

/** A refusal is logged once for each place; everything else each time. */
function note(
  { log }: Look,
  refusing: Refusing,
  row: OutboxRow,
  { refusal, error }: { refusal: SourceHealth | null; error: unknown },
): void {
  const where = whereOf(row);
  if (!refusal) log(`${row.surface} did not take a message, it will be tried again: ${sentenceOf(error)}`);
  else if (!refusing.has(where)) log(`${row.surface} ${refusal.problem}`);
  if (refusal) refusing.set(where, refusal);
}

/** When the surface said, else later with each attempt; never at once: the next look for what is due may come within the same second. */
function retryAtOf({ attempts }: OutboxRow, error: unknown, now: Millis): Millis {
  const asked = error instanceof AndonError ? error.details['retryAt'] : undefined;
  return Math.max(typeof asked === 'number' ? asked : retryMs(attempts) + now, now + 1_000);
}
