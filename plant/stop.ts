import { z } from 'zod';
import { isoTime } from './time.ts';

/**
 * A time in which the line's reference machine made nothing although it should have.
 * The loss seen (`loss`) and the place that caused it are two fields (six big losses; ISO 22400).
 */
export const stop = z.object({
  /** `line@from`, stable as long as the source does not correct its times. */
  id: z.string(),
  line: z.string(),
  from: isoTime,
  /** null: still standing. */
  to: isoTime.nullable(),
  /** Up to `to`, or up to the time of asking. */
  durationS: z.number(),
  loss: z.enum(['breakdown', 'minor_stop', 'setup', 'planned', 'waiting', 'unknown']),
  /** The calendar or the MES says that this was meant to be. */
  planned: z.boolean(),
  /** A time without data lies inside: the stop may be longer, shorter or none. */
  uncertain: z.boolean().default(false),
});
export type Stop = z.infer<typeof stop>;
