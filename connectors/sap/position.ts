import { z } from 'zod';

/** How far SAP was read. */
export const position = z.object({
  /** The newest change stamps met, SAP's own (`YYYYMMDDhhmmss`, UTC); '' = none yet. */
  orders: z.string().default(''),
  operations: z.string().default(''),
  /** The same in milliseconds; 0 = none yet. */
  notifications: z.number().default(0),
  /** Orders that are not finished, with their line. */
  open: z.record(z.string(), z.string().nullable()).default({}),
  /** Versions and quantities seen last: SAP gives them no change stamp. */
  requirements: z.record(z.string(), z.string()).default({}),
  stock: z.record(z.string(), z.number()).default({}),
});
export type Position = z.infer<typeof position>;
