import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { file as alarmFile } from './alarms/published.ts';
import { openSeedsRefusal } from './attempts.ts';

/** What is done with the suites: their figures are printed, written into the report, held, or the limits are looked at. */
export type Work = 'print' | 'report' | 'check' | 'reach' | 'limits';
export type Seeds = { from: number; to: number };
export type Options = {
  work: Work;
  /** null: all. */
  suite: string | null;
  seeds: Seeds;
  cases: string | null;
  data: Readonly<Record<string, string>>;
  json: boolean;
};

/** The range that `reached.json` is about; the report has another, and limits are set on the seeds for tuning. */
const usualSeeds: Readonly<Record<Work, string>> = {
  print: '7001-7200',
  check: '7001-7200',
  reach: '7001-7200',
  report: '24001-24600',
  limits: '1-600',
};
/** Which of `--seeds`, `--data` and `--cases` mean something to a suite. */
const readBy: Readonly<Record<'seeds' | 'data' | 'cases', readonly string[]>> = {
  seeds: ['stops', 'alarm-noise'],
  data: ['alarm-noise'],
  cases: ['stops'],
};
/** The published data that a suite can read, by name, and the file that its folder holds. */
const dataFiles: Readonly<Record<string, string>> = { alpi: alarmFile };

/** What the command asks for. Throws a sentence for what means nothing, or nothing beside the rest. */
export function optionsOf(args: readonly string[], suites: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: { type: 'string' },
      seeds: { type: 'string' },
      cases: { type: 'string' },
      data: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      report: { type: 'boolean' },
      check: { type: 'boolean' },
      reach: { type: 'boolean' },
      limits: { type: 'boolean' },
    },
  });
  const asked = (['report', 'check', 'reach', 'limits'] as const).filter((one) => values[one]);
  if (asked.length > 1) throw new Error(`Ask for one of ${asked.map((one) => `--${one}`).join(' and ')}.`);
  const work = asked[0] ?? 'print';
  const given = (['suite', 'seeds', 'cases', 'data', 'json'] as const).filter((one) => values[one]);
  const meant: Readonly<Record<Work, readonly string[]>> = {
    print: given,
    report: ['seeds', 'data'],
    check: [],
    reach: ['seeds'],
    limits: ['seeds', 'json'],
  };
  const lost = given.find((one) => !meant[work].includes(one));
  if (lost) throw new Error(`--${lost} means nothing beside --${work}.`);
  // Cases of one's own are stops.
  const suite = values.suite ?? (values.cases === undefined ? null : 'stops');
  if (suite !== null && !suites.includes(suite))
    throw new Error(`There is no suite "${suite}". There are: ${suites.join(', ')}.`);
  for (const name of ['seeds', 'data', 'cases'] as const)
    if (values[name] && suite !== null && !readBy[name].includes(suite))
      throw new Error(`--${name} is read by ${readBy[name].join(' and ')}, not by the suite ${suite}.`);
  if (values.seeds && values.cases)
    throw new Error('--seeds means nothing beside --cases: these cases are drawn by no seed.');
  const seeds = seedsOf(values.seeds ?? usualSeeds[work]);
  const refused = work === 'report' || work === 'reach' ? openSeedsRefusal(seeds) : null;
  if (refused !== null) throw new Error(refused);
  return {
    work,
    suite,
    seeds,
    cases: values.cases ?? null,
    data: Object.fromEntries((values.data ?? []).map(dataOf)),
    json: values.json ?? false,
  };
}

function dataOf(given: string): [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw new Error(`"${given}" names no data. Write --data alpi=FOLDER.`);
  const [name, folder] = [given.slice(0, at), given.slice(at + 1)];
  const file = dataFiles[name];
  if (file === undefined)
    throw new Error(`No suite reads data "${name}". There is: ${Object.keys(dataFiles).join(', ')}.`);
  if (!existsSync(join(folder, file)))
    throw new Error(`There is no ${file} in ${folder}, which --data ${name}=FOLDER needs.`);
  return [name, folder];
}

function seedsOf(text: string): Seeds {
  const range = /^(\d+)-(\d+)$/.exec(text);
  const [from, to] = [Number(range?.[1]), Number(range?.[2])];
  if (!range || to < from)
    throw new Error(`"${text}" is no range of seeds. Write --seeds ${usualSeeds.print}.`);
  return { from, to };
}
