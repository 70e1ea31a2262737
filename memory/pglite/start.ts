import { Worker } from 'node:worker_threads';
import { AndonError } from '../../plant/errors.ts';
import { PgliteStream } from './stream.ts';
import type { Wire } from './stream.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker.ts';

/** The embedded database in its own thread. `stream` is handed to `pg`. */
export type EmbeddedDatabase = {
  stream(): PgliteStream;
  /** The whole folder as one tar file's bytes, readable by the same version only. */
  dump(): Promise<Uint8Array>;
  /** Whether the process stays alive for it, as it does at first. */
  keepsAlive(yes: boolean): void;
  /** Checkpoint, close, end the thread. */
  close(): Promise<void>;
};

/** The database has this long to finish what runs before it is closed anyway. */
const closeMs = 15_000;

/** Where a connection's bytes go, and the news that it is lost. */
type Ends = { take: (bytes: Uint8Array) => void; gone: (error: Error) => void };
/** The thread, seen from the main one. */
type Thread = {
  worker: Worker;
  /** Open connections by number. */
  lines: Map<number, Ends>;
  /** The number given last. */
  last: number;
  /** Who waits for the next word that is not about a connection; there is one at a time. */
  settle: { resolve(message: FromWorker): void; reject(error: Error): void } | null;
};

/** `internal` where the database does not open. */
export async function startPglite(input: WorkerInput): Promise<EmbeddedDatabase> {
  const thread = threadOf(new Worker(new URL('./worker.ts', import.meta.url), { workerData: input }));
  const { worker } = thread;
  try {
    await next(thread);
  } catch (error) {
    await worker.terminate();
    throw new AndonError(
      'internal',
      `The embedded database did not open${input.folder === null ? '' : ` in ${input.folder}`}: ${String(error)}`,
      'Restore a backup into a new folder with npm run restore, or set DATABASE_URL.',
      { cause: error },
    );
  }
  return {
    stream: () => new PgliteStream({ open: (take, gone) => openLine(thread, { take, gone }) }),
    async dump() {
      const answer = next(thread);
      ask(thread, { ask: 'dump' });
      const message = await answer;
      if (message.say !== 'dumped') throw new Error('the embedded database did not dump');
      return message.bytes;
    },
    keepsAlive: (yes) => (yes ? worker.ref() : worker.unref()),
    close: () => close(thread),
  };
}

function threadOf(worker: Worker): Thread {
  const thread: Thread = { worker, lines: new Map(), last: 0, settle: null };
  worker.on('message', (message: FromWorker) => {
    if (message.say === 'bytes') thread.lines.get(message.id)?.take(message.bytes);
    else if (message.say === 'failed') thread.settle?.reject(new Error(message.message));
    else thread.settle?.resolve(message);
  });
  worker.on('error', (error) => lost(thread, error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => lost(thread, new Error('the embedded database has ended')));
  return thread;
}

const ask = ({ worker }: Thread, message: ToWorker, transfer: ArrayBuffer[] = []): void =>
  worker.postMessage(message, transfer);

const next = (thread: Thread): Promise<FromWorker> =>
  new Promise((resolve, reject) => {
    thread.settle = { resolve, reject };
  });

function lost({ settle, lines }: Thread, error: Error): void {
  settle?.reject(error);
  for (const line of lines.values()) line.gone(error);
  lines.clear();
}

function openLine(thread: Thread, ends: Ends): ReturnType<Wire['open']> {
  const id = ++thread.last;
  thread.lines.set(id, ends);
  ask(thread, { ask: 'open', id });
  return {
    send: (bytes) => {
      const own = new Uint8Array(bytes);
      ask(thread, { ask: 'bytes', id, bytes: own }, [own.buffer]);
    },
    end: () => {
      thread.lines.delete(id);
      ask(thread, { ask: 'end', id });
    },
  };
}

async function close(thread: Thread): Promise<void> {
  const answer = next(thread);
  ask(thread, { ask: 'close' });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closeMs);
  });
  await Promise.race([answer, late]).catch(() => {});
  clearTimeout(timer);
  await thread.worker.terminate();
}
