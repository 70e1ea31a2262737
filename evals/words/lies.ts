import { jam } from './lies/jam.ts';
import { stockout } from './lies/stockout.ts';
import { undecided } from './lies/undecided.ts';

/**
 * Untrue or unfounded sentences about the scenes, by kind. Many are made of words that stand in the claims: a check
 * that only looks for unknown words lets them through.
 */
export const lies: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  jam,
  stockout,
  undecided,
};
