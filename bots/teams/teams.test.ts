import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jam } from '../../agents/copilot/testing/floor.ts';
import { AndonError } from '../../plant/errors.ts';
import type { OpenSurface } from '../../plant/surface.ts';
import { openTestContext, until, type TestContext } from '../testing/context.ts';
import { alertOf, answerOf, confirmed, decisionOf, now, people } from '../testing/messages.ts';
import {
  actionsOf,
  app,
  openTestTeams,
  textOf,
  type Card,
  type Said,
  type TestTeams,
} from '../testing/teams.ts';
import teams from './index.ts';
import { openTeams } from './surface.ts';

let fake: TestTeams;
let context: TestContext;
let surface: OpenSurface;
const channel = '19:plant@thread.tacv2';
const thread = `${channel};messageid=100`;
const sam = { id: '29:sam', aadObjectId: 'aad-sam' };
const eve = { id: '29:eve', aadObjectId: 'aad-eve' };

beforeAll(async () => {
  fake = await openTestTeams();
});
afterAll(() => fake.close());
beforeEach(async () => {
  fake.said.length = 0;
  context = await openTestContext({
    now,
    people: people.map((one) => (one.id === 'sam' ? { ...one, teams: 'aad-sam' } : one)),
  });
  surface = await openTeams(
    teams.options.parse({ ...app, conversations: { '*': channel } }),
    context,
    fake.connector,
  );
});
afterEach(async () => {
  await surface.close();
  await context.close();
});

const ask = (text: string, from = sam, conversation = thread, change = {}) =>
  fake.deliver(context.http.url, fake.activity(conversation, from, { text }), change);
const reply = (index = 0) => until('a reply', () => fake.said[index]);
const cardOf = ({ activity }: Said): Card => {
  const card = activity.attachments?.[0]?.content;
  if (!card) throw new Error('there is no card');
  return card;
};

describe('who is let in', () => {
  test('a token of the Bot Connector for this bot', async () => {
    expect((await ask('why did line 3 stop?')).status).toBe(200);
    await reply();
  });
  test.each([
    ['no token', { none: true }],
    ['a token for another bot', { audience: 'other' }],
    ['a token of another issuer', { issuer: 'https://evil.example' }],
    ['a token for another service', { serviceUrl: 'https://evil.example' }],
    ['a token that has expired', { expired: true }],
    ['a token of an unknown key', { kid: 'k9' }],
  ])('not %s', async (_, change) => {
    expect((await ask('why?', sam, thread, change)).status).toBe(401);
    expect(context.asked).toEqual([]);
    expect(fake.said).toEqual([]);
  });
  test('not another tenant, not nonsense, not a large body', async () => {
    const other = fake.activity(channel, sam, {
      text: 'why?',
      conversation: { id: channel, tenantId: 'other' },
    });
    await fake.deliver(context.http.url, other);
    expect((await fake.deliver(context.http.url, { hello: 1 })).status).toBe(400);
    expect((await ask('x'.repeat(2_000_000))).status).toBe(413);
    expect(context.asked).toEqual([]);
  });
  test('keys that cannot be read are not the sender’s fault', async () => {
    const away = await openTestContext({ now, people });
    const settings = {
      ...fake.connector.settings,
      ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:9/openid',
    };
    const other = await openTeams(teams.options.parse(app), away, { ...fake.connector, settings });
    const sent = await fake.deliver(away.http.url, fake.activity(channel, sam, { text: 'why?' }));
    expect(sent.status).toBe(503);
    await other.close();
    await away.close();
  });
});

describe('asking', () => {
  test('is answered in the thread, with the card, its sources and who phrased it', async () => {
    await ask('<at>Andon</at> why did line&nbsp;3 stop?');
    const answer = await reply();
    expect(answer.conversation).toBe(thread);
    expect(answer.authorization).toBe('Bearer of-andon');
    expect(answer.activity.summary).toContain('drive trip at the capper');
    expect(textOf(cardOf(answer))).toContain('Answered by rules');
    expect(answer.activity.entities?.[0]).toMatchObject({
      '@type': 'Message',
      citation: [{ position: 1 }, { position: 2 }],
    });
    expect(JSON.stringify(answer.activity.entities)).not.toContain('AIGeneratedContent');
    expect(context.asked[0]).toMatchObject({
      text: 'why did line 3 stop?',
      thread: `teams/${thread}`,
      surface: 'teams',
      person: { id: 'sam' },
    });
  });
  test('what a model phrased carries the label', async () => {
    context.answer = async () => answerOf({ model: 'anthropic:x' });
    await ask('why?');
    expect((await reply()).activity.entities?.[0]).toMatchObject({ additionalType: ['AIGeneratedContent'] });
  });
  test('a repeated delivery is answered once; somebody unknown may ask', async () => {
    const activity = fake.activity(thread, eve, { text: 'why?' });
    await fake.deliver(context.http.url, activity);
    await fake.deliver(context.http.url, activity);
    await reply();
    await surface.close();
    expect(fake.said).toHaveLength(1);
    expect(context.asked).toMatchObject([{ person: null }]);
  });
  test('the picture of the line is in the answer, and its failure changes nothing', async () => {
    context.answer = async () => answerOf({ diagnosis: jam() });
    await ask('why?');
    expect(cardOf(await reply()).body.find(({ type }) => type === 'Image')).toMatchObject({
      url: expect.stringMatching(/^data:image\/png;base64,/),
      altText: expect.stringContaining('Who waited for whom: Labeller for Capper.'),
    });
    context.spans = async () => {
      throw new Error('the states cannot be read');
    };
    await ask('why?');
    expect(cardOf(await reply(1)).body.some(({ type }) => type === 'Image')).toBe(false);
  });
  test('a question that fails is answered with a sentence', async () => {
    context.answer = async () => {
      throw new AndonError('busy', 'Too many questions at once.', 'Ask again in a minute.');
    };
    await ask('why?');
    expect((await reply()).activity.summary).toBe('Too many questions at once. Ask again in a minute.');
  });
});

/** Installs Andon in the channel. */
const install = async (): Promise<void> => {
  await fake.deliver(
    context.http.url,
    fake.activity(channel, sam, { type: 'conversationUpdate', membersAdded: [fake.bot] }),
  );
  await reply();
  fake.said.length = 0;
};

describe('alerts', () => {
  test('the install names the key, and from then on the conversation can be told', async () => {
    await expect(surface.tell(alertOf({}), channel, null)).rejects.toMatchObject({
      code: 'not_found',
      next: expect.stringContaining('Install the app'),
    });
    await fake.deliver(
      context.http.url,
      fake.activity(channel, sam, { type: 'conversationUpdate', membersAdded: [fake.bot] }),
    );
    expect(textOf(cardOf(await reply()))).toContain(channel);
    expect(JSON.stringify([...context.kept])).not.toContain('29:sam');
    expect(surface.placesFor('line-3')).toEqual([channel]);
    const first = await surface.tell(alertOf({}), channel, null);
    expect(fake.said[1]).toMatchObject({ id: first.id, conversation: channel });
  });
  test('one message, changed in place; a deleted one is told anew', async () => {
    await install();
    const first = await surface.tell(alertOf({}), channel, null);
    const over = alertOf({ state: 'resolved', firstLine: 'Line 3 stood for 11 minutes.', buttons: [] });
    expect(await surface.tell(over, channel, first)).toEqual(first);
    expect(fake.said).toHaveLength(1);
    expect(fake.said[0]).toMatchObject({ changes: 1, activity: { summary: 'Line 3 stood for 11 minutes.' } });
    const again = await surface.tell(over, channel, { ...first, id: 'gone' });
    expect(again.id).not.toBe(first.id);
  });
  test('429 says when to try again, a Teams that is away that it will be', async () => {
    await install();
    fake.refuse(429, { 'retry-after': '7' }, 1);
    await expect(surface.tell(alertOf({}), channel, null)).rejects.toMatchObject({
      code: 'busy',
      details: { retryAt: now + 7_000 },
    });
    fake.refuse(403);
    await expect(surface.tell(alertOf({}), channel, null)).rejects.toMatchObject({ code: 'unauthorised' });
    expect((await surface.tell(alertOf({}), channel, null)).id).not.toBe('');
  });
});

describe('pressing', () => {
  const told = async (): Promise<Said> => {
    await install();
    await surface.tell(alertOf({}), channel, null);
    return reply();
  };
  const pressed = (message: Said, action: object, from = sam) =>
    fake.activity(channel, from, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
      value: { action: { type: 'Action.Execute', ...action } },
    });
  const press = (message: Said, title: string, inputs: Record<string, string> = {}, from = sam) => {
    const action = actionsOf(cardOf(message)).find((one) => one.title === title);
    if (!action) throw new Error(`there is no button "${title}"`);
    const data = { ...action.data, ...inputs };
    return fake.deliver(context.http.url, pressed(message, { verb: action.verb, data }, from));
  };
  const sentence = 'application/vnd.microsoft.activity.message';

  test('a verb is done and answered to the presser alone', async () => {
    expect((await press(await told(), 'Take it')).body).toEqual({
      statusCode: 200,
      type: sentence,
      value: 'It is yours.',
    });
    expect(context.presses).toMatchObject([
      { verb: 'acknowledge', subject: 'alert-1', surface: 'teams', place: channel, person: { id: 'sam' } },
    ]);
  });
  test('without an entry in the plant’s file, or too late: a sentence, and the card stays', async () => {
    const alert = await told();
    expect((await press(alert, 'Take it', {}, eve)).body).toMatchObject({
      type: sentence,
      value: expect.stringContaining('teams: aad-eve'),
    });
    expect(context.presses).toEqual([]);
    context.onPress = async () => {
      throw new AndonError('conflict', 'This alert is already taken by the supervisor.', 'Nothing to do.');
    };
    expect((await press(alert, 'Take it')).body).toMatchObject({
      value: expect.stringContaining('already taken'),
    });
    expect(fake.said[0]?.changes).toBe(0);
  });
  test('Do this and Confirm: the draft below the alert becomes the record in place, with what its fields hold', async () => {
    context.onPress = async ({ verb }) => (verb === 'confirm_decision' ? confirmed : decisionOf({}));
    const alert = await told();
    expect((await press(alert, 'Do this: Call maintenance for the drive')).body).toMatchObject({
      type: sentence,
    });
    const draft = await reply(1);
    expect(
      cardOf(draft)
        .body.filter(({ type }) => type === 'Input.Text')
        .map(({ id }) => id),
    ).toEqual(['response', 'constraint', 'tradeoffs']);
    const { body } = await press(draft, 'Confirm', {
      response: 'Run at 80 %',
      constraint: 'No spare',
    });
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(textOf(body?.['value'])).toContain('Decided by the supervisor');
    expect(context.presses.at(-1)).toMatchObject({
      verb: 'confirm_decision',
      inputs: { response: 'Run at 80 %', constraint: 'No spare', tradeoffs: '' },
    });
    await until('the change for everybody', () => fake.said[1]?.changes === 1);
    expect(actionsOf(cardOf(fake.said[1] as Said))).toEqual([]);
    expect(fake.said[0]?.changes).toBe(0);
  });
  test('an older client sends a message instead of an invoke', async () => {
    context.onPress = async () => confirmed;
    const alert = await told();
    const activity = fake.activity(channel, sam, {
      text: '',
      replyToId: alert.id,
      value: { verb: 'confirm_decision', subject: 'd-1', response: 'Run at 80 %' },
    });
    await fake.deliver(context.http.url, activity);
    await until('the change', () => fake.said[0]?.changes === 1);
    expect(context.presses).toMatchObject([
      { verb: 'confirm_decision', inputs: { response: 'Run at 80 %' } },
    ]);
  });
  test('the same press delivered twice is done once', async () => {
    const activity = pressed(await told(), { data: { verb: 'acknowledge', subject: 'alert-1' } });
    await fake.deliver(context.http.url, activity);
    await fake.deliver(context.http.url, activity);
    expect(context.presses).toHaveLength(1);
  });
});

describe('without a registration', () => {
  test('Andon refuses to start, and never with both', () => {
    for (const wrong of [{}, { appId: app.appId }, { ...app, emulator: true }, { ...app, tenant: 'x' }])
      expect(teams.options.safeParse(wrong).success).toBe(false);
  });
  test('the emulator on this machine is answered; what came over a proxy or wants to be answered elsewhere is not', async () => {
    const local = await openTestContext({ now, people });
    const other = await openTeams(teams.options.parse({ emulator: true }), local);
    const activity = fake.activity('emulated', sam, { text: 'why?', channelId: 'emulator' });
    expect((await fake.deliver(local.http.url, activity, { none: true })).status).toBe(200);
    await reply();
    const elsewhere = { ...activity, serviceUrl: 'https://evil.example/' };
    expect((await fake.deliver(local.http.url, elsewhere, { none: true })).status).toBe(403);
    const proxied = await fetch(`${local.http.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
      body: JSON.stringify(activity),
    });
    expect(proxied.status).toBe(403);
    await other.close();
    await local.close();
  });
});
