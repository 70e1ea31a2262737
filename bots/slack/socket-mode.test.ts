import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { openTestContext, until, type TestContext } from '../testing/context.ts';
import { now, people } from '../testing/messages.ts';
import { serve } from '../testing/serve.ts';
import { botToken, eventBody, pressBody } from '../testing/slack.ts';
import slack from './index.ts';

type Ack = { envelope_id: string; payload?: unknown };
let context: TestContext;
let fake: Awaited<ReturnType<typeof openSocketSlack>>;
beforeEach(async () => {
  fake = await openSocketSlack();
  context = await openTestContext({
    now,
    people: people.map((one) => (one.id === 'sam' ? { ...one, slack: 'U0SAM' } : one)),
  });
});
afterEach(async () => {
  await context.close();
  await fake.close();
});

/** `apps.connections.open` and the socket it names, as Slack's documentation has them; any other method is fine. */
async function openSocketSlack() {
  const calls: { method: string; body: URLSearchParams }[] = [];
  const acks: Ack[] = [];
  let socket: WebSocket | null = null;
  let away = false;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const method = (request.url ?? '').slice('/api/'.length);
    calls.push({ method, body: new URLSearchParams(body) });
    response.setHeader('content-type', 'application/json');
    if (method === 'apps.connections.open' && away)
      return void response.writeHead(503).end('<html>not today</html>');
    response.end(
      JSON.stringify(
        method === 'apps.connections.open'
          ? { ok: true, url: `${url.replace('http', 'ws')}/link` }
          : { ok: true, ts: '1.2', user_id: 'U0ANDON', bot_id: 'B0ANDON', team_id: 'T1' },
      ),
    );
  };
  const { server, url, close } = await serve(answer);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (one) => {
    socket = one;
    one.on('message', (data) => acks.push(JSON.parse((data as Buffer).toString('utf8')) as Ack));
    one.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
  });
  return {
    apiUrl: `${url}/api/`,
    calls,
    acks,
    /** Whether connections are refused from now on. */
    isAway: (now: boolean) => void (away = now),
    connected: () => socket !== null,
    deliver(type: string, payload: object, id: string) {
      socket?.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true }));
    },
    async close() {
      for (const one of sockets.clients) one.terminate();
      sockets.close();
      await close();
    },
  };
}

const open = () =>
  slack.open(slack.options.parse({ botToken, appToken: 'xapp-1-test', apiUrl: fake.apiUrl }), context);

test('over a socket that Andon opens itself: a mention, a repeat, a press', async () => {
  const surface = await open();
  try {
    await until('the connection', () => fake.connected());
    const event = { type: 'app_mention', channel: 'C1', user: 'U0SAM', ts: '1.1', text: '<@U0ANDON> why?' };
    fake.deliver('events_api', eventBody(event, 'Ev1'), 'e1');
    fake.deliver('events_api', eventBody(event, 'Ev1'), 'e2');
    const posted = await until('the answer', () =>
      fake.calls.find(({ method }) => method === 'chat.postMessage'),
    );
    expect(posted.body.get('thread_ts')).toBe('1.1');
    expect(posted.body.get('text')).toContain('drive trip');
    const press = pressBody({
      user: 'U0SAM',
      channel: 'C1',
      message: { ts: '1.2', user: 'U0ANDON', text: '' },
      button: { action_id: 'acknowledge', value: 'alert-1' },
      trigger: 't1',
    });
    fake.deliver('interactive', press, 'e3');
    await until('the private reply', () => fake.calls.find(({ method }) => method === 'chat.postEphemeral'));
    expect(context.presses).toMatchObject([{ verb: 'acknowledge', subject: 'alert-1' }]);
    // They come over the socket, the reply by a call: in no order.
    await until('three acknowledgements', () => fake.acks.length >= 3);
    expect(fake.acks.map(({ envelope_id }) => envelope_id).toSorted()).toEqual(['e1', 'e2', 'e3']);
    expect(context.asked).toHaveLength(1);
  } finally {
    await surface.close();
  }
});

test('a Slack that is away does not stop the start, and is found when it is back', async () => {
  fake.isAway(true);
  const surface = await open();
  try {
    await until('the sentence', () => context.logged.find((one) => one.includes('trying again')));
    expect(fake.connected()).toBe(false);
    fake.isAway(false);
    await until('the connection', () => fake.connected());
  } finally {
    await surface.close();
  }
});
