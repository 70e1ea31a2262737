import type { webApi } from '@slack/bolt';
import { sentenceOf } from '../../plant/errors.ts';
import type { Message } from '../../plant/message.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { eventType } from './client.ts';
import { toSlack } from './render.ts';

/** A thread of a channel. */
export type Where = { channel: string; thread: string };
export type Say = ReturnType<typeof openSay>;
/** Slack as it is open: what every question and every press works with. */
export type Slack = { context: SurfaceContext; say: Say };

/** Never links, never names somebody, never unfolds a page: whatever the text holds. */
const quiet = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
  mrkdwn: false,
} as const;

/** How a message of Andon gets into Slack through this client. The key goes along as metadata, so that it is found again. */
export function openSay(client: webApi.WebClient, context: Pick<SurfaceContext, 'plant' | 'clock' | 'log'>) {
  const shown = (message: Message) => {
    const { plant } = context;
    const words = { timezone: plant.timezone, now: context.clock(), plant };
    const { text, blocks } = toSlack(message, words);
    return { text, blocks: blocks as never[] };
  };
  const marked = (message: Message) => ({
    ...shown(message),
    metadata: { event_type: eventType, event_payload: { key: message.key } },
  });
  return {
    client,
    /** Returns the message's `ts`. Without `thread`: in the channel itself. */
    async post(message: Message, { channel, thread }: { channel: string; thread?: string }): Promise<string> {
      const sent = await client.chat.postMessage({
        channel,
        ...(thread ? { thread_ts: thread } : {}),
        ...marked(message),
        ...quiet,
      });
      return sent.ts ?? '';
    },
    async replace(message: Message, { channel, ts }: { channel: string; ts: string }): Promise<void> {
      await client.chat.update({ channel, ts, ...marked(message) });
    },
    /** To one person alone. That it could not be given is only logged: there is nobody else to tell. */
    async whisper(message: Message, { channel, thread }: Where, user: string): Promise<void> {
      await client.chat
        .postEphemeral({ channel, user, thread_ts: thread, ...shown(message) })
        .catch((error: unknown) =>
          context.log(`Slack: a private reply could not be given: ${sentenceOf(error)}`),
        );
    },
  };
}
