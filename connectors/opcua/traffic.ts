import type { ClientSubscription, NotificationMessage } from 'node-opcua';
import type { Millis } from '../../plant/time.ts';
import type { Connection } from './connect.ts';

export type Traffic = {
  /** Resolves once, with what ended the connection, in words. */
  lost: Promise<string>;
  /** Server time of the last publication: everything up to then has come. */
  publishedAt(): Millis | null;
  /** Resolves with the server time of the first publication. */
  first: Promise<Millis>;
  /** When something last came, by our clock. */
  heardAt(): Millis;
  /** Called with the times between which a publication is missing. */
  onSkipped(call: (from: Millis, to: Millis) => void): void;
  /** The connection is lost or stopped. */
  ended(): boolean;
  stop(): void;
};

/** Three missed signs of life: one may be late, two may be a hiccup of the network. */
const missed = 3;

/**
 * Watches whether the subscription still speaks. The library's own view is not trusted: after a restart of a
 * foreign server it reported a reconnection and stayed silent for ever.
 */
export function watchTraffic(
  { client, session }: Connection,
  subscription: ClientSubscription,
  clock: () => Millis,
  offsetMs: number | null,
): Traffic {
  const { promise: lost, resolve } = Promise.withResolvers<string>();
  let ended = false;
  const lose = (why: string) => {
    ended = true;
    resolve(why);
  };
  const { promise: first, resolve: begin } = Promise.withResolvers<Millis>();
  const silentMs = missed * subscription.publishingInterval * subscription.maxKeepAliveCount;
  let heard = performance.now();
  let heardAt = clock();
  let published: Millis | null = null;
  let sequence: number | null = null;
  let overdue = 0;
  let skipped: (from: Millis, to: Millis) => void = () => {};

  const onMessage = (message: NotificationMessage) => {
    heard = performance.now();
    heardAt = clock();
    overdue = 0;
    const told = message.publishTime?.getTime() ?? 0;
    // Some keepalives carry no time (1601): then our clock, less what may still have waited to be published.
    const own = clock() + (offsetMs ?? 0) - subscription.publishingInterval;
    const at = Math.max(told > 0 ? told : own, published ?? 0);
    const hasData = (message.notificationData?.length ?? 0) > 0;
    // A keepalive names the number the next message will have; it does not use it up.
    if (sequence !== null && message.sequenceNumber > sequence + 1) skipped(published ?? at, at);
    sequence = hasData ? message.sequenceNumber : message.sequenceNumber - 1;
    published = at;
    begin(at);
  };
  const timer = setInterval(
    () => {
      // Twice in a row: when this process itself was held up, what came meanwhile is read between the two.
      overdue = performance.now() - heard > silentMs ? overdue + 1 : 0;
      if (overdue >= 2) lose(`nothing was heard for ${Math.round((performance.now() - heard) / 1000)} s`);
    },
    Math.min(500, silentMs / 6),
  );
  subscription.on('raw_notification', onMessage);
  subscription.on('terminated', () => lose('the server ended the subscription'));
  subscription.on('status_changed', () => lose('the server ended the subscription'));
  session.on('session_closed', () => lose('the session was closed'));
  client.on('connection_lost', () => lose('the connection broke'));
  client.on('abort', () => lose('the server broke the connection off'));
  client.on('close', () => lose('the connection was closed'));
  return {
    lost,
    first,
    publishedAt: () => published,
    heardAt: () => heardAt,
    ended: () => ended,
    onSkipped: (call) => {
      skipped = call;
    },
    stop: () => {
      clearInterval(timer);
      lose('closed by us');
    },
  };
}
