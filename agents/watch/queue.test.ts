import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Memory } from '../../memory/open.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import { openQueue, type Job } from './queue.ts';

const redisUrl = process.env['TEST_REDIS_URL'] ?? null;
let memory: Memory;
beforeAll(async () => {
  memory = await openTestMemory();
});
afterAll(() => memory.close());

/** A job that counts, and a promise of its nth run. */
function counting(name: string, everyS: number, fail = 0) {
  let runs = 0;
  const waiting: { at: number; done: () => void }[] = [];
  const job: Job = {
    name,
    everyS,
    run: async () => {
      runs += 1;
      for (const one of waiting) if (runs >= one.at) one.done();
      if (runs <= fail) throw new Error('not yet');
    },
  };
  return {
    job,
    ran: (at: number) => new Promise<void>((done) => (runs >= at ? done() : waiting.push({ at, done }))),
  };
}

describe.each([
  ['the database', null],
  ['Redis', redisUrl],
] as const)('jobs on %s', (where, url) => {
  const skipped = where === 'Redis' && url === null;
  test.skipIf(skipped)(
    `run on schedule, when woken, and again after a failure${skipped ? ' (skipped: TEST_REDIS_URL is not set)' : ''}`,
    async () => {
      const tick = counting('tick', 1);
      const woken = counting('woken', 3_600, 1);
      const queue = await openQueue({
        pool: () => memory.queuePool(),
        redisUrl: url,
        jobs: [tick.job, woken.job],
        clock: Date.now,
        log: () => undefined,
      });
      try {
        await tick.ran(2);
        await queue.wake('woken');
        await expect(woken.ran(2)).resolves.toBeUndefined();
      } finally {
        await queue.close();
      }
    },
  );
});
