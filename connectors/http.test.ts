import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AndonError } from '../plant/errors.ts';
import { openHttp, type HttpOptions } from './http.ts';

type Reply = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A faulty server and a client that waits in no time and writes down how long it would have waited. */
async function against(reply: Reply, more: Partial<HttpOptions> = {}) {
  const requests: IncomingMessage[] = [];
  const waits: number[] = [];
  let passed = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    reply(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = openHttp({
    url,
    name: 'erp',
    headers: { authorization: 'Basic c2VjcmV0' },
    clock: () => Date.parse('2026-11-20T13:00:00Z') + passed,
    ticks: () => passed,
    random: () => 0.5,
    wait: async (ms) => {
      waits.push(ms);
      passed += ms;
    },
    perSecond: 1000,
    ...more,
  });
  const fail = async (target: string | URL = 'rows'): Promise<AndonError> => {
    try {
      await http.getJson(target);
    } catch (error) {
      if (error instanceof AndonError) return error;
      throw error;
    }
    throw new Error('the request should have failed');
  };
  return {
    http,
    url,
    requests,
    waits,
    fail,
    pass: (ms: number) => {
      passed += ms;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('the HTTP core', () => {
  test.each([
    ['seconds', '7'],
    ['an HTTP-date', 'Fri, 20 Nov 2026 13:00:07 GMT'],
  ])('waits as long as Retry-After asks for, as %s', async (_form, header) => {
    await using erp = await against((_request, response, count) =>
      count === 1
        ? json(response, 429, { secret: 'body' }, { 'retry-after': header })
        : json(response, 200, { ok: true }),
    );
    expect((await erp.http.getJson('rows')).json).toEqual({ ok: true });
    expect(erp.waits).toEqual([7000]);
  });

  test('a longer Retry-After is not waited for: the time to come back is told', async () => {
    await using erp = await against((_request, response) =>
      json(response, 429, {}, { 'retry-after': '600' }),
    );
    const error = await erp.fail();
    expect(error).toMatchObject({ code: 'unreachable', details: { status: 429 } });
    expect(error.details['retryAt']).toBe(Date.parse('2026-11-20T13:10:00Z'));
    expect(erp.requests).toHaveLength(1);
    await erp.fail();
    expect(erp.requests).toHaveLength(1);
    erp.pass(600_000);
    await erp.fail();
    expect(erp.requests).toHaveLength(2);
  });

  test('tries four times with full jitter, then rests for a minute', async () => {
    await using erp = await against((_request, response) => json(response, 503, {}));
    expect(await erp.fail()).toMatchObject({ code: 'unreachable' });
    expect(erp.requests).toHaveLength(4);
    expect(erp.waits).toEqual([500, 1000, 2000]);
    const resting = await erp.fail();
    expect(resting.message).toBe('erp did not answer several times in a row.');
    // How long, not until when: a UTC time would be read as the plant's.
    expect(resting.next).toMatch(/^Andon asks again in \d+ s\.$/);
    expect(erp.requests).toHaveLength(4);
    erp.pass(60_000);
    await erp.fail();
    expect(erp.requests).toHaveLength(8);
  });

  test.each([
    [401, 'unauthorised'],
    [403, 'unauthorised'],
    [404, 'bad_upstream'],
    [400, 'bad_upstream'],
    [500, 'bad_upstream'],
  ])('asks once and is clear about HTTP %i', async (status, code) => {
    await using erp = await against((_request, response) =>
      json(response, status, { detail: 'do not tell' }),
    );
    const error = await erp.fail();
    expect(error).toMatchObject({ code, details: { status } });
    expect(`${error.message} ${error.next}`).not.toMatch(/do not tell|c2VjcmV0/);
    expect(erp.requests).toHaveLength(1);
  });

  test('HTML with 200 is no data', async () => {
    await using erp = await against((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log on</html>'),
    );
    expect(await erp.fail()).toMatchObject({
      code: 'bad_upstream',
      message: 'erp answered with a web page instead of data.',
    });
  });

  test('JSON that breaks off is no data', async () => {
    await using erp = await against((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"rows": ['),
    );
    expect(await erp.fail()).toMatchObject({ code: 'bad_upstream' });
  });

  test('credentials follow no redirect and no link to another host', async () => {
    await using other = await against((_request, response) => json(response, 200, {}));
    await using erp = await against((_request, response) =>
      response.writeHead(302, { location: `${other.url}/rows` }).end(),
    );
    expect(await erp.fail()).toMatchObject({ code: 'bad_upstream', details: { status: 302 } });
    expect(await erp.fail(new URL(`${other.url}/rows`))).toMatchObject({ code: 'bad_upstream' });
    expect(await erp.fail(`${other.url}/rows`)).toMatchObject({ code: 'bad_upstream' });
    expect(await erp.fail(new URL(`http://user:pass@${new URL(erp.url).host}/rows`))).toMatchObject({
      code: 'bad_upstream',
    });
    expect(other.requests).toHaveLength(0);
  });

  test('50 MB are given up after the cap, announced or not', async () => {
    let written = 0;
    await using erp = await against(
      (request, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          ...(request.url === '/announced' ? { 'content-length': '50000000' } : {}),
        });
        const chunk = Buffer.alloc(64 * 1024, 0x20);
        const more = (): void => {
          while (written < 50_000_000 && !response.destroyed) {
            written += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
          response.end();
        };
        more();
      },
      { maxBytes: 1_000_000 },
    );
    expect(await erp.fail('streamed')).toMatchObject({ code: 'too_large' });
    expect(written).toBeLessThan(20_000_000);
    expect(await erp.fail('announced')).toMatchObject({ code: 'too_large' });
  });

  test('a slow drip is cut off at the time limit', async () => {
    const timers: NodeJS.Timeout[] = [];
    await using erp = await against(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        timers.push(setInterval(() => response.write(' '), 20));
      },
      { timeoutMs: 150, tries: 1 },
    );
    expect(await erp.fail()).toMatchObject({ code: 'unreachable' });
    for (const timer of timers) clearInterval(timer);
  });

  test('the signal ends a request at once, with the caller’s reason', async () => {
    await using erp = await against(() => {});
    const abort = new AbortController();
    const asked = erp.http.getJson('rows', { signal: abort.signal });
    abort.abort(new Error('closing'));
    await expect(asked).rejects.toThrow('closing');
  });

  test('nobody at home is unreachable, and says where it looked', async () => {
    const gone = await against(() => {}, { tries: 1 });
    await gone[Symbol.asyncDispose]();
    expect((await gone.fail()).message).toBe(`erp does not answer at ${new URL(gone.url).host}.`);
  });

  test('the source’s clock is read off its answers', async () => {
    await using erp = await against((_request, response) =>
      json(response, 200, {}, { date: 'Fri, 20 Nov 2026 13:01:30 GMT' }),
    );
    await erp.http.getJson('rows');
    expect(erp.http.clockOffsetMs()).toBe(90_000);
  });
});
