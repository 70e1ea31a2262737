import type { Wait } from './waiting.ts';

/** How many requests run at once and how many start a second: a limit on places and a token bucket. */
export type Gate = {
  readonly concurrency: number;
  /** Starts a second on average, and the size of the first burst. */
  readonly perSecond: number;
  /** Milliseconds that pass. */
  readonly ticks: () => number;
  readonly wait: Wait;
  running: number;
  /** Starts that are still free; below zero: so many wait for theirs. */
  tokens: number;
  filledAt: number;
  /** Whoever waits for a place, in order. */
  queue: (() => void)[];
};

export function openGate(limits: Pick<Gate, 'concurrency' | 'perSecond' | 'ticks' | 'wait'>): Gate {
  return { ...limits, running: 0, tokens: limits.perSecond, filledAt: limits.ticks(), queue: [] };
}

/** Runs `work` when there is a place; a signal that fires while waiting gives the place back. */
export async function through<T>(gate: Gate, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  while (gate.running >= gate.concurrency) await turnOf(gate, signal);
  gate.running += 1;
  try {
    await token(gate, signal);
    return await work();
  } finally {
    gate.running -= 1;
    gate.queue.shift()?.();
  }
}

/** Resolves when somebody left and it is our turn; rejects, and gives up the turn, when the signal fires first. */
function turnOf({ queue }: Gate, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const stop = () => {
      queue.splice(queue.indexOf(go), 1);
      reject(signal?.reason as Error);
    };
    const go = () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    queue.push(go);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

async function token(gate: Gate, signal?: AbortSignal): Promise<void> {
  const { perSecond, ticks, wait } = gate;
  const now = ticks();
  gate.tokens = Math.min(perSecond, gate.tokens + (Math.max(0, now - gate.filledAt) / 1000) * perSecond);
  gate.filledAt = now;
  gate.tokens -= 1;
  if (gate.tokens < 0) await wait((-gate.tokens / perSecond) * 1000, signal);
}
