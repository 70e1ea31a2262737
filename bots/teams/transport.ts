/** The only file that knows `botbuilder`: authentication of what comes in, and the Bot Connector for what goes out. */
import type { ConversationReference, TurnContext } from 'botbuilder';
import { AndonError } from '../../plant/errors.ts';
import type { Clock } from '../../plant/time.ts';
import type { Activity } from './inbound.ts';

/** Where something can be said later. Plain JSON, kept in the database. */
export type Reference = Record<string, unknown>;
/** What a turn answers to an invoke; null for everything else. */
export type Reply = { status: number; body: unknown } | null;
export type Outgoing = Record<string, unknown>;

export type Transport = {
  /** Checks the token of an activity and hands it to `turn`. Throws `unauthorised` or `unreachable` before `turn` runs. */
  receive(
    authorization: string,
    activity: Activity,
    turn: (reference: Reference) => Promise<Reply>,
  ): Promise<Reply>;
  /** Says something and returns its id. */
  say(reference: Reference, outgoing: Outgoing): Promise<string>;
  /** Changes what was said. False: it is gone. */
  change(reference: Reference, id: string, outgoing: Outgoing): Promise<boolean>;
};

type TransportOptions = {
  /** null: no authentication in either direction, for the emulator on this machine alone. */
  app: { id: string; password: string; tenant: string } | null;
  /** Other addresses and credentials of the Bot Connector than Microsoft's public ones. */
  connector?: Connector | undefined;
  clock: Clock;
};
export type Connector = {
  settings: Readonly<Record<string, string>>;
  credentials: {
    isValidAppId(id: string): Promise<boolean>;
    isAuthenticationDisabled(): Promise<boolean>;
    createCredentials(): Promise<unknown>;
  };
};

/** A call of the Bot Connector takes well under a second; its own limit for ours is 15 s. */
const timeoutMs = 15_000;
type Conversation = { base: string; headers: Headers; addressed(outgoing: Outgoing): Outgoing };
type Signer = { credentials: { signRequest(request: { headers: Headers }): Promise<unknown> } };

/**
 * What is said goes out as plain JSON through `fetch`: the package's own client drops every property of an entity
 * that it does not know, so that citations and the AI label never arrive, and it waits out a 429 by itself.
 *
 * 131 MB on disk and 0.7 s to load: only when Teams is configured. */
export async function openTransport({ app, connector, clock }: TransportOptions): Promise<Transport> {
  const {
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    TurnContext: Turn,
  } = await import('botbuilder');
  const settings = {
    ...(app
      ? {
          MicrosoftAppId: app.id,
          MicrosoftAppPassword: app.password,
          MicrosoftAppType: 'SingleTenant',
          MicrosoftAppTenantId: app.tenant,
        }
      : {}),
    ...connector?.settings,
  };
  /** `process` of the adapter writes to the console and answers 500 where Microsoft cannot be reached; this is what it does besides. */
  class Door extends CloudAdapter {
    take(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
      return this.processActivity(authorization, activity as never, turn);
    }
  }
  const door = new Door(
    new ConfigurationBotFrameworkAuthentication(settings, connector?.credentials as never),
  );
  /** Runs with what it takes to call the conversation of a reference. */
  async function inConversation(
    reference: Reference,
    work: (to: Conversation) => Promise<void>,
  ): Promise<void> {
    try {
      await door.continueConversationAsync(
        app?.id ?? '',
        reference as unknown as Partial<ConversationReference>,
        async (context) => {
          const headers = new Headers({ 'content-type': 'application/json' });
          const client = context.turnState.get<Signer>(door.ConnectorClientKey);
          await client.credentials.signRequest({ headers });
          const { serviceUrl, conversation } = context.activity;
          const base = `${serviceUrl.replace(/\/$/, '')}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
          const addressed = (outgoing: Outgoing): Outgoing =>
            Turn.applyConversationReference(
              { ...outgoing },
              reference as unknown as Partial<ConversationReference>,
            ) as Outgoing;
          await work({ base, headers, addressed });
        },
      );
    } catch (error) {
      throw asAndonError(error);
    }
  }
  async function call(
    method: 'POST' | 'PUT',
    url: string,
    { headers, addressed }: Conversation,
    outgoing: Outgoing,
  ) {
    const response = await fetch(url, {
      method,
      headers,
      body: JSON.stringify(addressed(outgoing)),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw refusal(response, clock);
    return (await response.json().catch(() => ({}))) as { id?: string };
  }
  return {
    async receive(authorization, activity, turn) {
      try {
        const response = await door.take(authorization, activity, async (context) => {
          const reply = await turn(Turn.getConversationReference(context.activity) as Reference);
          if (reply) await context.sendActivity({ type: 'invokeResponse', value: reply });
        });
        return response ? { status: response.status, body: response.body } : null;
      } catch (error) {
        throw notAuthentic(error);
      }
    },
    async say(reference, outgoing) {
      let id = '';
      await inConversation(reference, async (to) => {
        const under = reference['activityId'];
        const url = typeof under === 'string' ? `${to.base}/${encodeURIComponent(under)}` : to.base;
        id = (await call('POST', url, to, outgoing)).id ?? '';
      });
      return id;
    },
    async change(reference, id, outgoing) {
      try {
        await inConversation(reference, async (to) => {
          await call('PUT', `${to.base}/${encodeURIComponent(id)}`, to, { ...outgoing, id });
        });
        return true;
      } catch (error) {
        if (error instanceof AndonError && error.code === 'not_found') return false;
        throw error;
      }
    },
  };
}

/** A token that is wrong is 401; Microsoft's keys out of reach is not the sender's fault. */
function notAuthentic(error: unknown): AndonError {
  const status = (error as { statusCode?: number }).statusCode;
  return status === 401 || status === 403
    ? new AndonError('unauthorised', 'This call does not come from Teams.', '', { cause: error })
    : new AndonError(
        'busy',
        'The keys that calls from Teams are checked with cannot be read now.',
        'Try again.',
        {
          cause: error,
        },
      );
}

/** What the Bot Connector refused, as ours: `busy` with `details.retryAt` on 429. */
function refusal({ status, headers }: Response, clock: Clock): AndonError {
  if (status === 429) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new AndonError('busy', 'Teams takes no more messages for now.', 'It will be tried again.', {
      details: { retryAt: clock() + (Number.isFinite(seconds) ? seconds : 30) * 1_000 },
    });
  }
  if (status === 404)
    return new AndonError(
      'not_found',
      'Teams does not know this conversation or message.',
      'Add Andon to that team or chat again.',
    );
  if (status === 401 || status === 403)
    return new AndonError(
      'unauthorised',
      'Teams refuses the message.',
      'Check that the app is installed there.',
    );
  return new AndonError('unreachable', `Teams answers with ${status}.`, 'It will be tried again.');
}

const asAndonError = (error: unknown): AndonError =>
  error instanceof AndonError
    ? error
    : new AndonError('unreachable', 'Teams does not answer.', 'It will be tried again.', { cause: error });
