import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Job, Result } from './jobs.ts';

type Message = { ready?: true; id?: number; result?: Result; failed?: string };
export type Spread = {
  run(jobs: readonly Job[], progress: (done: number) => void): Promise<Result[]>;
  close(): void;
};

/** Plays jobs in as many processes as there are cores, at most two; results come in the order of the jobs. */
export function openSpread(processes = Math.min(2, availableParallelism())): Spread {
  const children = Array.from({ length: processes }, () => fork(join(import.meta.dirname, 'worker.ts')));
  const ready = new Map(children.map((child) => [child, whenReady(child)]));
  return {
    async run(jobs, progress) {
      const results: Result[] = [];
      let [next, done] = [0, 0];
      const drain = async (child: ChildProcess): Promise<void> => {
        await ready.get(child);
        for (let id = next++; id < jobs.length; id = next++) {
          const job = jobs[id];
          if (!job) return;
          results[id] = await ask(child, id, job);
          progress((done += 1));
        }
      };
      await Promise.all(children.map(drain));
      return results;
    },
    close: () => {
      for (const child of children) if (child.connected) child.disconnect();
    },
  };
}

const whenReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`A process that plays cases ended with ${code}.`)));
  });

function ask(child: ChildProcess, id: number, job: Job): Promise<Result> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`A process that plays cases ended with ${code}.`));
    child.once('exit', gone);
    child.once('message', (message: Message) => {
      child.off('exit', gone);
      if (message.result) resolve(message.result);
      else reject(new Error(message.failed ?? 'A case could not be played.'));
    });
    child.send({ id, job });
  });
}
