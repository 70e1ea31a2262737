import type { Plant } from '../../plant/equipment.ts';
import type { Batch } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';

export const caseKinds = ['single', 'compound', 'planned', 'no_stop', 'unanswerable'] as const;
export type CaseKind = (typeof caseKinds)[number];
export const roles = ['necessary', 'supporting', 'misleading'] as const;
export type Role = (typeof roles)[number];

export const answers = ['yes', 'partly', 'no'] as const;
type Answerable = (typeof answers)[number];

/** One step from the origin towards the line's reference. `inferred`: no record shows it. */
export type Edge = { from: string; to: string; kind: string; at: string; inferred?: boolean | undefined };

/** What really happened, written apart from the records. */
export type Truth = {
  /** The one that counts first; `none` where the line did not stop. */
  cause: string;
  class: string | null;
  /** The machine on the line where it began; null where the origin is none. */
  machine: string | null;
  place: string;
  /** Everything that went wrong, oldest first, and whether the records tell it. */
  causes: readonly { cause: string; place: string; answerable: Answerable }[];
  /** null: not known, and not judged. */
  chain: readonly Edge[] | null;
  /** Whole chains that are as right. */
  otherChains: readonly (readonly Edge[])[];
  /** null: the line did not stop. */
  stop: { from: string; to: string | null } | null;
  kind: CaseKind;
  /** Could somebody who has only the records tell the cause; partly: only the place. */
  answerable: Answerable;
  /** Ids as in `plant/diagnosis/stop-case.ts`; of a signal without its time. */
  evidence: readonly { id: string; role: Role }[];
  /** How hard the case was made, by name of the dial; null: not known. */
  dials: Readonly<Record<string, Dial>> | null;
};
export type Dial = number | boolean | string;

/** One question with a known answer: what connectors hand over, the question, and the truth. */
export type Case = {
  name: string;
  plant: Plant;
  batches: readonly Batch[];
  question: string;
  /** The time that the question names, where that is known; else the sentence is read. */
  at: Millis | null;
  askedAt: Millis;
  truth: Truth;
};
