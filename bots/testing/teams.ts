/** The Bot Connector and Microsoft's keys, as far as Andon meets them: RS256 tokens, a JWKS, conversations, activities. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Connector } from '../teams/transport.ts';
import { serve } from './serve.ts';

export const app = {
  appId: '11111111-aaaa-4bbb-8ccc-000000000001',
  appPassword: 'secret',
  tenantId: 'tenant-of-the-plant',
};
const issuer = 'https://api.botframework.com';
const botAccount = { id: `28:${app.appId}`, name: 'Andon' };

/** An activity as a conversation shows it. */
export type Said = {
  id: string;
  conversation: string;
  authorization: string;
  activity: {
    type: string;
    summary?: string;
    text?: string;
    entities?: Record<string, unknown>[];
    attachments?: { content: Card }[];
  };
  /** How often it was changed. */
  changes: number;
};
export type Card = {
  type: string;
  body: CardPart[];
  fallbackText: string;
};
export type CardPart = { type: string; [key: string]: unknown };

type Change = {
  audience?: string;
  issuer?: string;
  serviceUrl?: string;
  expired?: boolean;
  kid?: string;
  none?: boolean;
};

/** The connector as it runs. */
type Fake = {
  said: Said[];
  refusals: { status: number; headers: Record<string, string>; left: number }[];
  /** Numbers of activities, in both directions. */
  count: number;
  jwk: Record<string, unknown>;
  privateKey: Parameters<SignJWT['sign']>[0];
};

/** `deliver` is how people (and install events) reach the product at `target`. */
export async function openTestTeams() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = {
    ...(await exportJWK(publicKey)),
    kid: 'k1',
    use: 'sig',
    alg: 'RS256',
    endorsements: ['msteams'],
  };
  const fake: Fake = { said: [], refusals: [], count: 0, jwk, privateKey };
  const { url, close } = await serve((request, response) => answer(fake, url, request, response));
  return {
    url,
    connector: connectorAt(url),
    said: fake.said,
    refuse: (status: number, headers: Record<string, string> = {}, times = 1) =>
      void fake.refusals.push({ status, headers, left: times }),
    deliver: (target: string, activity: Record<string, unknown>, change: Change = {}) =>
      deliver(fake, url, { target, activity, change }),
    /** What every activity has; `conversation` may name a thread of a channel. */
    activity: (
      conversation: string,
      from: { id: string; aadObjectId?: string },
      more: Record<string, unknown>,
    ) => ({
      type: 'message',
      id: `m${(fake.count += 1)}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: url,
      from: { name: 'Somebody', ...from },
      recipient: botAccount,
      conversation: { id: conversation, tenantId: app.tenantId, conversationType: 'channel', isGroup: true },
      channelData: { tenant: { id: app.tenantId } },
      ...more,
    }),
    bot: botAccount,
    close,
  };
}

/** Microsoft's keys, and the activities of conversations. */
async function answer(
  fake: Fake,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const path = decodeURIComponent((request.url ?? '').replace(/\?.*/, ''));
  const send = (status: number, value: unknown, headers: Record<string, string> = {}) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value));
  const signing = { id_token_signing_alg_values_supported: ['RS256'] };
  if (path === '/openid') return send(200, { issuer, jwks_uri: `${url}/keys`, ...signing });
  if (path === '/keys') return send(200, { keys: [fake.jwk] });
  const refused = fake.refusals.find(({ left }) => left > 0);
  if (refused) {
    refused.left -= 1;
    return send(refused.status, { error: { code: 'no', message: 'no' } }, refused.headers);
  }
  const match = /^\/v3\/conversations\/(.+?)\/activities(?:\/(.+))?$/.exec(path);
  if (!match) return send(404, { error: { code: 'NotFound', message: path } });
  const [, conversation = '', id = ''] = match;
  const activity = JSON.parse(body || '{}') as Said['activity'];
  const authorization = request.headers.authorization ?? '';
  if (request.method !== 'PUT') return send(201, keep(fake, { conversation, authorization, activity }));
  return change(fake, conversation, id, activity)
    ? send(200, { id })
    : send(404, { error: { code: 'NotFound', message: 'no such activity' } });
}

function keep(fake: Fake, said: Pick<Said, 'conversation' | 'authorization' | 'activity'>): { id: string } {
  fake.count += 1;
  const id = `a${fake.count}`;
  fake.said.push({ id, ...said, changes: 0 });
  return { id };
}

/** False: nothing was said there under this id. */
function change({ said }: Fake, conversation: string, id: string, activity: Said['activity']): boolean {
  const before = said.find((one) => one.id === id && conversation.startsWith(one.conversation));
  if (!before) return false;
  before.activity = activity;
  before.changes += 1;
  return true;
}

function token({ privateKey }: Fake, url: string, wanted: Change): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ serviceurl: wanted.serviceUrl ?? url })
    .setProtectedHeader({ alg: 'RS256', kid: wanted.kid ?? 'k1', typ: 'JWT' })
    .setIssuer(wanted.issuer ?? issuer)
    .setAudience(wanted.audience ?? app.appId)
    .setNotBefore(now - 7_200)
    .setExpirationTime(wanted.expired ? now - 3_600 : now + 3_600)
    .sign(privateKey);
}

/** The whole activity as the Bot Connector delivers it, with a token unless `change.none`. */
async function deliver(
  fake: Fake,
  url: string,
  { target, activity, change: wanted }: { target: string; activity: Record<string, unknown>; change: Change },
) {
  const response = await fetch(`${target}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(wanted.none ? {} : { authorization: `Bearer ${await token(fake, url, wanted)}` }),
    },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null,
  };
}

/** Where the product finds this connector in place of Microsoft's. */
const connectorAt = (url: string): Connector => ({
  settings: {
    ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
    ToBotFromChannelTokenIssuer: issuer,
    ToChannelFromBotLoginUrl: `${url}/login`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: `${url}/oauth`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
    CallerId: 'urn:botframework:azure',
  },
  credentials: {
    isValidAppId: (id) => Promise.resolve(id === app.appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        signRequest: (request: { headers: { set(name: string, value: string): void } }) => {
          request.headers.set('authorization', 'Bearer of-andon');
          return Promise.resolve(request);
        },
      }),
  },
});

export type TestTeams = Awaited<ReturnType<typeof openTestTeams>>;

type CardAction = {
  type: string;
  title: string;
  verb?: string;
  data?: { verb: string; subject: string };
};
/** All buttons of a card. */
export const actionsOf = (card: Card): CardAction[] =>
  card.body.filter(({ type }) => type === 'ActionSet').flatMap(({ actions }) => actions as CardAction[]);

/** Everything a card says, in its order, folded parts too. */
export const textOf = (part: unknown): string => {
  if (Array.isArray(part))
    return part
      .map(textOf)
      .filter((one) => one !== '')
      .join('\n');
  if (typeof part !== 'object' || part === null) return '';
  const { inlines, body, items, rows, cells } = part as Record<string, { text: string }[] | undefined>;
  if (inlines) return inlines.map(({ text }) => text).join('');
  return textOf([body, items, rows, cells].filter((one) => one !== undefined).flat());
};
