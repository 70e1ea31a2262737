import type { Decision } from '../../plant/decision.ts';
import type { IsoTime } from '../../plant/time.ts';

/** What a decision says, without what the row's own columns hold. */
export type DecisionBody = Omit<
  Decision,
  | 'id'
  | 'revision'
  | 'status'
  | 'line'
  | 'equipment'
  | 'exception'
  | 'cause'
  | 'validFrom'
  | 'validTo'
  | 'recordedAt'
>;

export type DecisionRow = {
  id: string;
  revision: number;
  status: string;
  line: string;
  equipment: string | null;
  exception: string | null;
  cause: string | null;
  valid_from: Date;
  valid_to: Date | null;
  recorded_from: Date;
  recorded_to: Date | null;
  body: DecisionBody;
  search_text: string;
};
export const decisionColumns = [
  'id',
  'revision',
  'status',
  'line',
  'equipment',
  'exception',
  'cause',
  'valid_from',
  'valid_to',
  'recorded_from',
  'recorded_to',
  'body',
  'search_text',
]
  .map((name) => `d.${name}`)
  .join(', ');

export const decisionOf = (row: DecisionRow): Decision => ({
  ...row.body,
  id: row.id,
  revision: row.revision,
  status: row.status as Decision['status'],
  line: row.line,
  equipment: row.equipment,
  exception: row.exception,
  cause: row.cause,
  validFrom: row.valid_from.toISOString(),
  validTo: row.valid_to?.toISOString() ?? null,
  recordedAt: row.recorded_from.toISOString(),
});

const plain = (id: string): string => id.replaceAll(/[._-]+/g, ' ');

/**
 * The text a decision is found by: where, why, what happened, what was done, at what price, what came of it.
 * No roles, no people, no chat text beyond these fields.
 */
export function searchText(decision: Omit<Decision, 'recordedAt' | 'revision' | 'status'>): string {
  return [
    plain(decision.equipment ?? decision.line),
    decision.cause === null ? '' : plain(decision.cause),
    decision.whatHappened,
    decision.constraint,
    decision.response,
    ...decision.steps,
    ...decision.tradeoffs,
    ...decision.options,
    decision.outcome === null ? '' : `${decision.outcome.status}. ${decision.outcome.text}`,
  ]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}

/** A decision holds on the floor at `at`: confirmed and inside its validity. */
export const inForce = (decision: Decision, at: IsoTime): boolean =>
  decision.status === 'confirmed' &&
  Date.parse(decision.validFrom) <= Date.parse(at) &&
  (decision.validTo === null || Date.parse(decision.validTo) > Date.parse(at));
