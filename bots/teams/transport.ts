/** The road to Teams: authentication of what comes in, and the Bot Connector for what goes out. */
import type { CloudAdapter, TurnContext } from 'botbuilder';
import { AndonError } from '../../plant/errors.ts';
import type { Clock } from '../../plant/time.ts';
import { post, put } from './connector.ts';
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

/** What Microsoft Entra knows the bot by. */
export type App = { id: string; password: string; tenant: string };
type TransportOptions = {
  /** null: no authentication in either direction, for the emulator on this machine alone. */
  app: App | null;
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

type Package = typeof import('botbuilder');
/** Checks an activity's token and runs the turn. */
type Door = CloudAdapter & {
  take(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<{ status: number; body?: unknown } | undefined>;
};

/** 131 MB on disk and 0.7 s to load: only when Teams is configured. */
export async function openTransport({ app, connector, clock }: TransportOptions): Promise<Transport> {
  const botbuilder = await import('botbuilder');
  const { TurnContext: Turn } = botbuilder;
  const door = openDoor(botbuilder, app, connector);
  const caller = { adapter: door, address: Turn.applyConversationReference, appId: app?.id ?? '', clock };
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
    say: (reference, outgoing) => post(caller, reference, outgoing),
    change: (reference, id, outgoing) => put(caller, reference, id, outgoing),
  };
}

function openDoor(botbuilder: Package, app: App | null, connector?: Connector): Door {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = botbuilder;
  /** `process` of the adapter writes to the console and answers 500 where Microsoft cannot be reached; this is what it does besides. */
  class Adapter extends CloudAdapter {
    take(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
      return this.processActivity(authorization, activity as never, turn);
    }
  }
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
  return new Adapter(new ConfigurationBotFrameworkAuthentication(settings, connector?.credentials as never));
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
