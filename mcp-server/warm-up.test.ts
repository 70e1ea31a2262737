import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OpenMcp } from './server.ts';
import { warmUp, warmUpSoon } from './warm-up.ts';
import { windowOf } from './window.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

/** The two tools it calls, over these stops; `asked`: what was explained. */
function toolsOver(
  all: readonly { line: string; from: string }[],
  explain: () => Promise<void> = () => Promise.resolve(),
) {
  const asked: unknown[] = [];
  const tools = [
    {
      name: 'list_stops',
      run: async (input: { from: string }) => {
        const { from, to } = windowOf(input, now);
        return { stops: all.filter((one) => Date.parse(one.from) >= from && Date.parse(one.from) <= to) };
      },
    },
    {
      name: 'explain_stop',
      run: async (input: unknown) => {
        asked.push(input);
        await explain();
      },
    },
  ];
  return {
    mcp: { tools, context: () => ({ now }) } as unknown as Pick<OpenMcp, 'tools' | 'context'>,
    asked,
  };
}
const stops = ['2026-11-20T10:00:00.000Z', '2026-11-20T09:00:00.000Z', '2026-11-20T08:00:00.000Z'].map(
  (from) => ({ line: 'line-3', from }),
);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('explains the stops there are in turn, by their start', async () => {
  const { mcp, asked } = toolsOver(stops);
  await warmUp(mcp);
  expect(asked).toHaveLength(60);
  expect(asked.slice(0, 4)).toEqual([...stops, stops[0]].map((stop) => ({ line: 'line-3', at: stop?.from })));
});

it('does nothing where nothing stopped', async () => {
  const { mcp, asked } = toolsOver([]);
  await warmUp(mcp);
  expect(asked).toEqual([]);
});

it('takes the newest stops there are, though they are of before the holidays', async () => {
  const { mcp, asked } = toolsOver([{ line: 'line-3', from: '2026-10-25T08:00:00.000Z' }]);
  await warmUp(mcp);
  expect(asked).toHaveLength(60);
  expect(asked[0]).toEqual({ line: 'line-3', at: '2026-10-25T08:00:00.000Z' });
});

it('begins a little later', async () => {
  const { mcp, asked } = toolsOver(stops);
  const closed = toolsOver(stops);
  const early = warmUpSoon(closed.mcp);
  const warming = warmUpSoon(mcp);
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked).toEqual([]);
  await early.close();
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(60);
  expect(closed.asked).toEqual([]);
  await warming.close();
});

it('ends when the process does, after the question it is at', async () => {
  const first = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const { mcp, asked } = toolsOver(stops, async () => {
    first.resolve();
    await answer.promise;
  });
  const warming = warmUpSoon(mcp);
  vi.advanceTimersByTime(2_100);
  await first.promise;
  let over = false;
  const closing = warming.close().then(() => (over = true));
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toBe(false);
  answer.resolve();
  await closing;
  expect(asked).toHaveLength(1);
});

it('keeps a failure to itself', async () => {
  const { mcp } = toolsOver(stops);
  const context = vi.fn<() => never>(() => {
    throw new Error('the database is gone');
  });
  const warming = warmUpSoon({ ...mcp, context });
  await vi.advanceTimersByTimeAsync(2_100);
  expect(context).toHaveBeenCalled();
  await expect(warming.close()).resolves.toBeUndefined();
});
