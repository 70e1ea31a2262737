import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { z } from 'zod';
import { plant } from '../../plant/equipment.ts';
import { batch } from '../../plant/record.ts';
import { millis } from '../../plant/time.ts';
import type { Case } from './case.ts';
import { truthFile, truthOf } from './truth-file.ts';

/** Cases that could be read, and a sentence for each that could not. */
type CasesRead = { cases: { folder: string; one: Case }[]; unreadable: string[] };

const files = ['plant.yaml', 'batches.jsonl', 'question.txt', 'truth.json'] as const;
type FileName = (typeof files)[number];

/**
 * The cases of a folder: one folder each, or the folder itself where it is one. What does not fit is left out with
 * a sentence that names the file. Throws where there is no case at all.
 */
export function casesIn(folder: string): CasesRead {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const own = existsSync(join(folder, 'truth.json'));
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
  const folders = own ? [folder] : names.map((name) => join(folder, name));
  if (folders.length === 0)
    throw new Error(`There is no case in ${folder}. A case is a folder with ${files.join(', ')}.`);
  const read: CasesRead = { cases: [], unreadable: [] };
  for (const path of folders) {
    try {
      read.cases.push({ folder: path, one: caseIn(path) });
    } catch (error) {
      read.unreadable.push(error instanceof Error ? error.message : String(error));
    }
  }
  return read;
}

/** One case folder. Throws a sentence with the file, and the line where there are lines. */
export function caseIn(folder: string): Case {
  const name = folder.split('/').filter(Boolean).at(-1) ?? folder;
  const inFile = <T>(file: FileName, read: (text: string) => T): T => {
    try {
      return read(textOf(join(folder, file)));
    } catch (error) {
      const missing = (error as { code?: unknown }).code === 'ENOENT';
      const what = missing ? 'this file is missing' : error instanceof Error ? error.message : String(error);
      throw new Error(`${name}/${file}: ${what}`, { cause: error });
    }
  };
  const known = inFile('plant.yaml', (text) => {
    const described = parse(text) as { plant?: unknown } | null;
    return checked(plant, described?.plant ?? described);
  });
  const batches = inFile('batches.jsonl', (text) =>
    text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [batchIn(line, index + 1)])),
  );
  const question = inFile('question.txt', (text) => {
    if (text.trim() === '') throw new Error('there is no question in it');
    return text.trim();
  });
  const machines = new Set(known.lines.flatMap((line) => line.machines.map(({ id }) => id)));
  return inFile('truth.json', (text) => {
    const file = checked(truthFile, JSON.parse(text));
    const askedAt = file.asked_at === undefined ? newest(batches) : millis(file.asked_at);
    const at = file.at === undefined ? null : millis(file.at);
    return { name, plant: known, batches, question, at, askedAt, truth: truthOf(file, machines) };
  });
}

/** Of batches there may be many: `batches.jsonl.gz` is as good. */
function textOf(path: string): string {
  const packed = !existsSync(path) && existsSync(`${path}.gz`);
  const text = packed ? gunzipSync(readFileSync(`${path}.gz`)).toString('utf8') : readFileSync(path, 'utf8');
  return text.replace(/^\uFEFF/, '');
}

function batchIn(line: string, number: number) {
  try {
    return checked(batch, JSON.parse(line));
  } catch (error) {
    throw new Error(`line ${number}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new Error(`${where === '' ? '' : `${where}: `}${issue?.message ?? 'does not fit'}`);
}

function newest(batches: Case['batches']): number {
  let latest = 0;
  for (const { records, readings } of batches) {
    for (const { observedAt } of records) latest = Math.max(latest, millis(observedAt));
    for (const { at } of readings) latest = Math.max(latest, at);
  }
  return latest;
}
