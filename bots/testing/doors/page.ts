import { testPlant } from '../../../mcp-server/testing/plant.ts';
import type { AlertMessage, Answer, DecisionMessage } from '../../../plant/message.ts';
import web from '../../web/index.ts';
import {
  blocksOf,
  evidenceLine,
  evidenceTitle,
  formFacts,
  phrasedBy,
  stateWords,
  suggestionLine,
} from '../../words/answer.ts';
import { withTable } from '../../words/table.ts';
import type { World } from '../world.ts';
import { missing, type Door, type Seen } from './door.ts';

/** The page's own calls. */
type Calls = {
  get(path: string): Promise<Record<string, unknown>>;
  post(path: string, body: object): Promise<unknown>;
};
/** Cards with buttons, by key. */
type Pressable = Map<string, AlertMessage | DecisionMessage>;

/** The page's own calls: session, question, floor, press. */
export async function openPageDoor(world: World): Promise<Door> {
  world.add(await web.open({}, world.contextFor('web')));
  const { get, post } = await signedIn(world.http.url);
  const pressable: Pressable = new Map();
  return {
    title: 'on the page',
    where: 'on the page',
    async ask(question) {
      const answer = (await post('/api/ask', { question, thread: 'page-1', whole: true })) as Answer;
      return answerSeen(answer, world.clock());
    },
    async alert() {
      const { alerts } = (await get('/api/floor')) as { alerts: AlertMessage[] };
      const [card = missing('alert')] = alerts;
      if (alerts.length !== 1) missing(`single alert among ${alerts.length}`);
      pressable.set(card.key, card);
      return alertSeen(card);
    },
    async press(on, label) {
      const card = pressable.get(on.id) ?? missing('card');
      const { verb, subject } = card.buttons.find((one) => one.label.startsWith(label)) ?? missing(label);
      const fields = card.kind === 'decision' ? card.fields : [];
      const inputs = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
      const body = { verb, subject, ...(fields.length > 0 ? { inputs } : {}) };
      const reply = (await post('/api/press', body)) as DecisionMessage;
      pressable.set(reply.key, reply);
      return decisionSeen(reply);
    },
  };
}

/** Opens the page and calls in its session. */
async function signedIn(url: string): Promise<Calls> {
  const first = await fetch(url, { headers: { accept: 'text/html' } });
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const get: Calls['get'] = async (path) =>
    (await (await fetch(`${url}${path}`, { headers: { cookie } })).json()) as Record<string, unknown>;
  const token = String((await get('/api/session'))['token']);
  const headers = { cookie, 'content-type': 'application/json', 'x-andon-session': token };
  return {
    get,
    post: async (path, body) =>
      (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json(),
  };
}

const paragraphs = (text: string): string[] =>
  blocksOf(text).map((block) =>
    block.kind === 'paragraph' ? block.text : block.items.map((item) => `• ${item}`).join('\n'),
  );

function answerSeen(answer: Answer, now: number): Seen {
  const words = { timezone: 'Europe/Berlin', now, plant: testPlant };
  const { text, table } = withTable(answer);
  const lines = answer.evidence.map((one, index) => `${index + 1}. ${evidenceLine(one, words)}`);
  return {
    id: answer.key,
    first: answer.firstLine,
    rest: [
      ...(answer.diagnosis ? ['(picture: the line around the stop)'] : []),
      ...paragraphs(text),
      ...(table ? [[table.columns, ...table.rows].map((row) => `| ${row.join(' | ')} |`).join('\n')] : []),
      ...(lines.length > 0 ? [`▸ ${evidenceTitle(answer.evidence)}`, lines.join('\n')] : []),
      phrasedBy(answer),
    ],
    buttons: [...answer.buttons.map(({ label }) => label), ...answer.followUps],
  };
}

const alertSeen = (card: AlertMessage): Seen => ({
  id: card.key,
  first: card.firstLine,
  rest: [
    stateWords(card),
    ...paragraphs(card.text),
    ...card.suggestions.map((one) => `Suggested: ${suggestionLine(one)}`),
    card.history.join('\n'),
  ].filter((one) => one !== ''),
  buttons: card.buttons.map(({ label }) => label),
});

const decisionSeen = (card: DecisionMessage): Seen => ({
  id: card.key,
  first: card.firstLine,
  rest: formFacts(card).map(({ label, value }) => `${label}: ${value}`),
  buttons: card.buttons.map(({ label }) => label),
});
