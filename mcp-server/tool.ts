import { z } from 'zod';
import type { Plant } from '../plant/equipment.ts';
import type { Person } from '../plant/person.ts';
import type { Sentences } from '../plant/say/index.ts';
import type { SourceHealth } from '../plant/source.ts';
import type { Millis } from '../plant/time.ts';
import type { DecisionStore } from '../memory/decisions/vectors.ts';
import type { Db } from '../memory/open.ts';
import { commonOutput, structuredOf } from './result.ts';
import type { Structured, ToolResult } from './result.ts';

/** What a tool may use. `now` is read once per call, so that one answer has one time. */
export type ToolContext = {
  pool: Db;
  plant: Plant;
  now: Millis;
  health: readonly SourceHealth[];
  /** Whose names are not kept in what is said of a cause. */
  people: readonly Person[];
  /** Where decisions are kept, with the sentence model where one is loaded. */
  decisions: DecisionStore;
  say: Sentences;
};

type ToolAnnotations = {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
};

/** Looks only. */
export const reads: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
/** Adds a draft that a person confirms elsewhere; destroys nothing; the same draft twice is one. */
export const proposes: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** A tool, free of any protocol. `run` checks its input; it throws `AndonError` for its caller's mistakes. */
export type Tool = {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  annotations: ToolAnnotations;
  run(input: unknown, context: ToolContext): Promise<Structured>;
};

/**
 * A file in `tools/` exports this by default; its name is the tool's name with dashes for underscores.
 * Unknown arguments are refused: a misspelt `form` for `from` must not become an answer about another time.
 */
export function defineTool<Input extends z.ZodRawShape, Data extends z.ZodRawShape>(definition: {
  name: string;
  title: string;
  description: string;
  input: Input;
  data: Data;
  annotations: ToolAnnotations;
  run(
    input: z.infer<z.ZodObject<Input>>,
    context: ToolContext,
  ): Promise<ToolResult<z.input<z.ZodObject<Data>>>>;
}): Tool {
  const input = z.strictObject(definition.input);
  const { name, title, description, annotations } = definition;
  return {
    name,
    title,
    description,
    annotations,
    input,
    output: z.object({ ...commonOutput, ...definition.data }),
    run: async (given, context) =>
      structuredOf(await definition.run(input.parse(given) as z.infer<z.ZodObject<Input>>, context)),
  };
}
