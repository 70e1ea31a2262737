import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptsTable, countAttempt, lastOpenSeed } from '../attempts.ts';
import type { SuiteOptions } from '../run.ts';
import { answerable, sharesOf, stops } from '../stops/figures.ts';
import { studyOf, type Study } from '../stops/study.ts';
import { inShort } from './in-short.ts';
import { hardBaseline } from './breakdown.ts';
import { pairTable, twistTable } from './proofs.ts';
import { drawRiskCoverage, riskCoverage, riskCoverageTable } from './risk-coverage.ts';
import { wholeStory } from './stops.ts';
import { explainedInAYear, yearText } from './year.ts';

const folder = join(import.meta.dirname, '..');
const picture = 'risk-coverage.svg';
/** Of the seeds of the range. */
const sizes = { hard: 150, twists: 150, pairs: 80 };

type Others = () => Promise<Record<string, { figures: unknown; report: string }>>;

/** Plays everything and writes `evals/report.md` with its picture. */
export async function writeReport(options: SuiteOptions, others: Others): Promise<void> {
  const { seeds, progress } = options;
  const began = Date.now();
  progress(`stops, seeds ${seeds.from} to ${seeds.to}`);
  const study = await studyOf(seeds, sizes, progress);
  const suites = await others();
  const year = await explainedInAYear(progress);
  const attempts = attemptsTable(countAttempt(seeds, progress));
  writeFileSync(join(folder, picture), pictureOf(study));
  const minutes = (Date.now() - began) / 60_000;
  const report = [
    introduction(options, study, minutes),
    '## In short',
    inShort(study, suites.elsewhere?.figures, year),
    unmadeText(study),
    '## Every stop: the full mix, all dials on',
    wholeStory(study.mix, '###'),
    '### Answering the surest first',
    `![How often the first cause is right against the part of the cases answered](${picture})`,
    'Over answerable stops:',
    riskCoverageTable(answerable(study.mix)),
    '## What an answer costs',
    yearText(year),
    '## Is it the records that are read?',
    twistText,
    twistTable(study.twists),
    pairTable(study.pairs),
    '## Hard tier',
    `The first ${study.hard.length} seeds again with every dial in its upper third: 40 to 60 % of the machines say only "running" and "stopped", two machines that nobody reports, no alarm from where it began, a wrong reason typed in, wrong stock, laboratory values an hour or more late, many decoys and twice the usual nuisance alarms, notes that mislead or say nothing. Its order in time lies: the clock of the machine where it began is 27 to 60 s late and all others are early, each within a minute of the true time, and where a buffer carries it another machine stands for 10 to 40 s a few minutes before. ${hardBaseline(study.hard)}`,
    wholeStory(study.hard, '###'),
    ...Object.entries(suites).flatMap(([name, { report: text }]) => [`## Suite ${name}`, text]),
    '## How often the seeds were looked at',
    attempts,
    '',
  ].join('\n\n');
  writeFileSync(join(folder, 'report.md'), report);
  progress(`Wrote evals/report.md and evals/${picture} after ${minutes.toFixed(1)} minutes.`);
}

const introduction = ({ seeds }: SuiteOptions, study: Study, minutes: number): string =>
  [
    '# How often Andon finds the cause',
    `Made by \`npm run -s evals -- --report --seeds ${seeds.from}-${seeds.to}\` in ${minutes.toFixed(1)} minutes: ${study.mix.length} cases${seeds.from > lastOpenSeed ? ' of seeds that nothing was tuned on' : ' of the seeds for tuning, which prove nothing'}. Each is a line of its own (4 to 9 machines, branches, other names, languages, buffers, rates), made by the simulator with sources as they are, recorded by the product's own road and asked through \`explain_stop\`, without a language model. The ranker and the simulator share no file and no table and were written apart (\`check/apart.test.ts\`).`,
    'Intervals are 95 %, from 1,000 seeded draws of the cases; where all agree the end is 3/n away. A forced ranking counts what stood first whether a cause was named or not. None of this was measured at a real plant.',
  ].join('\n\n');

/** A case that is not made is in no figure; how many there were is said. */
const unmadeText = ({ unmade }: Study): string =>
  `Seeds that the simulator could not make a case of: ${Object.entries(unmade)
    .map(([kind, n]) => `${kind} ${n}`)
    .join(', ')}. They are in no figure.`;

const twistText =
  'The sense is taken out of answerable cases and their shape is left. Confidence must fall, and accuracy must not stay: whoever still knew the answer would read it from ids, order or names. A stop whose alarms or records are gone can still be told by its signals or by where it began, so accuracy need not fall to nothing.';

function pictureOf({ mix, hard }: Study): string {
  const { coverage, precision_answerable: precision } = sharesOf(mix);
  return drawRiskCoverage(
    [
      { name: 'answerable stops', colour: '#1f5fa8', points: riskCoverage(answerable(mix)) },
      {
        name: 'all stops, also those nobody could decide',
        colour: '#b0552b',
        points: riskCoverage(stops(mix)),
        dash: '6 4',
      },
      {
        name: 'hard tier, answerable stops',
        colour: '#5b7f3a',
        points: riskCoverage(answerable(hard)),
        dash: '2 3',
      },
    ],
    coverage.share === null || precision.share === null
      ? null
      : { coverage: coverage.share, precision: precision.share },
  );
}
