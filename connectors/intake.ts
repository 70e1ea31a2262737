/** Runs every source by itself: one dead or misbehaving system never holds up another, and nothing read is lost. */
import { AndonError, sentenceOf } from '../plant/errors.ts';
import type { Batch } from '../plant/record.ts';
import type { Checkpoint, Source, SourceHealth } from '../plant/source.ts';
import { iso, type Clock, type Millis } from '../plant/time.ts';
import { realWait, type Wait } from './http/waiting.ts';
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
/** Our own memory is tried more often: nothing can be known until it is back. */
const longestRecordMs = 60_000;
/** Credentials that are refused are not tried more often: user accounts get locked. */
const refusedMs = 15 * 60_000;
/** A read that gives nothing for so long hangs; ten times the pause between two reads where that is longer. */
const hangsAfterMs = 10 * 60_000;
/** For the reads, and again for the sources: `docker stop` kills after 10 s. */
const closeWithinMs = 5000;
/** So many records that cannot be taken are logged one by one, and for so long health tells of the last. */
const refusedLogged = 3;
const leftOutMs = 3_600_000;

/** Starts reading; returns at once. */
export function startIntake(options: IntakeOptions): Intake {
  const stop = new AbortController();
  const runs = options.sources.map((source) => {
    const run = openRun(source, options, stop.signal);
    return { run, done: keepReading(run) };
  });
  return {
    health: () => runs.map(({ run }) => healthOf(run)),
    async close() {
      stop.abort(new Error('intake closes'));
      await within(closeWithinMs, Promise.allSettled(runs.map(({ done }) => done)));
      await within(closeWithinMs, Promise.allSettled(runs.map(({ run }) => run.source.close())));
    },
  };
}

/** One source and how its reading goes. */
type Run = Required<Pick<IntakeOptions, 'clock' | 'log' | 'wait' | 'random'>> & {
  readonly source: Source;
  readonly options: IntakeOptions;
  readonly signal: AbortSignal;
  /** What is told as its health instead of its own words. */
  trouble: { state: SourceHealth['state']; problem: string } | null;
  /** Records that could not be taken, since the start. */
  leftOut: { count: number; last: string; at: Millis } | null;
  /** In a row. */
  failures: number;
  /** The last read that went well; before one, the start. */
  okAt: Millis;
  /** Since when nothing came, until that is told as a gap. */
  down: { from: Millis; reason: string } | null;
};

function openRun(source: Source, options: IntakeOptions, signal: AbortSignal): Run {
  const { clock, log, wait = realWait, random = Math.random } = options;
  return {
    source,
    options,
    signal,
    clock,
    log,
    wait,
    random,
    trouble: null,
    leftOut: null,
    failures: 0,
    okAt: clock(),
    down: null,
  };
}

async function keepReading(run: Run): Promise<void> {
  const { source, signal, wait } = run;
  try {
    // Sources of one plant start spread over a second, not all in the same millisecond.
    await wait(Math.round(run.random() * 1000), signal);
    while (!signal.aborted) await wait(await turn(run), signal);
  } catch (error) {
    if (signal.aborted) return;
    run.trouble = { state: 'down', problem: `Given up until the next start: ${sentenceOf(error)}` };
    run.log(`${source.id} is given up: ${sentenceOf(error)}`);
  }
}

/** One read, well or not. Returns how long to wait before the next, milliseconds. */
async function turn(run: Run): Promise<number> {
  const { source, signal } = run;
  try {
    await readOnce(run);
    if (signal.aborted) return 0;
    if (source.everyS === null)
      throw new AndonError('unreachable', `${source.id} stopped sending.`, 'Andon connects again.');
    succeeded(run);
    if (run.down !== null) await recordOne(run, gapBatch(source.id, run.down, run.clock()));
    run.down = null;
    return source.everyS * 1000;
  } catch (error) {
    return signal.aborted ? 0 : failed(run, error);
  }
}

/** Reads until the source is up to date (polled) or fails (pushed). */
async function readOnce(run: Run): Promise<void> {
  const { source, signal } = run;
  const since = await untilDone(run, () => run.options.checkpoint(source.id));
  const reading = new AbortController();
  const both = AbortSignal.any([signal, reading.signal]);
  const batches = source.read(since, both)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orHangs(batches.next(), source, signal);
      if (next.done) return;
      const { batch, refused } = validBatch(next.value, source.id);
      leaveOut(run, refused);
      await recordOne(run, batch);
      if (source.everyS === null) succeeded(run);
    }
  } finally {
    reading.abort(new Error('this read is over'));
    // A source that does not listen is left behind, not waited for.
    batches.return?.()?.catch(() => {});
  }
}

async function recordOne(run: Run, batch: Batch): Promise<void> {
  await untilDone(run, () => run.options.record(batch));
  try {
    await run.options.onRecorded?.(batch);
  } catch (error) {
    run.log(`After recording ${run.source.id}: ${sentenceOf(error)}`);
  }
}

/** Our own memory may be away for a while, too; that is no fault of the source, and the same work is done again. */
async function untilDone<T>(run: Run, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    run.signal.throwIfAborted();
    try {
      const done = await work();
      if (attempt > 0) run.trouble = null;
      return done;
    } catch (error) {
      if (attempt === 0) run.log(`What ${run.source.id} tells cannot be recorded: ${sentenceOf(error)}`);
      run.trouble = { state: 'degraded', problem: `Recording fails: ${sentenceOf(error)}` };
      await run.wait(Math.min(longestRecordMs, firstBackoffMs * 2 ** attempt), run.signal);
    }
  }
}

function leaveOut(run: Run, refused: readonly string[]): void {
  const last = refused.at(-1);
  if (last === undefined) return;
  run.leftOut = { count: (run.leftOut?.count ?? 0) + refused.length, last, at: run.clock() };
  const more = refused.length - refusedLogged;
  for (const sentence of refused.slice(0, refusedLogged)) run.log(`${run.source.id}: ${sentence}`);
  if (more > 0) run.log(`${run.source.id}: ${more} more of the same batch are left out.`);
}

function succeeded(run: Run): void {
  if (run.failures > 0) run.log(`${run.source.id} answers again.`);
  run.failures = 0;
  run.trouble = null;
  run.okAt = run.clock();
}

/** Returns how long to wait before the next try, milliseconds. */
function failed(run: Run, error: unknown): number {
  const refused = error instanceof AndonError && error.code === 'unauthorised';
  const sentence = sentenceOf(error);
  if (run.failures === 0 || run.trouble?.problem !== sentence) run.log(`${run.source.id}: ${sentence}`);
  run.failures += 1;
  run.down ??= { from: run.okAt, reason: refused ? 'our credentials were refused' : 'no answer' };
  run.trouble = { state: refused ? 'unauthorised' : 'down', problem: sentence };
  if (refused) return refusedMs;
  const retryAt = error instanceof AndonError ? error.details['retryAt'] : undefined;
  const pause = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (run.failures - 1));
  // Between half and all of it, so that sources that fell together do not come back together.
  const jittered = Math.round(pause * (0.5 + run.random() / 2));
  return typeof retryAt === 'number' ? Math.max(jittered, retryAt - run.clock()) : jittered;
}

function healthOf({ source, trouble, leftOut, clock }: Run): SourceHealth {
  const own = source.health();
  if (trouble !== null) return { ...own, ...trouble };
  if (own.state !== 'up' || leftOut === null || clock() - leftOut.at > leftOutMs) return own;
  const problem = `Records that are not as they should be: ${leftOut.count} since the start. The last: ${leftOut.last}`;
  return { ...own, state: 'degraded', problem };
}

/** Told when the system answers again; an open gap would outlive the death of this process. Until then health tells it. */
function gapBatch(source: string, down: NonNullable<Run['down']>, now: Millis): Batch {
  const from = iso(down.from);
  const to = iso(now);
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
