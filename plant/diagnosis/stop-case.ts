import type { Evidence } from '../evidence.ts';
import type { Line, Plant } from '../equipment.ts';
import type { PlantRecord, RecordOf } from '../record.ts';
import type { SourceHealth } from '../source.ts';
import type { Stop } from '../stop.ts';
import type { Millis, Span } from '../time.ts';
import type { ClockJump } from './records/jumps.ts';

/** Values of one signal around the stop, oldest first, and what is usual for it while the machine produces. */
export type SignalWindow = {
  equipment: string;
  signal: string;
  unit: string;
  source: string;
  points: readonly (readonly [Millis, number])[];
  /** Robust: median and median absolute deviation while in Execute, before the window. null: not enough history. */
  baseline: { median: number; mad: number; count: number } | null;
};

/** What a source could have told about the window, and whether it was able to. */
export type SourceCoverage = {
  source: string;
  system: string;
  kinds: readonly string[];
  state: SourceHealth['state'];
  /** Newest source time before the end of the window; null: it never said anything. */
  lastRecordAt: Millis | null;
  clockOffsetMs: number | null;
  /** Kinds that the system does not let us read although it answers; left out: none. */
  closed?: readonly string[];
  /** How much its records count, 0.2 to 1; left out: 1. */
  trust?: number;
  /** Times without data that touch the window. `only`: what of it is missing; left out: everything. */
  gaps: readonly (Span & { equipment: string | null; reason: string; only?: RecordOf<'gap'>['only'] })[];
};

/** A cause that a person confirmed for an earlier stop of this plant. The only thing priors learn from. */
export type ConfirmedCause = {
  line: string;
  machine: string | null;
  machineClass: string | null;
  firstAlarm: string | null;
  cause: string;
  at: Millis;
  /** The id of that stop: under it the confirmation is found again. */
  stop?: string;
};

/**
 * Everything that is known around one stop, gathered by `memory/floor/stop-case.ts`. Diagnosis reads nothing else.
 * Records are of all kinds, oldest first, and reach back far enough: machine facts from 30 minutes before the stop,
 * orders, stock, lots, calendar, crew, maintenance and system events from 24 hours before, each with the version valid at the time,
 * plus the last state of each machine before the window.
 */
export type StopCase = {
  plant: Plant;
  line: Line;
  stop: Stop;
  now: Millis;
  window: { from: Millis; to: Millis };
  records: readonly PlantRecord[];
  signals: readonly SignalWindow[];
  coverage: readonly SourceCoverage[];
  confirmed: readonly ConfirmedCause[];
  /** Records left out because of the row cap. */
  truncated: boolean;
  /** Clocks that jumped, by which records and values are put right already; left out: none. */
  jumps?: readonly ClockJump[];
};

/** What people confirmed is kept by Andon itself: `andon/cause/<id of the stop>`. */
export const confirmedSource = 'andon';
export const confirmedKind = 'cause';

/** Names a record for ever; the same in memory, in answers and in evals. */
export const evidenceId = (record: { source: string; kind: string; key: string }): Evidence['id'] =>
  `${record.source}/${record.kind}/${record.key}`;
