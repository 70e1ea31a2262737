import { describe, expect, test } from 'vitest';
import { openGate, through } from './gate.ts';

describe('the gate', () => {
  test('lets only so many in at once, and a waiting one leaves on its signal', async () => {
    const gate = openGate({ concurrency: 1, perSecond: 1000, ticks: () => 0, wait: async () => {} });
    const first = Promise.withResolvers<void>();
    const done: string[] = [];
    const running = through(gate, () => first.promise.then(() => done.push('first')));
    const abort = new AbortController();
    const left = through(gate, async () => done.push('left'), abort.signal);
    const second = through(gate, async () => done.push('second'));
    abort.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    first.resolve();
    await Promise.all([running, second]);
    expect(done).toEqual(['first', 'second']);
  });

  test('holds the rate after the burst', async () => {
    const waits: number[] = [];
    const gate = openGate({
      concurrency: 10,
      perSecond: 2,
      ticks: () => 0,
      wait: async (ms) => {
        waits.push(ms);
      },
    });
    for (let count = 0; count < 5; count += 1) await through(gate, async () => {});
    expect(waits).toEqual([500, 1000, 1500]);
  });
});
