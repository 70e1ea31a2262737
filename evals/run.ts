/** `npm run evals -- [--suite NAME] [--seeds A-B] [--cases FOLDER] [--json]`: questions and plants with known answers, judged. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sentenceOf } from '../plant/errors.ts';

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
const suites = readdirSync(join(import.meta.dirname, 'suites')).map((file) => file.replace(/\.ts$/, ''));

function dataOf(given: string): [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw new Error(`"${given}" names no data. Write --data alpi=FOLDER.`);
  return [given.slice(0, at), given.slice(at + 1)];
}

try {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      seeds: { type: 'string', default: '2001-2050' },
      cases: { type: 'string' },
      data: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const range = /^(\d+)-(\d+)$/.exec(values.seeds);
  if (!range) throw new Error(`"${values.seeds}" is no range of seeds. Write --seeds 2001-2050.`);
  const wanted = values.suite ? [values.suite] : suites;
  const unknown = wanted.find((name) => !suites.includes(name));
  if (unknown) throw new Error(`There is no suite "${unknown}". There are: ${suites.join(', ')}.`);
  const all: Record<string, unknown> = {};
  for (const name of wanted) {
    const { default: suite } = (await import(join(import.meta.dirname, 'suites', `${name}.ts`))) as {
      default: Suite;
    };
    const done = await suite.run({
      seeds: { from: Number(range[1]), to: Number(range[2]) },
      cases: values.cases ?? null,
      data: Object.fromEntries(values.data.map(dataOf)),
      progress,
    });
    all[name] = done.figures;
    if (!values.json) process.stdout.write(`${done.report}\n`);
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify(values.suite ? all[values.suite] : all, null, 2)}\n`);
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}
