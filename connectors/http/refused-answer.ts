/** Every answer that is not what was asked for, as an error a person can act on. `details.status`: the HTTP status. */
import { AndonError } from '../../plant/errors.ts';
import { retryAfterMs } from './waiting.ts';

/** Timeouts, too many requests and servers that are away for a while (RFC 9110 15.5, 15.6; RFC 6585 4): worth another try. */
const retried = new Set([408, 429, 502, 503, 504]);

export type Wanted = 'json' | 'xml';

/** Throws `AndonError` unless the answer is a success of the type that was asked for. `now`: our clock. */
export function checkAnswer(response: Response, name: string, wanted: Wanted, now: number): void {
  const { status } = response;
  if (retried.has(status)) throw notNow(response, name, now);
  if (!response.ok) {
    const [code, message, next] = refusalOf(status, name);
    throw new AndonError(code, message, next, { details: { status } });
  }
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  if (!type.includes(wanted)) throw otherType(type, name, wanted, status);
}

type Refusal = readonly ['unauthorised' | 'bad_upstream', message: string, next: string];

function refusalOf(status: number, name: string): Refusal {
  if (status === 401)
    return [
      'unauthorised',
      `${name} refuses our user or key (HTTP 401).`,
      'Check the credentials of this source.',
    ];
  if (status === 403)
    return [
      'unauthorised',
      `${name} does not let our user read this (HTTP 403).`,
      'Give the user the right to read it.',
    ];
  if (status >= 300 && status < 400)
    return [
      'bad_upstream',
      `${name} sends us elsewhere (HTTP ${status}); credentials are not sent along a redirect.`,
      'Write the final address as the url of this source.',
    ];
  if (status === 404)
    return [
      'bad_upstream',
      `${name} knows nothing at this address (HTTP 404).`,
      'Check the url, and whether the service is switched on for our user.',
    ];
  return [
    'bad_upstream',
    `${name} answered with an error (HTTP ${status}).`,
    'Look at that system’s own log.',
  ];
}

/** `details.retry`: asking again may help; `retryAfterMs` and `retryAt`: the server says when. */
function notNow({ status, headers }: Response, name: string, now: number): AndonError {
  const retryAfter = retryAfterMs(headers, now);
  return new AndonError(
    'unreachable',
    status === 429
      ? `${name} asks us to slow down (HTTP 429).`
      : `${name} cannot answer now (HTTP ${status}).`,
    'Andon asks again by itself.',
    {
      details: {
        status,
        retry: true,
        ...(retryAfter === null ? {} : { retryAfterMs: retryAfter, retryAt: now + retryAfter }),
      },
    },
  );
}

function otherType(type: string, name: string, wanted: Wanted, status: number): AndonError {
  return new AndonError(
    'bad_upstream',
    type.includes('html')
      ? `${name} answered with a web page instead of data.`
      : `${name} answered with ${type.slice(0, 60) || 'no content type'} instead of ${wanted === 'json' ? 'JSON' : 'XML'}.`,
    'A login page or a proxy may stand between; check the url of this source.',
    { details: { status } },
  );
}
