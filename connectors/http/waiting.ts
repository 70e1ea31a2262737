/** How long to wait before asking again. Waits and chance are arguments, so that tests need neither. */

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
