import { z } from 'zod';
import { isoTime } from '../../plant/time.ts';
import { answers, caseKinds, roles, type Truth } from './case.ts';
import { classOfCause } from './known-causes.ts';

const edge = z.object({
  from: z.string(),
  to: z.string(),
  kind: z.string().default(''),
  at: z.string().default(''),
  inferred: z.boolean().optional().describe('No record shows it.'),
});
const ofPlan = new Set(['break', 'changeover', 'cleaning']);

/**
 * `truth.json` of a case folder. Only what is known must be said: a stop needs `cause` and `place` (or `causes`), a
 * line that ran needs `"stop": null`. Without `chain` or `evidence` these are not judged.
 */
export const truthFile = z.object({
  stop: z
    .object({ from: isoTime, to: isoTime.nullable().default(null) })
    .nullable()
    .optional()
    .describe('null: the line did not stop, as with the cause "none" and the kind "no_stop".'),
  cause: z
    .string()
    .optional()
    .describe('Catalogue id, or one of your own; of several the first. "none": no stop.'),
  class: z
    .string()
    .nullable()
    .default(null)
    .describe('Default: that of a known cause, "own" for any other, none where the line ran.'),
  place: z
    .string()
    .optional()
    .describe('Id of the origin: machine, supply, dispatch, utility, system or line.'),
  machine: z.string().nullable().optional().describe('The place, where it is a machine of the line.'),
  causes: z
    .array(
      z.object({
        cause: z.string(),
        place: z.string().default(''),
        answerable: z.enum(answers).optional(),
      }),
    )
    .default([])
    .describe('Everything that went wrong, oldest first.'),
  chain: z
    .array(edge)
    .nullable()
    .default(null)
    .describe('From the origin to the machine by which the stop of the line is told.'),
  otherChains: z.array(z.array(edge)).default([]).describe('Whole chains that are as right.'),
  kind: z.enum(caseKinds).optional(),
  answerable: z
    .enum(answers)
    .default('yes')
    .describe('Could somebody who has only the records tell the cause; partly: only the place.'),
  evidence: z
    .array(z.object({ id: z.string(), role: z.enum(roles) }))
    .default([])
    .describe('`source/kind/key`; of a signal `source/signal/equipment/name`.'),
  dials: z
    .record(z.string(), z.unknown())
    .nullable()
    .default(null)
    .describe('How the case was made hard, if it was: numbers, words or true and false by name.'),
  at: isoTime.optional().describe('The time that the question names; left out: the question is read.'),
  asked_at: isoTime.optional().describe('Default: the newest time in the batches.'),
});
type TruthFile = z.infer<typeof truthFile>;

/** `machines`: ids of the plant's machines. Throws a sentence where a stop has no cause or no place. */
export function truthOf(file: TruthFile, machines: ReadonlySet<string>): Truth {
  const cause = file.cause ?? file.causes[0]?.cause ?? (file.stop === null ? 'none' : undefined);
  const place = file.place ?? file.causes[0]?.place ?? file.machine ?? (file.stop === null ? '' : undefined);
  if (cause === undefined) throw new Error('a stop needs a cause; a line that ran needs "stop": null');
  const stopped = cause !== 'none' && file.kind !== 'no_stop' && file.stop !== null;
  if (stopped && !place) throw new Error('a stop needs a place where it began');
  const only: TruthFile['causes'] = stopped ? [{ cause, place: place ?? '' }] : [];
  const causes = (file.causes.length > 0 ? file.causes : only).map((one) => ({
    ...one,
    answerable: one.answerable ?? file.answerable,
  }));
  const single = causes.length > 1 ? 'compound' : ofPlan.has(cause) ? 'planned' : 'single';
  return {
    cause,
    class: file.class ?? (stopped ? (classOfCause(cause) ?? 'own') : null),
    place: place ?? '',
    machine:
      file.machine === undefined ? (place !== undefined && machines.has(place) ? place : null) : file.machine,
    causes,
    chain: file.chain,
    otherChains: file.otherChains,
    stop: stopped ? (file.stop ?? { from: '', to: null }) : null,
    kind: file.kind ?? (stopped ? single : 'no_stop'),
    answerable: file.answerable,
    evidence: file.evidence,
    dials:
      file.dials &&
      Object.fromEntries(
        Object.entries(file.dials).filter(
          (entry): entry is [string, number | boolean | string] =>
            typeof entry[1] !== 'object' && entry[1] !== undefined,
        ),
      ),
  };
}
