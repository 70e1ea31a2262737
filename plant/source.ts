import type { z } from 'zod';
import type { Plant } from './equipment.ts';
import type { Batch, RecordKind } from './record.ts';
import type { Clock, IsoTime } from './time.ts';

/** Where a connector stands. Part of every answer that rests on it. */
export type SourceHealth = {
  source: string;
  system: string;
  state: 'starting' | 'up' | 'degraded' | 'down' | 'unauthorised';
  /** When it last answered, and the newest source time among what it gave. */
  lastOkAt: IsoTime | null;
  lastRecordAt: IsoTime | null;
  /** Source clock minus Andon's clock, milliseconds; null where it cannot be told. */
  clockOffsetMs: number | null;
  /** One sentence for a person: what is wrong and what to do. */
  problem: string | null;
  /** Kinds of records that the system does not let us read although it answers; left out: none. */
  closed?: readonly RecordKind[];
  /** How much its records count, 0.2 to 1; left out: 1. */
  trust?: number;
};

/** One line of `npm run doctor`. */
export type Finding = { check: string; state: 'ok' | 'warn' | 'fail'; text: string; next: string };

export type SourceContext = {
  /** The connector's id in the YAML. */
  id: string;
  plant: Plant;
  clock: Clock;
  /** A private folder (0700) for certificates and the like. */
  folder: string;
  /** Progress and trouble, one sentence each. */
  log: (sentence: string) => void;
};

export type Checkpoint = Record<string, unknown>;

/**
 * One system, read only. `read` yields batches from `since` on: a polled source returns when it is up to
 * date and is called again after `everyS` seconds; a pushed one (`everyS: null`) goes on until `signal` fires.
 * Throws `AndonError` with `unreachable`, `unauthorised` or `bad_upstream`; intake retries with backoff.
 */
export type Source = {
  id: string;
  system: string;
  kinds: readonly (RecordKind | 'signal')[];
  everyS: number | null;
  read(since: Checkpoint | null, signal: AbortSignal): AsyncIterable<Batch>;
  health(): SourceHealth;
  /** What the doctor asks: reachable, rights, clock, certificate, unmapped equipment. Never throws. */
  examine(signal: AbortSignal): Promise<Finding[]>;
  close(): Promise<void>;
};

/**
 * A file (or folder with `index.ts`) in `connectors/` exports this by default; its name is the name used in the YAML (`use:`).
 * `options` loads nothing heavy; heavy packages are imported inside `open`.
 */
export type Connector<Options extends z.ZodType = z.ZodType> = {
  system: string;
  options: Options;
  open(options: z.infer<Options>, context: SourceContext): Promise<Source>;
};
