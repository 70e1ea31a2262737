/** How far a polled system was read, and what that means for the next read. */
import type { z } from 'zod';
import type { Checkpoint } from '../../plant/source.ts';
import type { Millis } from '../../plant/time.ts';

/** The position in a checkpoint. One written by another version starts anew: keys make that harmless. */
export function positionIn<Position>(schema: z.ZodType<Position>, since: Checkpoint | null): Position {
  const read = schema.safeParse(structuredClone(since ?? {}));
  return read.success ? read.data : schema.parse({});
}

/** What changed shortly before the newest row may have been booked or committed after it: it is read again. */
const overlapMs = 10 * 60_000;

/** Where a read begins: shortly before `reached`; the first one (null) so many days back. */
export const readFrom = (reached: Millis | null, backfillDays: number, now: Millis): Millis =>
  reached === null ? now - backfillDays * 86_400_000 : reached - overlapMs;

type Versioned = { key: string; version: string };

/** Of a list that is read whole every time, because its rows have no time of change: what is new against `seen`. */
export const changedOf = <T extends Versioned>(
  found: readonly T[],
  seen: Readonly<Record<string, string>>,
): T[] => found.filter(({ key, version }) => seen[key] !== version);

/** What to hold the next list against: key -> version. */
export const versionsOf = (found: readonly Versioned[]): Record<string, string> =>
  Object.fromEntries(found.map(({ key, version }) => [key, version]));
