import { denialsIn, normalWords } from './lexicon.ts';

/** Where an indirect question ends: at its answer, or at what is said of not knowing it. */
const asked =
  /\bwhether\b(.*?)(?=[:,;]|\.(?: |$)|\b(?:is|was|has|have|had|can|could|does|did) ?(?:not|n't) (?:be(?:en)? )?(?:known|measured|recorded|reported|noted|said|seen|told|established|clear|certain)\b|$)/;

/** An odd number of denials denies. */
const denied = (words: string): boolean => denialsIn(words) % 2 === 1;
const partsOf = (words: string): string[] => normalWords(words).split(': ');

/** What is said around an indirect question: before it and after it, as parts. */
const around = (words: string): string[] =>
  words
    .replace(asked, ': ')
    .split(/[:,;]\s*/)
    .filter((part) => /\p{L}/u.test(part));

/** The question itself denies as in the result, and so does each part around it: "not known: whether ...: it is not measured" says twice that it is open. */
function questionAlike(clause: string, result: string): boolean {
  if (denied(asked.exec(clause)?.[1] ?? '') !== denied(asked.exec(result)?.[1] ?? '')) return false;
  const told = asked.test(result) ? around(result).map(denied) : [];
  return told.length === 0 || around(clause).every((part) => told.includes(denied(part)));
}

type Told = {
  words: string;
  /** It lists what was ruled out: its heading denies without a word for it. */
  ruledOut: boolean;
};

/**
 * Each part denies where the same part of the result does: "no order to run: an order was running" has one denial, as
 * has "an order to run: no order was running". Parts are counted from the end, since a result may stand under a
 * heading. `reason`: the clause stood after the heading of what was ruled out and is held against the last part.
 */
export function deniesAlike(clause: string, { words, ruledOut }: Told, reason: boolean): boolean {
  if (asked.test(clause)) return questionAlike(clause, words);
  const [said, told] = [partsOf(clause).toReversed(), partsOf(words).toReversed()];
  // A result that says more than the clause, or only names what was ruled out, is compared as a whole elsewhere.
  if (told.length > 1 ? said.length < 2 && !reason : ruledOut) return true;
  return said
    .slice(0, ruledOut ? 1 : told.length)
    .every((part, at) => denied(part) === denied(told[at] ?? ''));
}
