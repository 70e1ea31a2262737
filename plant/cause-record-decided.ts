import type { CauseRecord } from './cause-record.ts';
import type { Decision } from './decision.ts';
import type { Evidence } from './evidence.ts';
import { role } from './person.ts';
import { millis } from './time.ts';

/** A cause record with the evidence of today's diagnosis, and what its whys rest on besides as far as it is still kept. */
export type ShownCauseRecord = { record: CauseRecord; evidence: readonly Evidence[] };

type Decided = Decision & { decidedAt: string };
const isDecided = (one: Decision): one is Decided => one.status === 'confirmed' && one.decidedAt !== null;

/** A role that the form knows; another surface's word for somebody stays out of it. */
const roleOf = (by: string | null) => role.safeParse(by).data ?? null;

/** A choice of people that is to last: made when the line ran again, without an end. */
const lasts = ({ validFrom, validTo }: Decision, { d2_problem: { end } }: CauseRecord): boolean =>
  validTo === null && end !== null && millis(validFrom) > millis(end);

/**
 * The record with what people decided about its stop, from confirmed decisions alone. D3 is what was done while the
 * line stood or for a time; D5 the choice that lasts, else the last one, with what it was weighed against; D6 what came
 * of that choice; D7 the choice that lasts, unless it failed. What nobody decided stays empty.
 */
export function withDecisions(record: CauseRecord, decisions: readonly Decision[]): CauseRecord {
  const decided = decisions.filter(isDecided).toSorted((a, b) => millis(a.decidedAt) - millis(b.decidedAt));
  const lasting = decided.findLast((one) => lasts(one, record));
  const chosen = lasting ?? decided.findLast(({ outcome }) => outcome !== null) ?? decided.at(-1);
  const outcome = chosen?.outcome ?? null;
  return {
    ...record,
    d3_containment: decided
      .filter((one) => !lasts(one, record))
      .map((one) => ({
        action: one.response,
        by: roleOf(one.decidedBy),
        at: one.decidedAt,
        until: one.validTo,
      })),
    d5_choice: chosen
      ? {
          response: chosen.response,
          alternatives: chosen.options.filter((one) => one !== chosen.response),
          constraint: chosen.constraint,
          tradeoff: chosen.tradeoffs.join('; '),
        }
      : null,
    d6_outcome: outcome && {
      checked_at: outcome.at,
      // That the line ran again is measured; whether the choice was the reason, only people can say.
      effective: outcome.status === 'unknown' ? null : outcome.status === 'worked',
      minutes_to_run: outcome.minutesToRun,
      recurrence_of: null,
    },
    d7_prevent: lasting && lasting.outcome?.status !== 'failed' ? lasting.response : null,
  };
}
