import { z } from 'zod';
import { lapsesAt } from './decision.ts';
import { isoTime, type Millis } from './time.ts';

/** What people say about the cause of a stop. A draft until a person with the right confirms it. */
const correction = z.object({
  id: z.string(),
  status: z.enum(['proposed', 'confirmed', 'rejected', 'lapsed']),
  line: z.string(),
  /** Id and start of the stop it is about. */
  stop: z.string(),
  stopFrom: isoTime,
  alert: z.string().nullable(),
  /** Where it began, as they say; null: not said yet. */
  place: z.string().nullable(),
  /** An id of the catalogue, `other` (what `words` say), or null: not said yet. */
  cause: z.string().nullable(),
  /** Their own words where ours do not say it, without names of people (`correction/kept-words.ts`); text from outside. */
  words: z.string(),
  /** What the records had led to. `cause`: `unknown` where none was named. */
  was: z.object({ place: z.string().nullable(), cause: z.string(), words: z.string() }),
  /** Roles, never names. */
  by: z.string(),
  at: isoTime,
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  /** One more with each change of the draft: what is confirmed is the text that was read. */
  version: z.number().int(),
});
export type Correction = z.infer<typeof correction>;

export const hasLapsed = ({ at }: Pick<Correction, 'at'>, now: Millis): boolean => lapsesAt(at) <= now;

/** Is everything said that a person could confirm? */
export const isComplete = ({ place, cause }: Pick<Correction, 'place' | 'cause'>): boolean =>
  place !== null && cause !== null;

/** Does it say the same as the records? Then it confirms what was told. */
export const agrees = ({ place, cause, was }: Pick<Correction, 'place' | 'cause' | 'was'>): boolean =>
  cause === was.cause && place === was.place && cause !== 'other';
