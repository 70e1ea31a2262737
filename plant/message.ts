import { z } from 'zod';
import { claim, completeness, evidence } from './evidence.ts';
import { diagnosis } from './diagnosis/diagnosis.ts';
import { verb } from './person.ts';
import { isoTime } from './time.ts';

const longestLabel = 75;
/** A label fits on a button of every surface. */
export const buttonLabel = (text: string): string =>
  text.length > longestLabel ? `${text.slice(0, longestLabel - 1).trimEnd()}…` : text;

/** A button. Carries an id and a verb only; what it means is looked up on the server. */
const button = z.object({
  id: z.string(),
  verb,
  subject: z.string(),
  label: z.string().max(longestLabel),
  style: z.enum(['primary', 'danger', 'plain']).default('plain'),
});
export type Button = z.infer<typeof button>;

/** Label and value, both plain text. */
export const fact = z.object({ label: z.string(), value: z.string() });
/** Rows of plain text under a heading each. */
export const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });
/** A picture with the same said in words. `png`: base64. */
const picture = z.object({ png: z.string(), alt: z.string().min(1) });

const spoken = {
  /** Same content, same key: a surface looks it up before it says something twice. */
  key: z.string(),
  /** What, where, since when, effect. Also the notification text. */
  firstLine: z.string().min(1),
};

/** The reply to a question. `text`: everything said after the first line, paragraphs separated by an empty line, `- ` for lists; no markup. */
export const answer = z.object({
  kind: z.literal('answer'),
  ...spoken,
  text: z.string(),
  facts: z.array(fact).default([]),
  table: table.nullable().default(null),
  picture: picture.nullable().default(null),
  diagnosis: diagnosis.nullable().default(null),
  claims: z.array(claim),
  evidence: z.array(evidence),
  missing: z.array(z.string()),
  completeness: completeness.optional(),
  /** What could be asked next, at most four. */
  followUps: z.array(z.string()).max(4).default([]),
  buttons: z.array(button).max(10).default([]),
  /** Which model phrased it: `offline`, or `provider:model`. `fellBack`: why not the configured one. */
  model: z.string(),
  fellBack: z.string().nullable().default(null),
  ms: z.number(),
});
export type Answer = z.infer<typeof answer>;

/** What other programs rely on: `POST /api/ask` and `npm run ask -- --json`. */
export function stableAnswer({ firstLine, text, diagnosis, claims, evidence, missing, model, ms }: Answer) {
  return {
    answer: text ? `${firstLine}\n\n${text}` : firstLine,
    diagnosis,
    claims,
    evidence,
    missing,
    model,
    ms,
  };
}

/** A response that could be chosen, with what it did last time. */
const suggestion = z.object({
  id: z.string(),
  label: z.string(),
  why: z.string(),
  lastTime: z.string().nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** One alert, told once and then changed in place. */
export const alertMessage = z.object({
  kind: z.literal('alert'),
  ...spoken,
  alert: z.string(),
  exception: z.string(),
  line: z.string(),
  state: z.enum(['open', 'acknowledged', 'shelved', 'resolved']),
  severity: z.enum(['low', 'medium', 'high']),
  since: isoTime,
  endedAt: isoTime.nullable(),
  text: z.string(),
  facts: z.array(fact).max(6).default([]),
  suggestions: z.array(suggestion).max(3).default([]),
  /** What people did with it, one sentence each. */
  history: z.array(z.string()).default([]),
  missing: z.array(z.string()).default([]),
  /** Why, as the records have it: for the picture of the chain and the causes that were looked at. */
  diagnosis: diagnosis.nullable().default(null),
  buttons: z.array(button).max(6).default([]),
  version: z.number().int().nonnegative(),
});
export type AlertMessage = z.infer<typeof alertMessage>;

/** A decision as a card: a draft to confirm, or the record of what was decided. */
export const decisionMessage = z.object({
  kind: z.literal('decision'),
  ...spoken,
  decision: z.string(),
  status: z.enum(['proposed', 'confirmed', 'rejected', 'lapsed', 'revoked']),
  facts: z.array(fact),
  /** Fields a person may change before confirming. */
  fields: z
    .array(
      z.object({
        name: z.enum(['response', 'constraint', 'tradeoffs']),
        label: z.string(),
        value: z.string(),
      }),
    )
    .default([]),
  buttons: z.array(button).max(4).default([]),
});
export type DecisionMessage = z.infer<typeof decisionMessage>;

/** What a person says the cause was: asked for, a draft to confirm, or the record of it. */
export const correctionMessage = z.object({
  kind: z.literal('correction'),
  ...spoken,
  correction: z.string(),
  status: z.enum(['proposed', 'confirmed', 'rejected', 'lapsed']),
  facts: z.array(fact),
  /** In their own words; sent with `reword_cause`. */
  fields: z
    .array(z.object({ name: z.literal('words'), label: z.string(), value: z.string() }))
    .max(1)
    .default([]),
  buttons: z.array(button).max(12).default([]),
});
export type CorrectionMessage = z.infer<typeof correctionMessage>;

/** What a person reads, changes and presses on until it is settled. */
export type FormMessage = DecisionMessage | CorrectionMessage;

/** A short reply: done, refused, not understood. */
export const notice = z.object({
  kind: z.literal('notice'),
  ...spoken,
  text: z.string().default(''),
  private: z.boolean().default(false),
});
export type Notice = z.infer<typeof notice>;

const message = z.discriminatedUnion('kind', [
  answer,
  alertMessage,
  decisionMessage,
  correctionMessage,
  notice,
]);
export type Message = z.infer<typeof message>;
