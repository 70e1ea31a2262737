import type { Db } from '../../memory/db.ts';
import { transaction } from '../../memory/db.ts';
import { alertById } from '../../memory/exceptions/alerts.ts';
import { claimNext, say, surfacesDue, type OutboxRow } from '../../memory/outbox.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import { deliver, type Refusing } from './deliver.ts';
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

/** What telling works with. */
type Telling = {
  look: Look;
  messages: Messages;
  surfaces: () => readonly OpenSurface[];
  clock: Clock;
  changed: () => void;
};
type State = Telling & {
  refusing: Refusing;
  /** Surfaces that are being told, and whether more came meanwhile: each is told one message after another. */
  busy: Map<string, boolean>;
};

/** Copies of every alert on every surface, each said once and then changed in place. */
export function openTell(telling: Telling): Tell {
  const state: State = { ...telling, refusing: new Map(), busy: new Map() };
  const { look, clock } = telling;
  return {
    inOneTransaction: (change) => inOneTransaction(telling, change),
    refusals: () => [...state.refusing.values()],
    async dispatch() {
      const due = await surfacesDue(look.db, clock());
      await Promise.all(due.map((surface) => tellAll(state, surface)));
    },
  };
}

async function inOneTransaction(
  telling: Telling,
  change: (tx: Db) => Promise<readonly string[]>,
): Promise<void> {
  const { look, clock, changed } = telling;
  const alerts = await transaction(look.db, async (tx) => {
    const ids = await change(tx);
    for (const id of ids) await rowsFor(telling, tx, id, clock());
    return ids;
  });
  if (alerts.length > 0) changed();
}

async function rowsFor({ surfaces }: Telling, tx: Db, alert: string, now: Millis): Promise<void> {
  const row = await alertById(tx, alert);
  if (!row) return;
  const rows = surfaces().flatMap((surface) =>
    surface
      .placesFor(row.line)
      .map((place) => ({ key: row.id, surface: surface.id, place, version: row.version })),
  );
  await say(tx, rows, now);
}

async function tellAll(state: State, surface: string): Promise<void> {
  const { look, clock, busy } = state;
  if (busy.has(surface)) return void busy.set(surface, true);
  try {
    do {
      busy.set(surface, false);
      let row: OutboxRow | null;
      while ((row = await claimNext(look.db, surface, clock()))) await deliver(state, state.refusing, row);
    } while (busy.get(surface));
  } finally {
    busy.delete(surface);
  }
}
