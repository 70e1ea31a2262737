import { sentenceOf } from '../../plant/errors.ts';
import type { Answer } from '../../plant/message.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { chainPicture } from '../pictures/chain.ts';
import { personOf, privately, trouble } from '../words/people.ts';
import { pictureLength } from './render.ts';
import { idsOf, say, type Teams, type Turn } from './turn.ts';

/** Answers a question where it was asked; what goes wrong is said there too. */
export async function ask(teams: Teams, turn: Turn, text: string): Promise<void> {
  const { context } = teams;
  if (text === '')
    return void (await say(teams, turn, privately('Ask me, for example: why did line 3 stop?')));
  try {
    const answer = await context.ask({
      text,
      thread: `teams/${turn.activity.conversation.id}`,
      person: personOf(context.people, 'teams', idsOf(turn)),
      surface: 'teams',
    });
    await say(teams, turn, await withPicture(context, answer));
  } catch (error) {
    await say(teams, turn, trouble(error));
  }
}

async function withPicture(context: SurfaceContext, answer: Answer): Promise<Answer> {
  if (!answer.diagnosis || answer.diagnosis.planned || answer.picture) return answer;
  try {
    return { ...answer, picture: await chainPicture(context, answer.diagnosis, pictureLength) };
  } catch (error) {
    context.log(`Teams: the picture of the line could not be drawn: ${sentenceOf(error)}`);
    return answer;
  }
}
