import { z } from 'zod';
import { isComplete } from '../../plant/correction.ts';
import { choicesFor } from '../../plant/correction/choices.ts';
import { draftLapsesAfterS, lapsesAt } from '../../plant/decision.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import { AndonError } from '../../plant/errors.ts';
import { resolveLine } from '../../plant/names.ts';
import { role } from '../../plant/person.ts';
import { durationWords } from '../../plant/say/local-time.ts';
import { iso, millis } from '../../plant/time.ts';
import { draftCorrection } from '../../memory/draft-correction.ts';
import { alertById, alertOfStop } from '../../memory/exceptions/alerts.ts';
import { exceptionById } from '../../memory/exceptions/exceptions.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { completenessOf } from '../completeness.ts';
import { defineTool, proposes } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import { timeInput } from '../window.ts';

/** The stop that is meant: of the alert, or of the line at a time, or its latest. */
async function stopOf(
  { pool, plant, now, health }: ToolContext,
  asked: { alert?: string | undefined; line?: string | undefined; at?: string | undefined },
) {
  const row = asked.alert === undefined ? null : await alertById(pool, asked.alert);
  const exception = row ? await exceptionById(pool, row.exception) : null;
  if (asked.alert !== undefined && !exception)
    throw new AndonError('not_found', 'This alert is not known.', 'Call list_alerts.');
  const line = exception?.line ?? (asked.line === undefined ? null : resolveLine(plant, asked.line).id);
  if (line === null)
    throw new AndonError(
      'bad_input',
      'It is not said which stop is meant.',
      'Give "alert", or "line" and "at".',
    );
  const since = exception?.since ?? asked.at;
  const at = since === undefined ? undefined : millis(since);
  const found = await gatherStopCase(pool, plant, { line, at }, { now, health });
  if (!found) throw new AndonError('not_found', 'No stop is known there.', 'Call list_stops.');
  return { found, alert: row?.id ?? (await alertOfStop(pool, found.stop))?.id ?? null };
}

export default defineTool({
  name: 'respond_to_alert',
  title: 'Propose the cause of a stop',
  description: `Propose what a person says of the cause of a stop, of an alert or of a line: wrong_cause (with their words, for example "it was the capper, caps ran out") or right_cause. It is about the cause alone: to take, snooze or close an alert a person presses its button in Andon, tell them so. A draft only, shown as said by an assistant: a person confirms it in Andon within ${durationWords(draftLapsesAfterS)}. Pass their words unchanged; never guess a cause.`,
  input: {
    verb: z.enum(['wrong_cause', 'right_cause']),
    alert: z.string().max(80).optional().describe('Alert id from list_alerts'),
    line: z.string().max(200).optional().describe('Or the line as people call it'),
    at: timeInput('ISO time of the stop; empty: the latest'),
    words: z.string().trim().max(300).default('').describe('What it was, in their words'),
    said_by: z
      .enum([...role.options, 'assistant'])
      .default('assistant')
      .describe('Role of who said it, never a name; it gives no right, the draft stays an assistant’s'),
  },
  data: {
    correction: z.object({
      id: z.string(),
      status: z.string(),
      complete: z.boolean(),
      version: z.number(),
      line: z.string(),
      stop: z.string(),
      place: z.string().nullable(),
      cause: z.string().nullable(),
      instead_of: z.object({ place: z.string().nullable(), cause: z.string() }),
    }),
    choices: z.array(z.object({ place: z.string(), cause: z.string(), label: z.string() })),
    confirm_before: z.string(),
  },
  annotations: proposes,
  async run(input, context) {
    const { pool, plant, now, say, people } = context;
    const { found, alert } = await stopOf(context, input);
    const diagnosis = diagnose(found);
    const words = input.verb === 'right_cause' ? null : input.words;
    const draft = await draftCorrection(
      pool,
      plant,
      { diagnosis, alert, words, people },
      { role: input.said_by === 'assistant' ? 'assistant' : `assistant (for the ${input.said_by})` },
      iso(now),
    );
    const choices = isComplete(draft) ? [] : choicesFor(draft, diagnosis, plant);
    const { id, status, line, stop, place, cause, was } = draft;
    return {
      said: say.sayCorrection(
        draft,
        choices.map(({ label }) => label),
        plant,
        { now },
      ),
      data: {
        correction: {
          id,
          status,
          complete: isComplete(draft),
          version: draft.version,
          line,
          stop,
          place,
          cause,
          instead_of: { place: was.place, cause: was.cause },
        },
        choices,
        confirm_before: iso(lapsesAt(draft.at)),
      },
      evidence: [],
      completeness: completenessOf({ ...context, health: [] }),
    };
  },
});
