/**
 * Watches whether the subscription still speaks. The library's own view is not trusted: after a restart of a
 * foreign server it reported a reconnection and stayed silent for ever.
 */
import type { ClientSubscription, NotificationMessage } from 'node-opcua';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Connection } from './connect.ts';

export type Traffic = {
  readonly clock: Clock;
  readonly publishingMs: number;
  /** So long a silence, twice in a row, is a loss. */
  readonly silentMs: number;
  /** Server clock minus ours. */
  readonly offsetMs: number;
  /** Resolves once, with what ended the connection, in words. */
  readonly lost: Promise<string>;
  /** Resolves with the server time of the first publication. */
  readonly first: Promise<Millis>;
  readonly begin: (at: Millis) => void;
  readonly lose: (why: string) => void;
  /** The connection is lost or stopped. */
  ended: boolean;
  /** Server time of the last publication: everything up to then has come. */
  publishedAt: Millis | null;
  /** When something last came: by our clock, and by one that nobody sets. */
  heardAt: Millis;
  heardTick: number;
  /** How often in a row it was too long ago. */
  overdue: number;
  /** The number of the last publication with data. */
  sequence: number | null;
  /** Called with the times between which a publication is missing. */
  onSkipped: (from: Millis, to: Millis) => void;
  timer: NodeJS.Timeout | undefined;
};

/** Three missed signs of life: one may be late, two may be a hiccup of the network. */
const missed = 3;

/** Watches until the connection is lost or `stopTraffic` is called. `offsetMs`: server clock minus ours. */
export function watchTraffic(
  { client, session }: Connection,
  subscription: ClientSubscription,
  clock: Clock,
  offsetMs: number | null,
): Traffic {
  const traffic = openTraffic(subscription, clock, offsetMs ?? 0);
  const { lose } = traffic;
  // Often enough that a loss is seen at most a third of the silence too late.
  traffic.timer = setInterval(() => lookForSilence(traffic), Math.min(500, traffic.silentMs / 6));
  subscription.on('raw_notification', (message: NotificationMessage) => hear(traffic, message));
  subscription.on('terminated', () => lose('the server ended the subscription'));
  subscription.on('status_changed', () => lose('the server ended the subscription'));
  session.on('session_closed', () => lose('the session was closed'));
  client.on('connection_lost', () => lose('the connection broke'));
  client.on('abort', () => lose('the server broke the connection off'));
  client.on('close', () => lose('the connection was closed'));
  return traffic;
}

export function stopTraffic(traffic: Traffic): void {
  clearInterval(traffic.timer);
  traffic.lose('closed by us');
}

function openTraffic(
  { publishingInterval, maxKeepAliveCount }: ClientSubscription,
  clock: Clock,
  offsetMs: number,
): Traffic {
  const { promise: lost, resolve } = Promise.withResolvers<string>();
  const { promise: first, resolve: begin } = Promise.withResolvers<Millis>();
  const traffic: Traffic = {
    clock,
    publishingMs: publishingInterval,
    silentMs: missed * publishingInterval * maxKeepAliveCount,
    offsetMs,
    lost,
    first,
    begin,
    lose: (why) => {
      traffic.ended = true;
      resolve(why);
    },
    ended: false,
    publishedAt: null,
    heardAt: clock(),
    heardTick: performance.now(),
    overdue: 0,
    sequence: null,
    onSkipped: () => {},
    timer: undefined,
  };
  return traffic;
}

function hear(traffic: Traffic, message: NotificationMessage): void {
  const { clock, offsetMs, publishingMs, publishedAt, sequence } = traffic;
  traffic.heardTick = performance.now();
  traffic.heardAt = clock();
  traffic.overdue = 0;
  const told = message.publishTime?.getTime() ?? 0;
  // Some keepalives carry no time (1601): then our clock, less what may still have waited to be published.
  const own = clock() + offsetMs - publishingMs;
  const at = Math.max(told > 0 ? told : own, publishedAt ?? 0);
  const hasData = (message.notificationData?.length ?? 0) > 0;
  // A keepalive names the number the next message will have; it does not use it up.
  if (sequence !== null && message.sequenceNumber > sequence + 1) traffic.onSkipped(publishedAt ?? at, at);
  traffic.sequence = hasData ? message.sequenceNumber : message.sequenceNumber - 1;
  traffic.publishedAt = at;
  traffic.begin(at);
}

/** Twice in a row: when this process itself was held up, what came meanwhile is read between the two. */
function lookForSilence(traffic: Traffic): void {
  const silence = performance.now() - traffic.heardTick;
  traffic.overdue = silence > traffic.silentMs ? traffic.overdue + 1 : 0;
  if (traffic.overdue >= 2) traffic.lose(`nothing was heard for ${Math.round(silence / 1000)} s`);
}
