/** `node evals/cases/schemas.ts`: writes the JSON Schemas of a case folder's files beside this one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { plant } from '../../plant/equipment.ts';
import { batch } from '../../plant/record.ts';
import { truthFile } from '../stops/truth-file.ts';

const schemaOf = (schema: z.ZodType, title: string): string =>
  `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;

/** By file name: `batches.jsonl` has one batch a line, `plant.yaml` is YAML of the same shape. */
export const schemas: Readonly<Record<string, string>> = {
  'truth.schema.json': schemaOf(truthFile, 'truth.json'),
  'batch.schema.json': schemaOf(batch, 'one line of batches.jsonl'),
  'plant.schema.json': schemaOf(plant, 'plant.yaml'),
};

if (import.meta.main)
  for (const [name, text] of Object.entries(schemas)) writeFileSync(join(import.meta.dirname, name), text);
