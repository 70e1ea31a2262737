import { z } from 'zod';
import { isoTime } from './time.ts';

/** One record of one system, as it is shown when somebody asks "how do you know?". */
export const evidence = z.object({
  /** Stable: `source/kind/key`, or `source/signal/equipment/name@time`. */
  id: z.string(),
  /** Connector id, and the system's name as people know it (`SAP S/4HANA`, `OPC UA`). */
  source: z.string(),
  system: z.string(),
  kind: z.string(),
  equipment: z.string().nullable(),
  at: isoTime,
  /** What the record says, in plain words with units; quoted text of people stays quoted. */
  says: z.string(),
  quality: z.enum(['good', 'uncertain', 'bad']).default('good'),
});
export type Evidence = z.infer<typeof evidence>;

/**
 * One statement and what it stands on. The only road from data to words: a sentence that is sent
 * carries no figure, id, time, name or cause that is not in a claim.
 */
export const claim = z.object({
  id: z.string(),
  kind: z.enum(['fact', 'inference', 'suggestion', 'unknown']),
  text: z.string(),
  evidence: z.array(z.string()),
});
export type Claim = z.infer<typeof claim>;

/** What a result rests on and what it lacks. Part of every tool result and every answer. */
export const completeness = z.object({
  complete: z.boolean(),
  /** Newest data used. */
  asOf: isoTime.nullable(),
  /** Plain sentences: gaps with from and to, stale or dead sources, what was cut off. */
  missing: z.array(z.string()),
  /** Connector ids of the sources that `missing` tells of, where it was asked source by source. */
  sources: z.array(z.string()).optional(),
  truncated: z.boolean().default(false),
});
export type Completeness = z.infer<typeof completeness>;
