/** `npm run evals -- [--suite NAME] [--seeds A-B] [--cases FOLDER] [--data NAME=DIR] [--json] | --report | --check | --reach`: questions and plants with known answers, judged. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sentenceOf } from '../plant/errors.ts';
import { openSeedsRefusal } from './attempts.ts';

/** A file in `suites/` exports this by default. `report`: Markdown for `evals/report.md`. */
export type Suite = { run(options: SuiteOptions): Promise<{ figures: unknown; report: string }> };
export type SuiteOptions = {
  seeds: { from: number; to: number };
  cases: string | null;
  /** Folders of published data by name, as in `--data alpi=DIR`. */
  data: Readonly<Record<string, string>>;
  progress: (sentence: string) => void;
};

/** The range that `reached.json` is about; the report has another. */
const usualSeeds = '7001-7200';
const reportSeeds = '23001-23600';

const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`);
const print = (text: string) => void process.stdout.write(`${text}\n`);
const suites = readdirSync(join(import.meta.dirname, 'suites'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

function dataOf(given: string): [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw new Error(`"${given}" names no data. Write --data alpi=FOLDER.`);
  return [given.slice(0, at), given.slice(at + 1)];
}

function seedsOf(text: string): SuiteOptions['seeds'] {
  const range = /^(\d+)-(\d+)$/.exec(text);
  const [from, to] = [Number(range?.[1]), Number(range?.[2])];
  if (!range || to < from) throw new Error(`"${text}" is no range of seeds. Write --seeds ${usualSeeds}.`);
  return { from, to };
}

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
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      seeds: { type: 'string' },
      cases: { type: 'string' },
      data: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      reach: { type: 'boolean', default: false },
    },
  });
  const options: SuiteOptions = {
    seeds: seedsOf(values.seeds ?? (values.report ? reportSeeds : usualSeeds)),
    cases: values.cases ?? null,
    data: Object.fromEntries(values.data.map(dataOf)),
    progress,
  };
  if (values.suite !== undefined && !suites.includes(values.suite))
    throw new Error(`There is no suite "${values.suite}". There are: ${suites.join(', ')}.`);
  if (values.report || values.reach) {
    const refused = openSeedsRefusal(options.seeds);
    if (refused !== null) throw new Error(refused);
  }
  if (values.report) {
    const { writeReport } = await import('./report/write.ts');
    await writeReport(options, () =>
      runSuites(
        suites.filter((name) => name !== 'stops'),
        options,
      ),
    );
  } else if (values.check || values.reach) {
    const { checkReached, writeReached } = await import('./reached.ts');
    if (values.reach) await writeReached(options.seeds, progress);
    const fallen = values.reach ? [] : await checkReached(progress);
    for (const sentence of fallen) progress(sentence);
    if (fallen.length > 0) process.exitCode = 1;
  } else {
    const all = await runSuites(values.suite === undefined ? suites : [values.suite], options);
    const figures = Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one.figures]));
    const whole = values.suite === undefined ? figures : figures[values.suite];
    if (values.json) print(JSON.stringify(whole, null, 2));
    else for (const { report } of Object.values(all)) print(report);
  }
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}
