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

export async function startPglite(input: WorkerInput): Promise<EmbeddedDatabase> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
  const lines = new Map<number, { take: (bytes: Uint8Array) => void; gone: (error: Error) => void }>();
  const ask = (message: ToWorker, transfer: ArrayBuffer[] = []): void =>
    worker.postMessage(message, transfer);
  let ids = 0;
  let settle: { resolve(message: FromWorker): void; reject(error: Error): void } | null = null;
  const next = (): Promise<FromWorker> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });

  worker.on('message', (message: FromWorker) => {
    if (message.say === 'bytes') lines.get(message.id)?.take(message.bytes);
    else if (message.say === 'failed') settle?.reject(new Error(message.message));
    else settle?.resolve(message);
  });
  const lost = (error: Error): void => {
    settle?.reject(error);
    for (const line of lines.values()) line.gone(error);
    lines.clear();
  };
  worker.on('error', (error) => lost(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => lost(new Error('the embedded database has ended')));

  try {
    await next();
  } catch (error) {
    await worker.terminate();
    throw new AndonError(
      'internal',
      `The embedded database did not open${input.folder === null ? '' : ` in ${input.folder}`}: ${String(error)}`,
      'Restore a backup into a new folder with npm run restore, or set DATABASE_URL.',
      { cause: error },
    );
  }

  const wire: Wire = {
    open(take, gone) {
      const id = ++ids;
      lines.set(id, { take, gone });
      ask({ ask: 'open', id });
      return {
        send: (bytes) => {
          const own = new Uint8Array(bytes);
          ask({ ask: 'bytes', id, bytes: own }, [own.buffer]);
        },
        end: () => {
          lines.delete(id);
          ask({ ask: 'end', id });
        },
      };
    },
  };

  return {
    stream: () => new PgliteStream(wire),
    async dump() {
      const answer = next();
      ask({ ask: 'dump' });
      const message = await answer;
      if (message.say !== 'dumped') throw new Error('the embedded database did not dump');
      return message.bytes;
    },
    keepsAlive: (yes) => (yes ? worker.ref() : worker.unref()),
    async close() {
      const answer = next();
      ask({ ask: 'close' });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeMs);
      });
      await Promise.race([answer, late]).catch(() => {});
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}
