import type { Decision } from '../../plant/decision.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Button, DecisionMessage } from '../../plant/message.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import { millis, type Millis } from '../../plant/time.ts';

/** A decision as a card: a draft with fields to change and buttons, or the record of what was decided. */
export function decisionCard(decision: Decision, plant: Plant, now: Millis): DecisionMessage {
  const line = plant.lines.find(({ id }) => id === decision.line)?.name ?? decision.line;
  const proposed = decision.status === 'proposed';
  return {
    kind: 'decision',
    key: decision.id,
    firstLine: `${statusWords(decision, plant, now)}: ${line}, ${decision.response}`,
    decision: decision.id,
    status: decision.status,
    // What can be changed in a field is not said twice.
    facts: factsOf(decision, plant, now).filter(
      ({ label, value }) =>
        value !== '' && !(proposed && (label === 'Constraint' || label === 'Tradeoffs accepted')),
    ),
    fields: proposed ? fieldsOf(decision) : [],
    buttons: buttonsOf(decision),
  };
}

/** `supervisor at 14:05`. */
function byAt(by: string | null, at: string | null, plant: Plant, now: Millis): string {
  return `${by ?? 'plant'}${at ? ` at ${localWhen(millis(at), plant.timezone, now)}` : ''}`;
}

function statusWords(decision: Decision, plant: Plant, now: Millis): string {
  const { decidedBy, decidedAt, takenBack } = decision;
  switch (decision.status) {
    case 'proposed':
      return 'Draft, not yet decided';
    case 'confirmed':
      return `Decided by the ${byAt(decidedBy, decidedAt, plant, now)}`;
    case 'rejected':
      return 'Rejected';
    case 'lapsed':
      return 'Lapsed without an answer';
    case 'revoked':
      return takenBack ? `Taken back by the ${byAt(takenBack.by, takenBack.at, plant, now)}` : 'Taken back';
  }
}

const factsOf = (decision: Decision, plant: Plant, now: Millis): DecisionMessage['facts'] => [
  { label: 'What happened', value: decision.whatHappened },
  { label: 'Constraint', value: decision.constraint },
  { label: 'Steps', value: decision.steps.join('; ') },
  { label: 'Tradeoffs accepted', value: decision.tradeoffs.join('; ') },
  { label: 'Outcome', value: decision.outcome?.text ?? '' },
  {
    label: 'Decided',
    value:
      decision.status === 'revoked'
        ? `by the ${byAt(decision.decidedBy, decision.decidedAt, plant, now)}`
        : '',
  },
];

const fieldsOf = ({ response, constraint, tradeoffs }: Decision): DecisionMessage['fields'] => [
  { name: 'response', label: 'What we do', value: response },
  { name: 'constraint', label: 'Because of (constraint)', value: constraint },
  { name: 'tradeoffs', label: 'What we accept for it (tradeoffs)', value: tradeoffs.join('; ') },
];

function buttonsOf({ id: subject, status }: Decision): Button[] {
  const button = (verb: Button['verb'], label: string, style: Button['style']): Button => ({
    id: `${verb}-${subject}`,
    verb,
    subject,
    label,
    style,
  });
  if (status === 'proposed')
    return [button('confirm_decision', 'Confirm', 'primary'), button('reject_decision', 'Not this', 'plain')];
  return status === 'confirmed' ? [button('take_back_decision', 'Take back', 'plain')] : [];
}
