import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { openHttp } from '../http.ts';
import { serveStdio } from './stdio.ts';

/** What one message comes to over a bridge with this token. */
async function through(message: object, url: string, token: string | null) {
  const input = new PassThrough();
  const output = new PassThrough();
  const logged: string[] = [];
  input.end(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  await serveStdio({ url, token, input, output, log: (sentence) => void logged.push(sentence) });
  output.end();
  return { written: (await output.toArray()).map(String).join(''), logged };
}

it('answers whoever asked with a wrong token, and says in the log what to do', async () => {
  const options = { host: '127.0.0.1', port: 0, people: [], pagePerson: null, log: () => undefined };
  await using http = await openHttp({ ...options, token: 'right' });
  http.route({ method: 'POST', path: '/mcp', own: true, handle: (_, response) => void response.end() });
  const url = `${http.url}/mcp`;
  for (const token of [null, 'wrong']) {
    const { written, logged } = await through({ id: 7, method: 'initialize' }, url, token);
    expect(JSON.parse(written)).toMatchObject({ jsonrpc: '2.0', id: 7, error: { code: -32000 } });
    expect(logged).toEqual([`Andon at ${url} needs the ANDON_TOKEN it was started with: set the same here.`]);
  }
  const told = await through({ method: 'notifications/initialized' }, url, 'wrong');
  expect(told).toMatchObject({ written: '', logged: [expect.stringContaining('ANDON_TOKEN')] });
  const away = await through({ id: 'a', method: 'tools/list' }, `${http.url}/nowhere`, 'right');
  expect(JSON.parse(away.written)).toMatchObject({ id: 'a', error: { code: -32000 } });
  expect(away.logged.join()).toContain('404');
});

it('hands on what the protocol itself refuses', async () => {
  const options = { host: '127.0.0.1', port: 0, people: [], pagePerson: null, log: () => undefined };
  await using http = await openHttp({ ...options, token: null });
  const error = { jsonrpc: '2.0', id: 7, error: { code: -32022, message: 'Unsupported protocol version' } };
  http.route({
    method: 'POST',
    path: '/mcp',
    own: true,
    handle: (_, response) =>
      void response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(error)),
  });
  const { written } = await through({ id: 7, method: 'initialize' }, `${http.url}/mcp`, null);
  expect(JSON.parse(written)).toEqual(error);
});
