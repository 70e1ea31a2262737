import { z } from 'zod';

type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const parts = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** One level down, an object is told by the names of its fields alone. */
function outlined(schema: Json): Json {
  if (Array.isArray(schema.anyOf)) return { anyOf: parts(schema.anyOf).map(outlined) };
  if (schema.type === 'object')
    // What may be left out is not asked for: a client holds results against this.
    return Array.isArray(schema.required)
      ? { type: 'object', required: schema.required }
      : { type: 'object' };
  if (schema.type === 'array')
    return isObject(schema.items) ? { type: 'array', items: outlined(schema.items) } : { type: 'array' };
  return { type: schema.type, ...(schema.enum ? { enum: schema.enum } : {}) };
}

/**
 * What a list of tools shows of a result: field types at the top, field names one level down. The whole
 * schemas would cost a model 1,000 tokens a tool before its first call; results are still checked whole.
 */
function outputOutline(schema: z.ZodObject): Json {
  const { properties } = z.toJSONSchema(schema) as { properties: Json };
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, isObject(value) ? outlined(value) : {}]),
    ),
    required: Object.keys(properties),
  };
}

function inputSchema(schema: z.ZodObject): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  return rest;
}

/** A schema whose JSON form is made once, not once per HTTP request. Checks exactly like the schema it stands for. */
export function published<Schema extends z.ZodObject>(schema: Schema, io: 'input' | 'output') {
  const json = io === 'input' ? inputSchema(schema) : outputOutline(schema);
  const { version, vendor, validate } = schema['~standard'];
  return {
    '~standard': { version, vendor, validate, jsonSchema: { input: () => json, output: () => json } },
  };
}
