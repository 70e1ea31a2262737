/** The embedded database's own thread: a query never holds up the thread that answers people. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { end, openConnection, write, type Connection } from './connection.ts';
import { alone, openHub, type Hub } from './hub.ts';

/** What the thread is started with. `folder: null`: in memory. `load`: a dumped folder to begin with. */
export type WorkerInput = { folder: string | null; load: string | null; waitMs: number | null };
/** From the main thread. */
export type ToWorker =
  | { ask: 'open' | 'end'; id: number }
  | { ask: 'bytes'; id: number; bytes: Uint8Array }
  | { ask: 'dump' | 'close' };
/** To the main thread. */
export type FromWorker =
  | { say: 'ready'; version: string }
  | { say: 'failed'; message: string }
  | { say: 'bytes'; id: number; bytes: Uint8Array }
  | { say: 'dumped'; bytes: Uint8Array }
  | { say: 'closed' };

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread only.');
const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
const input = workerData as WorkerInput;

/** Bytes of their own buffer travel without a copy; a view of the database's memory must be copied first. */
function sayBytes(id: number, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  const own = new Uint8Array(bytes);
  say({ say: 'bytes', id, bytes: own }, [own.buffer]);
}

/** Nothing checkpoints by itself in single-user mode: the log would grow for ever, and with it the time to reopen after a kill. */
const checkpointEveryMs = 20_000;
const checkpointAfterBytes = 64 * 1024 * 1024;

async function checkpointIfGrown(lite: PGlite): Promise<void> {
  const answer = await lite.query<{ grown: boolean }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > ${checkpointAfterBytes} as grown
     from pg_control_checkpoint()`,
  );
  if (answer.rows[0]?.grown) await lite.exec('checkpoint');
}

/** The database and what was opened on it. */
type Served = {
  lite: PGlite;
  hub: Hub;
  /** By the number the main thread gave them. */
  connections: Map<number, Connection>;
  version: string;
  checkpoints: NodeJS.Timeout;
};

async function open(): Promise<Served> {
  const lite = await PGlite.create({
    ...(input.folder === null ? { dataDir: 'memory://' } : { dataDir: input.folder }),
    ...(input.load === null ? {} : { loadDataDir: new Blob([await readFile(input.load)]) }),
    extensions: { vector },
    // The default of 128 MB costs 150 MB of resident memory more and buys no speed at this size.
    postgresqlconf: ['shared_buffers=16MB'],
  });
  const answer = await lite.query<{ version: string }>(`select current_setting('server_version') as version`);
  const hub = openHub(lite, input.waitMs ?? undefined);
  const checkpoints = setInterval(() => {
    // Who waits longer than usual is let pass; the next tick tries again.
    void alone(hub, () => checkpointIfGrown(lite)).catch(() => {});
  }, checkpointEveryMs);
  return { lite, hub, connections: new Map(), version: answer.rows[0]?.version ?? '', checkpoints };
}

function take({ lite, hub, connections, version, checkpoints }: Served, message: ToWorker): void {
  switch (message.ask) {
    case 'open': {
      const { id } = message;
      connections.set(
        id,
        openConnection(id, hub, (bytes) => sayBytes(id, bytes), version),
      );
      return;
    }
    case 'bytes': {
      const connection = connections.get(message.id);
      if (connection) write(connection, message.bytes);
      return;
    }
    case 'end': {
      const connection = connections.get(message.id);
      if (connection) void end(connection);
      connections.delete(message.id);
      return;
    }
    case 'dump':
      void dump(lite, hub);
      return;
    case 'close':
      clearInterval(checkpoints);
      void close(lite, hub);
  }
}

async function dump(lite: PGlite, hub: Hub): Promise<void> {
  try {
    const bytes = await alone(hub, async () => {
      await lite.exec('checkpoint');
      return new Uint8Array(await (await lite.dumpDataDir('none')).arrayBuffer());
    });
    say({ say: 'dumped', bytes }, [bytes.buffer]);
  } catch (error) {
    say({ say: 'failed', message: String(error) });
  }
}

async function close(lite: PGlite, hub: Hub): Promise<void> {
  await alone(hub, async () => {
    hub.closing = true;
    await lite.exec('checkpoint');
  }).catch(() => {
    hub.closing = true;
  });
  await lite.close();
  say({ say: 'closed' });
}

try {
  const served = await open();
  port.on('message', (message: ToWorker) => take(served, message));
  say({ say: 'ready', version: served.version });
} catch (error) {
  say({ say: 'failed', message: error instanceof Error ? error.message : String(error) });
}
