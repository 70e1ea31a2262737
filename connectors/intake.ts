/** Runs every source by itself: one dead or misbehaving system never holds up another, and nothing read is lost. */
import { AndonError, sentenceOf } from '../plant/errors.ts';
import type { Batch } from '../plant/record.ts';
import type { Checkpoint, Source, SourceHealth } from '../plant/source.ts';
import type { Clock } from '../plant/time.ts';
import { backoffMs, realWait, type Wait } from './http/limits.ts';
import { validBatch } from './source/batches.ts';

export type IntakeOptions = {
  sources: readonly Source[];
  /** Records a batch with its checkpoint in one transaction; throws when it could not. */
  record: (batch: Batch) => Promise<void>;
  /** The checkpoint recorded last for this source. */
  checkpoint: (source: string) => Promise<Checkpoint | null>;
  clock: Clock;
  log: (sentence: string) => void;
  /** After a batch is recorded. What it throws is logged. */
  onRecorded?: (batch: Batch) => void | Promise<void>;
  wait?: Wait;
  random?: () => number;
};
type Intake = { health(): SourceHealth[]; close(): Promise<void> };

const firstBackoffMs = 1000;
const longestBackoffMs = 5 * 60_000;
/** Credentials that are refused are not tried more often: user accounts get locked. */
const refusedMs = 15 * 60_000;
/** A read that gives nothing for so long hangs. */
const hangsAfterMs = 10 * 60_000;
const closeWithinMs = 5000;
/** So many records that cannot be taken are logged one by one, and for so long health tells of the last. */
const refusedLogged = 3;
const leftOutMs = 3_600_000;

/** Starts reading; returns at once. */
export function startIntake(options: IntakeOptions): Intake {
  const stop = new AbortController();
  const runs = options.sources.map((source) => {
    const run = openRun(source, options, stop.signal);
    return { source, health: run.health, done: run.loop() };
  });
  return {
    health: () => runs.map((run) => run.health()),
    async close() {
      stop.abort(new Error('intake closes'));
      await within(closeWithinMs, Promise.allSettled(runs.map(({ done }) => done)));
      await within(closeWithinMs, Promise.allSettled(runs.map(({ source }) => source.close())));
    },
  };
}

type Trouble = { state: SourceHealth['state']; problem: string };

function openRun(source: Source, options: IntakeOptions, signal: AbortSignal) {
  const { clock, log } = options;
  const wait = options.wait ?? realWait;
  const random = options.random ?? Math.random;
  const polled = source.everyS !== null;
  const startedAt = clock();
  let trouble: Trouble | null = null;
  let lastOkAt: number | null = null;
  /** Records that could not be taken, since the start. */
  let leftOut: { count: number; last: string; at: number } | null = null;
  let failures = 0;
  let down: { from: number; reason: string } | null = null;

  /** Our own memory may be away for a while, too; that is no fault of the source, and the same work is done again. */
  const untilDone = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const done = await work();
        if (attempt > 0) trouble = null;
        return done;
      } catch (error) {
        if (attempt === 0) log(`What ${source.id} tells cannot be recorded: ${sentenceOf(error)}`);
        trouble = { state: 'degraded', problem: `Recording fails: ${sentenceOf(error)}` };
        const pause = backoffMs(attempt, () => 1, firstBackoffMs, 60_000);
        await wait(pause, signal);
      }
    }
  };

  const recordOne = async (batch: Batch): Promise<void> => {
    await untilDone(() => options.record(batch));
    try {
      await options.onRecorded?.(batch);
    } catch (error) {
      log(`After recording ${source.id}: ${sentenceOf(error)}`);
    }
  };

  /** Reads until the source is up to date (polled) or fails (pushed). */
  const readOnce = async (): Promise<void> => {
    const since = await untilDone(() => options.checkpoint(source.id));
    const reading = new AbortController();
    const both = AbortSignal.any([signal, reading.signal]);
    const batches = source.read(since, both)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await orHangs(batches.next(), source, signal);
        if (next.done) return;
        const { batch, refused } = validBatch(next.value, source.id);
        leaveOut(refused);
        await recordOne(batch);
        if (!polled) succeeded();
      }
    } finally {
      reading.abort(new Error('this read is over'));
      // A source that does not listen is left behind, not waited for.
      batches.return?.()?.catch(() => {});
    }
  };

  const leaveOut = (refused: readonly string[]) => {
    const last = refused.at(-1);
    if (last === undefined) return;
    leftOut = { count: (leftOut?.count ?? 0) + refused.length, last, at: clock() };
    const more = refused.length - refusedLogged;
    for (const sentence of refused.slice(0, refusedLogged)) log(`${source.id}: ${sentence}`);
    if (more > 0) log(`${source.id}: ${more} more of the same batch are left out.`);
  };

  const succeeded = () => {
    if (failures > 0) log(`${source.id} answers again.`);
    failures = 0;
    trouble = null;
    lastOkAt = clock();
  };

  const failed = (error: unknown): number => {
    const refused = error instanceof AndonError && error.code === 'unauthorised';
    const sentence = sentenceOf(error);
    if (failures === 0 || trouble?.problem !== sentence) log(`${source.id}: ${sentence}`);
    failures += 1;
    down ??= { from: lastOkAt ?? startedAt, reason: refused ? 'our credentials were refused' : 'no answer' };
    trouble = { state: refused ? 'unauthorised' : 'down', problem: sentence };
    if (refused) return refusedMs;
    const retryAt = error instanceof AndonError ? error.details['retryAt'] : undefined;
    const pause = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1));
    // Between half and all of it, so that sources that fell together do not come back together.
    const jittered = Math.round(pause * (0.5 + random() / 2));
    return typeof retryAt === 'number' ? Math.max(jittered, retryAt - clock()) : jittered;
  };

  const turn = async (): Promise<number> => {
    try {
      await readOnce();
      if (signal.aborted) return 0;
      if (!polled)
        throw new AndonError('unreachable', `${source.id} stopped sending.`, 'Andon connects again.');
      succeeded();
      if (down !== null) await recordOne(gapBatch(source.id, down, clock()));
      down = null;
      return (source.everyS ?? 0) * 1000;
    } catch (error) {
      if (signal.aborted) return 0;
      return failed(error);
    }
  };

  return {
    health: (): SourceHealth => {
      const own = source.health();
      if (trouble !== null) return { ...own, ...trouble };
      if (own.state !== 'up' || leftOut === null || clock() - leftOut.at > leftOutMs) return own;
      const problem = `Records that are not as they should be: ${leftOut.count} since the start. The last: ${leftOut.last}`;
      return { ...own, state: 'degraded', problem };
    },
    async loop(): Promise<void> {
      try {
        // Sources of one plant start spread over a second, not all in the same millisecond.
        await wait(Math.round(random() * 1000), signal);
        while (!signal.aborted) await wait(await turn(), signal);
      } catch (error) {
        if (signal.aborted) return;
        trouble = { state: 'down', problem: `Given up until the next start: ${sentenceOf(error)}` };
        log(`${source.id} is given up: ${sentenceOf(error)}`);
      }
    },
  };
}

/** Told when the system answers again; an open gap would outlive the death of this process. Until then health tells it. */
function gapBatch(source: string, down: { from: number; reason: string }, now: number): Batch {
  const from = new Date(down.from).toISOString();
  const to = new Date(now).toISOString();
  const header = { source, key: `*@${from}`, version: to, equipment: null, at: from, observedAt: to };
  return {
    source,
    records: [{ kind: 'gap', ...header, quality: 'good', from, to, reason: down.reason }],
    readings: [],
    minutes: [],
    checkpoint: null,
  };
}

/** The next batch, unless the source hangs or intake closes: a pushed source may be silent for as long as it likes. */
function orHangs<T>(next: Promise<T>, source: Source, signal: AbortSignal): Promise<T> {
  const limit = source.everyS === null ? null : Math.max(hangsAfterMs, source.everyS * 10_000);
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    const closes = () => reject(signal.reason as Error);
    const timer =
      limit === null
        ? undefined
        : setTimeout(
            () => reject(new AndonError('unreachable', `${source.id} began to answer and then fell silent.`)),
            limit,
          );
    signal.addEventListener('abort', closes, { once: true });
    next.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', closes);
    });
  });
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work.finally(() => over.abort()), realWait(ms, over.signal).catch(() => {})]);
}
