import { learnFrom, type Learned } from './baselines.ts';
import type { Job, Result } from './jobs.ts';
import type { Judged } from './judge.ts';
import { openSpread, type Spread } from './spread.ts';

/** How many seeds each part takes, from the first of the range on. */
type Sizes = { hard: number; twists: number; pairs: number };
type Seeds = { from: number; to: number };
type Of<K extends Result['kind']> = Extract<Result, { kind: K }>;
export type Study = {
  mix: Judged[];
  hard: Judged[];
  twists: Of<'twist'>[];
  pairs: Of<'fault' | 'stock'>[];
  /** How many seeds gave no case, because the simulator could not make what was asked for. */
  unmade: Record<'mix' | 'hard' | 'twist' | 'fault' | 'stock', number>;
};

/** What the baselines learn from; reported seeds are others. */
const trainingSeeds = { from: 1, to: 60 };

const seedsOf = ({ from, to }: Seeds, most = Infinity): number[] =>
  Array.from({ length: Math.min(to - from + 1, most) }, (_, index) => from + index);

/** Plays the full mix of a range and, of its first seeds, the hard tier and what proves the rest. */
export async function studyOf(
  seeds: Seeds,
  sizes: Sizes,
  progress: (sentence: string) => void,
): Promise<Study> {
  return withSpread(async (spread) => {
    const learned = await learn(spread);
    const first = (kind: 'mix' | 'hard', most?: number): Job[] =>
      seedsOf(seeds, most).map((seed) => ({ kind, seed, learned }));
    const changed = (kind: 'twist' | 'fault' | 'stock', most: number): Job[] =>
      seedsOf(seeds, most).map((seed) => ({ kind, seed }));
    const jobs = [
      ...first('mix'),
      ...first('hard', sizes.hard),
      ...changed('twist', sizes.twists),
      ...changed('fault', sizes.pairs),
      ...changed('stock', sizes.pairs),
    ];
    const results = await spread.run(jobs, every(jobs.length, progress));
    return {
      mix: judgedIn(results, 'mix'),
      hard: judgedIn(results, 'hard'),
      twists: results.filter((one) => one.kind === 'twist'),
      pairs: results.filter((one): one is Of<'fault' | 'stock'> => 'pair' in one),
      unmade: unmadeIn(results),
    };
  });
}

/** What is held: the full mix of a range, the hard tier of its first seeds, and cases of folders, in their order. */
export const heldOf = (
  seeds: Seeds,
  { hard, folders }: { hard: number; folders: readonly string[] },
  progress: (sentence: string) => void,
): Promise<Pick<Study, 'mix' | 'hard'> & { own: Judged[] }> =>
  withSpread(async (spread) => {
    const learned = await learn(spread);
    const jobs: Job[] = [
      ...seedsOf(seeds).map((seed): Job => ({ kind: 'mix', seed, learned })),
      ...seedsOf(seeds, hard).map((seed): Job => ({ kind: 'hard', seed, learned })),
      ...folders.map((folder): Job => ({ kind: 'own', folder, learned })),
    ];
    const results = await spread.run(jobs, every(jobs.length, progress));
    return {
      mix: judgedIn(results, 'mix'),
      hard: judgedIn(results, 'hard'),
      own: judgedIn(results, 'own'),
    };
  });

/** The full mix, each case with what is said of it with other limits. */
export const limitsOf = (seeds: Seeds, progress: (sentence: string) => void): Promise<Of<'limits'>[]> =>
  withSpread(async (spread) => {
    const jobs = seedsOf(seeds).map((seed): Job => ({ kind: 'limits', seed }));
    const results = await spread.run(jobs, every(jobs.length, progress));
    return results.filter((one) => one.kind === 'limits');
  });

/** Cases of one's own, one folder each. */
export const ownOf = (folders: readonly string[], progress: (sentence: string) => void): Promise<Judged[]> =>
  withSpread(async (spread) => {
    const learned = await learn(spread);
    const jobs = folders.map((folder): Job => ({ kind: 'own', folder, learned }));
    return judgedIn(await spread.run(jobs, every(jobs.length, progress)), 'own');
  });

async function withSpread<T>(work: (spread: Spread) => Promise<T>): Promise<T> {
  const spread = openSpread();
  try {
    return await work(spread);
  } finally {
    spread.close();
  }
}

async function learn(spread: Spread): Promise<Learned> {
  const jobs = seedsOf(trainingSeeds).map((seed): Job => ({ kind: 'past', seed }));
  const results = await spread.run(jobs, () => {});
  return learnFrom(results.flatMap((one) => (one.kind === 'past' ? [one.past] : [])));
}

function unmadeIn(results: readonly Result[]): Study['unmade'] {
  const count = (kind: Job['kind']) =>
    results.filter((one) => one.kind === 'none' && one.of === kind && one.unmade).length;
  return {
    mix: count('mix'),
    hard: count('hard'),
    twist: count('twist'),
    fault: count('fault'),
    stock: count('stock'),
  };
}

const judgedIn = (results: readonly Result[], kind: 'mix' | 'hard' | 'own'): Judged[] =>
  results.flatMap((one) => (one.kind === kind && 'judged' in one ? [one.judged] : []));

const every =
  (all: number, progress: (sentence: string) => void) =>
  (done: number): void => {
    if (done % 50 === 0 || done === all) progress(`  ${done} of ${all} cases`);
  };
