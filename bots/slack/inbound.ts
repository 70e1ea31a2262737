/** What Slack sends, as far as Andon reads it. Everything is checked before it is used. */
import { z } from 'zod';

/** A message or a mention. Real events carry more; `channel_type` is missing in some. */
export const messageEvent = z.object({
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(''),
});
type MessageEvent = z.infer<typeof messageEvent>;

/** A press on a button of a message. */
export const pressed = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  container: z.object({
    channel_id: z.string(),
    message_ts: z.string(),
    thread_ts: z.string().optional(),
  }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z
    .array(
      z.object({ action_id: z.string(), value: z.string().default(''), action_ts: z.string().default('') }),
    )
    .min(1),
});
export type Pressed = z.infer<typeof pressed>;

/** A form that was sent. */
export const sentForm = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    hash: z.string().default(''),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

/** Direct messages are asked without a mention. */
export const isDirect = ({ channel, channel_type }: MessageEvent): boolean =>
  channel_type === 'im' || (channel_type === undefined && channel.startsWith('D'));

/** An answer belongs to the thread's first message: replying to a reply puts it out of sight. */
export const threadOf = ({ ts, thread_ts }: MessageEvent): string => thread_ts ?? ts;

/** The question in plain words: without Slack's mentions, links by their label, escapes undone. */
export function questionOf(text: string): string {
  return text
    .replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, ' ')
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '$1')
    .replace(/<(?:https?:|mailto:)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?:|mailto:)[^>]*)>/g, '$1')
    .replace(/<!([a-z]+)[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
