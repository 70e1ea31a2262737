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

type Model = {
  /** null: not loaded, or ended. */
  worker: Worker | null;
  /** By the number of the batch. */
  pending: Map<number, Pending>;
  last: number;
  closed: boolean;
};

/**
 * The sentence model that comes inside the package: Universal Sentence Encoder lite, 512 dimensions, English.
 * It computes on the calling thread, therefore the worker; 75 to 90 MB once loaded, nothing before.
 */
export function openEmbeddings(): Embeddings {
  const model: Model = { worker: null, pending: new Map(), last: 0, closed: false };
  return {
    modelId: 'energetic-ai/use-lite-en@512#0.2.0',
    dims: 512,
    async embed(texts) {
      const vectors: number[][] = [];
      for (let from = 0; from < texts.length; from += mostAtOnce) {
        if (model.closed)
          throw new AndonError('busy', 'The sentence model is closed.', 'Ask again when Andon runs.');
        vectors.push(...(await send(model, texts.slice(from, from + mostAtOnce))));
      }
      return vectors;
    },
    async close() {
      model.closed = true;
      const running = model.worker;
      failAll(model, 'the sentence model was closed');
      await running?.terminate();
    },
  };
}

const send = (model: Model, texts: readonly string[]): Promise<number[][]> =>
  new Promise((resolve, reject) => {
    model.last += 1;
    model.pending.set(model.last, { resolve, reject });
    const to = workerOf(model);
    to.ref();
    to.postMessage({ id: model.last, texts: texts.map((text) => text.slice(0, longestText)) });
  });

function workerOf(model: Model): Worker {
  if (model.worker) return model.worker;
  const { pending } = model;
  const fresh = new Worker(new URL('./worker.ts', import.meta.url));
  fresh.on('message', ({ id, vectors, failed: why }: Reply) => {
    const waiting = pending.get(id);
    pending.delete(id);
    // An idle model must not keep the process alive.
    if (pending.size === 0) fresh.unref();
    if (vectors) waiting?.resolve(vectors);
    else waiting?.reject(failed(why));
  });
  fresh.on('error', (error) => failAll(model, error));
  fresh.on('exit', () => model.worker === fresh && failAll(model, 'the worker ended'));
  model.worker = fresh;
  return fresh;
}

function failAll(model: Model, error: unknown): void {
  model.worker = null;
  for (const { reject } of model.pending.values()) reject(failed(error));
  model.pending.clear();
}

const failed = (error: unknown): AndonError =>
  new AndonError(
    'internal',
    `The embedded sentence model failed: ${error instanceof Error ? error.message : String(error)}`,
    'Decisions are still found by their words.',
    { cause: error },
  );
