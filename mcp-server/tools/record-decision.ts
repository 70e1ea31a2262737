import { z } from 'zod';
import { draftLapsesAfterS, lapsesAt } from '../../plant/decision.ts';
import { AndonError } from '../../plant/errors.ts';
import { resolveLine, resolveNamed } from '../../plant/names.ts';
import { role } from '../../plant/person.ts';
import { durationWords } from '../../plant/say/local-time.ts';
import { iso, millis } from '../../plant/time.ts';
import { proposeDecision } from '../../memory/decisions/decisions.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { completenessOf } from '../completeness.ts';
import { decisionData, decisionEvidence, decisionShape } from '../decision-evidence.ts';
import { defineTool, proposes } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { timeInput } from '../window.ts';

const words = (what: string) => z.string().trim().min(3).max(600).describe(what);
/** What nobody said is not made up; the person who confirms fills it in. */
const notSaid = 'not said';
const list = (what: string) => z.array(z.string().trim().min(1).max(300)).max(10).default([]).describe(what);

/** A call that is repeated must not become a second proposal. */
async function alreadyProposed(
  context: ToolContext,
  asked: { line: string; whatHappened: string; response: string; constraint: string },
) {
  const query = { line: asked.line, includeProposed: true, now: context.now, limit: 50 };
  const open = await recallDecisions(context.decisions, query);
  return open
    .map(({ decision }) => decision)
    .find(
      (one) =>
        one.status === 'proposed' &&
        lapsesAt(one.recordedAt) > context.now &&
        one.whatHappened === asked.whatHappened &&
        one.response === asked.response &&
        one.constraint === asked.constraint,
    );
}

export default defineTool({
  name: 'record_decision',
  title: 'Propose a decision',
  description: `Write down a decision people took or consider, as a proposal. It is not decided by this: a person must confirm it in Andon within ${durationWords(draftLapsesAfterS)}, else it lapses. Write what people said, do not invent a constraint.`,
  input: {
    line: z.string().max(200).describe('Line as people call it'),
    equipment: z.string().max(200).optional().describe('Machine, if one'),
    response: words('What is to be done').optional(),
    words: words('What was said, where it is not taken apart: stands for the response').optional(),
    what_happened: words('What happened').default(notSaid),
    constraint: words('What limited the choice').default(notSaid),
    options: list('What else was considered'),
    steps: list('Steps in order'),
    tradeoffs: list('What is accepted for it'),
    cause: z.string().max(60).optional().describe('Cause id from explain_stop'),
    valid_to: timeInput('ISO time until which it holds'),
    proposed_by: z
      .enum([...role.options, 'assistant'])
      .default('assistant')
      .describe('Role, never a name'),
  },
  data: { decision: decisionShape, confirm_before: z.string() },
  annotations: proposes,
  async run(input, context) {
    const { plant, decisions: store, now, say } = context;
    const line = resolveLine(plant, input.line).id;
    const equipment = input.equipment ? resolveNamed(plant, input.equipment, { line }).id : null;
    if (input.valid_to !== undefined && millis(input.valid_to) <= now)
      throw new AndonError(
        'bad_input',
        `It would have ended already at ${input.valid_to}.`,
        'Give a "valid_to" in the future, or none.',
      );
    const response = input.response ?? input.words;
    if (response === undefined)
      throw new AndonError(
        'bad_input',
        'It is not said what is to be done.',
        'Give "response", in the words of the people who decided.',
      );
    const asked = {
      line,
      whatHappened: input.what_happened,
      constraint: input.constraint,
      response,
    };
    const made =
      (await alreadyProposed(context, asked)) ??
      (await proposeDecision(
        store,
        {
          ...asked,
          equipment,
          cause: input.cause ?? null,
          options: input.options,
          steps: input.steps,
          tradeoffs: input.tradeoffs,
          validTo: input.valid_to ?? null,
          source: { surface: 'mcp', place: null, link: null },
        },
        { role: input.proposed_by },
        iso(now),
      ));
    const until = lapsesAt(made.recordedAt);
    return {
      said: say.sayProposed(made, until, plant, { now }),
      data: { decision: decisionData(made), confirm_before: iso(until) },
      evidence: [decisionEvidence(made)],
      completeness: completenessOf({ ...context, health: [] }),
    };
  },
});
