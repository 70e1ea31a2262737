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

type Range = { from: number; to: number };
const rangeOf = (seeds: string): Range => {
  const [from = 0, to = from] = seeds.split('-').map(Number);
  return { from, to };
};
const share = (a: Range, b: Range): boolean => a.from <= b.to && b.from <= a.to;

/**
 * One look more at a range, and at each range of which it shows a part: who has seen some of its figures has looked
 * at it. Seeds for tuning are not counted.
 */
export function counting(all: Attempts, { from, to }: Range): Attempts {
  if (to <= lastOpenSeed) return all;
  const seeds = `${from}-${to}`;
  const seen = all.map((one) =>
    one.times !== 'many' && share(rangeOf(one.seeds), { from, to }) ? { ...one, times: one.times + 1 } : one,
  );
  if (all.some((one) => one.seeds === seeds)) return seen;
  // What was looked at before as a part of another range is no fresh range.
  const before = all.filter((one) =>
    share(rangeOf(one.seeds), { from: Math.max(from, lastOpenSeed + 1), to }),
  );
  const many = before.some(({ times }) => times === 'many');
  const times = before.reduce((most, one) => Math.max(most, one.times === 'many' ? 0 : one.times), 0);
  return [...seen, { seeds, times: many ? 'many' : times + 1, note: noteOf(before.map((one) => one.seeds)) }];
}

const noteOf = (before: readonly string[]): string =>
  before.length === 0 ? '' : `shares seeds with ${before.join(', ')}, whose looks count`;

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
