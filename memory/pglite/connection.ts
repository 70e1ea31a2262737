import type { Caller, Hub } from './hub.ts';
import { cstrings, message, messagesIn, query, readCstring, type, welcome } from './protocol.ts';

const channelOf = (word: string): string =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
const listens = /^\s*listen\s+("(?:[^"]|"")+"|\w+)/i;
const unlistens = /^\s*unlisten\s+(\*|"(?:[^"]|"")+"|\w+)/i;
const copies = /(?:^|;)\s*copy\b/i;

/** Refused inside the database, so that an open transaction fails as it would anywhere. */
const noCopy = query(
  `do $$ begin raise exception 'COPY is not available on the embedded database' using errcode = '0A000', hint = 'insert from unnest() instead'; end $$`,
);
/** `S` in Describe and Close: a statement, not a portal. */
const ofStatement = 0x53;
const nothing = query('do $$ begin end $$');

/** `-c name=value` pairs of a start-up message's `options`. */
function searchPathOf(options: string): string | null {
  const found = /(?:^|\s)(?:-c\s*|--)search_path=((?:\\.|\S)+)/.exec(options);
  return found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? null;
}

/**
 * One PostgreSQL connection over bytes: frames messages, answers the start-up itself, keeps the names of
 * prepared statements apart from other connections', and hands whole batches to the hub in order.
 */
export function openConnection(id: number, hub: Hub, push: (bytes: Uint8Array) => void, version: string) {
  const caller: Caller = { name: `connection ${id}`, searchPath: null, channels: new Set(), push };
  const statements = new Set<string>();
  let started = false;
  let pending: Buffer = Buffer.alloc(0);
  let batch: Uint8Array[] = [];
  let sql = '';
  let replaced: Buffer | null = null;
  let order: Promise<void> = Promise.resolve();
  hub.join(caller);

  const named = (name: string): string => (name === '' ? '' : `c${id}_${name}`);

  function start(bytes: Buffer): void {
    const fields = new Map<string, string>();
    for (let at = 8; at < bytes.length - 1;) {
      const name = readCstring(bytes, at);
      const value = readCstring(bytes, name.next);
      fields.set(name.value, value.value);
      at = value.next;
    }
    caller.searchPath = searchPathOf(fields.get('options') ?? '');
    const application = fields.get('application_name');
    if (application) caller.name = `${application} (connection ${id})`;
    started = true;
    push(welcome(version));
  }

  /** What to send instead, where a statement would reach beyond its own connection. */
  function look(statement: string): Buffer | null {
    const listen = listens.exec(statement)?.[1];
    if (listen) caller.channels.add(channelOf(listen));
    const unlisten = unlistens.exec(statement)?.[1];
    if (unlisten) {
      const gone = unlisten === '*' ? [...caller.channels] : [channelOf(unlisten)];
      for (const channel of gone) caller.channels.delete(channel);
      const free = gone.filter((channel) => !hub.othersListen(caller, channel));
      return free.length === 0
        ? nothing
        : query(free.map((channel) => `unlisten "${channel.replaceAll('"', '""')}"`).join(';'));
    }
    return copies.test(statement) ? noCopy : null;
  }

  function flush(): void {
    const bytes = replaced ?? Buffer.concat(batch);
    const text = sql;
    batch = [];
    replaced = null;
    sql = '';
    order = order.then(async () => {
      push(await hub.run(caller, bytes, text));
    });
  }

  function take(kind: number, whole: Buffer): void {
    const body = whole.subarray(5);
    switch (kind) {
      case type.query: {
        sql = readCstring(body, 0).value;
        replaced = look(sql);
        batch.push(whole);
        flush();
        return;
      }
      case type.parse: {
        const name = readCstring(body, 0);
        sql = readCstring(body, name.next).value;
        replaced ??= look(sql);
        if (name.value) statements.add(named(name.value));
        batch.push(message(kind, Buffer.concat([cstrings(named(name.value)), body.subarray(name.next)])));
        return;
      }
      case type.bind: {
        const portal = readCstring(body, 0);
        const name = readCstring(body, portal.next);
        batch.push(
          message(kind, Buffer.concat([cstrings(portal.value, named(name.value)), body.subarray(name.next)])),
        );
        return;
      }
      case type.describe:
      case type.close: {
        const name = readCstring(body, 1);
        const own = body[0] === ofStatement && name.value !== '' ? named(name.value) : name.value;
        if (kind === type.close) statements.delete(own);
        batch.push(message(kind, Buffer.concat([body.subarray(0, 1), cstrings(own)])));
        return;
      }
      case type.terminate:
        return;
      default:
        batch.push(whole);
        if (kind === type.sync || kind === type.flush || kind === type.copyDone || kind === type.copyFail)
          flush();
    }
  }

  return {
    /** Bytes from the client. */
    write(bytes: Uint8Array): void {
      pending =
        pending.length === 0
          ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
          : Buffer.concat([pending, bytes]);
      if (!started) {
        if (pending.length < 4 || pending.length < pending.readUInt32BE(0)) return;
        const length = pending.readUInt32BE(0);
        start(pending.subarray(0, length));
        pending = pending.subarray(length);
      }
      let done = 0;
      for (const { kind, from, to } of messagesIn(pending)) {
        take(kind, pending.subarray(from, to));
        done = to;
      }
      pending = pending.subarray(done);
    },
    /** The client is gone. */
    async end(): Promise<void> {
      await order.catch(() => {});
      await hub.leave(caller, statements);
    },
  };
}
export type Connection = ReturnType<typeof openConnection>;
