import type { Receiver } from '@slack/bolt';
import { sentenceOf } from '../../plant/errors.ts';
import type { SurfaceContext } from '../../plant/surface.ts';

/** Loaded when the surface opens: 112 packages that a plant without Slack never reads. */
export const loadBolt = () => import('@slack/bolt');
type Bolt = Awaited<ReturnType<typeof loadBolt>>;
type Ways = {
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  apiUrl?: string | undefined;
};
type Received = { receiver: Receiver; start(): void; stop(): Promise<void> };

/** Waits between tries to connect, milliseconds; a plant's network may be down for hours. */
const connectWaitMs = [2_000, 5_000, 15_000, 30_000, 60_000];

/** Bolt speaks only when something is wrong, and through our log. Never with the payload: it may hold people's words. */
export function quietLogger(bolt: Bolt, log: (sentence: string) => void) {
  const loud = (...words: unknown[]) => log(`Slack: ${words.map(sentenceOf).join(' ').slice(0, 300)}`);
  const quiet = () => undefined;
  return {
    debug: quiet,
    info: quiet,
    warn: loud,
    error: loud,
    setLevel: quiet,
    setName: quiet,
    getLevel: () => bolt.LogLevel.WARN,
  };
}

/** Socket Mode when there is an app token, because a plant's network lets nobody in; else signed HTTP on our server. */
export function openReceiver(bolt: Bolt, ways: Ways, context: SurfaceContext): Received {
  const logger = quietLogger(bolt, context.log);
  return ways.appToken ? overSocket(bolt, ways, context, logger) : overHttp(bolt, ways, context, logger);
}

function overHttp(
  bolt: Bolt,
  { signingSecret = '' }: Ways,
  context: SurfaceContext,
  logger: ReturnType<typeof quietLogger>,
): Received {
  const receiver = new bolt.HTTPReceiver({ signingSecret, endpoints: ['/slack/events'], logger });
  context.route({
    method: 'POST',
    path: '/slack/events',
    own: true,
    open: true,
    // Bolt takes a body that was read already, for its signature, under this name.
    handle: (request, response, { bytes }) =>
      receiver.requestListener(Object.assign(request, { rawBody: bytes }), response),
  });
  return { receiver, start: () => undefined, stop: async () => undefined };
}

function overSocket(
  bolt: Bolt,
  { appToken = '', apiUrl }: Ways,
  context: SurfaceContext,
  logger: ReturnType<typeof quietLogger>,
): Received {
  const receiver = new bolt.SocketModeReceiver({
    appToken,
    logger,
    installerOptions: {
      clientOptions: { ...(apiUrl ? { slackApiUrl: apiUrl } : {}), retryConfig: { retries: 0 } },
    },
  });
  const stopping = new AbortController();
  let trying: Promise<void> = Promise.resolve();
  // Slack being away must not keep the plant's own page from starting: connecting goes on in the background.
  const connect = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        await receiver.start();
        return;
      } catch (error) {
        const waitMs = connectWaitMs[Math.min(attempt, connectWaitMs.length - 1)] ?? 60_000;
        context.log(`Slack cannot be reached, trying again in ${waitMs / 1_000} s: ${sentenceOf(error)}`);
        await pause(waitMs, stopping.signal);
      }
    }
  };
  return {
    receiver,
    start: () => void (trying = connect()),
    stop: async () => {
      stopping.abort();
      await receiver.stop().catch(() => undefined);
      await Promise.race([trying, pause(2_000, AbortSignal.timeout(2_000))]);
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
