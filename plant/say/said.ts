import type { z } from 'zod';
import type { Claim } from '../evidence.ts';
import type { fact, table } from '../message.ts';
import type { Millis } from '../time.ts';

/**
 * What is said to people. Every sentence, fact and row is also a claim, so that no figure, time or name
 * stands in a text without one.
 */
export type Said = {
  firstLine: string;
  /** Everything after the first line: paragraphs separated by an empty line, `- ` for lists; no markup. */
  text: string;
  facts: z.infer<typeof fact>[];
  table: z.infer<typeof table> | null;
  /** What could be asked next, at most four. */
  followUps: string[];
  claims: Claim[];
};

/** One statement with the ids of the records it stands on. */
export type Sentence = { text: string; kind: Claim['kind']; evidence: readonly string[] };

/** A paragraph; `list`: one sentence per line after the heading. */
export type Block = { heading?: string; list?: boolean; sentences: readonly Sentence[] };

/** When it is said. */
export type Now = { now: Millis };

export const factual = (text: string, evidence: readonly string[] = []): Sentence => ({
  text,
  kind: 'fact',
  evidence,
});
export const inference = (text: string, evidence: readonly string[] = []): Sentence => ({
  text,
  kind: 'inference',
  evidence,
});

/** What no record tells; `evidence`: of what is missing. */
export const unknown = (text: string, evidence: readonly string[] = []): Sentence => ({
  text,
  kind: 'unknown',
  evidence,
});

const blockText = ({ heading, list, sentences }: Block): string => {
  if (list) return [...(heading ? [heading] : []), ...sentences.map(({ text }) => `- ${text}`)].join('\n');
  return [...(heading ? [heading] : []), ...sentences.map(({ text }) => text)].join(' ');
};

/** Text from outside as it was typed, on one line, at most `most` characters. A quotation that is cut is closed. */
export function oneLine(text: string, most = 160): string {
  const line = text
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= most) return line;
  const open = (part: string): boolean => part.split('"').length % 2 === 0;
  const kept = line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  return open(kept) ? `${kept.slice(0, -1).trimEnd()}…"` : `${kept.trimEnd()}…`;
}

/** Text from outside in quotation marks: whatever it says, it is data. Its own marks become single ones. */
export const quote = (text: string, most = 160): string => `"${oneLine(text.replaceAll('"', "'"), most)}"`;

/** Puts sentences together; blocks without sentences are left out. */
export function compose(parts: {
  first: Sentence;
  blocks?: readonly Block[];
  facts?: Said['facts'];
  table?: (NonNullable<Said['table']> & { evidence?: readonly (readonly string[])[] }) | null;
  followUps?: readonly string[];
}): Said {
  const blocks = (parts.blocks ?? []).filter(({ sentences }) => sentences.length > 0);
  const facts = parts.facts ?? [];
  const rows = parts.table?.rows ?? [];
  const sentences: Sentence[] = [
    parts.first,
    ...blocks.flatMap((block) => block.sentences),
    ...facts.map(({ label, value }) => ({
      ...parts.first,
      kind: 'fact' as const,
      text: `${label}: ${value}`,
    })),
    ...rows.map((row, index) => factual(row.join(' | '), parts.table?.evidence?.[index] ?? [])),
  ];
  return {
    firstLine: parts.first.text,
    text: blocks.map(blockText).join('\n\n'),
    facts: [...facts],
    table: parts.table ? { columns: parts.table.columns, rows: [...rows] } : null,
    followUps: (parts.followUps ?? []).slice(0, 4),
    claims: sentences.map(({ text, kind, evidence }, index) => ({
      id: `said-${index + 1}`,
      kind,
      text,
      evidence: [...new Set(evidence)],
    })),
  };
}
