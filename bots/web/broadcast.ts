import type { ServerResponse } from 'node:http';

/** Server-sent events to every open page: that something happened; what it is, a page asks for itself. */
export type Broadcast = {
  add(response: ServerResponse): void;
  send(event: string): void;
  close(): void;
};

/** A comment line this often keeps proxies from closing a quiet connection, milliseconds. */
const keepAliveMs = 20_000;

/** Holds the open connections; a page that is gone leaves by itself. */
export function openBroadcast(): Broadcast {
  const open = new Set<ServerResponse>();
  const timer = setInterval(() => {
    for (const response of open) response.write(': still here\n\n');
  }, keepAliveMs);
  timer.unref();
  return {
    add(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 2000\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    send(event) {
      for (const response of open) response.write(`event: ${event}\ndata: {}\n\n`);
    },
    close() {
      clearInterval(timer);
      for (const response of open) response.end();
    },
  };
}
