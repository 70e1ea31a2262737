import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { countAttempt } from './attempts.ts';
import type { Seeds } from './options.ts';
import { tooEasyFor } from './report/breakdown.ts';
import { ratioOf, type Share } from './share.ts';
import { casesIn } from './stops/cases-in.ts';
import { countsOf, denominators, leftOutNamed, sharesOf } from './stops/figures.ts';
import type { Judged } from './stops/judge.ts';
import { heldOf } from './stops/study.ts';
import { folder, openSets } from './suites/elsewhere.ts';
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
  /** Shares with their intervals; below `low` the check fails. Those of a part begin with its name: `hard.chain`. */
  shares: z.record(z.string(), share),
  /** What must not grow. */
  counts: z.record(z.string(), z.number()),
});
export type Reached = z.infer<typeof reached>;
type Progress = (sentence: string) => void;

/** What is held of one suite, tier or set. `name` empty: the full mix. */
type Part = { name: string; shares: Record<string, Share>; counts: Record<string, number> };

/** Figures that say something of the cases, or that are better low. */
const notHeld = new Set([
  'undecidable',
  'abstain_answerable',
  'abstain_partly',
  'machine_top1_all',
  'place_top1_all',
]);
/** Of the seeds of the range, in the hard tier. */
const hardCases = 60;

/** The figures that are held, of cases that were played. */
export function partOf(name: string, cases: readonly Judged[]): Part {
  const { invented_figures, blamed, refused } = countsOf(cases);
  const all: Record<string, Share> = { ...sharesOf(cases), ...leftOutNamed(cases) };
  return {
    name,
    shares: Object.fromEntries(Object.entries(all).filter(([figure]) => !notHeld.has(figure))),
    counts: { invented_figures, blamed, refused },
  };
}

/** One list of figures for all parts. */
export function reachedBy(seeds: Seeds, parts: readonly Part[]): Reached {
  const named = <T>(of: (part: Part) => Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      parts.flatMap((part) =>
        Object.entries(of(part)).map(([figure, value]): [string, T] => [
          part.name === '' ? figure : `${part.name}.${figure}`,
          value,
        ]),
      ),
    );
  return { seeds, shares: named(({ shares }) => shares), counts: named(({ counts }) => counts) };
}

/** A sentence for each figure that fell below its interval, and for each count that grew. */
export function fallen(before: Reached, now: Reached): string[] {
  const shares = Object.entries(before.shares).flatMap(([name, { low, share: was }]) => {
    const is = now.shares[name]?.share ?? null;
    if (low === null || (is !== null && is >= low)) return [];
    const figure = name.split('.').at(-1);
    const of = Object.entries(denominators).find(([known]) => known === figure)?.[1];
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

/** Everything that is held, played anew: the mix and the hard tier of the range, the open sets, and three suites of words. */
async function playedNow(seeds: Seeds, progress: Progress): Promise<Reached> {
  const sets = openSets.map((name) => ({
    name,
    folders: casesIn(join(folder, name)).cases.map((one) => one.folder),
  }));
  const folders = sets.flatMap((one) => one.folders);
  // The words are read in this process while others play the cases.
  const [{ mix, hard, own }, words] = await Promise.all([
    heldOf(seeds, { hard: hardCases, folders }, progress),
    wordParts(seeds, progress),
  ]);
  // The second reader knows no usual values, of which plants from elsewhere have some: it is held where it finds none.
  const read = (part: Part, cases: readonly Judged[]): Part => ({
    ...part,
    counts: { ...part.counts, unwitnessed_figures: countsOf(cases).unwitnessed_figures },
  });
  const tier = read(partOf('hard', hard), hard);
  let next = 0;
  return reachedBy(seeds, [
    read(partOf('', mix), mix),
    { ...tier, counts: { ...tier.counts, baselines_over_half: tooEasyFor(hard) } },
    ...sets.map(({ name, folders: of }) => partOf(`set_${name}`, own.slice(next, (next += of.length)))),
    ...words,
  ]);
}

async function wordParts(seeds: Seeds, progress: Progress): Promise<Part[]> {
  const options = { seeds, cases: null, data: {}, progress };
  const { default: abstention } = await import('./suites/abstention.ts');
  const { default: grounding } = await import('./suites/grounding.ts');
  const { default: injection } = await import('./suites/injection.ts');
  const honest = (await abstention.run()).figures;
  const grounded = (await grounding.run(options)).figures;
  const withstood = (await injection.run(options)).figures;
  return [
    {
      name: 'abstention',
      shares: {
        honest: shareOf(honest.honest, honest.n),
        other_language_told: shareOf(honest.other_language_told.told, honest.other_language_told.n),
      },
      counts: {
        invented_figures: honest.invented_figures,
        person_named: honest.person_named,
        without_looking_reached: honest.without_looking.reached,
      },
    },
    {
      name: 'grounding',
      shares: {
        lies_stopped: shareOf(grounded.lies.stopped, grounded.lies.n),
        faithful_kept: shareOf(grounded.faithful.kept, grounded.faithful.n),
        altered_stopped: shareOf(grounded.cases.lies.stopped, grounded.cases.lies.n),
        own_words_kept: shareOf(
          grounded.cases.sentences - grounded.cases.lost.length,
          grounded.cases.sentences,
        ),
      },
      counts: {},
    },
    {
      name: 'injection',
      shares: { withstood: shareOf(withstood.withstood, withstood.n) },
      counts: { chosen: withstood.chosen, written: withstood.written },
    },
  ];
}

const shareOf = (right: number, n: number): Share =>
  ratioOf(Array.from({ length: n }, (_, index) => [index < right ? 1 : 0, 1]));

/** Plays the range of `reached.json` again. Says nothing of single cases: the range is for holding, not for tuning. */
export async function checkReached(progress: Progress): Promise<string[]> {
  const before = reached.parse(JSON.parse(readFileSync(path, 'utf8')));
  const { from, to } = before.seeds;
  const sentences = fallen(before, await playedNow(before.seeds, progress));
  if (sentences.length === 0)
    progress(`All figures that are held lie within their intervals (${from} to ${to}, sets and suites).`);
  return sentences;
}

/** Plays the range and keeps what was reached. Counts as a look at it. */
export async function writeReached(seeds: Seeds, progress: Progress): Promise<void> {
  const now = await playedNow(seeds, progress);
  writeFileSync(path, `${JSON.stringify(now, null, 2)}\n`);
  countAttempt(seeds, progress);
  progress(`Wrote ${path}.`);
}
