import { AndonError } from '../../plant/errors.ts';

type FairQueue = {
  /** Runs `task` when a place is free. Askers take turns, so that one with many questions does not hold up the others. */
  run<T>(asker: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): void;
};

type Limits = { atOnce: number; longestWaitMs: number; mostWaiting: number };
type Waiter = { start(): void; refuse(error: unknown): void };
type Queue = {
  limits: Limits;
  /** Who waits, by asker. The order of the keys is whose turn it is. */
  lanes: Map<string, Waiter[]>;
  running: number;
  waiting: number;
  open: boolean;
};

/**
 * At most `atOnce` tasks at a time. Throws `AndonError` with code `busy` for who waited longer than
 * `longestWaitMs`, and at once for who would be number `mostWaiting` + 1.
 */
export function openFairQueue(limits: Limits): FairQueue {
  const queue: Queue = { limits, lanes: new Map(), running: 0, waiting: 0, open: true };
  return {
    async run(asker, task, signal) {
      signal?.throwIfAborted();
      if (!queue.open) throw closed();
      await place(queue, asker, signal);
      try {
        return await task();
      } finally {
        queue.running -= 1;
        next(queue);
      }
    },
    close() {
      queue.open = false;
      for (const [asker, lane] of queue.lanes)
        for (const waiter of lane.toReversed()) {
          leave(queue, asker, waiter);
          waiter.refuse(closed());
        }
    },
  };
}

/** Waits for a place. */
function place(queue: Queue, asker: string, signal?: AbortSignal): Promise<void> {
  const { limits, lanes } = queue;
  return new Promise((resolve, reject) => {
    if (queue.waiting >= limits.mostWaiting) return reject(busy(0));
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      act();
    };
    const waiter: Waiter = {
      start: () => settle(resolve),
      refuse: (error) => settle(() => reject(error)),
    };
    const onAbort = () => leave(queue, asker, waiter) && waiter.refuse(signal?.reason);
    const timer = setTimeout(
      () => leave(queue, asker, waiter) && waiter.refuse(busy(limits.longestWaitMs)),
      limits.longestWaitMs,
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    lanes.set(asker, [...(lanes.get(asker) ?? []), waiter]);
    queue.waiting += 1;
    next(queue);
  });
}

/** Starts whose turn it is, if a place is free. */
function next(queue: Queue): void {
  const { limits, lanes } = queue;
  if (queue.running >= limits.atOnce) return;
  for (const [asker, lane] of lanes) {
    const waiter = lane[0];
    if (!waiter) continue;
    leave(queue, asker, waiter);
    // To the end of the round: a Map keeps the order in which keys came.
    if (lane.length > 0) {
      lanes.delete(asker);
      lanes.set(asker, lane);
    }
    queue.running += 1;
    waiter.start();
    return;
  }
}

/** False: it does not wait any more. */
function leave(queue: Queue, asker: string, waiter: Waiter): boolean {
  const lane = queue.lanes.get(asker) ?? [];
  const at = lane.indexOf(waiter);
  if (at < 0) return false;
  lane.splice(at, 1);
  queue.waiting -= 1;
  if (lane.length === 0) queue.lanes.delete(asker);
  return true;
}

const busy = (waitedMs: number): AndonError =>
  new AndonError(
    'busy',
    waitedMs > 0
      ? `Very many questions came at once; this one waited ${Math.round(waitedMs / 1000)} seconds and was not answered.`
      : 'Very many questions came at once; this one was not taken on.',
    'Ask again in a minute. Alerts go on meanwhile.',
  );
const closed = (): AndonError => new AndonError('busy', 'Andon is shutting down.', 'Ask again when it runs.');
