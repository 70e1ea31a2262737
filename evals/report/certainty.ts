import { mean, shareOf } from '../share.ts';
import { certaintyWords, type CertaintyWord } from '../stops/certainty.ts';
import { causeIn } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { percent, tableOf, withInterval } from '../tables.ts';

/** How often what a word promises was so: over every answer that carries it, whatever could be known. */
export function wordFigures(cases: readonly Judged[]) {
  return certaintyWords.map((word) => {
    const said = cases.filter((one) => one.word === word);
    const right = (one: Judged) =>
      one.truth.stopped && (word === 'not enough evidence' ? causeIn(one, 1) : one.causeRight);
    return {
      word,
      n: said.length,
      share_given: mean(said.map(({ p }) => p)),
      right: shareOf(said, right),
      undecidable: said.filter(({ truth }) => truth.answerable === 'no').length,
    };
  });
}

export const wordsText =
  'Each answer by the word for certainty in its first sentence; right over all that carry it, also where nobody could have decided. Of "not enough evidence" right is what stood first in the ranking and was not named.';

const asSaid: Readonly<Record<CertaintyWord, string>> = {
  because: '"because"',
  'most likely because': '"most likely because"',
  'none of the causes known': '"none of the causes known here"',
  'not enough evidence': '"not enough evidence"',
};

export const wordsTable = (cases: readonly Judged[]): string =>
  tableOf(
    ['said', 'answers', 'of them undecidable', 'mean share of the first cause', 'right (95 % interval)'],
    wordFigures(cases).map(({ word, n, undecidable, share_given, right }) => [
      asSaid[word],
      String(n),
      String(undecidable),
      percent(share_given),
      withInterval(right),
    ]),
  );
