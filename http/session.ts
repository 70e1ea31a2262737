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

const knownSession = (
  request: IncomingMessage,
  sessions: ReadonlyMap<string, Session>,
): Session | undefined =>
  sessions.get(/(?:^|;\s*)andon_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');

/** The session of a cookie, or a fresh one; who opens the page is given a cookie for it. */
export function sessionOf(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Map<string, Session>,
  options: SignIn,
): Session {
  const known = knownSession(request, sessions);
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
  /** Makes the change, then tells the page who it is now. */
  const handle =
    (change: (session: Session | undefined, body: Body) => void = () => {}): Route['handle'] =>
    (request, response, { body }) => {
      const session = knownSession(request, sessions);
      change(session, body as Body);
      send(response, described(session, options));
    };
  return [
    { method: 'GET', path: '/api/session', open: true, handle: handle() },
    {
      method: 'POST',
      path: '/api/sign-in',
      open: true,
      changes: true,
      handle: handle((session, body) => signIn(session, body, options)),
    },
    {
      method: 'POST',
      path: '/api/person',
      changes: true,
      handle: handle((session, body) => actAs(session, body, options)),
    },
  ];
}

type Body = { token?: unknown; person?: unknown } | null;

function signIn(session: Session | undefined, body: Body, { token }: SignIn): void {
  if (!session || (token !== null && !sameSecret(String(body?.token ?? ''), token)))
    throw new AndonError('unauthorised', 'That is not the token of this plant.', 'Ask whoever set Andon up.');
  session.signedIn = true;
}

function actAs(session: Session | undefined, body: Body, { people }: SignIn): void {
  const wanted = body?.person;
  const person = people.find((one) => one.id === wanted);
  if (!session || !person)
    throw new AndonError(
      'not_found',
      `Nobody with the id "${String(wanted).slice(0, 60)}" works here.`,
      'Pick one of the list.',
    );
  session.person = person;
}

/** Whom the page shows; who may be picked is told only to who is signed in. */
function described(session: Session | undefined, { token, people }: SignIn) {
  const shown = ({ id, name, role }: Person) => ({ id, name, role });
  return {
    signedIn: session?.signedIn ?? token === null,
    needsToken: token !== null,
    token: session?.token ?? null,
    person: session?.person ? shown(session.person) : null,
    people: session?.signedIn ? people.map(shown) : [],
  };
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(value));
}
