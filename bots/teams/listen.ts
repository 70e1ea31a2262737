/** What people do in Teams: they install, ask, press. */
import { privately } from '../words/people.ts';
import { ask } from './ask.ts';
import { placeOf, pressOf, questionOf, type Activity } from './inbound.ts';
import { invoked, pressedByMessage } from './press.ts';
import type { Reply } from './transport.ts';
import { beside, say, type Teams, type Turn } from './turn.ts';

/** Takes one activity; what it is answered with, where it awaits an answer. */
export async function listen(teams: Teams, turn: Turn): Promise<Reply> {
  const { context, conversations } = teams;
  const { activity, reference } = turn;
  const isNew = await conversations.meet(activity.conversation.id, reference);
  if (activity.type === 'invoke') return invoked(teams, turn);
  if (activity.type === 'message') {
    const first = await context.firstTime('teams', `${activity.conversation.id}/${activity.id ?? ''}`);
    if (first) beside(teams, heard(teams, turn));
  } else if (isInstalled(activity) && isNew) beside(teams, welcome(teams, turn));
  return null;
}

function heard(teams: Teams, turn: Turn): Promise<void> {
  const press = pressOf(turn.activity);
  return press
    ? pressedByMessage(teams, turn, press)
    : ask(teams, turn, questionOf(turn.activity.text ?? ''));
}

const isInstalled = ({ type, action, membersAdded = [], recipient }: Activity): boolean =>
  (type === 'installationUpdate' && action !== 'remove') ||
  (type === 'conversationUpdate' && membersAdded.some(({ id }) => id === recipient.id));

async function welcome(teams: Teams, turn: Turn): Promise<void> {
  const key = placeOf(turn.activity.conversation.id);
  teams.context.log(`Teams: a conversation can be told alerts now; its key is "${key}".`);
  await say(
    teams,
    turn,
    privately(
      'I am Andon, a program that answers questions about the lines of this plant.',
      `Ask me, for example: why did line 3 stop?\n\nTo be told alerts here, put this key under surfaces.teams.conversations: ${key}`,
    ),
  );
}
