import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';

/** Where the plant's servers are: `opc.tcp://..`, two HTTP addresses, the path of the CSV file. */
export type Addresses = { opcua: string; erp: string; mes: string; notes: string };
export type Credentials = {
  /** OPC UA. */
  user: string;
  password: string;
  erpUser: string;
  erpPassword: string;
  mesKey: string;
};

/** What tests and demonstrations may do to the plant. */
export type Command =
  | { command: 'stop-opcua' | 'start-opcua' | 'drop-opcua-sessions' | 'stop-erp' | 'start-erp' }
  /** Lets the plant run in real time without handing over its past. */
  | { command: 'go-live' }
  | { command: 'schedule-stop'; line: string; inSeconds: number; cause?: string }
  /** What really happened, for judging answers. Nothing of it is served. */
  | { command: 'truth' }
  | { command: 'status' };
/** Answer to `status`. */
export type Status = {
  live: boolean;
  /** The plant's clock, and how far it is behind the time it should show. */
  now: Millis;
  behindMs: number;
  opcua: boolean;
  erp: boolean;
  sessions: number;
  /** Resident memory of the child process, bytes. */
  rss: number;
};

export type Opening = {
  seed: number;
  folder: string;
  /** What the plant's clock shows at the start, and where its past ends; equal at a first start. */
  now: Millis;
  pastEndsAt: Millis;
  historyDays: number;
  /** The stop that comes soon after the start; `inSeconds` from `pastEndsAt`, the cause drawn where none is given. */
  firstStop: { line?: string; inSeconds: number; cause?: string } | null;
  credentials: Credentials;
  /** URL of the module that exports `openPlant`. */
  plant: string;
};

export type ToChild =
  | { type: 'open'; opening: Opening }
  /** One more batch of the past, please. */
  | { type: 'more' }
  | { type: 'control'; id: number; command: Command }
  | { type: 'close' };
export type ToParent =
  | { type: 'ready'; addresses: Addresses }
  | { type: 'batch'; batch: Batch }
  | { type: 'history-end' }
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'refused'; id: number; sentence: string }
  | { type: 'log'; sentence: string }
  | { type: 'failed'; sentence: string };
