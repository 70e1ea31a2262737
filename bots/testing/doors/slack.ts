import type { Person } from '../../../plant/person.ts';
import slack from '../../slack/index.ts';
import { until } from '../context.ts';
import {
  botToken,
  buttonsOf,
  signingSecret,
  slackSender,
  type Shown,
  type SlackSender,
  type TestSlack,
} from '../slack.ts';
import type { World } from '../world.ts';
import { inPlace, missing, type Door, type Seen } from './door.ts';

export const slackPeople = (people: Person[], workspace: TestSlack): Person[] =>
  people.map((one) => ({ ...one, slack: workspace.person(one.id) }));

/** A person in a channel of an emulated workspace. */
type Place = { workspace: TestSlack; sender: SlackSender; channel: string; user: string };

/** A channel of an emulated workspace; questions share one thread. */
export async function openSlackDoor(world: World, workspace: TestSlack): Promise<Door> {
  const channel = workspace.channel('line-3');
  world.add(
    await slack.open(
      slack.options.parse({ botToken, signingSecret, apiUrl: workspace.apiUrl, channels: { '*': channel } }),
      world.contextFor('slack'),
    ),
  );
  const sender = slackSender(`${world.http.url}/slack/events`);
  const place: Place = { workspace, sender, channel, user: workspace.person('sam') };
  let thread: string | undefined;
  return {
    title: 'in Slack',
    where: 'in #line-3',
    async ask(text) {
      const ts = await mention(place, text, thread);
      thread ??= ts;
      return answerAfter(place, thread, ts);
    },
    async alert() {
      const alerts = (await workspace.history(channel)).filter(({ metadata }) => metadata);
      if (alerts.length !== 1) missing(`single alert among ${alerts.length}`);
      return seenOf(alerts[0] ?? missing('alert'));
    },
    press: (on, label) => press(place, on, label),
  };
}

/** Says it to Andon, in the thread where there is one; the message's `ts`. */
async function mention(place: Place, words: string, thread: string | undefined): Promise<string> {
  const { workspace, sender, channel, user } = place;
  const text = `<@U0ANDON> ${words}`;
  const below = thread ? { thread_ts: thread } : {};
  const said = await workspace.call('chat.postMessage', { channel, text, ...below }, 'xoxp-sam');
  const ts = String(said['ts']);
  await sender.event({ type: 'app_mention', channel, channel_type: 'channel', user, ts, text, ...below });
  return ts;
}

async function answerAfter({ workspace, channel }: Place, thread: string, ts: string): Promise<Seen> {
  const replies = async () => (await workspace.thread(channel, thread)).filter((one) => one.ts > ts);
  const answer = await until('the answer', async () => (await replies()).find(({ blocks }) => blocks));
  const seen = seenOf(answer);
  if (!answer.text.startsWith('Line 3 stopped')) return seen;
  const picture = await until('the picture', async () => (await replies()).find(({ files }) => files));
  const file = picture.files?.[0];
  return file ? { ...seen, rest: [...seen.rest, `(picture below: ${file.alt_txt ?? ''})`] } : seen;
}

async function press(place: Place, on: Seen, label: string): Promise<Seen> {
  const { workspace, sender, channel, user } = place;
  const message = await find(place, on.id);
  const button = buttonsOf(message).find(({ text }) => text.text.startsWith(label)) ?? missing(label);
  await sender.press({ user, channel, message, button, trigger: workspace.trigger(user) });
  if (!inPlace.includes(label))
    return seenOf(await until('the draft', async () => (await workspace.thread(channel, on.id))[1]));
  return seenOf(
    await until('the record', async () => {
      const now = await find(place, on.id);
      return now.text === message.text ? null : now;
    }),
  );
}

async function find({ workspace, channel }: Place, id: string): Promise<Shown> {
  const top = await workspace.history(channel);
  const below = await Promise.all(top.map(({ ts }) => workspace.thread(channel, ts)));
  return [...top, ...below.flat()].find(({ ts }) => ts === id) ?? missing('message');
}

type Block = { text?: { text: string }; elements?: Block[]; rows?: { text: string }[][] };
function seenOf({ ts, blocks = [] }: Shown): Seen {
  const said = (block: { type: string } & Record<string, unknown>): string => {
    const { text, elements, rows } = block as Block & { text?: unknown };
    if (block.type === 'actions') return '';
    if (rows) return rows.map((row) => `| ${row.map((cell) => cell.text).join(' | ')} |`).join('\n');
    if (elements && block.type === 'rich_text')
      return elements
        .map((line) => (line.elements ?? []).map((run) => run.text as unknown as string).join(''))
        .join('');
    if (elements) return elements.map((one) => one.text as unknown as string).join('\n');
    return (text as { text: string } | undefined)?.text ?? '';
  };
  const [first = '', ...rest] = blocks.map(said).filter((one) => one !== '');
  return {
    id: ts,
    first,
    rest,
    buttons: buttonsOf({ ts, user: '', text: '', blocks }).map(({ text }) => text.text),
  };
}
