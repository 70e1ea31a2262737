import { z } from 'zod';
import { claim, completeness, evidence } from '../plant/evidence.ts';
import type { Claim, Completeness, Evidence } from '../plant/evidence.ts';
import { fact, table } from '../plant/message.ts';
import type { Said } from '../plant/say/said.ts';

/** What every tool returns besides its own data. */
export const commonOutput = {
  first_line: z.string(),
  text: z.string(),
  facts: z.array(fact),
  table: table.nullable(),
  follow_ups: z.array(z.string()),
  claims: z.array(claim),
  evidence: z.array(evidence),
  completeness,
} as const;

export type Structured = z.infer<z.ZodObject<typeof commonOutput>> & Record<string, unknown>;

/** What a tool's `run` gives: the words, its own data, and what they stand on. */
export type ToolResult<Data> = {
  said: Said;
  data: Data;
  evidence: readonly Evidence[];
  /** Claims that came with the data, besides those of the words. */
  claims?: readonly Claim[];
  completeness: Completeness;
  /** What to call next, where the answer was cut: shown at the end of the text. */
  next?: string;
};

/** About 2,000 tokens at four characters each: what one answer may cost a model. */
const mostText = 8_000;

const cut = (text: string): string =>
  text.length > mostText ? `${text.slice(0, mostText).trimEnd()}\n… (cut; ask for less at a time)` : text;

/** The one shape of all results. What is missing is part of the text, so that no reader can overlook it. */
export function structuredOf<Data extends Record<string, unknown>>(result: ToolResult<Data>): Structured {
  const { said, evidence: records, completeness: whole } = result;
  const missing = whole.missing.length > 0 ? ['Missing:', ...whole.missing.map((one) => `- ${one}`)] : [];
  const text = [said.text, missing.join('\n'), result.next ?? ''].filter((part) => part !== '').join('\n\n');
  const short = cut(text);
  const ids = new Set<string>();
  return {
    first_line: said.firstLine,
    text: short,
    facts: said.facts,
    table: said.table,
    follow_ups: said.followUps,
    ...result.data,
    claims: [
      ...said.claims,
      ...whole.missing.map((words, index) => ({
        id: `missing-${index + 1}`,
        kind: 'unknown' as const,
        text: words,
        evidence: [],
      })),
      ...(result.next ? [{ id: 'next', kind: 'suggestion' as const, text: result.next, evidence: [] }] : []),
      ...(result.claims ?? []),
    ],
    evidence: records.filter(({ id }) => !ids.has(id) && ids.add(id)),
    completeness: short === text ? whole : { ...whole, truncated: true, complete: false },
  };
}
