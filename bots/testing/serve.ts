import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
export type Served = { server: Server; url: string; close(): Promise<void> };

/**
 * A server on a free port of this machine. It keeps every connection until it is closed: one that a busy machine
 * finds idle for too long is ended just as somebody comes back to it, and who comes back gets a reset.
 */
export async function serve(handle: Handle): Promise<Served> {
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
