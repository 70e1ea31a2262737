import teams from '../../teams/index.ts';
import { openTeams } from '../../teams/surface.ts';
import { until } from '../context.ts';
import { actionsOf, app, textOf, type Card, type CardPart, type Said, type TestTeams } from '../teams.ts';
import type { World } from '../world.ts';
import { inPlace, missing, type Door, type Seen } from './door.ts';

export const teamsIds = { id: '29:sam', aadObjectId: 'aad-sam' };

const channel = '19:line3@thread.tacv2';
const thread = `${channel};messageid=1`;

/** A person in the channel, before the product at `url`. */
type Place = { fake: TestTeams; url: string };

/** A channel where the app is installed, behind the connector's protocol. */
export async function openTeamsDoor(world: World, fake: TestTeams): Promise<Door> {
  const options = teams.options.parse({ ...app, conversations: { '*': channel } });
  world.add(await openTeams(options, world.contextFor('teams'), fake.connector));
  const place: Place = { fake, url: world.http.url };
  await deliver(place, { type: 'conversationUpdate', membersAdded: [fake.bot] });
  await until('the welcome', () => fake.said[0]);
  world.logged.length = 0;
  let alert: string | null = null;
  return {
    title: 'in Teams',
    where: 'in the channel Line 3',
    ask: (text) => next(place, () => deliver(place, { text: `<at>Andon</at> ${text}` })),
    async alert() {
      const told = fake.said.filter(({ conversation }) => conversation === channel);
      if (told.length !== 1) missing(`single alert among ${told.length}`);
      alert ??= told[0]?.id ?? null;
      return seenOf(saidAs(place, alert ?? ''));
    },
    press: (on, label) => press(place, on, label),
  };
}

const deliver = ({ fake, url }: Place, more: Record<string, unknown>) =>
  fake.deliver(url, fake.activity(thread, teamsIds, more));

const saidAs = ({ fake }: Place, id: string): Said =>
  fake.said.find((one) => one.id === id) ?? missing('message');

/** What is said next because of it. */
async function next({ fake }: Place, work: () => Promise<unknown>): Promise<Seen> {
  const count = fake.said.length;
  await work();
  return seenOf(await until('a message', () => fake.said[count]));
}

async function press(place: Place, on: Seen, label: string): Promise<Seen> {
  const card = cardOf(saidAs(place, on.id));
  const action = actionsOf(card).find(({ title }) => title.startsWith(label)) ?? missing(label);
  const inputs = Object.fromEntries(
    card.body.filter(({ type }) => type === 'Input.Text').map(({ id, value }) => [String(id), value]),
  );
  const data = { ...action.data, ...(label === 'Confirm' ? inputs : {}) };
  const invoke = () =>
    deliver(place, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: on.id,
      value: { action: { type: 'Action.Execute', verb: action.verb, data } },
    });
  if (!inPlace.includes(label)) return next(place, invoke);
  const earlier = saidAs(place, on.id).changes;
  const { body } = await invoke();
  await until('the change for everybody', () => saidAs(place, on.id).changes > earlier);
  return { ...cardSeen(body?.['value'] as Card), id: on.id };
}

const cardOf = ({ activity }: Said): Card => activity.attachments?.[0]?.content ?? missing('card');
const seenOf = (said: Said): Seen => ({ ...cardSeen(cardOf(said)), id: said.id });
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
