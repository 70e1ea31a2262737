import type { webApi } from '@slack/bolt';
import { AndonError } from '../../plant/errors.ts';
import type { Clock } from '../../plant/time.ts';

/** The part of an error of Slack's client that is read. */
type Failure = { code?: string; retryAfter?: number; data?: { error?: string } };

const advice: Readonly<Record<string, string>> = {
  not_in_channel: 'Invite the app there: /invite @Andon.',
  channel_not_found: 'Check the channel id in the YAML, and invite the app there.',
  is_archived: 'Choose another channel in the YAML.',
  invalid_auth: 'Check botToken.',
  account_inactive: 'Install the app again.',
  token_revoked: 'Install the app again.',
  missing_scope: 'Add the scopes of docs/slack.md and install the app again.',
};

/** What Slack's client threw, as ours: `busy` with `details.retryAt` on 429, else `unauthorised`, `not_found` or `unreachable`. */
export function asAndonError(error: unknown, clock: Clock): AndonError {
  if (error instanceof AndonError) return error;
  const { code, retryAfter, data } = error as Failure;
  if (code === 'slack_webapi_rate_limited_error')
    return new AndonError('busy', 'Slack takes no more messages for now.', 'It will be tried again.', {
      cause: error,
      details: { retryAt: clock() + (retryAfter ?? 30) * 1_000 },
    });
  const said = data?.error;
  if (said === undefined)
    return new AndonError('unreachable', 'Slack does not answer.', 'It will be tried again.', {
      cause: error,
    });
  const kind = /auth|token|scope|account/.test(said) ? 'unauthorised' : 'not_found';
  return new AndonError(kind, `Slack refuses the message: ${said.slice(0, 80)}.`, advice[said] ?? '', {
    cause: error,
    details: { slack: said },
  });
}

/** A copy that can no longer be changed is told anew. */
export const isGone = (error: unknown): boolean =>
  ['message_not_found', 'cant_update_message', 'edit_window_closed'].includes(
    (error as Failure).data?.error ?? '',
  );

/** `metadata` of every message of ours, so that a copy can be found again after a death. */
export const eventType = 'andon_message';

/** Pages of 100 messages that are looked through for a copy: about a day of a busy channel. */
const pages = 5;

/** The copy of a message with this key in a channel; null: none among the newest. */
export async function findCopy(
  client: webApi.WebClient,
  channel: string,
  key: string,
): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const found = await client.conversations.history({
      channel,
      limit: 100,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    });
    const copy = found.messages?.find(
      ({ metadata }) =>
        metadata?.event_type === eventType &&
        (metadata.event_payload as { key?: unknown } | undefined)?.key === key,
    );
    if (copy?.ts) return copy.ts;
    cursor = found.response_metadata?.next_cursor || undefined;
    if (!cursor) break;
  }
  return null;
}
