import { Worker } from 'node:worker_threads';
import { AndonError } from '../../../plant/errors.ts';

/** Texts to vectors of unit length, `dims` numbers each. The model loads on the first call, in a worker thread. */
type Embeddings = {
  /** Provider, model and version: to be kept on every row, never mixed in one query. */
  modelId: string;
  dims: number;
  /** Throws `AndonError` with `internal` when the model cannot be loaded. An empty text has a vector too. */
  embed(texts: readonly string[]): Promise<number[][]>;
  close(): Promise<void>;
};

type Reply = { id: number; vectors?: number[][]; failed?: string };
type Pending = { resolve(vectors: number[][]): void; reject(error: unknown): void };

/** The encoder reads a sentence; what stands later in a long text changes the vector no more than it costs. */
const longestText = 2_000;
/** About 20 ms CPU per text: batches this large leave the worker free for a question every third of a second. */
const mostAtOnce = 16;

/**
 * The sentence model that comes inside the package: Universal Sentence Encoder lite, 512 dimensions, English.
 * It computes on the calling thread, therefore the worker; 75 to 90 MB once loaded, nothing before.
 * `folder` is not needed by this model (its weights are in the package) and kept for those that fetch theirs.
 */
export function openEmbeddings(_options: { folder?: string } = {}): Embeddings {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let last = 0;
  let closed = false;

  const failAll = (error: unknown): void => {
    worker = null;
    for (const { reject } of pending.values()) reject(failed(error));
    pending.clear();
  };
  const started = (): Worker => {
    if (worker) return worker;
    const fresh = new Worker(new URL('./worker.ts', import.meta.url));
    fresh.on('message', ({ id, vectors, failed: why }: Reply) => {
      const waiting = pending.get(id);
      pending.delete(id);
      // An idle model must not keep the process alive.
      if (pending.size === 0) fresh.unref();
      if (vectors) waiting?.resolve(vectors);
      else waiting?.reject(failed(why));
    });
    fresh.on('error', failAll);
    fresh.on('exit', () => worker === fresh && failAll('the worker ended'));
    worker = fresh;
    return fresh;
  };
  const send = (texts: readonly string[]): Promise<number[][]> =>
    new Promise((resolve, reject) => {
      last += 1;
      pending.set(last, { resolve, reject });
      const to = started();
      to.ref();
      to.postMessage({ id: last, texts: texts.map((text) => text.slice(0, longestText)) });
    });

  return {
    modelId: 'energetic-ai/use-lite-en@512#0.2.0',
    dims: 512,
    async embed(texts) {
      const vectors: number[][] = [];
      for (let from = 0; from < texts.length; from += mostAtOnce) {
        if (closed)
          throw new AndonError('busy', 'The sentence model is closed.', 'Ask again when Andon runs.');
        vectors.push(...(await send(texts.slice(from, from + mostAtOnce))));
      }
      return vectors;
    },
    async close() {
      closed = true;
      const running = worker;
      failAll('the sentence model was closed');
      await running?.terminate();
    },
  };
}

const failed = (error: unknown): AndonError =>
  new AndonError(
    'internal',
    `The embedded sentence model failed: ${error instanceof Error ? error.message : String(error)}`,
    'Decisions are still found by their words.',
    { cause: error },
  );
