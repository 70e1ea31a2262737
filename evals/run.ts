/** `npm run evals -- [--suite NAME] [--seeds A-B] [--cases FOLDER] [--data NAME=DIR] [--json] | --report | --check | --reach | --limits`: questions and plants with known answers, judged. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../plant/errors.ts';
import { optionsOf } from './options.ts';

/** A file in `suites/` exports this by default. `report`: Markdown for `evals/report.md`. */
export type Suite = { run(options: SuiteOptions): Promise<{ figures: unknown; report: string }> };
export type SuiteOptions = {
  seeds: { from: number; to: number };
  cases: string | null;
  /** Folders of published data by name, as in `--data alpi=DIR`. */
  data: Readonly<Record<string, string>>;
  progress: (sentence: string) => void;
};

const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`);
const print = (text: string) => void process.stdout.write(`${text}\n`);
const suites = readdirSync(join(import.meta.dirname, 'suites'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

async function runSuites(names: readonly string[], options: SuiteOptions) {
  const all: Record<string, { figures: unknown; report: string }> = {};
  for (const name of names) {
    const { default: suite } = (await import(join(import.meta.dirname, 'suites', `${name}.ts`))) as {
      default: Suite;
    };
    progress(`suite ${name}`);
    all[name] = await suite.run(options);
  }
  return all;
}

try {
  const { work, suite, seeds, cases, data, json } = optionsOf(process.argv.slice(2), suites);
  const options: SuiteOptions = { seeds, cases, data, progress };
  if (work === 'report') {
    const { writeReport } = await import('./report/write.ts');
    await writeReport(options, () =>
      runSuites(
        suites.filter((name) => name !== 'stops'),
        options,
      ),
    );
  } else if (work === 'check' || work === 'reach') {
    const { checkReached, writeReached } = await import('./reached.ts');
    if (work === 'reach') await writeReached(seeds, progress);
    const fallen = work === 'reach' ? [] : await checkReached(progress);
    for (const sentence of fallen) progress(sentence);
    if (fallen.length > 0) process.exitCode = 1;
  } else if (work === 'limits') {
    const { limitFigures } = await import('./report/limits.ts');
    const { figures, report } = await limitFigures(seeds, progress);
    print(json ? JSON.stringify(figures, null, 2) : report);
  } else {
    const all = await runSuites(suite === null ? suites : [suite], options);
    const figures = Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one.figures]));
    const whole = suite === null ? figures : figures[suite];
    if (json) print(JSON.stringify(whole, null, 2));
    else for (const { report } of Object.values(all)) print(report);
  }
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}
