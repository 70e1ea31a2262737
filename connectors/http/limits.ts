/** How much, how often and how long one HTTP client may ask. Waits and chance are arguments, so that tests need neither. */

/** Waits `ms` milliseconds; rejects with the signal's reason when it fires first. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

export const realWait: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** Milliseconds that a `Retry-After` header asks for: seconds or an HTTP-date (RFC 9110 10.2.3); null where there is none. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = (headers.get('retry-after') ?? headers.get('x-ratelimit-reset'))?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isFinite(at) ? Math.max(0, at - now) : null;
}

/** Full jitter (AWS, "Exponential backoff and jitter"): anywhere between 0 and the doubled step, at most `capMs`. */
export const backoffMs = (attempt: number, random: () => number, firstMs: number, capMs: number): number =>
  Math.round(random() * Math.min(capMs, firstMs * 2 ** attempt));

/** At most `concurrency` at once and, on average, `perSecond` starts a second with a burst of the same size. */
export function openGate(options: {
  concurrency: number;
  perSecond: number;
  clock: () => number;
  wait: Wait;
}) {
  let running = 0;
  let tokens = options.perSecond;
  let filledAt = options.clock();
  const queue: (() => void)[] = [];
  const leave = () => {
    running -= 1;
    queue.shift()?.();
  };
  const place = async (signal?: AbortSignal) => {
    while (running >= options.concurrency) {
      await new Promise<void>((resolve, reject) => {
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
    running += 1;
  };
  const token = async (signal?: AbortSignal) => {
    const now = options.clock();
    tokens = Math.min(options.perSecond, tokens + (Math.max(0, now - filledAt) / 1000) * options.perSecond);
    filledAt = now;
    tokens -= 1;
    if (tokens < 0) await options.wait((-tokens / options.perSecond) * 1000, signal);
  };
  return {
    /** Runs `work` when there is a place; a signal that fires while waiting gives the place back. */
    async through<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
      signal?.throwIfAborted();
      await place(signal);
      try {
        await token(signal);
        return await work();
      } finally {
        leave();
      }
    },
  };
}
