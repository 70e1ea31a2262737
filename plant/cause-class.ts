import { z } from 'zod';

/** What sort of thing goes wrong. */
export const causeClasses = [
  'machine',
  'material',
  'quality',
  'people',
  'planning',
  'utilities',
  'outside',
  'it',
] as const;
export const causeClass = z.enum(causeClasses);
export type CauseClass = z.infer<typeof causeClass>;
