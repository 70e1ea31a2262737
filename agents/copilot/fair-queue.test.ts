import { expect, test } from 'vitest';
import { openFairQueue } from './fair-queue.ts';

/** A task that ends when it is told to. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { task: () => promise, open: resolve };
}
const limits = { atOnce: 1, longestWaitMs: 10_000, mostWaiting: 10 };

test('askers take turns: one with many questions does not hold up another', async () => {
  const queue = openFairQueue(limits);
  const first = gate();
  const order: string[] = [];
  const say = (word: string) => () => Promise.resolve(void order.push(word));
  const all = [
    queue.run('a', first.task),
    ...['a1', 'a2', 'a3'].map((word) => queue.run('a', say(word))),
    ...['b1', 'b2'].map((word) => queue.run('b', say(word))),
  ];
  first.open();
  await Promise.all(all);
  expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('never more at once than allowed, and a failing task gives its place back', async () => {
  const queue = openFairQueue({ ...limits, atOnce: 3 });
  let running = 0;
  let most = 0;
  const task = async (index: number) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (index % 2) throw new Error('odd');
  };
  const all = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => queue.run(`${index % 4}`, () => task(index))),
  );
  expect(most).toBe(3);
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  await expect(queue.run('x', () => Promise.resolve('free'))).resolves.toBe('free');
});

test('who waits too long, and who comes when it is full, is told so', async () => {
  const queue = openFairQueue({ atOnce: 1, longestWaitMs: 1, mostWaiting: 1 });
  const first = gate();
  const running = queue.run('a', first.task);
  const [late, over] = await Promise.allSettled([
    queue.run('b', () => Promise.resolve()),
    queue.run('c', () => Promise.resolve()),
  ]);
  expect(late).toMatchObject({
    status: 'rejected',
    reason: { code: 'busy', message: expect.stringMatching(/waited/) },
  });
  expect(over).toMatchObject({
    status: 'rejected',
    reason: { code: 'busy', message: expect.stringMatching(/not taken on/) },
  });
  first.open();
  await running;
});

test('a waiting question can be taken back, and closing tells all that wait', async () => {
  const queue = openFairQueue(limits);
  const first = gate();
  const running = queue.run('a', first.task);
  const taken = new AbortController();
  const waits = Promise.allSettled([
    queue.run('b', () => Promise.resolve(), taken.signal),
    queue.run('c', () => Promise.resolve()),
  ]);
  taken.abort(new Error('gone'));
  queue.close();
  const [back, closed] = await waits;
  expect(back).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
  expect(closed).toMatchObject({ status: 'rejected', reason: { code: 'busy' } });
  first.open();
  await running;
  await expect(queue.run('d', () => Promise.resolve())).rejects.toThrow(/shutting down/);
});
