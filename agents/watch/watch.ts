/** What Andon does by itself: looks at what was recorded, opens exceptions, tells people, follows decisions. No model, ever. */
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import type { Db, Memory } from '../../memory/open.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { AlertMessage } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import type { Batch } from '../../plant/record.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { OpenSurface, Press, Reply } from '../../plant/surface.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import { jobsOf } from './jobs.ts';
import { openMessages, type Messages } from './messages.ts';
import { openPress } from './press.ts';
import { openQueue } from './queue.ts';
import type { Chosen } from './reconcile.ts';
import { openTell } from './tell.ts';

type WatchOptions = {
  memory: Memory;
  plant: Plant;
  /** Whose names are not kept in what is said of a cause. */
  people: readonly Person[];
  clock: Clock;
  health: () => readonly SourceHealth[];
  /** Read at every use: surfaces open after the watch, because they need its `press`. */
  surfaces: () => readonly OpenSurface[];
  detectors: readonly Chosen[];
  retention: { rawDays: number; minuteDays: number; eventDays: number };
  redisUrl: string | null;
  log: (sentence: string) => void;
};

export type Watch = {
  press(press: Press): Promise<Reply>;
  /** Alerts as they are told now: those that are not over, then those that ended within the last hour, each newest first. */
  alerts(): Promise<AlertMessage[]>;
  /** Looks soon when something was recorded that can open or end an exception. */
  recorded(batch: Batch): void;
  /** Calls back when an alert or a decision changed, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Chats that refuse what they are told. */
  refusals(): SourceHealth[];
  /** Begins the timed work; call it once the surfaces are open. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** Opens the watch; nothing is looked at before `start`. */
export function openWatch(options: WatchOptions): Watch {
  const { memory, plant, people, clock, health, surfaces, log } = options;
  const look = { db: memory.pool, plant, health, people, log };
  const listeners = new Set<() => void>();
  let queue: Queue | null = null;
  const wake = (job: string) =>
    void queue
      ?.wake(job)
      .catch((error: unknown) => log(`The job "${job}" could not be woken: ${String(error)}`));
  const messages = openMessages(look, clock);
  const changed = () => {
    messages.forget();
    for (const listener of listeners) listener();
    wake('tell');
  };
  const tell = openTell({ look, messages, surfaces, clock, changed });
  return {
    press: openPress({ memory, look, tell, clock, changed }),
    alerts: () => alertsNow(memory.pool, messages, clock()),
    recorded(batch) {
      messages.forget(batch.records);
      if (batch.records.some(({ kind }) => opens.has(kind))) wake('detect');
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refusals: tell.refusals,
    async start() {
      const { detectors, retention, redisUrl } = options;
      const jobs = jobsOf({ memory, look, tell, detectors, retention });
      queue = await openQueue({ pool: () => memory.queuePool(), redisUrl, jobs, clock, log });
    },
    async close() {
      await queue?.close();
      queue = null;
    },
  };
}

type Queue = Awaited<ReturnType<typeof openQueue>>;

/** Kinds of records that can open or end an exception. */
const opens: ReadonlySet<string> = new Set(['state', 'calendar', 'downtime_event']);

/** What is over is shown for an hour more, at most 20 of them. */
async function alertsNow(db: Db, messages: Messages, now: Millis): Promise<AlertMessage[]> {
  const over = { states: ['resolved'] as const, overSince: now - 3_600_000, limit: 20 };
  const shown = [...(await listAlerts(db)), ...(await listAlerts(db, over))];
  return Promise.all(shown.map(messages.of));
}
