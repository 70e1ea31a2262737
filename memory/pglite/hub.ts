import type { PGlite } from '@electric-sql/pglite';
import { failure, messagesIn, query, quoted, readCstring, type } from './protocol.ts';
import { acquire, giveUpWaits, openSession, release, type Session } from './session.ts';

/** One wire connection, as the hub sees it. */
export type Caller = {
  /** How it is named in messages: its application name and number. */
  name: string;
  searchPath: string | null;
  /** Channels it listens on. */
  channels: Set<string>;
  /** Bytes that come without being asked for: notifications. */
  push(bytes: Uint8Array): void;
};

/**
 * Lets many connections share the one session PGlite has. A connection that began a transaction keeps the
 * session until it ends; the others wait in order.
 */
export type Hub = {
  lite: PGlite;
  session: Session;
  callers: Set<Caller>;
  /** The one the session stands at now. */
  searchPath: string | null;
  /** From then on every batch is refused. */
  closing: boolean;
};

/** `waitMs`: how long one connection waits for another's transaction; undefined: as long as usual. */
export const openHub = (lite: PGlite, waitMs?: number): Hub => ({
  lite,
  session: openSession(waitMs),
  callers: new Set(),
  searchPath: null,
  closing: false,
});

/** Does anybody but this one listen on the channel? */
export const othersListen = ({ callers }: Hub, caller: Caller, channel: string): boolean =>
  [...callers].some((other) => other !== caller && other.channels.has(channel));

/** Runs a batch of messages that ends in Sync, Query or Flush; the answer's bytes. `sql` is for messages only. */
export async function run(hub: Hub, caller: Caller, batch: Uint8Array, sql: string): Promise<Uint8Array> {
  const { session } = hub;
  if (hub.closing) return failure('57P01', 'the embedded database is closing');
  const refused = await acquire(session, caller);
  if (refused !== null) return failure('55P03', refused);
  if (!hub.callers.has(caller)) {
    release(session);
    return new Uint8Array();
  }
  session.lastSql = sql || session.lastSql;
  if (caller.searchPath !== hub.searchPath) {
    const path = caller.searchPath ?? '"$user", public';
    await send(hub.lite, query(`set search_path to ${path}`));
    hub.searchPath = caller.searchPath;
  }
  const { rest, status } = deliver(hub.callers, await send(hub.lite, batch));
  if (status === 'I') release(session);
  return rest;
}

/** The connection is gone: what it began is undone and what it prepared is dropped. */
export async function leave(hub: Hub, caller: Caller, statements: Iterable<string>): Promise<void> {
  const { lite, session, callers } = hub;
  callers.delete(caller);
  giveUpWaits(session, caller, 'the connection was closed');
  const names = [...statements];
  const unheard = [...caller.channels].filter((channel) => !othersListen(hub, caller, channel));
  if (session.owner !== caller && names.length === 0 && unheard.length === 0) return;
  if ((await acquire(session, caller)) !== null) return;
  await send(lite, query('rollback'));
  for (const name of names) await send(lite, query(`deallocate ${quoted(name)}`));
  for (const channel of unheard) await send(lite, query(`unlisten ${quoted(channel)}`));
  release(session);
}

/** Alone with the database, after everybody who waited before. Throws when the wait is too long. */
export async function alone<T>({ lite, session }: Hub, work: () => Promise<T>): Promise<T> {
  const refused = await acquire(session, { name: 'maintenance' });
  if (refused !== null) throw new Error(refused);
  try {
    // The last raw call left its own reader behind; one plain call gives the database its own back.
    await lite.execProtocol(query('select 1'), { throwOnError: false });
    return await work();
  } finally {
    release(session);
  }
}

/** The raw answer. The plain call would also parse every row of it, which nobody here reads. */
async function raw(lite: PGlite, bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  await lite.execProtocolRawStream(bytes, {
    syncToFs: false,
    // What is handed over lies in the database's memory and changes with the next statement.
    onRawData: (data) => chunks.push(Buffer.from(data)),
  });
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

async function send(lite: PGlite, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await raw(lite, bytes);
  } catch (error) {
    // Whatever was open is undone, so that the session is free for the next one.
    await raw(lite, query('rollback')).catch(() => {});
    return failure('XX000', error instanceof Error ? error.message : String(error));
  }
}

/** Sends notifications to who listens; gives back the rest, and the transaction state it ends in. */
function deliver(callers: Iterable<Caller>, bytes: Uint8Array): { rest: Uint8Array; status: string | null } {
  let status: string | null = null;
  let kept: Uint8Array[] | null = null;
  let keptTo = 0;
  for (const { kind, from, to } of messagesIn(bytes)) {
    if (kind === type.readyForQuery) status = String.fromCharCode(bytes[from + 5] ?? 0);
    if (kind !== type.notification) continue;
    (kept ??= []).push(bytes.subarray(keptTo, from));
    keptTo = to;
    const channel = readCstring(bytes, from + 9).value;
    const copy = new Uint8Array(bytes.subarray(from, to));
    for (const caller of callers) if (caller.channels.has(channel)) caller.push(copy);
  }
  if (kept === null) return { rest: bytes, status };
  return { rest: Buffer.concat([...kept, bytes.subarray(keptTo)]), status };
}
