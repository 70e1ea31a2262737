/** What people do in Teams: they install, ask, press. */
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Answer, Message } from '../../plant/message.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { chainPicture } from '../pictures/chain.ts';
import { beginsDraft, knownPerson, personOf, privately, trouble } from '../words/people.ts';
import type { Conversations } from './conversations.ts';
import { pictureLength } from './render.ts';
import { placeOf, pressOf, questionOf, type Activity, type Pressed } from './inbound.ts';
import type { Outgoing, Reference, Reply, Transport } from './transport.ts';

type Options = {
  context: SurfaceContext;
  transport: Transport;
  conversations: Conversations;
  outgoing(message: Message): Outgoing;
};
type Listener = {
  turn(activity: Activity, reference: Reference): Promise<Reply>;
  /** Waits for what is still being answered. */
  settle(): Promise<void>;
};

export function openListener({ context, transport, conversations, outgoing }: Options): Listener {
  const { people, log } = context;
  const working = new Set<Promise<void>>();
  /** Teams repeats a call that takes over 15 s: the call is answered at once, the work goes on beside it. */
  const beside = (work: Promise<void>): void => {
    const done: Promise<void> = work
      .catch((error: unknown) => log(`Teams: ${sentenceOf(error).slice(0, 300)}`))
      .finally(() => working.delete(done));
    working.add(done);
  };
  const idsOf = ({ from }: Activity) => [from.aadObjectId, from.id];
  const say = (reference: Reference, message: Message) => transport.say(reference, outgoing(message));

  async function turn(activity: Activity, reference: Reference): Promise<Reply> {
    const isNew = await conversations.meet(activity.conversation.id, reference);
    if (activity.type === 'invoke') return invoked(activity, reference);
    if (activity.type === 'message') {
      const first = await context.firstTime('teams', `${activity.conversation.id}/${activity.id ?? ''}`);
      if (first) beside(heard(activity, reference));
    } else if (isInstalled(activity) && isNew) beside(welcome(activity, reference));
    return null;
  }
  const isInstalled = ({ type, action, membersAdded = [], recipient }: Activity): boolean =>
    (type === 'installationUpdate' && action !== 'remove') ||
    (type === 'conversationUpdate' && membersAdded.some(({ id }) => id === recipient.id));

  async function welcome({ conversation }: Activity, reference: Reference): Promise<void> {
    const key = placeOf(conversation.id);
    log(`Teams: a conversation can be told alerts now; its key is "${key}".`);
    await say(
      reference,
      privately(
        'I am Andon, a program that answers questions about the lines of this plant.',
        `Ask me, for example: why did line 3 stop?\n\nTo be told alerts here, put this key under surfaces.teams.conversations: ${key}`,
      ),
    );
  }

  async function heard(activity: Activity, reference: Reference): Promise<void> {
    const press = pressOf(activity);
    if (!press) return ask(questionOf(activity.text ?? ''), activity, reference);
    try {
      const shown = await act(press, activity, reference);
      if (shown && !(await replaced(activity, reference, shown))) await say(reference, shown);
    } catch (error) {
      await say(reference, trouble(error));
    }
  }

  async function ask(text: string, activity: Activity, reference: Reference): Promise<void> {
    if (text === '')
      return void (await say(reference, privately('Ask me, for example: why did line 3 stop?')));
    try {
      const answer = await context.ask({
        text,
        thread: `teams/${activity.conversation.id}`,
        person: personOf(people, 'teams', idsOf(activity)),
        surface: 'teams',
      });
      await say(reference, await withPicture(answer));
    } catch (error) {
      await say(reference, trouble(error));
    }
  }
  async function withPicture(answer: Answer): Promise<Answer> {
    if (!answer.diagnosis || answer.diagnosis.planned || answer.picture) return answer;
    try {
      return { ...answer, picture: await chainPicture(context, answer.diagnosis, pictureLength) };
    } catch (error) {
      log(`Teams: the picture of the line could not be drawn: ${sentenceOf(error)}`);
      return answer;
    }
  }

  /** What to show in place of the pressed card; null: it was shown elsewhere. */
  async function act(press: Pressed, activity: Activity, reference: Reference): Promise<Message | null> {
    const { verb, subject, inputs } = press;
    if (verb === 'ask') {
      beside(ask(subject, activity, reference));
      return null;
    }
    const reply = await context.press({
      verb,
      subject,
      person: knownPerson(people, 'teams', idsOf(activity)),
      surface: 'teams',
      place: placeOf(activity.conversation.id),
      ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
    });
    if (!beginsDraft(verb) || reply.kind === 'notice') return reply;
    // The alert stays what it is; the draft comes below it, in its thread.
    await say(reference, reply);
    return null;
  }
  /** The card that was pressed, changed for everybody; false: there is none or the reply is for the presser alone. */
  async function replaced({ replyToId }: Activity, reference: Reference, message: Message): Promise<boolean> {
    if (message.kind === 'notice' || !replyToId) return false;
    return transport.change(reference, replyToId, outgoing(message));
  }

  async function invoked(activity: Activity, reference: Reference): Promise<Reply> {
    const press = pressOf(activity);
    if (!press) return { status: 200, body: {} };
    if (!(await context.firstTime('teams', `press/${activity.conversation.id}/${activity.id ?? ''}`)))
      return inWords('That was done already.');
    try {
      const shown = await act(press, activity, reference);
      if (!shown) return inWords(press.verb === 'ask' ? 'One moment.' : 'The draft is below.');
      if (shown.kind === 'notice') return inWords(shown.firstLine);
      beside(replaced(activity, reference, shown).then(() => undefined));
      return inPlace(outgoing(shown));
    } catch (error) {
      if (!(error instanceof AndonError)) log(`Teams: ${sentenceOf(error).slice(0, 300)}`);
      return inWords(sentenceOf(error));
    }
  }
  return {
    turn,
    settle: async () => void (await Promise.allSettled(working)),
  };
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
