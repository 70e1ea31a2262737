import type { Group } from './cause.ts';
import type { Origin } from './localise.ts';
import type { Ranking, Scored } from './score.ts';

/** From when on a cause is named. */
export const limits = {
  /**
   * Below it a cause is one of several that fit. Of 2,000 simulated stops with all dials on, 97.4 % of what is answered
   * with it is right, and of 140 that nobody can decide 2 are answered (with 0.6: 96.9 % and 5).
   */
  p: 0.7,
  margin: 0.05,
  /**
   * From this share on, at a place that is clear, it is said that none of the known causes fits. It need not be half:
   * the rest is spread over thirty.
   */
  other: { share: 0.4, place: 0.7 },
  /** Independent sources that must support it. */
  sources: 2,
  /** What a source must add to count as support, log-odds. */
  support: 0.4,
  /** A single doubt of this weight stays open unless the cause is nearly sure. */
  contradiction: -1.5,
  sure: 0.85,
};

export type Limits = typeof limits;

export type Verdict = { answer: Scored | 'other' | null; why: string | null };

const typed: readonly Group[] = ['note', 'reason'];

/** Sources that speak for it. That the walk through the line leads here is one of them. */
function supporters(top: Scored, origins: readonly Origin[], by: Limits): Group[] {
  const found = [...top.groups].filter(([, points]) => points >= by.support).map(([group]) => group);
  const place = origins.find((origin) => origin === top.place.origin);
  if (place && place.p >= 0.6 && !place.dark && !found.includes('place')) found.push('place');
  return found;
}

/** Names the leading cause, or says why that would be a guess. */
export function decide(
  { scored, other, unknown, odd }: Ranking,
  origins: readonly Origin[],
  by: Limits = limits,
): Verdict {
  const [top, second] = scored;
  if (!top) return { answer: null, why: 'nothing is known of the machines of this line' };
  const rival = Math.max(second?.p ?? 0, other, unknown);
  if (odd && odd.points > 0 && other > top.p && other > unknown) {
    if (other >= by.other.share && odd.p >= by.other.place) return { answer: 'other', why: null };
    if (other >= by.other.share)
      return { answer: null, why: 'the place is not clear and none of the causes known fits' };
  }
  if (top.p < by.p) return { answer: null, why: 'no cause is clearly likelier than the others' };
  if (top.p - rival < by.margin) return { answer: null, why: 'two causes fit nearly as well' };
  const sources = supporters(top, origins, by);
  if (sources.length < by.sources) return { answer: null, why: 'only one source speaks for it' };
  const strongPlace = (top.groups.get('place') ?? 0) >= by.contradiction * -1;
  if (sources.every((group) => typed.includes(group) || (group === 'place' && !strongPlace)))
    return { answer: null, why: 'only what people wrote speaks for it' };
  const doubt = Math.min(0, ...top.groups.values());
  if (doubt <= by.contradiction && top.p < by.sure)
    return { answer: null, why: 'something important speaks against it' };
  return { answer: top, why: null };
}
