import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { plant } from '../../plant/equipment.ts';
import { batch } from '../../plant/record.ts';
import { isoTime, millis } from '../../plant/time.ts';
import type { Case } from './case.ts';

/** `truth.json` of a case folder. `asked_at`: when the question is asked; default: the newest time in the batches. */
export const truthFile = z.object({
  cause: z.string(),
  class: z.string().nullable().default(null),
  machine: z.string().nullable().default(null),
  place: z.string(),
  chain: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: z.string().default(''),
        at: z.string().default(''),
      }),
    )
    .default([]),
  stop: z.object({ from: isoTime, to: isoTime.nullable() }),
  answerable: z.enum(['yes', 'partly', 'no']).default('yes'),
  asked_at: isoTime.optional(),
});

/** The cases of a folder: one folder each, with `plant.yaml`, `batches.jsonl`, `question.txt` and `truth.json`. Throws with file and line where one does not fit. */
export function casesIn(folder: string): Case[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0)
    throw new Error(
      `There is no case in ${folder}. A case is a folder with plant.yaml, batches.jsonl, question.txt and truth.json.`,
    );
  return names.map((name) => readCase(name, join(folder, name)));
}

function readCase(name: string, folder: string): Case {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const described = parse(read('plant.yaml')) as { plant?: unknown };
  const batches = read('batches.jsonl')
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === ''
        ? []
        : [checked(batch, JSON.parse(line), `${name}/batches.jsonl, line ${index + 1}`)],
    );
  const { asked_at: asked, ...truth } = checked(
    truthFile,
    JSON.parse(read('truth.json')),
    `${name}/truth.json`,
  );
  return {
    name,
    plant: checked(plant, described.plant ?? described, `${name}/plant.yaml`),
    batches,
    question: read('question.txt').trim(),
    askedAt: asked ? millis(asked) : newest(batches),
    truth,
  };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

const newest = (batches: Case['batches']): number =>
  batches
    .flatMap(({ records, readings }) => [
      ...records.map(({ observedAt }) => millis(observedAt)),
      readings.at(-1)?.at ?? 0,
    ])
    .reduce((a, b) => Math.max(a, b), 0);
