/** The one HTTP client of all ERP and MES connectors: reads only, with limits, and errors a person can act on. */
import { AndonError } from '../plant/errors.ts';
import type { Clock } from '../plant/time.ts';
import { readBody } from './http/body.ts';
import { backoffMs, openGate, realWait, retryAfterMs, type Wait } from './http/limits.ts';

export type HttpOptions = {
  /** Where the system lives; no request with our credentials ever leaves this origin. */
  url: string;
  /** Sent with every request: credentials, language, client. */
  headers: Readonly<Record<string, string>>;
  /** The connector's id, as people know it: "erp". */
  name: string;
  clock: Clock;
  random?: () => number;
  wait?: Wait;
  /** Milliseconds that pass; not the time of day, which may be set or stand still. */
  ticks?: () => number;
  /** One request with its whole body, milliseconds. */
  timeoutMs?: number;
  maxBytes?: number;
  concurrency?: number;
  perSecond?: number;
  tries?: number;
  /** After `tries` failures nothing is asked for this long, milliseconds. */
  circuitMs?: number;
};

type HttpAnswer = { text: string; url: URL; headers: Headers };
type Ask = { signal?: AbortSignal; accept?: 'json' | 'xml' };

export type Http = {
  origin: string;
  /**
   * GET, with retries. `target`: a path of the system or a link it gave. Throws `AndonError`:
   * `unreachable` (network, timeout, 408, 429, 5xx), `unauthorised` (401, 403), `bad_upstream` (anything but what
   * was asked for: another type, a redirect, another origin), `too_large`. `details.status` carries the HTTP status.
   */
  get(target: string | URL, ask?: Ask): Promise<HttpAnswer>;
  getJson(target: string | URL, ask?: Ask): Promise<{ json: unknown; url: URL; headers: Headers }>;
  /** Source clock minus ours by the last `Date` header, milliseconds; null before the first answer. */
  clockOffsetMs(): number | null;
};

const retried = new Set([408, 429, 502, 503, 504]);

/** Opens a client; nothing is asked yet. */
export function openHttp(options: HttpOptions): Http {
  const base = new URL(options.url.endsWith('/') ? options.url : `${options.url}/`);
  const { clock, name } = options;
  const wait = options.wait ?? realWait;
  const random = options.random ?? Math.random;
  const ticks = options.ticks ?? (() => performance.now());
  const tries = options.tries ?? 4;
  const gate = openGate({
    concurrency: options.concurrency ?? 2,
    perSecond: options.perSecond ?? 20,
    clock: ticks,
    wait,
  });
  let openUntil = -Infinity;
  let offset: number | null = null;

  const once = async (url: URL, ask: Ask): Promise<HttpAnswer> => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? 30_000);
    const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
    const accept = ask.accept === 'xml' ? 'application/xml' : 'application/json';
    try {
      const response = await fetch(url, {
        headers: { accept, ...options.headers },
        redirect: 'manual',
        signal,
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (Number.isFinite(date)) offset = date - clock();
      try {
        checkAnswer(response, name, ask.accept ?? 'json', clock());
      } catch (error) {
        await response.body?.cancel();
        throw error;
      }
      const text = await readBody(response, options.maxBytes ?? 20_000_000, name);
      return { text, url, headers: response.headers };
    } catch (error) {
      if (error instanceof AndonError) throw error;
      ask.signal?.throwIfAborted();
      throw timeout.aborted ? tooSlow(name, options.timeoutMs ?? 30_000) : noAnswer(name, base, error);
    }
  };

  const get = async (target: string | URL, ask: Ask = {}): Promise<HttpAnswer> => {
    const url = sameOrigin(target, base, name);
    if (ticks() < openUntil) throw resting(name, openUntil - ticks(), clock());
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await gate.through(() => once(url, ask), ask.signal);
        openUntil = -Infinity;
        return answer;
      } catch (error) {
        const pause = pauseOf(error, attempt, random);
        if (pause === null) throw error;
        if (attempt >= tries || pause > 30_000) {
          openUntil = ticks() + Math.max(options.circuitMs ?? 60_000, pause > 30_000 ? pause : 0);
          throw error;
        }
        await wait(pause, ask.signal);
      }
    }
  };

  return {
    origin: base.origin,
    get,
    async getJson(target, ask = {}) {
      const { text, url, headers } = await get(target, { ...ask, accept: 'json' });
      try {
        return { json: JSON.parse(text) as unknown, url, headers };
      } catch {
        throw new AndonError(
          'bad_upstream',
          `${name} answered with JSON that breaks off or is broken.`,
          'Look at the system; Andon asks again.',
        );
      }
    },
    clockOffsetMs: () => offset,
  };
}

/** How long to wait before the next try; null: asking again will not help. */
function pauseOf(error: unknown, attempt: number, random: () => number): number | null {
  if (!(error instanceof AndonError) || error.details['retry'] !== true) return null;
  const asked = error.details['retryAfterMs'];
  return typeof asked === 'number' ? asked : backoffMs(attempt, random, 500, 30_000);
}

function sameOrigin(target: string | URL, base: URL, name: string): URL {
  // A path of the system hangs under the base's own path, a link of the system is taken as it is.
  const url = typeof target === 'string' ? new URL(target, base) : target;
  if (url.origin === base.origin && url.username === '' && url.password === '') return url;
  throw new AndonError(
    'bad_upstream',
    `${name} points to another host (${url.host.slice(0, 80)}); credentials are not sent there.`,
    'Check the url of this source, or a proxy that rewrites links.',
  );
}

function checkAnswer(response: Response, name: string, wanted: 'json' | 'xml', now: number): void {
  const { status } = response;
  const details = { status };
  if (status === 401)
    throw new AndonError(
      'unauthorised',
      `${name} refuses our user or key (HTTP 401).`,
      'Check the credentials of this source.',
      { details },
    );
  if (status === 403)
    throw new AndonError(
      'unauthorised',
      `${name} does not let our user read this (HTTP 403).`,
      'Give the user the right to read it.',
      { details },
    );
  if (retried.has(status)) {
    const retryAfter = retryAfterMs(response.headers, now);
    throw new AndonError(
      'unreachable',
      status === 429
        ? `${name} asks us to slow down (HTTP 429).`
        : `${name} cannot answer now (HTTP ${status}).`,
      'Andon asks again by itself.',
      {
        details: {
          ...details,
          retry: true,
          ...(retryAfter === null ? {} : { retryAfterMs: retryAfter, retryAt: now + retryAfter }),
        },
      },
    );
  }
  if (status >= 300 && status < 400)
    throw new AndonError(
      'bad_upstream',
      `${name} sends us elsewhere (HTTP ${status}); credentials are not sent along a redirect.`,
      'Write the final address as the url of this source.',
      { details },
    );
  if (status === 404)
    throw new AndonError(
      'bad_upstream',
      `${name} knows nothing at this address (HTTP 404).`,
      'Check the url, and whether the service is switched on for our user.',
      { details },
    );
  if (!response.ok)
    throw new AndonError(
      'bad_upstream',
      `${name} answered with an error (HTTP ${status}).`,
      'Look at that system’s own log.',
      { details },
    );
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  if (!type.includes(wanted))
    throw new AndonError(
      'bad_upstream',
      type.includes('html')
        ? `${name} answered with a web page instead of data.`
        : `${name} answered with ${type.slice(0, 60) || 'no content type'} instead of ${wanted === 'json' ? 'JSON' : 'XML'}.`,
      'A login page or a proxy may stand between; check the url of this source.',
      { details },
    );
}

const noAnswer = (name: string, base: URL, cause: unknown) =>
  new AndonError(
    'unreachable',
    `${name} does not answer at ${base.host}.`,
    'Check that it runs and that this machine can reach it.',
    { cause, details: { retry: true } },
  );
const tooSlow = (name: string, ms: number) =>
  new AndonError(
    'unreachable',
    `${name} did not finish its answer within ${Math.round(ms / 1000)} s.`,
    'Andon asks again by itself.',
    { details: { retry: true } },
  );
const resting = (name: string, waitMs: number, now: number) =>
  new AndonError(
    'unreachable',
    `${name} did not answer several times in a row.`,
    `Andon asks again in ${Math.max(1, Math.ceil(waitMs / 1000))} s.`,
    { details: { retryAt: now + waitMs } },
  );
