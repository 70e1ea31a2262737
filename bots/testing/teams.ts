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

/** `say` is how people (and install events) reach the product at `url`. */
export async function openTestTeams() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = {
    ...(await exportJWK(publicKey)),
    kid: 'k1',
    use: 'sig',
    alg: 'RS256',
    endorsements: ['msteams'],
  };
  const said: Said[] = [];
  const refusals: { status: number; headers: Record<string, string>; left: number }[] = [];
  let count = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*/, ''));
    const send = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (path === '/openid')
      return void send(200, {
        issuer,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (path === '/keys') return void send(200, { keys: [jwk] });
    const refused = refusals.find(({ left }) => left > 0);
    if (refused) {
      refused.left -= 1;
      return void send(refused.status, { error: { code: 'no', message: 'no' } }, refused.headers);
    }
    const match = /^\/v3\/conversations\/(.+?)\/activities(?:\/(.+))?$/.exec(path);
    if (!match) return void send(404, { error: { code: 'NotFound', message: path } });
    const [, conversation = '', id] = match;
    const activity = JSON.parse(body || '{}') as Said['activity'];
    if (request.method === 'PUT') {
      const before = said.find((one) => one.id === id && conversation.startsWith(one.conversation));
      if (!before) return void send(404, { error: { code: 'NotFound', message: 'no such activity' } });
      before.activity = activity;
      before.changes += 1;
      return void send(200, { id });
    }
    count += 1;
    const made = `a${count}`;
    said.push({
      id: made,
      conversation,
      authorization: request.headers.authorization ?? '',
      activity,
      changes: 0,
    });
    send(201, { id: made });
  };
  const { url, close } = await serve(answer);

  async function token(change: Change): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ serviceurl: change.serviceUrl ?? url })
      .setProtectedHeader({ alg: 'RS256', kid: change.kid ?? 'k1', typ: 'JWT' })
      .setIssuer(change.issuer ?? issuer)
      .setAudience(change.audience ?? app.appId)
      .setNotBefore(now - 7_200)
      .setExpirationTime(change.expired ? now - 3_600 : now + 3_600)
      .sign(privateKey);
  }
  const connector: Connector = {
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
  };
  return {
    url,
    connector,
    said,
    refuse: (status: number, headers: Record<string, string> = {}, times = 1) =>
      void refusals.push({ status, headers, left: times }),
    /** The whole activity as the Bot Connector delivers it, with a token unless `change.none`. */
    async deliver(target: string, activity: Record<string, unknown>, change: Change = {}) {
      const response = await fetch(`${target}/api/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(change.none ? {} : { authorization: `Bearer ${await token(change)}` }),
        },
        body: JSON.stringify(activity),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null,
      };
    },
    /** What every activity has; `conversation` may name a thread of a channel. */
    activity: (
      conversation: string,
      from: { id: string; aadObjectId?: string },
      more: Record<string, unknown>,
    ) => ({
      type: 'message',
      id: `m${(count += 1)}`,
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
