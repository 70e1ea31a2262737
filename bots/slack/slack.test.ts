import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, test } from 'vitest';
import { AndonError } from '../../plant/errors.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import { jam } from '../../agents/copilot/testing/floor.ts';
import { openTestContext, until, type TestContext } from '../testing/context.ts';
import { alertOf, answerOf, confirmed, decisionOf, noticeOf, now, people } from '../testing/messages.ts';
import {
  botToken,
  buttonsOf,
  openTestSlack,
  signingSecret,
  slackSender,
  type Shown,
  type SlackSender,
  type TestSlack,
} from '../testing/slack.ts';
import slack from './index.ts';

let workspace: TestSlack;
let context: TestContext;
let surface: OpenSurface;
let sender: SlackSender;
let channel: string;
let sam: string;

beforeAll(async () => {
  workspace = await openTestSlack({ channels: ['line-3', 'plant'], people: ['sam', 'eve'] });
});
afterAll(() => workspace.close());
beforeEach(async () => {
  channel = workspace.channel('line-3');
  sam = workspace.person('sam');
  context = await openTestContext({
    now,
    people: people.map((one) => (one.id === 'sam' ? { ...one, slack: sam } : one)),
  });
  surface = await slack.open(
    slack.options.parse({ botToken, signingSecret, apiUrl: workspace.apiUrl, channels: { '*': channel } }),
    context,
  );
  sender = slackSender(`${context.http.url}/slack/events`);
});
afterEach(async () => {
  await surface.close();
  await context.close();
});

const mention = (text: string, more: Record<string, unknown> = {}) => ({
  type: 'app_mention',
  channel,
  channel_type: 'channel',
  user: sam,
  ts: `${Date.now() / 1_000}`,
  text,
  ...more,
});
/** A message of a person that really stands in the channel. */
async function posted(text: string, more: Record<string, unknown> = {}): Promise<string> {
  const said = await workspace.call('chat.postMessage', { channel, text, ...more }, 'xoxp-sam');
  return String(said['ts']);
}
const reply = (ts: string, index = 1) =>
  until('a reply in the thread', async () => (await workspace.thread(channel, ts))[index]);

/** The form of a decision's draft, as Slack hands it back unchanged. */
const changeForm = () => ({
  id: 'V1',
  type: 'modal',
  hash: 'h',
  callback_id: 'change_draft',
  private_metadata: JSON.stringify({
    verb: 'edit_decision',
    subject: 'd-1',
    channel,
    ts: '1.1',
    thread: '1.0',
  }),
  state: { values: {} },
});

describe('asking', () => {
  test('a mention is answered in its thread, as a follow-up under the first message', async () => {
    const ts = await posted('<@U0ANDON> why did line 3 stop?');
    expect((await sender.event(mention('<@U0ANDON> why did line 3 stop?', { ts }))).status).toBe(200);
    const answer = await reply(ts);
    expect(answer.thread_ts).toBe(ts);
    expect(answer.text).toContain('drive trip at the capper');
    expect(context.asked[0]).toMatchObject({
      text: 'why did line 3 stop?',
      thread: `slack/${channel}/${ts}`,
      surface: 'slack',
      person: { id: 'sam' },
    });
    const later = await posted('<@U0ANDON> how long?', { thread_ts: ts });
    await sender.event(mention('<@U0ANDON> how long?', { ts: later, thread_ts: ts }));
    await until('the second answer', () => context.asked[1]);
    expect(context.asked[1]?.thread).toBe(`slack/${channel}/${ts}`);
    await reply(ts, 3);
  });
  test('a direct message needs no mention; what others say in a channel is not for Andon', async () => {
    const direct = {
      type: 'message',
      user: sam,
      text: 'is line 3 running?',
      ts: '1.1',
      channel: 'D0123',
      channel_type: 'im',
    };
    await sender.event({ ...direct, channel, channel_type: 'channel' });
    await sender.event({ ...direct, bot_id: 'B9' });
    await sender.event({ ...direct, subtype: 'message_changed' });
    await sender.event(direct);
    await until('the question', () => context.asked[0]);
    expect(context.asked.map(({ text }) => text)).toEqual(['is line 3 running?']);
  });
  test('the events that the emulator signs and sends arrive too', async () => {
    workspace.sendEventsTo(`${context.http.url}/slack/events`);
    const opened = (
      await workspace.call('conversations.open', { users: workspace.person('andon') }, 'xoxp-sam')
    )['channel'] as {
      id: string;
    };
    await workspace.call('chat.postMessage', { channel: opened.id, text: 'what is open?' }, 'xoxp-sam');
    const asked = await until('the question', () =>
      context.asked.find(({ text }) => text === 'what is open?'),
    );
    expect(asked.thread).toMatch(new RegExp(`^slack/${opened.id}/`));
  });
  test('a repeated delivery is answered once', async () => {
    const ts = await posted('<@U0ANDON> why?');
    const event = mention('<@U0ANDON> why?', { ts });
    for (const retry of ['', '1', '2'])
      await sender.event(event, 'Ev-same', { headers: retry ? { 'x-slack-retry-num': retry } : {} });
    await reply(ts);
    expect(context.asked).toHaveLength(1);
  });
  test('somebody unknown may ask', async () => {
    const ts = await posted('hello');
    await sender.event(mention('why did line 3 stop?', { ts, user: workspace.person('eve') }));
    await reply(ts);
    expect(context.asked[0]?.person).toBeNull();
  });
  test('a question that fails is answered with a sentence', async () => {
    context.answer = async () => {
      throw new AndonError('busy', 'Too many questions at once.', 'Ask again in a minute.');
    };
    const ts = await posted('why?');
    await sender.event(mention('why?', { ts }));
    expect((await reply(ts)).text).toBe('Too many questions at once. Ask again in a minute.');
  });
  test('the picture of the line follows an answer with a diagnosis, and its failure changes nothing', async () => {
    context.answer = async () => answerOf({ diagnosis: jam() });
    const ts = await posted('why?');
    await sender.event(mention('why?', { ts }));
    const picture = await reply(ts, 2);
    expect(picture.files?.[0]).toMatchObject({
      title: 'The line, and who waited for whom',
      name: 'line-3.png',
    });
    workspace.door.refuse('files.getUploadURLExternal', 200, {}, { ok: false, error: 'missing_scope' }, 2);
    const again = await posted('why?');
    await sender.event(mention('why?', { ts: again }));
    await reply(again);
    await until('the log', () => context.logged.find((one) => one.includes('picture of line-3')));
  });
});

describe('what is not from Slack is refused', () => {
  const body = JSON.stringify({
    type: 'event_callback',
    event_id: 'Ev1',
    event: { type: 'app_mention', user: 'U1', text: 'why?', channel: 'C1', ts: '1.1' },
  });
  test.each([
    ['a wrong signature', { signature: 'v0=00' }],
    ['a signature of another secret', { signature: `v0=${'a'.repeat(64)}` }],
    ['a time that is long past', { at: Math.floor(Date.now() / 1_000) - 600 }],
  ])('%s: 401, and nothing is asked', async (_, change) => {
    expect((await sender.send(body, 'application/json', change)).status).toBe(401);
    expect(context.asked).toEqual([]);
  });
  test('the address is verified as Slack asks for it; nonsense and large bodies are refused', async () => {
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect(await sender.send(challenge, 'application/json')).toMatchObject({
      status: 200,
      text: expect.stringContaining('abc'),
    });
    expect((await sender.send('{"type":', 'application/json')).status).toBe(400);
    expect(
      (await sender.send(JSON.stringify({ text: 'x'.repeat(2_000_000) }), 'application/json')).status,
    ).toBe(413);
  });
});

describe('alerts', () => {
  test('one message, found again by its key, changed in place', async () => {
    const key = 'alert-in-place';
    const first = await surface.tell(alertOf({ key }), channel, null);
    expect(first).toMatchObject({ surface: 'slack', place: channel });
    expect(await surface.find(key, channel)).toEqual(first);
    expect(await surface.find('another', channel)).toBeNull();
    const over = alertOf({ key, state: 'resolved', firstLine: 'Line 3 stood for 11 minutes.', buttons: [] });
    expect(await surface.tell(over, channel, first)).toEqual(first);
    const copies = (await workspace.history(channel)).filter(
      ({ metadata }) => metadata?.event_payload.key === key,
    );
    expect(copies).toHaveLength(1);
    expect(copies[0]?.text).toBe('Line 3 stood for 11 minutes.');
    expect(buttonsOf(copies[0] as Shown)).toEqual([]);
    expect(await surface.find(key, channel)).toEqual(first);
  });
  test('a copy that somebody deleted is told anew', async () => {
    const first = await surface.tell(alertOf({ key: 'gone' }), channel, null);
    await workspace.call('chat.delete', { channel, ts: first.id });
    const second = await surface.tell(alertOf({ key: 'gone', version: 2 }), channel, first);
    expect(second.id).not.toBe(first.id);
  });
  test('429 says when to try again; other refusals say what to do', async () => {
    workspace.door.refuse(
      'chat.postMessage',
      429,
      { 'retry-after': '7' },
      { ok: false, error: 'ratelimited' },
    );
    await expect(surface.tell(alertOf({}), channel, null)).rejects.toMatchObject({
      code: 'busy',
      details: { retryAt: now + 7_000 },
    });
    await expect(surface.tell(alertOf({}), 'C0NOWHERE', null)).rejects.toMatchObject({
      code: 'not_found',
      next: expect.stringContaining('channel id'),
    });
  });
  test('a line of its own channel, else that of *', async () => {
    expect(surface.placesFor('line-3')).toEqual([channel]);
    const own = slack.options.parse({
      botToken,
      appToken: 'xapp-1',
      channels: { 'line-3': 'C0THREE', '*': 'C0ALL' },
    });
    expect(own.channels).toEqual({ 'line-3': 'C0THREE', '*': 'C0ALL' });
  });
});

describe('pressing', () => {
  const told = async (message = alertOf({})): Promise<Shown> => {
    const { id } = await surface.tell(message, channel, null);
    return until('the message', async () => (await workspace.history(channel)).find(({ ts }) => ts === id));
  };
  const press = async (message: Shown, label: string, user = sam) => {
    const button = buttonsOf(message).find(({ text }) => text.text === label);
    if (!button) throw new Error(`there is no button "${label}"`);
    return sender.press({ user, channel, message, button, trigger: workspace.trigger(user) });
  };
  const whispers = () =>
    workspace.door.calls
      .filter(({ method }) => method === 'chat.postEphemeral')
      .map(({ body }) => new URLSearchParams(body))
      .map((one) => ({
        user: one.get('user'),
        text: one.get('text'),
        channel: one.get('channel'),
        thread: one.get('thread_ts'),
      }));

  test('a verb is acknowledged, done, and answered to the presser alone', async () => {
    const before = whispers().length;
    expect((await press(await told(), 'Take it')).status).toBe(200);
    await until('the reply', () => whispers()[before]);
    expect(whispers()[before]).toMatchObject({ user: sam, channel, text: 'It is yours.' });
    expect(context.presses).toMatchObject([
      { verb: 'acknowledge', subject: 'alert-1', surface: 'slack', place: channel, person: { id: 'sam' } },
    ]);
  });
  test('without an entry in the plant’s file nothing is done, and it is said how to get one', async () => {
    const before = whispers().length;
    const eve = workspace.person('eve');
    await press(await told(), 'Take it', eve);
    await until('the reply', () => whispers()[before]);
    expect(whispers()[before]).toMatchObject({ user: eve, text: expect.stringContaining(`slack: ${eve}`) });
    expect(context.presses).toEqual([]);
  });
  test('Do this, Change, Confirm: the draft in the alert’s thread becomes the record in place', async () => {
    context.onPress = async ({ verb, inputs }) =>
      verb === 'confirm_decision'
        ? confirmed
        : decisionOf(
            inputs
              ? { fields: [{ name: 'response', label: 'What we do', value: inputs['response'] ?? '' }] }
              : {},
          );
    const alert = await told(alertOf({ key: 'to-decide' }));
    await press(alert, 'Do this: Call maintenance for the drive');
    const draft = await reply(alert.ts);
    expect(buttonsOf(draft).map(({ text }) => text.text)).toEqual(['Confirm', 'Change', 'Not this']);

    const forms = workspace.door.views().length;
    await press(draft, 'Change');
    const opened = await until('the form', () => workspace.door.views()[forms]);
    const view = JSON.parse(opened.get('view') ?? '{}') as {
      private_metadata: string;
      callback_id: string;
      blocks: { block_id?: string }[];
    };
    expect(view.blocks.map(({ block_id }) => block_id)).toEqual([
      undefined,
      'response',
      'constraint',
      'tradeoffs',
    ]);
    expect(context.presses.map(({ verb }) => verb)).toEqual(['do_this']);
    const values = { response: { value: { type: 'plain_text_input', value: 'Run at 80 %' } } };
    const sent = await sender.submit({ ...view, id: 'V1', type: 'modal', hash: 'h', state: { values } }, sam);
    expect(sent).toEqual({ status: 200, text: '' });
    await until('the changed draft', async () =>
      JSON.stringify((await workspace.thread(channel, alert.ts))[1]?.blocks).includes('Run at 80 %'),
    );

    await press((await workspace.thread(channel, alert.ts))[1] as Shown, 'Confirm');
    const record = await until('the record', async () =>
      (await workspace.thread(channel, alert.ts)).find(({ text }) => text.startsWith('Decided by')),
    );
    expect(record.ts).toBe(draft.ts);
    expect(await workspace.thread(channel, alert.ts)).toHaveLength(2);
    expect(buttonsOf(record)).toEqual([]);
  });
  test('a form that cannot be taken says why in the form', async () => {
    context.onPress = async () => {
      throw new AndonError('conflict', 'This draft has lapsed.', 'Choose again.');
    };
    const view = changeForm();
    const sent = await sender.submit(view, sam);
    expect(JSON.parse(sent.text)).toEqual({
      response_action: 'errors',
      errors: { response: 'This draft has lapsed. Choose again.' },
    });
  });
  test('a form that was sent as it was: a word to the sender, and the draft stays', async () => {
    context.onPress = async ({ inputs }) =>
      inputs ? noticeOf({ firstLine: 'Nothing was changed: the draft stands as it was.' }) : decisionOf({});
    const alert = await told(alertOf({ key: 'as-it-was' }));
    await press(alert, 'Do this: Call maintenance for the drive');
    const draft = await reply(alert.ts);
    const before = whispers().length;
    const forms = workspace.door.views().length;
    await press(draft, 'Change');
    const opened = await until('the form', () => workspace.door.views()[forms]);
    const form = JSON.parse(opened.get('view') ?? '{}') as { private_metadata: string; callback_id: string };
    const view = { ...form, id: 'V1', type: 'modal', hash: 'h', state: { values: {} } };
    expect(await sender.submit(view, sam)).toEqual({ status: 200, text: '' });
    await until('the word', () => whispers()[before]);
    // In the thread of the alert: Slack shows nobody a word whose thread is itself a reply.
    expect(whispers()[before]).toEqual({
      user: sam,
      text: 'Nothing was changed: the draft stands as it was.',
      channel,
      thread: alert.ts,
    });
    expect((await workspace.thread(channel, alert.ts))[1]?.text).toBe(draft.text);
  });
  test('a draft that was changed but cannot be shown is changed all the same', async () => {
    context.onPress = async () => decisionOf({});
    const view = changeForm();
    expect(await sender.submit(view, sam)).toEqual({ status: 200, text: '' });
    await until('the log', () => context.logged.find((one) => one.includes('message_not_found')));
  });
  test('who was late is told privately', async () => {
    context.onPress = async () => {
      throw new AndonError('conflict', 'This alert is already taken by the supervisor.', 'Nothing to do.');
    };
    const before = whispers().length;
    await press(await told(), 'Take it');
    expect((await until('the reply', () => whispers()[before])).text).toContain('already taken');
  });
  test('a follow-up button asks its question in the thread', async () => {
    const ts = await posted('why?');
    await sender.event(mention('why?', { ts }));
    const answer = await reply(ts);
    await press(answer, 'how long?');
    await reply(ts, 2);
    expect(context.asked[1]).toMatchObject({ text: 'how long?', thread: `slack/${channel}/${ts}` });
  });
});

test('a token in the wrong place is refused before anything starts', () => {
  expect(slack.options.safeParse({ botToken }).success).toBe(false);
  expect(slack.options.safeParse({ botToken, signingSecret, chanels: {} }).success).toBe(false);
  expect(slack.options.safeParse({ botToken, signingSecret, channels: { '*': '#general' } }).success).toBe(
    false,
  );
});
