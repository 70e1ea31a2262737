import type { Plant } from '../../plant/equipment.ts';
import type { Batch } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { CauseClass } from '../faults/fault.ts';

/** `inferred`: no record shows `to` waiting or standing; it follows from its neighbours. */
export type ChainLink = { from: string; to: string; kind: string; at: string; inferred?: boolean };
export type Answerable = 'yes' | 'partly' | 'no';
/** One thing that went wrong, and where. `t0`: since when its place could no longer work as it should. `answerable`: whether this one can be told, as in `Truth`. */
export type OneCause = {
  cause: string;
  class: CauseClass;
  place: string;
  t0: string;
  answerable?: Answerable;
};
type Role = 'necessary' | 'supporting' | 'misleading';
/** `id`: `source/kind/key`; of a signal `source/signal/equipment/name`. */
export type TruthEvidence = { id: string; role: Role };
export type CaseKind = 'single' | 'compound' | 'planned' | 'no_stop' | 'unanswerable';

export const noteStyles = [
  'plain',
  'slang',
  'misspelt',
  'spanish',
  'german',
  'contradictory',
  'instruction',
  'empty',
] as const;
export type NoteStyle = (typeof noteStyles)[number];

/** How hard a case is made, each drawn on its own; ranges as given. */
export type Dials = {
  /** The largest clock offset, seconds, 0 to 60; each source, and each machine behind the gateway, has its own within it. */
  clockSkewS: number;
  /** Share of machines that only say Running and Stopped, 0 to 0.6. */
  genericShare: number;
  /** Machines that no system reports, 0 to 2; seldom the one by which the stop is told is among them. */
  darkMachines: number;
  /** No alarm comes from where it began; one in five. */
  silentRoot: boolean;
  /** What the operator or the MES gives as reason: missing half of the time, wrong in 15 of 100. */
  reason: 'missing' | 'right' | 'wrong';
  /** The ERP's stock of one material is not what lies there; one in ten. */
  wrongStock: boolean;
  /** Laboratory values can be read so many seconds later, 0 to 5400. */
  lateLabS: number;
  /** How much else is going on, 0 to 1. */
  decoys: number;
  /** Nuisance alarms against twice the usual rate, 0 to 1. */
  alarmNoise: number;
  noteStyle: NoteStyle;
  /** Which sources are configured besides the machines. `utilities`: signals of supplies. */
  sources: { erp: boolean; mes: boolean; notes: boolean; utilities: boolean };
};

/** What really happened. Written apart from the records. */
export type Truth = {
  /** The one that counts first; `none` where the line did not stop. */
  cause: string;
  class: CauseClass | null;
  /** Where `place` is a machine of the line; else null. */
  machine: string | null;
  place: string;
  /** Everything that went wrong, oldest first. */
  causes: OneCause[];
  /** From the origin to the machine by which the line's stop is told; several went the same way at once: one of them. */
  chain: ChainLink[];
  /** Other ways that are as right: branches that ran empty in the same second, machines that one supply held one by one. */
  otherChains?: ChainLink[][];
  /** `to: null`: still standing when asked. null: it did not stop. */
  stop: { from: string; to: string | null } | null;
  kind: CaseKind;
  /** Of `cause` and `place`. Yes: records tell this cause from others, and where it is; partly: one of the two; no: neither. */
  answerable: Answerable;
  evidence: TruthEvidence[];
  next_check: string;
  /** null: a plain case, without any. */
  dials: Dials | null;
};

export type Case = {
  plant: Plant;
  batches: Batch[];
  question: string;
  /** The time that the question names, if it names one. */
  at: Millis | null;
  askedAt: Millis;
  truth: Truth;
};
export type CaseOptions = {
  seed: string | number;
  /** A catalogue id; without it the seed draws one. */
  cause?: string;
  kind?: CaseKind;
  /** Overrides what the seed draws. */
  dials?: Partial<Dials>;
  /** Ten causes, every machine and source clear: no dials. */
  plain?: boolean;
  /** The same plant and day, and the fault does not happen. */
  without?: 'fault';
  /** The same case with one fact changed: the warehouse has what an empty magazine lacks, or it has not. */
  stock?: 'present' | 'absent';
};
