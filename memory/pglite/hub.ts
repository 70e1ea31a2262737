import type { PGlite } from '@electric-sql/pglite';
import { failure, messagesIn, query, readCstring, type } from './protocol.ts';

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

type Waiter = { caller: Caller; go: () => void; giveUp: (sentence: string) => void; timer: NodeJS.Timeout };

/** The wait for another connection's transaction ends after this, so that a forgotten one is named instead of hanging everything. */
const defaultWaitMs = 30_000;

/**
 * Lets many connections share the one session PGlite has. A connection that began a transaction keeps the
 * session until it ends; the others wait in order.
 */
export function openHub(lite: PGlite, waitMs = defaultWaitMs) {
  let owner: Caller | null = null;
  let ownedSince = 0;
  let lastSql = '';
  let searchPath: string | null = null;
  let closing = false;
  const queue: Waiter[] = [];
  const callers = new Set<Caller>();

  function acquire(caller: Caller): Promise<string | null> {
    if (owner === caller) return Promise.resolve(null);
    if (owner === null && queue.length === 0) {
      owner = caller;
      ownedSince = Date.now();
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        caller,
        go: () => {
          clearTimeout(waiter.timer);
          owner = caller;
          ownedSince = Date.now();
          resolve(null);
        },
        giveUp: (sentence) => {
          clearTimeout(waiter.timer);
          const at = queue.indexOf(waiter);
          if (at >= 0) queue.splice(at, 1);
          resolve(sentence);
        },
        timer: setTimeout(() => {
          waiter.giveUp(
            `waited ${waitMs} ms for the embedded database: ${owner?.name ?? 'nobody'} has held it for ` +
              `${Date.now() - ownedSince} ms, last statement: ${lastSql.slice(0, 120)}`,
          );
        }, waitMs),
      };
      queue.push(waiter);
    });
  }

  function release(): void {
    owner = null;
    queue.shift()?.go();
  }

  /** The raw answer. The plain call would also parse every row of it, which nobody here reads. */
  async function raw(bytes: Uint8Array): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    await lite.execProtocolRawStream(bytes, {
      syncToFs: false,
      // What is handed over lies in the database's memory and changes with the next statement.
      onRawData: (data) => chunks.push(Buffer.from(data)),
    });
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  async function send(bytes: Uint8Array): Promise<Uint8Array> {
    try {
      return await raw(bytes);
    } catch (error) {
      // Whatever was open is undone, so that the session is free for the next one.
      await raw(query('rollback')).catch(() => {});
      return failure('XX000', error instanceof Error ? error.message : String(error));
    }
  }

  /** Sends notifications to who listens; gives back the rest, and the transaction state it ends in. */
  function deliver(bytes: Uint8Array): { rest: Uint8Array; status: string | null } {
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

  return {
    join(caller: Caller): void {
      callers.add(caller);
    },
    /** Does anybody but this one listen on the channel? */
    othersListen: (caller: Caller, channel: string): boolean =>
      [...callers].some((other) => other !== caller && other.channels.has(channel)),
    /** Runs a batch of messages that ends in Sync, Query or Flush; the answer's bytes. `sql` is for messages only. */
    async run(caller: Caller, batch: Uint8Array, sql: string): Promise<Uint8Array> {
      if (closing) return failure('57P01', 'the embedded database is closing');
      const refused = await acquire(caller);
      if (refused !== null) return failure('55P03', refused);
      if (!callers.has(caller)) {
        release();
        return new Uint8Array();
      }
      lastSql = sql || lastSql;
      if (caller.searchPath !== searchPath) {
        const path = caller.searchPath ?? '"$user", public';
        await send(query(`set search_path to ${path}`));
        searchPath = caller.searchPath;
      }
      const { rest, status } = deliver(await send(batch));
      if (status === 'I') release();
      return rest;
    },
    /** The connection is gone: what it began is undone and what it prepared is dropped. */
    async leave(caller: Caller, statements: Iterable<string>): Promise<void> {
      callers.delete(caller);
      for (const waiter of queue.filter((one) => one.caller === caller))
        waiter.giveUp('the connection was closed');
      const names = [...statements];
      const unheard = [...caller.channels].filter(
        (channel) => ![...callers].some((other) => other.channels.has(channel)),
      );
      if (owner !== caller && names.length === 0 && unheard.length === 0) return;
      if ((await acquire(caller)) !== null) return;
      await send(query('rollback'));
      for (const name of names) await send(query(`deallocate "${name.replaceAll('"', '""')}"`));
      for (const channel of unheard) await send(query(`unlisten "${channel.replaceAll('"', '""')}"`));
      release();
    },
    /** Alone with the database, after everybody who waited before. */
    async alone<T>(work: () => Promise<T>): Promise<T> {
      const caller: Caller = { name: 'maintenance', searchPath: null, channels: new Set(), push: () => {} };
      const refused = await acquire(caller);
      if (refused !== null) throw new Error(refused);
      try {
        // The last raw call left its own reader behind; one plain call gives the database its own back.
        await lite.execProtocol(query('select 1'), { throwOnError: false });
        return await work();
      } finally {
        release();
      }
    },
    /** From now on every batch is refused. */
    stop(): void {
      closing = true;
    },
  };
}
export type Hub = ReturnType<typeof openHub>;
