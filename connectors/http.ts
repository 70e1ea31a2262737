/** The one HTTP client of all ERP and MES connectors: reads only, with limits, and errors a person can act on. */
import { AndonError } from '../plant/errors.ts';
import type { Clock } from '../plant/time.ts';
import { readBody } from './http/body.ts';
import { openGate, through, type Gate } from './http/gate.ts';
import { backoffMs, realWait, type Wait } from './http/waiting.ts';
import { checkAnswer, type Wanted } from './http/refused-answer.ts';

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
type JsonAnswer = { json: unknown; url: URL; headers: Headers };
type Ask = { signal?: AbortSignal; accept?: Wanted };

export type Http = {
  origin: string;
  /**
   * GET, with retries. `target`: a path of the system or a link it gave. Throws `AndonError`:
   * `unreachable` (network, timeout, 408, 429, 502 to 504), `unauthorised` (401, 403), `bad_upstream` (anything but
   * what was asked for: another status or type, a redirect, another origin), `too_large`. `details.status` carries the HTTP status.
   */
  get(target: string | URL, ask?: Ask): Promise<HttpAnswer>;
  getJson(target: string | URL, ask?: Ask): Promise<JsonAnswer>;
  /** Source clock minus ours by the last `Date` header, milliseconds; null before the first answer. */
  clockOffsetMs(): number | null;
};

/** Gentle enough that an ERP system that many people work with does not feel it. */
const defaults = {
  random: Math.random,
  wait: realWait,
  ticks: () => performance.now(),
  timeoutMs: 30_000,
  maxBytes: 20_000_000,
  concurrency: 2,
  perSecond: 20,
  tries: 4,
  circuitMs: 60_000,
};
/** A pause that is longer is not waited out here: whoever asks is told, and may ask again when it is over. */
const longestPauseMs = 30_000;

type Client = {
  readonly options: Required<HttpOptions>;
  readonly base: URL;
  readonly gate: Gate;
  /** Nothing is asked before then (by `ticks`): the system failed several times in a row. */
  restsUntil: number;
  /** Its clock minus ours. */
  offsetMs: number | null;
};

/** Opens a client; nothing is asked yet. */
export function openHttp(given: HttpOptions): Http {
  const options = { ...defaults, ...given };
  const { url, concurrency, perSecond, ticks, wait } = options;
  const client: Client = {
    options,
    base: new URL(url.endsWith('/') ? url : `${url}/`),
    gate: openGate({ concurrency, perSecond, ticks, wait }),
    restsUntil: -Infinity,
    offsetMs: null,
  };
  return {
    origin: client.base.origin,
    get: (target, ask = {}) => getPatiently(client, target, ask),
    getJson: (target, ask = {}) => getJson(client, target, ask),
    clockOffsetMs: () => client.offsetMs,
  };
}

/** Asks until there is an answer, the tries are used up, or asking again will not help. */
async function getPatiently(client: Client, target: string | URL, ask: Ask): Promise<HttpAnswer> {
  const { name, clock, ticks, tries, random, wait, circuitMs } = client.options;
  const url = sameOrigin(target, client.base, name);
  if (ticks() < client.restsUntil) throw resting(name, client.restsUntil - ticks(), clock());
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await through(client.gate, () => getOnce(client, url, ask), ask.signal);
      client.restsUntil = -Infinity;
      return answer;
    } catch (error) {
      const pause = pauseOf(error, attempt, random);
      if (pause === null) throw error;
      if (attempt >= tries || pause > longestPauseMs) {
        client.restsUntil = ticks() + Math.max(circuitMs, pause > longestPauseMs ? pause : 0);
        throw error;
      }
      await wait(pause, ask.signal);
    }
  }
}

async function getOnce(client: Client, url: URL, ask: Ask): Promise<HttpAnswer> {
  const { name, headers, clock, timeoutMs, maxBytes } = client.options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
  const wanted = ask.accept ?? 'json';
  try {
    const response = await fetch(url, {
      headers: { accept: `application/${wanted}`, ...headers },
      redirect: 'manual',
      signal,
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    if (Number.isFinite(date)) client.offsetMs = date - clock();
    try {
      checkAnswer(response, name, wanted, clock());
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    const text = await readBody(response, maxBytes, name);
    return { text, url, headers: response.headers };
  } catch (error) {
    if (error instanceof AndonError) throw error;
    ask.signal?.throwIfAborted();
    throw timeout.aborted ? tooSlow(name, timeoutMs) : noAnswer(name, client.base, error);
  }
}

async function getJson(client: Client, target: string | URL, ask: Ask): Promise<JsonAnswer> {
  const { text, url, headers } = await getPatiently(client, target, { ...ask, accept: 'json' });
  try {
    return { json: JSON.parse(text) as unknown, url, headers };
  } catch {
    throw new AndonError(
      'bad_upstream',
      `${client.options.name} answered with JSON that breaks off or is broken.`,
      'Look at the system; Andon asks again.',
    );
  }
}

/** How long to wait before the next try; null: asking again will not help. */
function pauseOf(error: unknown, attempt: number, random: () => number): number | null {
  if (!(error instanceof AndonError) || error.details['retry'] !== true) return null;
  const asked = error.details['retryAfterMs'];
  return typeof asked === 'number' ? asked : backoffMs(attempt, random, 500, longestPauseMs);
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
