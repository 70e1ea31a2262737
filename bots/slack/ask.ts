import { sentenceOf } from '../../plant/errors.ts';
import type { Answer } from '../../plant/message.ts';
import { chainPicture } from '../pictures/chain.ts';
import { personOf, privately, trouble } from '../words/people.ts';
import { isDirect, messageEvent, questionOf, threadOf } from './inbound.ts';
import type { Slack, Where } from './say.ts';

/** Answers a question in its thread; what goes wrong is said there too. */
export async function ask(slack: Slack, text: string, where: Where, user: string): Promise<void> {
  const { context, say } = slack;
  if (text === '')
    return void (await say.post(privately('Ask me, for example: why did line 3 stop?'), where));
  try {
    const answer = await context.ask({
      text,
      thread: `slack/${where.channel}/${where.thread}`,
      person: personOf(context.people, 'slack', [user]),
      surface: 'slack',
    });
    await say.post(answer, where);
    await picture(slack, answer, where);
  } catch (error) {
    await say.post(trouble(error), where);
  }
}

/** The chain as a picture of the line, below the answer. An answer without its picture is still an answer. */
async function picture({ context, say }: Slack, { diagnosis }: Answer, where: Where): Promise<void> {
  if (!diagnosis || diagnosis.planned) return;
  try {
    const drawn = await chainPicture(context, diagnosis);
    if (!drawn) return;
    await say.client.filesUploadV2({
      channel_id: where.channel,
      thread_ts: where.thread,
      file: Buffer.from(drawn.png, 'base64'),
      filename: `${diagnosis.stop.line}.png`,
      title: 'The line, and who waited for whom',
      alt_text: drawn.alt.slice(0, 1_000),
    });
  } catch (error) {
    context.log(`Slack: the picture of ${diagnosis.stop.line} could not be shown: ${sentenceOf(error)}`);
  }
}

/** A mention or a message, as Slack tells it: answered once, whoever else talks in the channel is not meant. */
export async function heard(
  slack: Slack,
  payload: unknown,
  eventId: string,
  mention: boolean,
): Promise<void> {
  const event = messageEvent.safeParse(payload).data;
  if (!event || !event.user || event.bot_id || (event.subtype && event.subtype !== 'file_share')) return;
  // A mention in a direct message arrives as both kinds of event; the plain message answers it.
  if (mention === isDirect(event)) return;
  if (!(await slack.context.firstTime('slack', eventId || `${event.channel}/${event.ts}`))) return;
  await ask(slack, questionOf(event.text), { channel: event.channel, thread: threadOf(event) }, event.user);
}
