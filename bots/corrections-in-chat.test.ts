/** "Wrong, it was the labeller" in the thread of an alert in Slack and Teams, and after an answer on the page. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmedCauses } from '../memory/causes.ts';
import type { Person } from '../plant/person.ts';
import slack from './slack/index.ts';
import teams from './teams/index.ts';
import { openTeams } from './teams/surface.ts';
import { until } from './testing/context.ts';
import { teamsIds } from './testing/doors/teams.ts';
import {
  botToken,
  buttonsOf,
  openTestSlack,
  signingSecret,
  slackSender,
  type Shown,
  type TestSlack,
} from './testing/slack.ts';
import { at, before, trips } from './testing/story.ts';
import { actionsOf, app, openTestTeams, type Card } from './testing/teams.ts';
import { openWorld, type World } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [], teams: teamsIds.aadObjectId };
const instead =
  'You say: a consumable that ran empty at the labeller instead of a tripped drive at the capper.';
let world: World;
let workspace: TestSlack | null = null;

async function open(people: Person[]): Promise<void> {
  world = await openWorld({ people, start: at('14:30') });
  for (const batch of before()) await world.record(batch);
  world.set(at('14:45'));
}
/** The line stops and its alert is told. */
async function stops(): Promise<void> {
  await world.record(trips());
  await world.watch();
}
/** The same told in a channel of Slack, where a person presses the buttons of a message. */
async function stopsInSlack() {
  const space = await openTestSlack({ channels: ['line-3'], people: ['sam'] });
  workspace = space;
  const user = space.person('sam');
  await open([{ ...sam, slack: user }]);
  const channel = space.channel('line-3');
  const options = { botToken, signingSecret, apiUrl: space.apiUrl, channels: { '*': channel } };
  world.add(await slack.open(slack.options.parse(options), world.contextFor('slack')));
  const sender = slackSender(`${world.http.url}/slack/events`);
  await stops();
  const alert = await until('the alert', async () => (await space.history(channel))[0]);
  const press = async (message: Shown, label: string) => {
    const button = buttonsOf(message).find(({ text }) => text.text === label) ?? { action_id: 'none' };
    await sender.press({ user, channel, message, button, trigger: space.trigger(user) });
  };
  return { space, user, channel, sender, alert, press };
}
const learned = async () =>
  (await confirmedCauses(world.memory.pool, at('23:00'))).map(({ machine, cause }) => [machine, cause]);
const expected = [['line-3.labeller', 'consumable_empty']];

beforeEach(() => {
  workspace = null;
});
afterEach(async () => {
  await world.close();
  await workspace?.close();
});

test('in Slack: the draft comes into the thread of the alert, Confirm makes it the record, the alert changes in place', async () => {
  const { space, user, channel, sender, alert, press } = await stopsInSlack();

  const text = '<@U0ANDON> wrong, the labels ran out';
  const said = await space.call('chat.postMessage', { channel, text, thread_ts: alert.ts }, 'xoxp-sam');
  const event = { type: 'app_mention', channel, channel_type: 'channel', user, text };
  await sender.event({ ...event, ts: String(said['ts']), thread_ts: alert.ts });
  const draft = await until('the draft', async () =>
    (await space.thread(channel, alert.ts)).find((one) => one.text.startsWith('You say')),
  );
  expect(draft.text).toBe(instead);
  await press(draft, 'Confirm');
  await until('the record', async () =>
    (await space.thread(channel, alert.ts)).find(
      ({ ts, text: now }) => ts === draft.ts && now !== draft.text,
    ),
  );
  expect(await learned()).toEqual(expected);
  await world.watch();
  const [told] = await space.history(channel);
  expect(told?.ts).toBe(alert.ts);
  expect(told?.text).toMatch(
    /because of a consumable that ran empty at the labeller, as the supervisor confirmed/,
  );
});

test('in Slack: Wrong cause below the alert; one’s own words go into a form', async () => {
  const { space, user, channel, sender, alert, press } = await stopsInSlack();
  await press(alert, 'Wrong cause');
  const asked = await until('the question', async () => (await space.thread(channel, alert.ts))[1]);
  expect(asked.text).toMatch(/^What was it/);
  await press(asked, 'In my words');
  const opened = await until('the form', () => space.door.views().at(-1));
  const view = JSON.parse(opened.get('view') ?? '{}') as Record<string, unknown>;
  const values = { words: { value: { type: 'plain_text_input', value: 'the labels ran out' } } };
  await sender.submit({ ...view, id: 'V1', hash: 'h', state: { values } }, user);
  const draft = await until('the draft in its place', async () =>
    (await space.thread(channel, alert.ts)).find(({ ts, text }) => ts === asked.ts && text === instead),
  );
  expect(buttonsOf(draft).map(({ text }) => text.text)).toEqual(['Confirm', 'In my words', 'Never mind']);
});

test('in Teams: words below the alert, Confirm in the card', async () => {
  const fake = await openTestTeams();
  try {
    await open([sam]);
    const channel = '19:line3@thread.tacv2';
    const options = teams.options.parse({ ...app, conversations: { '*': channel } });
    world.add(await openTeams(options, world.contextFor('teams'), fake.connector));
    const deliver = (conversation: string, more: Record<string, unknown>) =>
      fake.deliver(world.http.url, fake.activity(conversation, teamsIds, more));
    await deliver(channel, { type: 'conversationUpdate', membersAdded: [fake.bot] });
    await until('the welcome', () => fake.said[0]);
    const count = fake.said.length;
    await stops();
    const alert = await until('the alert', () => fake.said[count]);
    const thread = `${channel};messageid=${alert.id}`;
    await deliver(thread, { text: '<at>Andon</at> falsch, die Etiketten gingen aus' });
    const draft = await until('the draft', () => fake.said[count + 1]);
    expect(draft.activity.summary).toBe(instead);
    const card = draft.activity.attachments?.[0]?.content as Card;
    const confirm = actionsOf(card).find(({ title }) => title === 'Confirm');
    await deliver(thread, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: draft.id,
      value: { action: { type: 'Action.Execute', verb: confirm?.verb, data: confirm?.data } },
    });
    await until('the record', () => fake.said.find(({ id, changes }) => id === draft.id && changes > 0));
    expect(await learned()).toEqual(expected);
  } finally {
    await fake.close();
  }
});

test('after an answer: the same thread knows which stop is meant; a model cannot confirm', async () => {
  await open([sam]);
  await stops();
  const ask = (text: string) =>
    world.contextFor('web').ask({ text, thread: 'page-1', person: sam, surface: 'web' });
  const why = await ask('why did line 3 stop?');
  expect(why.buttons.map(({ label }) => label)).toEqual(['Right cause', 'Wrong cause']);
  const draft = await ask('no, se acabaron las etiquetas');
  expect(draft.firstLine).toBe(instead);
  expect(draft.buttons.map(({ verb }) => verb)).toEqual(['confirm_cause', 'reject_cause']);
  expect(await learned()).toEqual([]);
  const right = await ask('right');
  expect(right.firstLine).toBe('You say: a tripped drive at the capper, as was told.');
  expect(await learned()).toEqual([]);
});
