import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { openHttp } from '../../http.ts';
import type { OpenMcp } from '../server.ts';

const identity = { name: 'test', version: '1.0.0' };
type Transport = Parameters<Client['connect']>[0];

/** The agents' client, linked inside the process. */
export async function clientInMemory(mcp: OpenMcp): Promise<Client> {
  const client = new Client(identity);
  await client.connect((await mcp.connectInMemory()) as Transport);
  return client;
}

/** `/mcp` on the one HTTP server, on a free port of this machine. */
export async function serveHttp(mcp: OpenMcp): Promise<{ url: string; close(): Promise<void> }> {
  const http = await openHttp({
    host: '127.0.0.1',
    port: 0,
    token: null,
    people: [],
    pagePerson: null,
    log: () => {},
  });
  http.route({ method: 'ANY', path: '/mcp', own: true, handle: mcp.handleHttp });
  return { url: `${http.url}/mcp`, close: http.close };
}

export async function clientOverHttp(url: string): Promise<Client> {
  const client = new Client(identity);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)) as Transport);
  return client;
}
