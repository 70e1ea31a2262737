import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OpenMcp } from '../server.ts';

const identity = { name: 'test', version: '1.0.0' };
type Transport = Parameters<Client['connect']>[0];

/** The agents' client, linked inside the process. */
export async function clientInMemory(mcp: OpenMcp): Promise<Client> {
  const client = new Client(identity);
  await client.connect((await mcp.connectInMemory()) as Transport);
  return client;
}

/** `/mcp` on a free port of this machine. */
export async function serveHttp(mcp: OpenMcp): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => void mcp.handleHttp(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

export async function clientOverHttp(url: string): Promise<Client> {
  const client = new Client(identity);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)) as Transport);
  return client;
}
