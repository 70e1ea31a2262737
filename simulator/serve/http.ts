import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
};
export type HttpServer = { url: string; port: number; close(): Promise<void> };

export const json = (status: number, value: unknown, headers?: Reply['headers']): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
  ...(headers ? { headers } : {}),
});

/** A server of GET requests on 127.0.0.1; `port` 0: any free one. `answer` gets the URL and the headers. */
export async function serveHttp(
  port: number,
  answer: (url: URL, headers: IncomingMessage['headers'], method: string) => Reply,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    request.resume();
    respond(response, replyTo(request, answer));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://127.0.0.1:${bound}`, port: bound, close: () => closeAll(server) };
}

function replyTo(request: IncomingMessage, answer: Parameters<typeof serveHttp>[1]): Reply {
  try {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    return answer(url, request.headers, request.method ?? 'GET');
  } catch (error) {
    return json(500, { error: { message: error instanceof Error ? error.message : 'unknown' } });
  }
}

function respond(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': body.length,
    ...reply.headers,
  });
  response.end(body);
}

/** Kept-alive connections would hold the port for seconds: they are cut. */
const closeAll = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
