/** The one HTTP server. Host, Origin, size, sign-in and security headers are checked here once; rooms hand in routes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { discardRest, parseJson, readBody } from './http/body.ts';
import {
  checkSessionToken,
  isSignedIn,
  sessionOf,
  sessionRoutes,
  type Session,
  type SignIn,
} from './http/session.ts';
import { AndonError, sentenceOf, type ErrorCode } from './plant/errors.ts';
import type { Route } from './plant/surface.ts';

export type HttpOptions = SignIn & { host: string; port: number; log: (sentence: string) => void };
export type Http = {
  url: string;
  route(route: Route): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const statusOf: Record<ErrorCode, number> = {
  bad_config: 500,
  bad_input: 400,
  not_found: 404,
  ambiguous: 409,
  forbidden: 403,
  conflict: 409,
  busy: 503,
  unreachable: 502,
  unauthorised: 401,
  bad_upstream: 502,
  too_large: 413,
  incompatible: 500,
  internal: 500,
};
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

type Served = {
  options: HttpOptions;
  server: Server;
  routes: Route[];
  /** By the name in the cookie. */
  sessions: Map<string, Session>;
};

/** Listens, or throws `busy` when the port is taken. */
export async function openHttp(options: HttpOptions): Promise<Http> {
  const server = createServer((request, response) => void answer(served, request, response));
  const sessions = new Map<string, Session>();
  const served: Served = { options, server, sessions, routes: sessionRoutes(sessions, options) };
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  // Longer than clients and proxies keep theirs, 60 s at most: who comes back to a connection just as it is ended
  // here gets a reset instead of an answer.
  server.keepAliveTimeout = 65_000;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  return { url, route: (route) => void served.routes.push(route), close, [Symbol.asyncDispose]: close };
}

function listen(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE'
          ? new AndonError(
              'busy',
              `Port ${port} on ${host} is taken by another program.`,
              'Set ANDON_PORT to a free one, or 0 for any.',
              { cause: error },
            )
          : error,
      ),
    );
    server.listen(port, host, done);
  });
}

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, server, sessions } = served;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  try {
    checkHost(request, options, server.address() as AddressInfo);
    const route = routeOf(served, request);
    const session = sessionOf(request, response, sessions, options);
    const signedIn = isSignedIn(request, session, options);
    if (!route.open && !signedIn)
      throw new AndonError(
        'unauthorised',
        'This needs a sign-in.',
        'Send "Authorization: Bearer <ANDON_TOKEN>", or sign in on the page.',
      );
    if (route.changes) checkSessionToken(request, session);
    const bytes = await readBody(request);
    const body = route.own || request.method !== 'POST' ? null : parseJson(request, bytes);
    await route.handle(request, response, { person: session.person, signedIn, body, bytes });
  } catch (error) {
    refuse(request, response, error, options.log);
  }
}

function routeOf({ routes }: Served, { method, url }: IncomingMessage): Route {
  const path = new URL(url ?? '/', 'http://andon').pathname;
  const route = routes.find(
    (one) => (one.method === 'ANY' || one.method === method) && matches(one.path, path),
  );
  if (route) return route;
  throw new AndonError('not_found', `There is nothing at ${method} ${path}.`, 'The page is at /.');
}

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

/** DNS rebinding and cross-site calls: a loopback server answers only to its own name, and only to its own page. */
function checkHost(request: IncomingMessage, options: HttpOptions, address: AddressInfo): void {
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(options.host);
  const host = request.headers.host ?? '';
  const own = [`127.0.0.1:${address.port}`, `localhost:${address.port}`, `[::1]:${address.port}`];
  if (loopback && !own.includes(host))
    throw new AndonError(
      'forbidden',
      `This server does not answer to the name "${host.slice(0, 100)}".`,
      `Use ${own[0]}.`,
    );
  const origin = request.headers.origin;
  if (origin && origin !== `http://${host}` && origin !== `https://${host}`)
    throw new AndonError(
      'forbidden',
      'Calls from other web pages are refused.',
      'Open the page of Andon itself.',
    );
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  log: (sentence: string) => void,
): void {
  const known =
    error instanceof AndonError
      ? error
      : new AndonError('internal', 'Something went wrong here; it was written down.', 'Try again.', {
          cause: error,
        });
  if (!(error instanceof AndonError))
    log(`${request.method} ${request.url?.slice(0, 200)}: ${sentenceOf(error)}`);
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(statusOf[known.code], { 'content-type': 'application/json; charset=utf-8' });
  response.end(
    JSON.stringify({
      error: {
        code: known.code,
        message: known.message,
        next: known.next,
        ...(known.code === 'ambiguous' ? { choices: known.details['choices'] } : {}),
      },
    }),
  );
  discardRest(request);
}
