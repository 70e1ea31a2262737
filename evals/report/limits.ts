import type { Seeds } from '../options.ts';
import type { Share } from '../share.ts';
import { sharesOf } from '../stops/figures.ts';
import type { Result } from '../stops/jobs.ts';
import { chosenLimit, triedLimits } from '../stops/limits.ts';
import { limitsOf } from '../stops/study.ts';
import { counted, percent, tableOf, withInterval } from '../tables.ts';

type Played = Extract<Result, { kind: 'limits' }>;
type Row = Record<'precision' | 'precision_answerable' | 'coverage' | 'abstain_unanswerable', Share> & {
  limit: number;
  chosen: boolean;
};

/** The figures that a limit trades against each other, for each limit that was tried. */
export function rowsOf(played: readonly Played[]): Row[] {
  return triedLimits.map((limit) => {
    const { precision, precision_answerable, coverage, abstain_unanswerable } = sharesOf(
      played.map(({ judged, at }) => ({ ...judged, ...at.find((one) => one.limit === limit) })),
    );
    return {
      limit,
      chosen: limit === chosenLimit,
      precision,
      precision_answerable,
      coverage,
      abstain_unanswerable,
    };
  });
}

/** Plays the range with each limit. The product's limit is chosen on seeds for tuning, for precision. */
export async function limitFigures(seeds: Seeds, progress: (sentence: string) => void) {
  const played = await limitsOf(seeds, progress);
  const rows = rowsOf(played);
  const report = [
    `### From which share on a cause is named: ${played.length} cases, seeds ${seeds.from} to ${seeds.to}`,
    'Every other rule by which nothing is named stays as it is.',
    tableOf(
      [
        'named from',
        'precision',
        'precision, answerable',
        'coverage',
        'nobody could decide: no cause named',
        '',
      ],
      rows.map((row) => [
        percent(row.limit),
        `${withInterval(row.precision)}, ${counted(row.precision)}`,
        withInterval(row.precision_answerable),
        `${withInterval(row.coverage)}, ${counted(row.coverage)}`,
        `${withInterval(row.abstain_unanswerable)}, ${counted(row.abstain_unanswerable)}`,
        row.chosen ? 'the product' : '',
      ]),
    ),
  ].join('\n\n');
  return { figures: { n: played.length, seeds, limits: rows }, report };
}
