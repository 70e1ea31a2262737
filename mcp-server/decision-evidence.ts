import { z } from 'zod';
import type { Decision } from '../plant/decision.ts';
import type { Evidence } from '../plant/evidence.ts';
import { quote } from '../plant/say/said.ts';

/** A decision as evidence: what people wrote stays in quotation marks. */
export const decisionEvidence = (one: Decision): Evidence => ({
  id: `andon/decision/${one.id}`,
  source: 'andon',
  system: 'Andon',
  kind: 'decision',
  equipment: one.equipment ?? one.line,
  at: one.decidedAt ?? one.recordedAt,
  says: `${one.status}: ${quote(one.response)}`,
  quality: 'good',
});

/** The fields of a decision that tools return: roles, never names. */
export const decisionShape = z.object({
  id: z.string(),
  status: z.string(),
  line: z.string(),
  equipment: z.string().nullable(),
  cause: z.string().nullable(),
  what_happened: z.string(),
  constraint: z.string(),
  response: z.string(),
  steps: z.array(z.string()),
  tradeoffs: z.array(z.string()),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  valid_to: z.string().nullable(),
  outcome: z.string().nullable(),
});

/** A decision in that shape. */
export const decisionData = (one: Decision): z.infer<typeof decisionShape> => ({
  id: one.id,
  status: one.status,
  line: one.line,
  equipment: one.equipment,
  cause: one.cause,
  what_happened: one.whatHappened,
  constraint: one.constraint,
  response: one.response,
  steps: one.steps,
  tradeoffs: one.tradeoffs,
  decided_by: one.decidedBy,
  decided_at: one.decidedAt,
  valid_to: one.validTo,
  outcome: one.outcome?.status ?? null,
});
