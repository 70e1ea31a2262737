import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import { limits } from '../../plant/diagnosis/weigh/abstain.ts';
import type { Case } from './case.ts';
import { namedRight, type Judged } from './judge.ts';

/** Shares from which on a cause could be named; the product's own is among them. */
export const triedLimits = [
  ...new Set([0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, limits.p]),
].toSorted((a, b) => a - b);
export const chosenLimit = limits.p;

/** What is said of a stop where a cause is named from this share on. */
export type AtLimit = { limit: number } & Pick<Judged, 'answered' | 'causeRight'>;

/**
 * The same stop diagnosed with each limit instead of the product's, everything else as it is. The limit is a number of
 * the whole process, so each is put back before anything else can run.
 */
export function atLimits(found: StopCase | null, one: Case): AtLimit[] {
  const { p: own } = limits;
  return triedLimits.map((limit) => {
    if (found === null) return { limit, answered: false, causeRight: false };
    try {
      limits.p = limit;
      const said = diagnose(found);
      return { limit, answered: !said.abstained, causeRight: namedRight(said, one.truth) };
    } finally {
      limits.p = own;
    }
  });
}
