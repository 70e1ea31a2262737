import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { SourceContext, SourceHealth } from '../../plant/source.ts';
import { iso } from '../../plant/time.ts';
import { lostOf, type Lost } from './gaps.ts';
import { readHistory } from './history.ts';
import { goLive, type Live, type Wire } from './live.ts';
import type { OpcuaOptions } from './options.ts';
import { moveCheckpoint } from './outlet.ts';
import {
  closeGap,
  flow,
  heardTo,
  hold,
  onEvent,
  onHistory,
  onSample,
  openGap,
  tellGap,
  type Stream,
} from './stream.ts';
import { stopTraffic } from './traffic.ts';

/** Between two tries to connect: a server that restarts is met at once, one that is away is not hammered. */
const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** Even without a change the checkpoint moves, so that a restart does not claim a gap where nothing happened. */
const beatMs = 5000;
/** How far behind the last publication the checkpoint may be. */
const markMs = 100;

type Supervised = {
  options: OpcuaOptions;
  context: SourceContext;
  stream: Stream;
  health: SourceHealth;
  signal: AbortSignal;
};

/**
 * Keeps the connection until `signal` fires: connects, and after every loss says so, rebuilds everything and
 * goes on. `patient`: a server that is not there at the first try is waited for, too; else its error is thrown.
 * Refused credentials are always thrown: repeating them locks accounts.
 */
export async function supervise(supervised: Supervised, patient: boolean): Promise<void> {
  const { health, stream, signal } = supervised;
  let waitMs = firstWaitMs;
  let met = patient;
  for (;;) {
    try {
      const live = await connectOnce(supervised);
      if (!live) return;
      met = true;
      if ((await liveWith(supervised, live)) > longestWaitMs) waitMs = firstWaitMs;
      if (signal.aborted) return;
    } catch (error) {
      const refused = error instanceof AndonError && error.code === 'unauthorised';
      health.state = refused ? 'unauthorised' : 'down';
      health.problem = sentenceOf(error);
      openGap(stream, 'No connection to the server');
      if (!met || refused) throw error;
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

/** A connection with everything watched; null when `signal` fired first. */
async function connectOnce({ options, context, stream, signal }: Supervised): Promise<Live | null> {
  const wire: Wire = {
    clock: context.clock,
    onItems: (items) => hold(stream, items),
    onSample: (sample) => onSample(stream, sample),
    onEvent: options.alarms ? (event) => onEvent(stream, event) : null,
  };
  const live = goLive(options, context.folder, wire);
  const { promise: aborted, resolve } = Promise.withResolvers<null>();
  const onAbort = () => resolve(null);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const first = await Promise.race([live, aborted]);
    // Whoever closes does not wait for a server that does not answer; what comes of it is closed when it comes.
    if (!first) void live.then(({ close }) => close()).catch(() => {});
    return first;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Lives with a connection until it is lost, and takes it down. Returns how long it lasted, milliseconds. */
async function liveWith(supervised: Supervised, live: Live): Promise<number> {
  const { options, context, stream, health, signal } = supervised;
  const since = performance.now();
  const begun = begin(supervised, live).catch((error: unknown) => {
    context.log(`${context.id}: ${sentenceOf(error)}`);
    stopTraffic(live.traffic);
  });
  const why = await stay(supervised, live);
  await live.close();
  await begun;
  if (!signal.aborted) {
    health.state = 'down';
    health.problem = `The connection to ${options.endpoint} was lost: ${why}. It is being rebuilt.`;
    context.log(`${context.id}: ${why}; rebuilding the connection to ${options.endpoint}.`);
    openGap(stream, `No connection: ${why}`);
  }
  return performance.now() - since;
}

/** Ends the gap before this connection, then lets its values flow. */
async function begin({ context, stream, health }: Supervised, live: Live): Promise<void> {
  const { traffic } = live;
  health.clockOffsetMs = live.offsetMs;
  traffic.onSkipped = (from, to) => tellGap(stream, null, { from, to }, 'The server skipped a publication');
  const here = await Promise.race([traffic.first, traffic.lost.then(() => null)]);
  if (here === null) return; // gone before it spoke: the loss goes on
  // The first publication may be older than the last subscription of an item; from this moment on all comes.
  const to = Math.max(here, context.clock() + (live.offsetMs ?? 0));
  const from = stream.completeTo;
  if (from !== null && to > from) {
    const { samples, watched, missing, lost } = await readHistory(live, { from, to }, stream.fold.seen);
    if (traffic.ended) return;
    onHistory(stream, samples);
    // A machine without a state has an open gap already, from the same moment on.
    const known = ({ equipment }: Lost) => equipment !== null && lost.has(equipment);
    closeGap(
      stream,
      to,
      lostOf(watched, missing).filter((one) => !known(one)),
    );
  }
  const refused = live.bad.slice(0, 3).map(({ node, status }) => `${node} (${status})`);
  health.state = live.bad.length > 0 ? 'degraded' : 'up';
  health.problem =
    live.bad.length > 0
      ? `${live.bad.length} of ${live.items.length} nodes cannot be watched: ${refused.join(', ')}. Check them in the YAML.`
      : null;
  flow(stream);
}

/** Until the connection is lost: keeps the checkpoint and the health moving. Returns what ended it. */
async function stay({ stream, health, signal }: Supervised, { traffic }: Live): Promise<string> {
  const mark = () => {
    if (stream.held) return;
    if (traffic.publishedAt !== null) heardTo(stream, traffic.publishedAt);
    health.lastOkAt = iso(traffic.heardAt);
  };
  const stop = () => stopTraffic(traffic);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const timers = [setInterval(mark, markMs), setInterval(() => moveCheckpoint(stream.outlet), beatMs)];
  try {
    return await traffic.lost;
  } finally {
    for (const timer of timers) clearInterval(timer);
    signal.removeEventListener('abort', stop);
    mark();
  }
}
