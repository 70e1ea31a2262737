import type { Memory } from '../../memory/open.ts';
import { makeCase } from '../../simulator/case.ts';
import { guessesOf, type Learned, type Past } from './baselines.ts';
import type { Case } from './case.ts';
import { caseIn } from './cases-in.ts';
import { harder } from './harder.ts';
import { judge, type Judged } from './judge.ts';
import { atLimits, type AtLimit } from './limits.ts';
import { leaveOut } from './left-out.ts';
import { play } from './play.ts';
import { hardDials, simulatedCase } from './simulated.ts';
import { applies, twisted, twists, type Twist } from './twists.ts';

/** One piece of work for a process of its own. Everything in it and in its result is plain data. */
export type Job =
  | { kind: 'past'; seed: number }
  | { kind: 'mix' | 'hard'; seed: number; learned: Learned | null }
  /** `folder` of one case that can be read. */
  | { kind: 'own'; folder: string; learned: Learned | null }
  | { kind: 'twist' | 'fault' | 'stock' | 'limits'; seed: number };
export type Result =
  | { kind: 'past'; past: Past }
  | { kind: 'mix' | 'hard' | 'own'; judged: Judged }
  /** The case as it is, and what is said of it with other limits. */
  | { kind: 'limits'; judged: Judged; at: readonly AtLimit[] }
  /** The case as it is, and twisted. */
  | { kind: 'twist'; plain: Judged; twisted: readonly { twist: Twist; judged: Judged }[] }
  /** The same stop with one thing changed. */
  | { kind: 'fault' | 'stock'; pair: readonly [Judged, Judged] }
  /** The case does not lend itself to it; `unmade`: the simulator could not make what was asked for with this seed. */
  | { kind: 'none'; of: Job['kind']; unmade: boolean };

type Whole = Extract<Job, { learned: Learned | null }>;

export async function runJob(memory: Memory, job: Job): Promise<Result> {
  if ('learned' in job) return playWhole(memory, job);
  if (job.kind === 'past') return pastOf(job.seed);
  if (job.kind === 'limits') return playLimits(memory, job.seed);
  return job.kind === 'twist' ? playTwists(memory, job.seed) : playPair(memory, job.kind, job.seed);
}

async function playWhole(memory: Memory, job: Whole): Promise<Result> {
  const one = caseOf(job);
  if (one === null) return { kind: 'none', of: job.kind, unmade: true };
  const played = await play(memory, one);
  const found = await played.found();
  const guesses = job.learned === null ? [] : guessesOf(found, one.truth, job.learned);
  const leftOut = leaveOut(found, one.truth);
  return { kind: job.kind, judged: judge(one, played, { guesses, leftOut }) };
}

function caseOf(job: Whole): Case | null {
  if (job.kind === 'own') return caseIn(job.folder);
  return job.kind === 'hard' ? hardCase(job.seed) : made(job.seed, {});
}

/** Every dial in its upper third, and clocks and an earlier stand that turn the order round. */
function hardCase(seed: number): Case | null {
  const { clockSkewS, ...dials } = hardDials(seed);
  const one = made(seed, { dials: { ...dials, clockSkewS: 0 } });
  return one && harder(one, clockSkewS, seed);
}

/** null: what is asked for does not come about with this seed. */
function made(seed: number, options: Parameters<typeof simulatedCase>[1]): Case | null {
  try {
    return simulatedCase(seed, options);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function pastOf(seed: number): Result {
  const { plant, truth } = makeCase({ seed });
  if (truth.stop === null) return { kind: 'none', of: 'past', unmade: false };
  const machines = plant.lines.flatMap((line) => line.machines);
  const machineClass = machines.find(({ id }) => id === truth.machine)?.class ?? null;
  return { kind: 'past', past: { cause: truth.cause, machineClass } };
}

const judged = async (memory: Memory, one: Case): Promise<Judged> => judge(one, await play(memory, one));

async function playLimits(memory: Memory, seed: number): Promise<Result> {
  const one = made(seed, {});
  if (one === null) return { kind: 'none', of: 'limits', unmade: true };
  const played = await play(memory, one);
  return { kind: 'limits', judged: judge(one, played), at: atLimits(await played.found(), one) };
}

async function playTwists(memory: Memory, seed: number): Promise<Result> {
  const one = made(seed, {});
  if (one === null) return { kind: 'none', of: 'twist', unmade: true };
  if (one.truth.kind !== 'single' || one.truth.answerable !== 'yes')
    return { kind: 'none', of: 'twist', unmade: false };
  const plain = await judged(memory, one);
  const all: { twist: Twist; judged: Judged }[] = [];
  for (const twist of twists)
    if (applies(one, twist)) all.push({ twist, judged: await judged(memory, twisted(one, twist, seed)) });
  return { kind: 'twist', plain, twisted: all };
}

async function playPair(memory: Memory, kind: 'fault' | 'stock', seed: number): Promise<Result> {
  const cause = 'consumable_empty';
  const [first, second] =
    kind === 'fault'
      ? [made(seed, { kind: 'single' }), made(seed, { kind: 'single', without: 'fault' })]
      : [made(seed, { cause, stock: 'present' }), made(seed, { cause, stock: 'absent' })];
  if (!first || !second) return { kind: 'none', of: kind, unmade: true };
  if (first.truth.answerable === 'no') return { kind: 'none', of: kind, unmade: false };
  // Where nobody could tell the two apart no answer can be asked for.
  if (kind === 'stock' && [first, second].some(({ truth }) => truth.answerable !== 'yes'))
    return { kind: 'none', of: kind, unmade: false };
  return { kind, pair: [await judged(memory, first), await judged(memory, second)] };
}
