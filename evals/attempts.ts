import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { tableOf } from './tables.ts';

const path = join(import.meta.dirname, 'attempts.json');
const attempts = z.array(
  z.object({
    /** First and last seed, `7001-7200`. */
    seeds: z.string(),
    /** How often figures of this range were told; `many` where nobody counted. */
    times: z.union([z.number().int(), z.literal('many')]),
    note: z.string().default(''),
  }),
);
type Attempts = z.infer<typeof attempts>;

/** Up to here seeds are open for tuning; nobody counts looks at them. */
export const lastOpenSeed = 2999;

/** Why figures of this range are not told to others; null: they may be. */
export const openSeedsRefusal = ({ from, to }: { from: number; to: number }): string | null =>
  from > lastOpenSeed
    ? null
    : `The seeds ${from} to ${to} hold some that are open for tuning (1 to ${lastOpenSeed}); their figures prove nothing. Take seeds above ${lastOpenSeed}, or look at open ones with --suite stops.`;

/** One look more at a range. Seeds for tuning are not counted. */
export function counting(all: Attempts, { from, to }: { from: number; to: number }): Attempts {
  if (to <= lastOpenSeed) return all;
  const seeds = `${from}-${to}`;
  if (!all.some((one) => one.seeds === seeds)) return [...all, { seeds, times: 1, note: '' }];
  return all.map((one) =>
    one.seeds === seeds && one.times !== 'many' ? { ...one, times: one.times + 1 } : one,
  );
}

export const readAttempts = (): Attempts => attempts.parse(JSON.parse(readFileSync(path, 'utf8')));

/** Counts a look in `attempts.json`; a tree that cannot be written is not counted, and that is said. */
export function countAttempt(
  seeds: { from: number; to: number },
  progress: (sentence: string) => void,
): Attempts {
  const now = counting(readAttempts(), seeds);
  try {
    writeFileSync(path, `${JSON.stringify(now, null, 2)}\n`);
  } catch {
    progress(`This look at the seeds ${seeds.from} to ${seeds.to} could not be counted in ${path}.`);
  }
  return now;
}

/** How often figures were looked at: the more looks, the less a figure proves. */
export const attemptsTable = (all: Attempts): string =>
  tableOf(
    ['seeds', 'times told', ''],
    all.map(({ seeds, times, note }) => [seeds, String(times), note]),
  );
