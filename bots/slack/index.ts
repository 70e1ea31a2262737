/** Slack: ask by mention or direct message, be told of alerts in channels, press and decide there. */
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../../plant/message.ts';
import type { OpenSurface, Surface, SurfaceContext } from '../../plant/surface.ts';
import { placesOf } from '../words/people.ts';
import { asAndonError, findCopy, isGone } from './client.ts';
import { listen } from './listen.ts';
import { loadBolt, openReceiver, quietLogger } from './receive.ts';
import { openSay } from './say.ts';

const options = z
  .strictObject({
    botToken: z.string().min(1).describe('bot token of the Slack app (xoxb-...), as env: or file:'),
    appToken: z
      .string()
      .min(1)
      .optional()
      .describe(
        'app-level token (xapp-...) for Socket Mode: no address of the plant is open to the internet',
      ),
    signingSecret: z
      .string()
      .min(1)
      .optional()
      .describe('signing secret, for events over HTTP at /slack/events instead of Socket Mode'),
    apiUrl: z.url().optional().describe('address of the Slack API where it is not https://slack.com/api/'),
    channels: z
      .record(z.string(), z.string().regex(/^[CGD][A-Z0-9]+$/, 'a channel id looks like C0123456789'))
      .default({})
      .describe('where alerts go: a line id, or * for all other lines, and the id of the channel'),
  })
  .refine(({ appToken, signingSecret }) => appToken !== undefined || signingSecret !== undefined, {
    message: 'give appToken (Socket Mode) or signingSecret (HTTP)',
  });
type Options = z.infer<typeof options>;

export default {
  options,
  open: openSlack,
} satisfies Surface<typeof options>;

async function openSlack(chosen: Options, context: SurfaceContext) {
  const bolt = await loadBolt();
  const logger = quietLogger(bolt, context.log);
  const base = { ...(chosen.apiUrl ? { slackApiUrl: chosen.apiUrl } : {}), logger };
  // Replies wait out a rate limit; alerts report it, because the outbox keeps them and knows what became old meanwhile.
  const replies = new bolt.webApi.WebClient(chosen.botToken, { ...base, retryConfig: { retries: 3 } });
  const alerts = new bolt.webApi.WebClient(chosen.botToken, {
    ...base,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const received = openReceiver(bolt, chosen, context);
  const app = new bolt.App({
    receiver: received.receiver,
    logger,
    clientOptions: base,
    authorize: whoWeAre(replies, chosen.botToken),
  });
  app.error(async (error) => context.log(`Slack: ${error.message.slice(0, 300)}`));
  const settle = listen(app, context, openSay(replies, context));
  received.start();
  return {
    id: 'slack',
    placesFor: (line: string) => placesOf(chosen.channels, line),
    ...openAlerts(alerts, context),
    close: async () => {
      await received.stop();
      await settle();
    },
  };
}

/** Alerts: one message per channel, changed in place, found again by its key. */
function openAlerts(client: webApi.WebClient, context: SurfaceContext): Pick<OpenSurface, 'tell' | 'find'> {
  const say = openSay(client, context);
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asAndonError(error, context.clock);
    }
  };
  const changed = (message: Message, channel: string, ts: string): Promise<boolean> =>
    say.replace(message, { channel, ts }).then(
      () => true,
      (error: unknown) => (isGone(error) ? false : Promise.reject(error)),
    );
  return {
    tell: (message, place, at) =>
      asked(async () => {
        if (at && (await changed(message, place, at.id))) return { ...at, surface: 'slack', place };
        return { surface: 'slack', place, id: await say.post(message, { channel: place }) };
      }),
    find: (key, place) =>
      asked(async () => {
        const id = await findCopy(client, place, key);
        return id === null ? null : { surface: 'slack', place, id };
      }),
  };
}

/** Asked once and kept; a Slack that is away at the start is asked again with the next event. */
function whoWeAre(client: webApi.WebClient, botToken: string) {
  let known: Promise<{ botId?: string; botUserId?: string; teamId?: string }> | null = null;
  return async () => {
    known ??= client.auth.test().then(({ bot_id, user_id, team_id }) => ({
      ...(bot_id ? { botId: bot_id } : {}),
      ...(user_id ? { botUserId: user_id } : {}),
      ...(team_id ? { teamId: team_id } : {}),
    }));
    try {
      return { botToken, ...(await known) };
    } catch (error) {
      known = null;
      throw error;
    }
  };
}
