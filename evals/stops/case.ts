import type { Plant } from '../../plant/equipment.ts';
import type { Batch } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';

/** What really happened, written apart from the records. */
export type Truth = {
  cause: string;
  class: string | null;
  /** The machine on the line where it began; null where the origin is none. */
  machine: string | null;
  place: string;
  chain: readonly { from: string; to: string; kind: string; at: string }[];
  stop: { from: string; to: string | null };
  answerable: 'yes' | 'partly' | 'no';
};

/** One stop with a known answer: what connectors hand over, the question, and the truth. */
export type Case = {
  name: string;
  plant: Plant;
  batches: readonly Batch[];
  question: string;
  askedAt: Millis;
  truth: Truth;
};
