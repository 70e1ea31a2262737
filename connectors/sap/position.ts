import { z } from 'zod';
import type { Checkpoint } from '../../plant/source.ts';

/**
 * How far SAP was read. Change stamps are SAP's (`YYYYMMDDhhmmss`, UTC); '' = never.
 * `open`: orders that are not finished, with their line. `requirements`, `stock`: what was seen last, because SAP gives them no change stamp.
 */
const position = z.object({
  orders: z.string().default(''),
  operations: z.string().default(''),
  notifications: z.number().default(0),
  open: z.record(z.string(), z.string().nullable()).default({}),
  requirements: z.record(z.string(), z.string()).default({}),
  stock: z.record(z.string(), z.number()).default({}),
});
export type Position = z.infer<typeof position>;

export const openPosition = (): Position => position.parse({});

/** A checkpoint written by another version starts anew: keys make that harmless. */
export const readPosition = (since: Checkpoint): Position => {
  const read = position.safeParse(structuredClone(since));
  return read.success ? read.data : openPosition();
};
