import { showsPlainly } from './ballot.ts';
import type { Group } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import type { Ranking, Scored } from './weigh.ts';

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
  other: {
    share: 0.4,
    place: 0.7,
    /** Where only words that nobody here reads speak for it, they may be a known cause in other words. */
    alone: 0.6,
    /** What another source must show of it, log-odds. */
    sign: 0.5,
  },
  /** Independent sources that must support it. */
  sources: 2,
  /** What a source must add to count as support, log-odds; and from which share on that the walk leads to a place is one. */
  support: 0.4,
  walk: 0.6,
  /** A single doubt of this weight stays open unless the cause is nearly sure. */
  contradiction: -1.5,
  sure: 0.85,
  /** A record of this weight decides by itself; what shows a cause apart from words has this one at least. */
  decisive: 4,
  shown: 1.2,
  /** A value that went off as clearly as this, 0 to 1. */
  astray: 0.6,
};

type Limits = typeof limits;

export type Verdict = { answer: Scored | 'other' | null; why: string | null };

const typed: readonly Group[] = ['note', 'reason'];

/** Sources that speak for it. That the walk through the line leads here is one of them. */
function supporters(top: Scored, origins: readonly Origin[], by: Limits): Group[] {
  const found = [...top.groups].filter(([, points]) => points >= by.support).map(([group]) => group);
  const place = origins.find((origin) => origin === top.place.origin);
  if (place && place.p >= by.walk && !place.dark && !found.includes('place')) found.push('place');
  return found;
}

/** That none of the known causes fits, or why not even that can be said; null: one of them may fit. */
function noneKnown({ scored: [top], other, unknown, odd }: Ranking, by: Limits): Verdict | null {
  if (!odd || !top || other < by.other.share || other <= Math.max(top.p, unknown)) return null;
  const signs = [...odd.signs].filter(([, points]) => points >= by.other.sign).map(([group]) => group);
  // A line that was told to stop, and plan, orders, quality and crew all say that it was not for them.
  const leftOver = odd.points > 0 || odd.origin.kind === 'line';
  const grounded = signs.some((group) => group !== 'alarm') || (leftOver && other >= by.other.alone);
  if (grounded && odd.p >= by.other.place) return { answer: 'other', why: null };
  if (odd.points === 0) return null;
  return {
    answer: null,
    why: grounded
      ? 'the place is not clear and none of the causes known fits'
      : 'what the machine says fits none of the causes known, and nothing else shows one',
  };
}

/** By what the records of a thing itself show: not by words, and not by where and how the machine stood. */
const showsItself = (group: Group): boolean =>
  group !== 'alarm' && group !== 'place' && !typed.includes(group);

/** Why the leading cause is not named although it is likely enough; null: it is. */
function objection(
  { unlooked }: Ranking,
  top: Scored,
  origins: readonly Origin[],
  by: Limits,
): string | null {
  const sources = supporters(top, origins, by);
  // A record of the outage, the plan or the crew itself decides alone; a value may be an effect, a late mechanic a sequel.
  const decided = [...top.groups].some(
    ([group, points]) => showsItself(group) && group !== 'signal' && points >= by.decisive,
  );
  if (sources.length < by.sources && !(decided && !top.cause.sequel)) return 'only one source speaks for it';
  const strongPlace = (top.groups.get('place') ?? 0) >= by.contradiction * -1;
  if (sources.every((group) => typed.includes(group) || (group === 'place' && !strongPlace)))
    return 'only what people wrote speaks for it';
  const doubt = Math.min(0, ...top.groups.values());
  if (doubt <= by.contradiction && top.p < by.sure) return 'something important speaks against it';
  // Words alone may be read wrongly: a value that went off before the machine stood has to be part of the story.
  const shown = [...top.groups].some(([group, points]) => showsItself(group) && points >= by.shown);
  const astray = (): boolean => unlooked(top).some(({ strength }) => strength >= by.astray);
  return !shown && astray() ? 'a value of the machine went off, and it does not explain that' : null;
}

/** What stopped a machine and what kept it standing then are no rivals: both are told. */
function beside(scored: readonly Scored[], { cause, place }: Scored): Scored[] {
  const there = scored.filter((one) => one.place.origin.entry === place.origin.entry);
  if (cause.sequel) return there.filter((one) => !one.cause.neglect && showsPlainly(one));
  return cause.neglect ? [] : there.filter((one) => one.cause.sequel);
}

/**
 * The leading cause and what is told beside it, in the order of time: what stopped a machine comes before what kept it
 * standing then.
 */
export function leadOf(scored: readonly Scored[]): { lead: Scored; beside: readonly Scored[] } | null {
  const [top] = scored;
  if (!top) return null;
  const lead = (top.cause.sequel && beside(scored, top)[0]) || top;
  return { lead, beside: beside(scored, lead) };
}

/** Names the leading cause, or says why that would be a guess. */
export function decide(ranking: Ranking, origins: readonly Origin[], by: Limits = limits): Verdict {
  const { scored, other, unknown } = ranking;
  const [top] = scored;
  if (!top) return { answer: null, why: 'nothing is known of the machines of this line' };
  const none = noneKnown(ranking, by);
  if (none) return none;
  const told = beside(scored, top);
  const share = told.reduce((sum, { p }) => sum + p, top.p);
  const second = scored.find((one) => one !== top && !told.includes(one));
  if (share < by.p) return { answer: null, why: 'no cause is clearly likelier than the others' };
  if (share - Math.max(second?.p ?? 0, other, unknown) < by.margin)
    return { answer: null, why: 'two causes fit nearly as well' };
  const why = objection(ranking, top, origins, by);
  return why === null ? { answer: top, why } : { answer: null, why };
}
