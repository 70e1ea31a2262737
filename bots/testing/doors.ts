/** Slack, Teams and the page, each as a person uses it, with what the screen shows. */
import { testPlant } from '../../mcp-server/testing/plant.ts';
import type { Person } from '../../plant/person.ts';
import type { AlertMessage, Answer, DecisionMessage } from '../../plant/message.ts';
import slack from '../slack/index.ts';
import teams from '../teams/index.ts';
import { openTeams } from '../teams/surface.ts';
import web from '../web/index.ts';
import {
  blocksOf,
  formFacts,
  evidenceLine,
  evidenceTitle,
  phrasedBy,
  stateWords,
  suggestionLine,
} from '../words/answer.ts';
import { withTable } from '../words/table.ts';
import { until } from './context.ts';
import type { Door, Seen } from './hour.ts';
import { botToken, buttonsOf, signingSecret, slackSender, type Shown, type TestSlack } from './slack.ts';
import { actionsOf, app, textOf, type Card, type CardPart, type Said, type TestTeams } from './teams.ts';
import type { World } from './world.ts';

/** What is pressed on a draft or a record and shows in its place. */
const inPlace: readonly string[] = ['Confirm', 'Take back'];

const missing = (what: string): never => {
  throw new Error(`there is no ${what}`);
};

export const slackPeople = (people: Person[], workspace: TestSlack): Person[] =>
  people.map((one) => ({ ...one, slack: workspace.person(one.id) }));

/** A channel of an emulated workspace; questions share one thread. */
export async function openSlackDoor(world: World, workspace: TestSlack): Promise<Door> {
  const channel = workspace.channel('line-3');
  const user = workspace.person('sam');
  world.add(
    await slack.open(
      slack.options.parse({ botToken, signingSecret, apiUrl: workspace.apiUrl, channels: { '*': channel } }),
      world.contextFor('slack'),
    ),
  );
  const sender = slackSender(`${world.http.url}/slack/events`);
  let thread: string | undefined;
  const inThread = (of: string) => workspace.thread(channel, of);
  const find = async (id: string): Promise<Shown> => {
    const top = await workspace.history(channel);
    const all = [...top, ...(await Promise.all(top.map(({ ts }) => inThread(ts)))).flat()];
    return all.find(({ ts }) => ts === id) ?? missing('message');
  };
  return {
    title: 'in Slack',
    where: 'in #line-3',
    async ask(text) {
      const words = `<@U0ANDON> ${text}`;
      const said = await workspace.call(
        'chat.postMessage',
        { channel, text: words, ...(thread ? { thread_ts: thread } : {}) },
        'xoxp-sam',
      );
      const ts = String(said['ts']);
      await sender.event({
        type: 'app_mention',
        channel,
        channel_type: 'channel',
        user,
        ts,
        text: words,
        ...(thread ? { thread_ts: thread } : {}),
      });
      thread ??= ts;
      const root = thread;
      const replies = async () => (await inThread(root)).filter((one) => one.ts > ts);
      const answer = await until('the answer', async () => (await replies()).find(({ blocks }) => blocks));
      const isStop = answer.text.startsWith('Line 3 stopped');
      const picture = isStop
        ? await until('the picture', async () => (await replies()).find(({ files }) => files))
        : null;
      const seen = slackSeen(answer);
      const file = picture?.files?.[0];
      return file ? { ...seen, rest: [...seen.rest, `(picture below: ${file.alt_txt ?? ''})`] } : seen;
    },
    async alert() {
      const alerts = (await workspace.history(channel)).filter(({ metadata }) => metadata);
      if (alerts.length !== 1) missing(`single alert among ${alerts.length}`);
      return slackSeen(alerts[0] ?? missing('alert'));
    },
    async press(on, label) {
      const message = await find(on.id);
      const button = buttonsOf(message).find(({ text }) => text.text.startsWith(label)) ?? missing(label);
      await sender.press({ user, channel, message, button, trigger: workspace.trigger(user) });
      if (inPlace.includes(label))
        return slackSeen(
          await until('the record', async () => {
            const now = await find(on.id);
            return now.text === message.text ? null : now;
          }),
        );
      return slackSeen(await until('the draft', async () => (await inThread(on.id))[1]));
    },
  };
}

type Block = { text?: { text: string }; elements?: Block[]; rows?: { text: string }[][] };
function slackSeen({ ts, blocks = [] }: Shown): Seen {
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

export const teamsIds = { id: '29:sam', aadObjectId: 'aad-sam' };

/** A channel where the app is installed, behind the connector's protocol. */
export async function openTeamsDoor(world: World, fake: TestTeams): Promise<Door> {
  const channel = '19:line3@thread.tacv2';
  const thread = `${channel};messageid=1`;
  world.add(
    await openTeams(
      teams.options.parse({ ...app, conversations: { '*': channel } }),
      world.contextFor('teams'),
      fake.connector,
    ),
  );
  const deliver = (more: Record<string, unknown>) =>
    fake.deliver(world.http.url, fake.activity(thread, teamsIds, more));
  await deliver({ type: 'conversationUpdate', membersAdded: [fake.bot] });
  await until('the welcome', () => fake.said[0]);
  world.logged.length = 0;
  const next = async (work: () => Promise<unknown>): Promise<Seen> => {
    const count = fake.said.length;
    await work();
    return teamsSeen(await until('a message', () => fake.said[count]));
  };
  let alert: string | null = null;
  return {
    title: 'in Teams',
    where: 'in the channel Line 3',
    ask: (text) => next(() => deliver({ text: `<at>Andon</at> ${text}` })),
    async alert() {
      const told = fake.said.filter(({ conversation }) => conversation === channel);
      if (told.length !== 1) missing(`single alert among ${told.length}`);
      alert ??= told[0]?.id ?? null;
      return teamsSeen(fake.said.find(({ id }) => id === alert) ?? missing('alert'));
    },
    async press(on, label) {
      const card = cardOf(fake.said.find(({ id }) => id === on.id) ?? missing('card'));
      const action = actionsOf(card).find(({ title }) => title.startsWith(label)) ?? missing(label);
      const inputs = Object.fromEntries(
        card.body.filter(({ type }) => type === 'Input.Text').map(({ id, value }) => [String(id), value]),
      );
      const data = { ...action.data, ...(label === 'Confirm' ? inputs : {}) };
      const invoke = () =>
        deliver({
          type: 'invoke',
          name: 'adaptiveCard/action',
          replyToId: on.id,
          value: { action: { type: 'Action.Execute', verb: action.verb, data } },
        });
      if (!inPlace.includes(label)) return next(invoke);
      const changesOf = () => fake.said.find(({ id }) => id === on.id)?.changes ?? 0;
      const earlier = changesOf();
      const { body } = await invoke();
      await until('the change for everybody', () => changesOf() > earlier);
      return { ...cardSeen(body?.['value'] as Card), id: on.id };
    },
  };
}
const cardOf = ({ activity }: Said): Card => activity.attachments?.[0]?.content ?? missing('card');
const teamsSeen = (said: Said): Seen => ({ ...cardSeen(cardOf(said)), id: said.id });
function cardSeen(card: Card): Seen {
  const said = (part: CardPart): string => {
    if (part.type === 'ActionSet') {
      const [only] = part['actions'] as { type: string; title: string }[];
      return only?.type === 'Action.ToggleVisibility' ? `▸ ${only.title}` : '';
    }
    if (part.type === 'Image') return `(picture: ${String(part['altText'])})`;
    if (part.type === 'Input.Text') return `${String(part['label'])}: ${String(part['value']) || '(empty)'}`;
    if (part.type === 'Table')
      return (part['rows'] as { cells: unknown[] }[])
        .map(({ cells }) => `| ${cells.map(textOf).join(' | ')} |`)
        .join('\n');
    return textOf(part);
  };
  const [first = '', ...rest] = card.body.map(said).filter((one) => one !== '');
  const buttons = actionsOf(card).filter(({ type }) => type === 'Action.Execute');
  return { id: '', first, rest, buttons: buttons.map(({ title }) => title) };
}

/** The page's own calls: session, question, floor, press. */
export async function openPageDoor(world: World): Promise<Door> {
  world.add(await web.open({}, world.contextFor('web')));
  const first = await fetch(world.http.url, { headers: { accept: 'text/html' } });
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const get = async (path: string) =>
    (await (await fetch(`${world.http.url}${path}`, { headers: { cookie } })).json()) as Record<
      string,
      unknown
    >;
  const token = String((await get('/api/session'))['token']);
  const post = async (path: string, body: object): Promise<unknown> =>
    (
      await fetch(`${world.http.url}${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'x-andon-session': token },
        body: JSON.stringify(body),
      })
    ).json();
  const words = () => ({ timezone: 'Europe/Berlin', now: world.clock(), plant: testPlant });
  const pressable = new Map<string, AlertMessage | DecisionMessage>();
  const decisionSeen = (card: DecisionMessage): Seen => {
    pressable.set(card.key, card);
    const facts = formFacts(card).map(({ label, value }) => `${label}: ${value}`);
    return {
      id: card.key,
      first: card.firstLine,
      rest: facts,
      buttons: card.buttons.map(({ label }) => label),
    };
  };
  const paragraphs = (text: string) =>
    blocksOf(text).map((block) =>
      block.kind === 'paragraph' ? block.text : block.items.map((item) => `• ${item}`).join('\n'),
    );
  return {
    title: 'on the page',
    where: 'on the page',
    async ask(question) {
      const answer = (await post('/api/ask', { question, thread: 'page-1', whole: true })) as Answer;
      const { text, table } = withTable(answer);
      return {
        id: answer.key,
        first: answer.firstLine,
        rest: [
          ...(answer.diagnosis ? ['(picture: the line around the stop)'] : []),
          ...paragraphs(text),
          ...(table
            ? [[table.columns, ...table.rows].map((row) => `| ${row.join(' | ')} |`).join('\n')]
            : []),
          ...(answer.evidence.length > 0
            ? [
                `▸ ${evidenceTitle(answer.evidence)}`,
                answer.evidence.map((one, index) => `${index + 1}. ${evidenceLine(one, words())}`).join('\n'),
              ]
            : []),
          phrasedBy(answer),
        ],
        buttons: [...answer.buttons.map(({ label }) => label), ...answer.followUps],
      };
    },
    async alert() {
      const { alerts } = (await get('/api/floor')) as { alerts: AlertMessage[] };
      const [card = missing('alert')] = alerts;
      if (alerts.length !== 1) missing(`single alert among ${alerts.length}`);
      pressable.set(card.key, card);
      return {
        id: card.key,
        first: card.firstLine,
        rest: [
          stateWords(card),
          ...paragraphs(card.text),
          ...card.suggestions.map((one) => `Suggested: ${suggestionLine(one)}`),
          card.history.join('\n'),
        ].filter((one) => one !== ''),
        buttons: card.buttons.map(({ label }) => label),
      };
    },
    async press(on, label) {
      const card = pressable.get(on.id) ?? missing('card');
      const button = card.buttons.find((one) => one.label.startsWith(label)) ?? missing(label);
      const inputs =
        card.kind === 'decision' && card.fields.length > 0
          ? { inputs: Object.fromEntries(card.fields.map(({ name, value }) => [name, value])) }
          : {};
      return decisionSeen(
        (await post('/api/press', {
          verb: button.verb,
          subject: button.subject,
          ...inputs,
        })) as DecisionMessage,
      );
    },
  };
}
