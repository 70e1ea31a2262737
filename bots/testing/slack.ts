/** A Slack that nobody here wrote (`emulate`), with what it lacks: where events go, presses and forms. */
import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serve } from './serve.ts';

export const signingSecret = 'a-signing-secret-of-a-test';
export const botToken = 'xoxb-000-andon';

/** The emulator ends a connection that is idle for five seconds, on a busy machine just as it is used again. */
const alone = { connection: 'close' };

type Dispatcher = {
  register(hook: { url: string; events: string[]; active: boolean; owner: string; secret?: string }): unknown;
};
type Plugin = {
  name: string;
  register(app: unknown, store: unknown, webhooks: Dispatcher, ...rest: unknown[]): void;
};

/** A message as the channel shows it. */
export type Shown = {
  ts: string;
  thread_ts?: string;
  user: string;
  text: string;
  blocks?: { type: string; [key: string]: unknown }[];
  files?: { title?: string; name?: string; alt_txt?: string }[];
  metadata?: { event_type: string; event_payload: { key: string } };
};
export type TestSlack = Awaited<ReturnType<typeof openTestSlack>>;

/** `emulate` has no setting for the receiver of events: its plugin is wrapped to reach the dispatcher (0.12.2). */
async function wrapPlugin(): Promise<{ dispatcher(): Dispatcher }> {
  const folder = dirname(fileURLToPath(import.meta.resolve('emulate')));
  const file = readdirSync(folder).find(
    (name) =>
      name.startsWith('dist-') &&
      name.endsWith('.js') &&
      readFileSync(join(folder, name), 'utf8').includes('var slackPlugin'),
  );
  const { slackPlugin } = (await import(pathToFileURL(join(folder, file ?? '')).href)) as {
    slackPlugin: Plugin;
  };
  const original = slackPlugin.register.bind(slackPlugin);
  let captured: Dispatcher | null = null;
  slackPlugin.register = (app, store, webhooks, ...rest) => {
    captured = webhooks;
    original(app, store, webhooks, ...rest);
  };
  return {
    dispatcher: () => {
      slackPlugin.register = original;
      if (!captured) throw new Error('the emulator did not register its Slack');
      return captured;
    },
  };
}

/** People of the workspace by name; `channels` by name. Calls can be seen and refused through `onCall`. */
export async function openTestSlack({ channels, people }: { channels: string[]; people: string[] }) {
  const wrapped = await wrapPlugin();
  const { createEmulator } = await import('emulate');
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      slack: {
        signing_secret: signingSecret,
        users: [...people, 'andon'].map((name) => ({ name })),
        channels: channels.map((name) => ({ name })),
        tokens: [
          { token: botToken, type: 'bot', user: 'andon', app_id: 'A1', bot_id: 'B1' },
          ...people.map((name) => ({ token: `xoxp-${name}`, type: 'user', user: name, app_id: 'A1' })),
        ],
      },
    },
  } as never);
  const dispatcher = wrapped.dispatcher();
  /** Who pressed, by the trigger of the press. */
  const pressedBy = new Map<string, string>();
  const door = await openDoor(emulator.url, async (trigger) => {
    const user = pressedBy.get(trigger);
    if (!pressedBy.delete(trigger)) return trigger;
    return String((await call('views.generateTriggerId', { user_id: user }))['trigger_id']);
  });
  const call = async (method: string, body: Record<string, unknown>, token = botToken) => {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { ...alone, 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { ok: boolean; error?: string } & Record<string, unknown>;
  };
  const listed = (await call('conversations.list', { limit: 100 }))['channels'] as {
    id: string;
    name: string;
  }[];
  const users = (await call('users.list', {}))['members'] as { id: string; name: string }[];
  const idOf = (name: string, list: { id: string; name: string }[]): string => {
    const found = list.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found.id;
  };
  return {
    apiUrl: `${door.url}/api/`,
    door,
    call,
    channel: (name: string) => idOf(name, listed),
    person: (name: string) => idOf(name, users),
    /** From now on the emulator sends its signed events there. */
    sendEventsTo: (url: string) =>
      void dispatcher.register({ url, events: ['*'], active: true, owner: 'slack' }),
    async history(channel: string): Promise<Shown[]> {
      return (
        (await call('conversations.history', { channel, limit: 200 }))['messages'] as Shown[]
      ).toReversed();
    },
    async thread(channel: string, ts: string): Promise<Shown[]> {
      return (await call('conversations.replies', { channel, ts }))['messages'] as Shown[];
    },
    /**
     * What a press of this person carries; opens one form. The emulator's own live for two to three seconds of the
     * wall clock, so the door hands over a fresh one.
     */
    trigger(user: string): string {
      const trigger = `press.${randomUUID()}`;
      pressedBy.set(trigger, user);
      return trigger;
    },
    async close() {
      await door.close();
      await emulator.close();
    },
  };
}

async function withTrigger(form: string, fresh: (trigger: string) => Promise<string>): Promise<string> {
  const fields = new URLSearchParams(form);
  fields.set('trigger_id', await fresh(fields.get('trigger_id') ?? ''));
  return fields.toString();
}

/** What goes through to the emulator: every call of the product, seen, and refused when a test wants it. */
async function openDoor(target: string, fresh: (trigger: string) => Promise<string>) {
  const calls: { method: string; body: string }[] = [];
  const refusals: ((
    method: string,
  ) => { status: number; headers: Record<string, string>; body: string } | null)[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const said = Buffer.concat(chunks);
    const method = (request.url ?? '').replace(/^\/api\//, '').replace(/\?.*/, '');
    calls.push({ method, body: said.toString('utf8') });
    const refused = refusals.map((one) => one(method)).find((one) => one !== null);
    if (refused) return void response.writeHead(refused.status, refused.headers).end(refused.body);
    const body = method === 'views.open' ? await withTrigger(said.toString('utf8'), fresh) : said;
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        ...alone,
        ...Object.fromEntries(
          ['content-type', 'authorization'].flatMap((name) =>
            request.headers[name] ? [[name, String(request.headers[name])]] : [],
          ),
        ),
      },
      ...(body.length > 0 ? { body } : {}),
    });
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const { url, close } = await serve(pass);
  return {
    url,
    close,
    calls,
    /** Refuses calls of a method `times` times. */
    refuse(method: string, status: number, headers: Record<string, string>, body: object, times = 1) {
      let left = times;
      refusals.push((called) =>
        called === method && left-- > 0
          ? {
              status,
              headers: { 'content-type': 'application/json', ...headers },
              body: JSON.stringify(body),
            }
          : null,
      );
    },
    views: () =>
      calls.filter(({ method }) => method === 'views.open').map(({ body }) => new URLSearchParams(body)),
  };
}

export type SlackSender = ReturnType<typeof slackSender>;

/** Signed calls to the product as Slack makes them: fuller events than the emulator's, presses, forms. */
export function slackSender(url: string, secret = signingSecret) {
  const send = async (
    body: string,
    type: string,
    change: { at?: number; signature?: string; headers?: Record<string, string> } = {},
  ) => {
    const at = change.at ?? Math.floor(Date.now() / 1_000);
    const signature =
      change.signature ?? `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': signature,
        ...change.headers,
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  const interact = (payload: object) =>
    send(
      new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      'application/x-www-form-urlencoded',
    );
  return {
    send,
    event: (event: Record<string, unknown>, id = `Ev${randomUUID()}`, change = {}) =>
      send(JSON.stringify(eventBody(event, id)), 'application/json', change),
    press: (press: PressOf) => interact(pressBody(press)),
    submit: (view: object, user: string) =>
      interact({
        type: 'view_submission',
        team: { id: 'T000000001' },
        user: { id: user },
        api_app_id: 'A1',
        view,
      }),
  };
}

/** The envelope Slack sends, with the parts that the emulator leaves out. */
export const eventBody = (event: Record<string, unknown>, id: string) => ({
  type: 'event_callback',
  team_id: 'T000000001',
  api_app_id: 'A1',
  event_id: id,
  event_time: Math.floor(Date.now() / 1_000),
  authorizations: [{ team_id: 'T000000001', user_id: 'U0ANDON', is_bot: true }],
  event,
});

type PressOf = {
  user: string;
  channel: string;
  message: Shown;
  button: { action_id: string; value?: string };
  trigger: string;
};
export const pressBody = ({ user, channel, message, button, trigger }: PressOf) => ({
  type: 'block_actions',
  team: { id: 'T000000001' },
  api_app_id: 'A1',
  user: { id: user },
  trigger_id: trigger,
  container: { type: 'message', message_ts: message.ts, channel_id: channel, is_ephemeral: false },
  channel: { id: channel },
  message,
  actions: [{ type: 'button', block_id: 'b', action_ts: `${Date.now() / 1_000}`, ...button }],
});

/** Buttons of a shown message. */
export const buttonsOf = (message: Shown) =>
  (message.blocks ?? [])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as { action_id: string; value: string; text: { text: string } }[]);
