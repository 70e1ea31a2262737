import { countAttempt } from '../attempts.ts';
import { caseTables } from '../report/stops.ts';
import { casesIn } from '../stops/cases-in.ts';
import { baselineShares, countsOf, leftOutNamed, sharesOf } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { ownOf, studyOf } from '../stops/study.ts';
import type { Share } from '../share.ts';
import type { Suite } from '../run.ts';

/** Of the range: the hard tier by its first 60 seeds. What the report proves besides is not played here. */
const sizes = { hard: 60, twists: 0, pairs: 0 };

/** Every case by the product's own road, beside six baselines. `cases`: a folder of one's own instead of the simulator's. */
export default {
  async run({ seeds, cases, progress }) {
    if (cases !== null) return ownCases(cases, progress);
    const { mix, hard, unmade } = await studyOf(seeds, sizes, progress);
    countAttempt(seeds, progress);
    return {
      figures: { ...stopFigures(mix), hard: stopFigures(hard), unmade },
      report: [
        `### Stops: ${mix.length} cases, seeds ${seeds.from} to ${seeds.to}`,
        caseTables(mix),
        `### Hard tier: every dial in its upper third, ${hard.length} cases`,
        caseTables(hard),
      ].join('\n\n'),
    };
  },
} satisfies Suite;

async function ownCases(folder: string, progress: (sentence: string) => void) {
  const { cases, unreadable } = casesIn(folder);
  for (const sentence of unreadable) progress(`left out: ${sentence}`);
  const judged = await ownOf(
    cases.map((one) => one.folder),
    progress,
  );
  return {
    figures: { ...stopFigures(judged), hard: null, unreadable },
    report: [
      `### Stops: ${judged.length} cases of ${folder}`,
      caseTables(judged),
      ...unreadable.map((sentence) => `Left out: ${sentence}`),
    ].join('\n\n'),
  };
}

/** Shares of 1 and counts. `of`: what each share rests on, with its interval; `report.md` says of what. */
export function stopFigures(cases: readonly Judged[]) {
  const { n, invented_figures, blamed, ...counts } = countsOf(cases);
  const shares: Record<string, Share> = {
    ...sharesOf(cases),
    ...leftOutNamed(cases),
  };
  const plain = Object.fromEntries(Object.entries(shares).map(([name, { share }]) => [name, share]));
  return {
    n,
    ...plain,
    invented_figures,
    blamed,
    ...counts,
    baselines: Object.fromEntries(
      baselineShares(cases).map(({ name, machine, place, cause }) => [
        name,
        { machine: machine.share, place: place.share, cause: cause.share },
      ]),
    ),
    of: shares,
  };
}
