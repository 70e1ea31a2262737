import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { countAttempt } from './attempts.ts';
import type { Share } from './share.ts';
import { countsOf, denominators, leftOutNamed, sharesOf } from './stops/figures.ts';
import type { Judged } from './stops/judge.ts';
import { mixOf } from './stops/study.ts';
import { percent } from './tables.ts';

const path = join(import.meta.dirname, 'reached.json');
const share = z.object({
  right: z.number(),
  n: z.number(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const reached = z.object({
  seeds: z.object({ from: z.number().int(), to: z.number().int() }),
  /** Shares with their intervals; below `low` the check fails. */
  shares: z.record(z.string(), share),
  /** What must not grow. */
  counts: z.record(z.string(), z.number()),
});
export type Reached = z.infer<typeof reached>;

/** Figures that say something of the cases, or that are better low. */
const notHeld = new Set([
  'undecidable',
  'abstain_answerable',
  'abstain_partly',
  'machine_top1_all',
  'place_top1_all',
]);

/** The figures that are held, of cases that were played. */
export function reachedBy(seeds: Reached['seeds'], cases: readonly Judged[]): Reached {
  const { invented_figures, blamed, refused } = countsOf(cases);
  const all: Record<string, Share> = {
    ...sharesOf(cases),
    ...leftOutNamed(cases),
  };
  return {
    seeds,
    shares: Object.fromEntries(Object.entries(all).filter(([name]) => !notHeld.has(name))),
    counts: { invented_figures, blamed, refused },
  };
}

/** A sentence for each figure that fell below its interval, and for each count that grew. */
export function fallen(before: Reached, now: Reached): string[] {
  const shares = Object.entries(before.shares).flatMap(([name, { low, share: was }]) => {
    const is = now.shares[name]?.share ?? null;
    if (low === null || (is !== null && is >= low)) return [];
    const of = Object.entries(denominators).find(([known]) => known === name)?.[1];
    return [
      `${name} fell to ${percent(is)}; it was ${percent(was)}, and its interval begins at ${percent(low)}${of ? ` (${of})` : ''}.`,
    ];
  });
  const counts = Object.entries(before.counts).flatMap(([name, was]) => {
    const is = now.counts[name] ?? 0;
    return is > was ? [`${name} rose from ${was} to ${is}.`] : [];
  });
  return [...shares, ...counts];
}

/** Plays the range of `reached.json` again. Says nothing of single cases: the range is for holding, not for tuning. */
export async function checkReached(progress: (sentence: string) => void): Promise<string[]> {
  const before = reached.parse(JSON.parse(readFileSync(path, 'utf8')));
  const { from, to } = before.seeds;
  const sentences = fallen(before, reachedBy(before.seeds, await mixOf(before.seeds, progress)));
  if (sentences.length === 0)
    progress(`All figures of the seeds ${from} to ${to} lie within their intervals.`);
  return sentences;
}

/** Plays the range and keeps what was reached. Counts as a look at it. */
export async function writeReached(
  seeds: Reached['seeds'],
  progress: (sentence: string) => void,
): Promise<void> {
  const now = reachedBy(seeds, await mixOf(seeds, progress));
  writeFileSync(path, `${JSON.stringify(now, null, 2)}\n`);
  countAttempt(seeds, progress);
  progress(`Wrote ${path}.`);
}
