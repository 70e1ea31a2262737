import type { Decision } from '../plant/decision.ts';
import type { Evidence } from '../plant/evidence.ts';
import { quoted } from '../plant/say/said.ts';

/** A decision as evidence: what people wrote stays in quotation marks. */
export const decisionEvidence = (one: Decision): Evidence => ({
  id: `andon/decision/${one.id}`,
  source: 'andon',
  system: 'Andon',
  kind: 'decision',
  equipment: one.equipment ?? one.line,
  at: one.decidedAt ?? one.recordedAt,
  says: `${one.status}: "${quoted(one.response)}"`,
  quality: 'good',
});

/** The fields of a decision that tools return. */
export const decisionData = (one: Decision) => ({
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
