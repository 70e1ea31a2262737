import { z } from 'zod';
import { resolveLine } from '../../plant/names.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { completenessOf } from '../completeness.ts';
import { decisionData, decisionEvidence } from '../decision-evidence.ts';
import { defineTool, reads } from '../tool.ts';

const decision = z.object({
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

export default defineTool({
  name: 'recall_decisions',
  title: 'Recall decisions',
  description:
    'What people decided before: found by words (also other words and typos), line and cause, best first, with constraint, steps, tradeoffs and what came of it. Only confirmed ones are fact; open proposals are listed apart. Without arguments: the newest.',
  input: {
    words: z.string().max(400).optional().describe('What it was about, in any words'),
    line: z.string().max(200).optional().describe('Line as people call it'),
    cause: z.string().max(60).optional().describe('Cause id from explain_stop'),
    limit: z.number().int().min(1).max(20).default(5),
  },
  data: { decisions: z.array(decision), proposals: z.array(decision) },
  annotations: reads,
  async run(input, context) {
    const { plant, decisions: store, now, say } = context;
    const line = input.line ? resolveLine(plant, input.line).id : undefined;
    const text = input.words?.trim() ? input.words : undefined;
    const query = { text, line, cause: input.cause, now };
    const found = await recallDecisions(store, { ...query, limit: input.limit });
    const open = await recallDecisions(store, { ...query, limit: 20, includeProposed: true });
    const decisions = found.map((one) => one.decision).filter(({ status }) => status === 'confirmed');
    const proposals = open.map((one) => one.decision).filter(({ status }) => status === 'proposed');
    return {
      said: say.sayDecisions({ decisions, proposals, line: line ?? null }, plant, { now }),
      data: { decisions: decisions.map(decisionData), proposals: proposals.map(decisionData) },
      evidence: [...decisions, ...proposals].map(decisionEvidence),
      completeness: completenessOf({ ...context, health: [] }),
    };
  },
});
