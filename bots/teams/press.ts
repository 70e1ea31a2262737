/** Buttons of cards: what was pressed is done, and the card changes for everybody. */
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Message } from '../../plant/message.ts';
import { beginsDraft, knownPerson, trouble } from '../words/people.ts';
import { ask } from './ask.ts';
import { placeOf, pressOf, type Pressed } from './inbound.ts';
import type { Outgoing, Reply } from './transport.ts';
import { beside, idsOf, outgoingOf, say, type Teams, type Turn } from './turn.ts';

/** A press that came as a message (`Action.Submit`): what is shown is said, or takes the card's place. */
export async function pressedByMessage(teams: Teams, turn: Turn, press: Pressed): Promise<void> {
  try {
    const shown = await act(teams, turn, press);
    if (shown && !(await replaced(teams, turn, shown))) await say(teams, turn, shown);
  } catch (error) {
    await say(teams, turn, trouble(error));
  }
}

/** A press that awaits its answer (`Action.Execute`): a sentence for the presser, or the card in its new state. */
export async function invoked(teams: Teams, turn: Turn): Promise<Reply> {
  const { context } = teams;
  const { activity } = turn;
  const press = pressOf(activity);
  if (!press) return { status: 200, body: {} };
  if (!(await context.firstTime('teams', `press/${activity.conversation.id}/${activity.id ?? ''}`)))
    return inWords('That was done already.');
  try {
    const shown = await act(teams, turn, press);
    if (!shown) return inWords(press.verb === 'ask' ? 'One moment.' : 'The draft is below.');
    if (shown.kind === 'notice') return inWords(shown.firstLine);
    beside(
      teams,
      replaced(teams, turn, shown).then(() => undefined),
    );
    return inPlace(outgoingOf(context, shown));
  } catch (error) {
    if (!(error instanceof AndonError)) context.log(`Teams: ${sentenceOf(error).slice(0, 300)}`);
    return inWords(sentenceOf(error));
  }
}

/** What to show in place of the pressed card; null: it was shown elsewhere. */
async function act(teams: Teams, turn: Turn, { verb, subject, inputs }: Pressed): Promise<Message | null> {
  const { context } = teams;
  if (verb === 'ask') {
    beside(teams, ask(teams, turn, subject));
    return null;
  }
  const reply = await context.press({
    verb,
    subject,
    person: knownPerson(context.people, 'teams', idsOf(turn)),
    surface: 'teams',
    place: placeOf(turn.activity.conversation.id),
    ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
  });
  if (!beginsDraft(verb) || reply.kind === 'notice') return reply;
  // The alert stays what it is; the draft comes below it, in its thread.
  await say(teams, turn, reply);
  return null;
}

/** The card that was pressed, changed for everybody; false: there is none or the reply is for the presser alone. */
async function replaced(
  { context, transport }: Teams,
  { activity: { replyToId }, reference }: Turn,
  message: Message,
): Promise<boolean> {
  if (message.kind === 'notice' || !replyToId) return false;
  return transport.change(reference, replyToId, outgoingOf(context, message));
}

/** A sentence for the presser alone; the card stays. */
const inWords = (sentence: string): Reply => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence },
});
/** The card that takes the place of the pressed one. */
const inPlace = ({ attachments }: Outgoing): Reply => ({
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: (attachments as { content: unknown }[])[0]?.content,
  },
});
