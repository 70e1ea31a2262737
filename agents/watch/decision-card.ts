import type { Decision } from '../../plant/decision.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { DecisionMessage } from '../../plant/message.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import { millis, type Millis } from '../../plant/time.ts';

/** A decision as a card: a draft with fields to change and buttons, or the record of what was decided. */
export function decisionCard(decision: Decision, plant: Plant, now: Millis): DecisionMessage {
  const line = plant.lines.find(({ id }) => id === decision.line)?.name ?? decision.line;
  const when = (iso: string) => localWhen(millis(iso), plant.timezone, now);
  const proposed = decision.status === 'proposed';
  const button = (
    verb: 'confirm_decision' | 'reject_decision',
    label: string,
    style: 'primary' | 'plain',
  ) => ({ id: `${verb}-${decision.id}`, verb, subject: decision.id, label, style });
  const status = {
    proposed: 'Draft, not yet decided',
    confirmed: `Decided by the ${decision.decidedBy ?? 'plant'}${decision.decidedAt ? ` at ${when(decision.decidedAt)}` : ''}`,
    rejected: 'Rejected',
    lapsed: 'Lapsed without an answer',
    revoked: 'Taken back',
  }[decision.status];
  const facts = [
    { label: 'What happened', value: decision.whatHappened },
    { label: 'Constraint', value: decision.constraint },
    { label: 'Steps', value: decision.steps.join('; ') },
    { label: 'Tradeoffs accepted', value: decision.tradeoffs.join('; ') },
    { label: 'Outcome', value: decision.outcome?.text ?? '' },
  ];
  return {
    kind: 'decision',
    key: decision.id,
    language: plant.language,
    firstLine: `${status}: ${line}, ${decision.response}`,
    decision: decision.id,
    status: decision.status,
    // What can be changed in a field is not said twice.
    facts: facts.filter(
      ({ label, value }) =>
        value !== '' && !(proposed && (label === 'Constraint' || label === 'Tradeoffs accepted')),
    ),
    fields: proposed
      ? [
          { name: 'response', label: 'What we do', value: decision.response },
          { name: 'constraint', label: 'Because of (constraint)', value: decision.constraint },
          {
            name: 'tradeoffs',
            label: 'What we accept for it (tradeoffs)',
            value: decision.tradeoffs.join('; '),
          },
        ]
      : [],
    buttons: proposed
      ? [button('confirm_decision', 'Confirm', 'primary'), button('reject_decision', 'Not this', 'plain')]
      : [],
  };
}
