import { z } from 'zod';
import { resolveLine, resolveNamed } from '../../plant/names.ts';
import { millis } from '../../plant/time.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { completenessOf } from '../completeness.ts';
import { decisionData, decisionEvidence, decisionShape } from '../decision-evidence.ts';
import { defineTool, reads } from '../tool.ts';
import { timeInput } from '../window.ts';

export default defineTool({
  name: 'recall_decisions',
  title: 'Recall decisions',
  description:
    'What people decided before: found by words (also other words and typos), line and cause, best first, with constraint, steps, tradeoffs and what came of it. Only confirmed ones are fact; open proposals are listed apart. Without arguments: the newest.',
  input: {
    words: z.string().max(400).optional().describe('What it was about, in any words'),
    line: z.string().max(200).optional().describe('Line as people call it'),
    equipment: z.string().max(200).optional().describe('Machine as people call it'),
    cause: z.string().max(60).optional().describe('Cause id from explain_stop'),
    from: timeInput('ISO time: in force then or later'),
    to: timeInput('ISO time: in force then or earlier'),
    limit: z.number().int().min(1).max(20).default(5),
  },
  data: { decisions: z.array(decisionShape), proposals: z.array(decisionShape) },
  annotations: reads,
  async run(input, context) {
    const { plant, decisions: store, now, say } = context;
    const line = input.line ? resolveLine(plant, input.line).id : undefined;
    const text = input.words?.trim() ? input.words : undefined;
    const query = {
      text,
      line,
      equipment: input.equipment
        ? resolveNamed(plant, input.equipment, { line: line ?? null }).id
        : undefined,
      cause: input.cause,
      from: input.from === undefined ? undefined : millis(input.from),
      to: input.to === undefined ? undefined : millis(input.to),
      now,
    };
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
