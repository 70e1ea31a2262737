import { expect, it, vi } from 'vitest';
import type { OpenMcp } from './server.ts';
import { warmUp, warmUpSoon } from './warm-up.ts';

/** The two tools it calls, over these stops; `asked`: what was explained. */
function toolsOver(stops: readonly { line: string; from: string }[]) {
  const asked: unknown[] = [];
  const tool = (name: string, run: (input: unknown) => unknown) => ({
    name,
    run: async (input: unknown) => run(input),
  });
  const tools = [
    tool('list_stops', () => ({ stops })),
    tool('explain_stop', (input) => void asked.push(input)),
  ];
  return { mcp: { tools, context: () => ({}) } as unknown as Pick<OpenMcp, 'tools' | 'context'>, asked };
}
const stops = ['2026-11-20T10:00:00.000Z', '2026-11-20T09:00:00.000Z', '2026-11-20T08:00:00.000Z'].map(
  (from) => ({ line: 'line-3', from }),
);

it('explains the stops there are in turn, by their start', async () => {
  const { mcp, asked } = toolsOver(stops);
  await warmUp(mcp);
  expect(asked).toHaveLength(20);
  expect(asked.slice(0, 4)).toEqual([...stops, stops[0]].map((stop) => ({ line: 'line-3', at: stop?.from })));
});

it('does nothing where nothing stopped', async () => {
  const { mcp, asked } = toolsOver([]);
  await warmUp(mcp);
  expect(asked).toEqual([]);
});

it('begins a little later, and ends when the process does', async () => {
  vi.useFakeTimers();
  try {
    const early = toolsOver(stops);
    await warmUpSoon(early.mcp).close();
    const { mcp, asked } = toolsOver(stops);
    const warming = warmUpSoon(mcp);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(1_500);
    await warming.close();
    expect(early.asked).toEqual([]);
    expect(asked.length).toBeLessThan(3);
  } finally {
    vi.useRealTimers();
  }
});

it('keeps a failure to itself', async () => {
  const { mcp } = toolsOver(stops);
  vi.useFakeTimers();
  try {
    const failing = {
      ...mcp,
      context: () => {
        throw new Error('the database is gone');
      },
    };
    const warming = warmUpSoon(failing);
    vi.advanceTimersByTime(2_500);
    await expect(warming.close()).resolves.toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});
