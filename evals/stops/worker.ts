/** Plays jobs for `spread.ts`, one after the other, in a process and with a memory of its own. */
import { openTestMemory } from '../../memory/test-database.ts';
import { runJob, type Job } from './jobs.ts';

const memory = await openTestMemory();
// The product is a process that has run for long: times are taken when the code is warm. While less than this was
// asked, a call makes V8 compile for longer than it works.
for (let seed = 1; seed <= 40; seed += 1) await runJob(memory, { kind: 'mix', seed, learned: null });
const send = (message: object) => void process.send?.(message);

async function answer({ id, job }: { id: number; job: Job }): Promise<void> {
  try {
    send({ id, result: await runJob(memory, job) });
  } catch (error) {
    send({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on('message', (message: { id: number; job: Job }) => void answer(message));
process.on('disconnect', () => void memory.close().then(() => process.exit(0)));
send({ ready: true });
