import { z } from 'zod';

/** How far Plex was read. */
export const position = z.object({
  /** Status and scrap entries are read up to here, milliseconds; 0 = never. */
  until: z.number().default(0),
  /** Work center -> when the entry that still runs began, and the least people seen while it ran. */
  running: z.record(z.string(), z.object({ from: z.number(), operators: z.number().nullable() })).default({}),
  /** Work center -> how many people were seen last. */
  crew: z.record(z.string(), z.number()).default({}),
  /** Jobs that are not finished: version and line. */
  jobs: z.record(z.string(), z.object({ version: z.string(), line: z.string().nullable() })).default({}),
  /** Lots and their versions seen last. */
  lots: z.record(z.string(), z.string()).default({}),
});
export type Position = z.infer<typeof position>;
