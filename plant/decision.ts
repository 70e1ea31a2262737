import { z } from 'zod';
import { isoTime, millis, type IsoTime, type Millis } from './time.ts';

/** What people chose to do, under which constraint, at what price, and what came of it. A proposal until a person confirms it. */
const decision = z.object({
  id: z.string(),
  revision: z.number().int().positive(),
  status: z.enum(['proposed', 'confirmed', 'rejected', 'lapsed', 'revoked']),
  line: z.string(),
  equipment: z.string().nullable(),
  /** The exception it answers, and the cause that was known then. */
  exception: z.string().nullable(),
  cause: z.string().nullable(),
  whatHappened: z.string(),
  constraint: z.string(),
  options: z.array(z.string()).default([]),
  response: z.string(),
  steps: z.array(z.string()).default([]),
  tradeoffs: z.array(z.string()).default([]),
  /** Role of who proposed and who decided; the person's id is kept apart so that it can be erased. */
  proposedBy: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  /** Role of who took back what was confirmed, and when; only where somebody did. */
  takenBack: z.object({ by: z.string(), at: isoTime }).optional(),
  validFrom: isoTime,
  validTo: isoTime.nullable(),
  outcome: z
    .object({
      status: z.enum(['worked', 'partly', 'failed', 'unknown']),
      text: z.string(),
      minutesToRun: z.number().nullable(),
      at: isoTime,
    })
    .nullable(),
  source: z.object({ surface: z.string(), place: z.string().nullable(), link: z.string().nullable() }),
  recordedAt: isoTime,
});
export type Decision = z.infer<typeof decision>;

/** A draft, of a decision or of a cause, that nobody confirmed for this long was not meant to stay: it is never told as fact. */
export const draftLapsesAfterS = 4 * 3_600;
export const lapsesAt = (since: IsoTime): Millis => millis(since) + draftLapsesAfterS * 1_000;
