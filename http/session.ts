/** Sessions of the web page: a cookie finds the session, a token in a header proves that the page itself asks. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AndonError } from '../plant/errors.ts';
import type { Person } from '../plant/person.ts';
import type { Route } from '../plant/surface.ts';

const sessionCookie = 'andon_session';
/** A plant has tens of screens, not thousands. */
const mostSessions = 2_000;

/** Who may use the server, and as whom. */
export type SignIn = {
  /** Bearer for API and MCP, and what the page's sign-in asks for. null: loopback only, no sign-in. */
  token: string | null;
  people: readonly Person[];
  /** Whom the page acts as until somebody picks another person; null: a viewer without a name. */
  pagePerson: Person | null;
};
export type Session = { token: string; person: Person | null; signedIn: boolean };

export function sessionOf(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Map<string, Session>,
  options: SignIn,
): Session {
  const id = /(?:^|;\s*)andon_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const known = id ? sessions.get(id) : undefined;
  if (known) return known;
  const fresh: Session = {
    token: randomBytes(24).toString('base64url'),
    person: options.pagePerson,
    signedIn: options.token === null,
  };
  const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  if (wantsPage) {
    if (sessions.size >= mostSessions) sessions.delete(leastMissed(sessions));
    const name = randomBytes(24).toString('base64url');
    sessions.set(name, fresh);
    response.setHeader('set-cookie', `${sessionCookie}=${name}; HttpOnly; SameSite=Strict; Path=/`);
  }
  return fresh;
}

/** The oldest nobody signed in to, else the oldest: pages that are only opened put out no screen that is in use. */
const leastMissed = (sessions: ReadonlyMap<string, Session>): string =>
  (sessions.entries().find(([, { signedIn }]) => !signedIn) ?? [...sessions][0])?.[0] ?? '';

/** By its session, by the token in its header, or where none is asked for. */
export const isSignedIn = (request: IncomingMessage, session: Session, { token }: SignIn): boolean =>
  token === null || session.signedIn || sameSecret(bearerOf(request), token);

export function checkSessionToken(request: IncomingMessage, session: Session): void {
  if (!sameSecret(String(request.headers['x-andon-session'] ?? ''), session.token))
    throw new AndonError(
      'forbidden',
      'This change did not come from an open page of Andon.',
      'Reload the page and try again.',
    );
}

const bearerOf = (request: IncomingMessage): string =>
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

/** Compares in constant time; hashing makes the lengths equal. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Who am I, sign in, be somebody else: the page's own three routes. */
export function sessionRoutes(sessions: Map<string, Session>, options: SignIn): Route[] {
  const find = (request: IncomingMessage) =>
    sessions.get(/andon_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
  const send = (response: ServerResponse, value: unknown) => {
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify(value));
  };
  const describe = (session: Session | undefined) => ({
    signedIn: session?.signedIn ?? options.token === null,
    needsToken: options.token !== null,
    token: session?.token ?? null,
    person: session?.person
      ? { id: session.person.id, name: session.person.name, role: session.person.role }
      : null,
    people: session?.signedIn ? options.people.map(({ id, name, role }) => ({ id, name, role })) : [],
  });
  return [
    {
      method: 'GET',
      path: '/api/session',
      open: true,
      handle: (request, response) => send(response, describe(find(request))),
    },
    {
      method: 'POST',
      path: '/api/sign-in',
      open: true,
      changes: true,
      handle: (request, response, { body }) => {
        const session = find(request);
        const given = String((body as { token?: unknown } | null)?.token ?? '');
        if (!session || (options.token !== null && !sameSecret(given, options.token)))
          throw new AndonError(
            'unauthorised',
            'That is not the token of this plant.',
            'Ask whoever set Andon up.',
          );
        session.signedIn = true;
        send(response, describe(session));
      },
    },
    {
      method: 'POST',
      path: '/api/person',
      changes: true,
      handle: (request, response, { body }) => {
        const session = find(request);
        const wanted = (body as { person?: unknown } | null)?.person;
        const person = options.people.find((one) => one.id === wanted);
        if (!session || !person)
          throw new AndonError(
            'not_found',
            `Nobody with the id "${String(wanted).slice(0, 60)}" works here.`,
            'Pick one of the list.',
          );
        session.person = person;
        send(response, describe(session));
      },
    },
  ];
}
