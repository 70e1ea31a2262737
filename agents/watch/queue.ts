import type { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import type { Clock, Millis } from '../../plant/time.ts';
import { sentenceOf } from '../../plant/errors.ts';

/** One timed piece of work. `run` decides by rows what is due; running it twice, late or early does no harm. */
export type Job = { name: string; everyS: number; run(now: Millis): Promise<void> };

type JobQueue = {
  /** Runs a job soon, besides its schedule. Several calls before it starts become one run. */
  wake(name: string): Promise<void>;
  close(): Promise<void>;
};

/** What BullMQ's Postgres backend needs of a pool; the pool itself is opened by memory with `search_path=bullmq`. */
type QueuePool = { connect(): Promise<{ release(): void }>; query(text: string): Promise<unknown> };

type Options = {
  pool: () => Promise<QueuePool> | QueuePool;
  redisUrl: string | null;
  jobs: readonly Job[];
  clock: Clock;
  log: (sentence: string) => void;
};

const queueName = 'andon';

/**
 * Starts every job on its schedule. BullMQ on Redis when `redisUrl` is given, else on the database.
 * The queue wakes, retries and spreads; it never holds the only copy of a time.
 */
export async function openQueue({ pool, redisUrl, jobs, clock, log }: Options): Promise<JobQueue> {
  const { queue, openWorker, release } = redisUrl ? await onRedis(redisUrl) : await onPostgres(await pool());
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const trouble = (error: Error) => log(`The job queue reports: ${sentenceOf(error)}`);
  queue.on('error', trouble);

  const worker = openWorker(async ({ name }) => byName.get(name)?.run(clock()));
  worker.on('error', trouble);
  worker.on('failed', (job, error) =>
    log(`The job ${job?.name ?? '?'} failed and will run again: ${sentenceOf(error)}`),
  );

  const known = await queue.getJobSchedulers(0, -1);
  for (const old of known) if (!byName.has(old.key)) await queue.removeJobScheduler(old.key);
  for (const job of jobs)
    await queue.upsertJobScheduler(job.name, { every: job.everyS * 1000 }, { name: job.name, opts: once });

  return {
    async wake(name) {
      await queue.add(name, {}, { ...once, deduplication: { id: `wake-${name}` } });
    },
    async close() {
      await worker.close();
      await queue.close();
      await release();
    },
  };
}

/** Finished jobs are of no use to anybody; failed ones are kept a while for the curious. */
const once = {
  removeOnComplete: true,
  removeOnFail: { count: 50 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
} as const;

type Opened = {
  queue: BullQueue;
  openWorker: (work: (job: { name: string }) => Promise<void>) => BullWorker;
  release: () => Promise<void>;
};
const concurrency = 4;

async function onPostgres(pool: QueuePool): Promise<Opened> {
  const { withBackend, createPostgresBackend, runMigrations } = await import('bullmq');
  const client = await pool.connect();
  try {
    await runMigrations(client as never);
  } finally {
    client.release();
  }
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = pool as never;
  return {
    queue: new Queue(queueName, { connection }) as unknown as BullQueue,
    openWorker: (work) => new Worker(queueName, work, { connection, concurrency }) as unknown as BullWorker,
    release: async () => undefined,
  };
}

async function onRedis(url: string): Promise<Opened> {
  const { Queue, Worker } = await import('bullmq');
  const { Redis } = await import('ioredis');
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return {
    queue: new Queue(queueName, { connection: connection as never }),
    openWorker: (work) => new Worker(queueName, work, { connection: connection as never, concurrency }),
    release: async () => {
      await connection.quit();
    },
  };
}
