import { leave, run, type Caller, type Hub } from './hub.ts';
import { cstrings, message, messagesIn, readCstring, startFields, type, welcome } from './protocol.ts';
import { replacementFor } from './statement.ts';

/**
 * One PostgreSQL connection over bytes: frames messages, answers the start-up itself, keeps the names of
 * prepared statements apart from other connections', and hands whole batches to the hub in order.
 */
export type Connection = {
  id: number;
  hub: Hub;
  /** What the start-up is answered with. */
  version: string;
  caller: Caller;
  /** Names of what it prepared, as the database knows them. */
  statements: Set<string>;
  started: boolean;
  /** Bytes of a message that has not come whole. */
  pending: Buffer;
  /** Messages up to the next Sync, Query or Flush. */
  batch: Uint8Array[];
  /** What is sent in place of the batch; null: the batch itself. */
  replaced: Buffer | null;
  sql: string;
  /** Ends with the batch handed over last. */
  order: Promise<void>;
};

/** `S` in Describe and Close: a statement, not a portal. */
const ofStatement = 0x53;

/** `push`: bytes to the client. `version`: of the server, as it is told to the client. */
export function openConnection(
  id: number,
  hub: Hub,
  push: (bytes: Uint8Array) => void,
  version: string,
): Connection {
  const caller: Caller = { name: `connection ${id}`, searchPath: null, channels: new Set(), push };
  hub.callers.add(caller);
  return {
    id,
    hub,
    version,
    caller,
    statements: new Set(),
    started: false,
    pending: Buffer.alloc(0),
    batch: [],
    replaced: null,
    sql: '',
    order: Promise.resolve(),
  };
}

/** Takes bytes from the client. */
export function write(connection: Connection, bytes: Uint8Array): void {
  let pending =
    connection.pending.length === 0
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      : Buffer.concat([connection.pending, bytes]);
  connection.pending = pending;
  if (!connection.started) {
    if (pending.length < 4 || pending.length < pending.readUInt32BE(0)) return;
    const length = pending.readUInt32BE(0);
    start(connection, pending.subarray(0, length));
    pending = pending.subarray(length);
  }
  let done = 0;
  for (const { kind, from, to } of messagesIn(pending)) {
    take(connection, kind, pending.subarray(from, to));
    done = to;
  }
  connection.pending = pending.subarray(done);
}

/** The client is gone. */
export async function end({ order, hub, caller, statements }: Connection): Promise<void> {
  await order.catch(() => {});
  await leave(hub, caller, statements);
}

/** `-c name=value` pairs of a start-up message's `options`. */
function searchPathOf(options: string): string | null {
  const found = /(?:^|\s)(?:-c\s*|--)search_path=((?:\\.|\S)+)/.exec(options);
  return found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? null;
}

function start(connection: Connection, bytes: Buffer): void {
  const { id, caller, version } = connection;
  const fields = startFields(bytes);
  caller.searchPath = searchPathOf(fields.get('options') ?? '');
  const application = fields.get('application_name');
  if (application) caller.name = `${application} (connection ${id})`;
  connection.started = true;
  caller.push(welcome(version));
}

/** One message into the batch; what ends a batch hands it over. */
function take(connection: Connection, kind: number, whole: Buffer): void {
  const { batch, statements } = connection;
  const body = whole.subarray(5);
  const named = (name: string): string => (name === '' ? '' : `c${connection.id}_${name}`);
  switch (kind) {
    case type.query: {
      connection.sql = readCstring(body, 0).value;
      connection.replaced = replacementFor(connection.sql, connection.caller, connection.hub);
      batch.push(whole);
      return flush(connection);
    }
    case type.parse: {
      const name = readCstring(body, 0);
      connection.sql = readCstring(body, name.next).value;
      connection.replaced ??= replacementFor(connection.sql, connection.caller, connection.hub);
      if (name.value) statements.add(named(name.value));
      batch.push(message(kind, Buffer.concat([cstrings(named(name.value)), body.subarray(name.next)])));
      return;
    }
    case type.bind: {
      const portal = readCstring(body, 0);
      const name = readCstring(body, portal.next);
      const names = cstrings(portal.value, named(name.value));
      batch.push(message(kind, Buffer.concat([names, body.subarray(name.next)])));
      return;
    }
    case type.describe:
    case type.close: {
      const name = readCstring(body, 1);
      const own = body[0] === ofStatement ? named(name.value) : name.value;
      if (kind === type.close) statements.delete(own);
      batch.push(message(kind, Buffer.concat([body.subarray(0, 1), cstrings(own)])));
      return;
    }
    case type.terminate:
      return;
    default:
      batch.push(whole);
      if (kind === type.sync || kind === type.flush || kind === type.copyDone || kind === type.copyFail)
        flush(connection);
  }
}

function flush(connection: Connection): void {
  const { hub, caller, sql, replaced, batch } = connection;
  const bytes = replaced ?? Buffer.concat(batch);
  connection.batch = [];
  connection.replaced = null;
  connection.sql = '';
  connection.order = connection.order.then(async () => {
    caller.push(await run(hub, caller, bytes, sql));
  });
}
