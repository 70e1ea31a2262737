import { AndonError } from '../../plant/errors.ts';

type FairQueue = {
  /** Runs `task` when a place is free. Askers take turns, so that one with many questions does not hold up the others. */
  run<T>(asker: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): void;
};

type Waiter = { start(): void; refuse(error: unknown): void };

/**
 * At most `atOnce` tasks at a time. Throws `AndonError` with code `busy` for who waited longer than
 * `longestWaitMs`, and at once for who would be number `mostWaiting` + 1.
 */
export function openFairQueue(limits: {
  atOnce: number;
  longestWaitMs: number;
  mostWaiting: number;
}): FairQueue {
  const lanes = new Map<string, Waiter[]>();
  let running = 0;
  let waiting = 0;
  let open = true;

  const leave = (asker: string, waiter: Waiter): boolean => {
    const lane = lanes.get(asker) ?? [];
    const at = lane.indexOf(waiter);
    if (at < 0) return false;
    lane.splice(at, 1);
    waiting -= 1;
    if (lane.length === 0) lanes.delete(asker);
    return true;
  };
  const next = (): void => {
    if (running >= limits.atOnce) return;
    for (const [asker, lane] of lanes) {
      const waiter = lane[0];
      if (!waiter) continue;
      leave(asker, waiter);
      // To the end of the round: a Map keeps the order in which keys came.
      if (lane.length > 0) {
        lanes.delete(asker);
        lanes.set(asker, lane);
      }
      running += 1;
      waiter.start();
      return;
    }
  };
  const place = (asker: string, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (waiting >= limits.mostWaiting) return reject(busy(0));
      const settle = (act: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const waiter: Waiter = {
        start: () => settle(resolve),
        refuse: (error) => settle(() => reject(error)),
      };
      const onAbort = () => leave(asker, waiter) && waiter.refuse(signal?.reason);
      const timer = setTimeout(
        () => leave(asker, waiter) && waiter.refuse(busy(limits.longestWaitMs)),
        limits.longestWaitMs,
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      lanes.set(asker, [...(lanes.get(asker) ?? []), waiter]);
      waiting += 1;
      next();
    });

  return {
    async run(asker, task, signal) {
      signal?.throwIfAborted();
      if (!open) throw closed();
      await place(asker, signal);
      try {
        return await task();
      } finally {
        running -= 1;
        next();
      }
    },
    close() {
      open = false;
      for (const [asker, lane] of lanes)
        for (const waiter of lane.toReversed()) {
          leave(asker, waiter);
          waiter.refuse(closed());
        }
    },
  };
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
