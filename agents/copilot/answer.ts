import { createHash } from 'node:crypto';
import { z } from 'zod';
import { diagnosis, type Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import {
  claim,
  completeness,
  evidence,
  type Claim,
  type Completeness,
  type Evidence,
} from '../../plant/evidence.ts';
import { fact, table, type Answer, type Button } from '../../plant/message.ts';
import type { ToolResult } from './turn.ts';

/** What was said, by which model, and what it stands on. `asked`: names the question and its time, for the key. */
type Spoken = {
  asked: string;
  firstLine: string;
  text: string;
  results: readonly ToolResult[];
  followUps: readonly string[];
  model: string;
  fellBack: string | null;
  ms: number;
};

/** The message of a turn: words from the model, everything else from the tools' structured results. */
export function answerOf(spoken: Spoken): Answer {
  const given = spoken.results.flatMap(({ structured }) => (structured ? [structured] : []));
  const whole = completenessOf(given, spoken.results);
  const found = given.map((one) => table.safeParse(one['table'])).find(({ success }) => success);
  return {
    kind: 'answer',
    key: `answer/${createHash('sha256').update(`${spoken.asked}\n${spoken.firstLine}`).digest('hex').slice(0, 24)}`,
    firstLine: spoken.firstLine,
    text: spoken.text,
    facts: given.flatMap((one) => listOf(fact, one['facts'])).slice(0, 8),
    table: found?.data ?? null,
    picture: null,
    diagnosis: given.map(diagnosisOf).find((one) => one !== null) ?? null,
    claims: claimsOf(given),
    evidence: distinct(given.flatMap((one) => listOf(evidence, one['evidence']))),
    missing: whole.missing,
    completeness: whole,
    followUps: [...new Set([...spoken.followUps, ...given.flatMap(followUpsOf)])].slice(0, 4),
    buttons: given
      .flatMap((one) => [...decisionButtons(one), ...correctionButtons(one), ...causeButtons(one)])
      .slice(0, 8),
    model: spoken.model,
    fellBack: spoken.fellBack,
    ms: Math.round(spoken.ms),
  };
}

/** The diagnosis in a result of `explain_stop`: under its own name, or spread over the result. */
export function diagnosisOf(structured: Record<string, unknown>): Diagnosis | null {
  const shared = {
    claims: structured['claims'],
    evidence: structured['evidence'],
    completeness: structured['completeness'],
  };
  const inner = structured['diagnosis'];
  const candidates = [
    inner,
    typeof inner === 'object' && inner !== null ? { ...shared, ...inner } : null,
    'cause' in structured && 'stop' in structured ? structured : null,
  ];
  for (const one of candidates) {
    const read = diagnosis.safeParse(one);
    if (read.success) return read.data;
  }
  return null;
}

/** Claims of several results under one numbering: each tool counts its own from one. */
function claimsOf(given: readonly Record<string, unknown>[]): Claim[] {
  const lists = given.map((one) => listOf(claim, one['claims']));
  return lists.length === 1
    ? (lists[0] ?? [])
    : lists.flatMap((claims, index) => claims.map((one) => ({ ...one, id: `${index + 1}.${one.id}` })));
}

function completenessOf(
  given: readonly Record<string, unknown>[],
  results: readonly ToolResult[],
): Completeness {
  const parts = given.flatMap((one) => {
    const read = completeness.safeParse(one['completeness']);
    return read.success ? [read.data] : [];
  });
  const newest = parts
    .flatMap(({ asOf }) => (asOf === null ? [] : [asOf]))
    .toSorted((a, b) => Date.parse(b) - Date.parse(a));
  return {
    complete: results.every(({ refused }) => refused === null) && parts.every((one) => one.complete),
    asOf: newest[0] ?? null,
    missing: [...new Set(parts.flatMap(({ missing }) => missing))],
    truncated: parts.some(({ truncated }) => truncated),
  };
}

const button = (
  verb: Button['verb'],
  label: string,
  subject: string,
  style: Button['style'] = 'plain',
): Button => ({ id: `${verb}/${subject}`, verb, subject, label, style });

const draftOf = z.object({
  id: z.string(),
  status: z.literal('proposed'),
  complete: z.boolean().optional(),
  version: z.number().optional(),
});

/** A decision that was written down waits for a person. */
function decisionButtons(structured: Record<string, unknown>): Button[] {
  const draft = draftOf.safeParse(structured['decision']).data;
  if (!draft) return [];
  return [
    button('confirm_decision', 'Confirm', draft.id, 'primary'),
    button('edit_decision', 'Change', draft.id),
    button('reject_decision', 'Discard', draft.id, 'danger'),
  ];
}

const choice = z.object({ place: z.string(), cause: z.string(), label: z.string().max(75) });

/** What a person says the cause was: to confirm, or to be chosen where it is not clear yet. */
function correctionButtons(structured: Record<string, unknown>): Button[] {
  const draft = draftOf.safeParse(structured['correction']).data;
  if (!draft) return [];
  const choices = listOf(choice, structured['choices']).slice(0, 5);
  return [
    ...(draft.complete
      ? [button('confirm_cause', 'Confirm', `${draft.id}|${draft.version}`, 'primary')]
      : []),
    ...choices.map(({ place, cause, label }) =>
      button('choose_cause', label, `${draft.id}|${place}|${cause}`),
    ),
    button('reject_cause', 'Never mind', draft.id),
  ];
}

/** Was the cause right? Asked of a stop that was explained. */
function causeButtons(structured: Record<string, unknown>): Button[] {
  const found = diagnosisOf(structured);
  if (!found || found.planned) return [];
  const named = !found.abstained && found.cause !== 'other' && found.cause !== 'unknown';
  const { id } = found.stop;
  // What somebody confirmed already is what is told; it needs no second yes.
  const asked = named && !structured['confirmed'];
  return [
    ...(asked ? [button('right_cause', 'Right cause', `${id}|${found.place ?? ''}|${found.cause}`)] : []),
    button('wrong_cause', named || structured['confirmed'] ? 'Wrong cause' : 'Say the cause', id),
  ];
}

const followUpsOf = (structured: Record<string, unknown>): string[] =>
  Array.isArray(structured['follow_ups'])
    ? structured['follow_ups'].filter((one): one is string => typeof one === 'string')
    : [];

function listOf<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const read = schema.safeParse(one);
    return read.success ? [read.data] : [];
  });
}

function distinct(records: readonly Evidence[]): Evidence[] {
  return [...new Map(records.map((one) => [one.id, one])).values()];
}
