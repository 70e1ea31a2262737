import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { serveStdio } from './stdio.ts';
import { serveHttp } from './testing/clients.ts';
import { openToday, type Today } from './testing/today.ts';

const bridge = fileURLToPath(new URL('./testing/bridge.ts', import.meta.url));

let today: Today;
let http: Awaited<ReturnType<typeof serveHttp>>;

beforeAll(async () => {
  today = await openToday();
  http = await serveHttp(today.mcp);
});
afterAll(async () => {
  await http.close();
  await today.close();
});

describe('the bridge', () => {
  it('serves a client of the other SDK line', async () => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [bridge, http.url],
      stderr: 'ignore',
    });
    await client.connect(transport as Parameters<Client['connect']>[0]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        client.callTool({ name: 'find_equipment', arguments: { words: 'L3' } }),
      ),
    );
    for (const answer of answers) expect(JSON.stringify(answer.content)).toContain('Line 3: line');
    await client.close();
  });

  async function through(lines: readonly string[], url: string, token: string | null = null) {
    const input = new PassThrough();
    const output = new PassThrough();
    const logged: string[] = [];
    const done = serveStdio({ url, token, input, output, log: (sentence) => void logged.push(sentence) });
    input.end(lines.map((line) => `${line}\n`).join(''));
    await done;
    output.end();
    const written = (await output.toArray()).map(String).join('');
    return {
      messages: written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
      logged,
    };
  }

  it('says what is wrong where nobody answers, or what came is no message', async () => {
    const call = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/list' });
    const closed = await through([call, 'not json'], 'http://127.0.0.1:9/mcp');
    expect(closed.messages).toHaveLength(2);
    expect(closed.messages).toContainEqual(
      expect.objectContaining({ id: 7, error: expect.objectContaining({ code: -32000 }) }),
    );
    expect(closed.messages).toContainEqual(
      expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32700 }) }),
    );
    expect(closed.logged.join(' ')).toContain('does not answer');
  });

  it('carries the token, and follows no redirect with it', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const { messages } = await through([call], `http://127.0.0.1:${port}/mcp`, 'secret');
    server.closeAllConnections();
    server.close();
    expect(seen).toEqual(['Bearer secret']);
    expect(messages).toMatchObject([{ id: 1, error: { code: -32000 } }]);
    expect(JSON.stringify(messages)).not.toContain('secret');
  });
});
