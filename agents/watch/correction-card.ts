import { isComplete } from '../../plant/correction.ts';
import type { Correction } from '../../plant/correction.ts';
import { choicesFor } from '../../plant/correction/choices.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Button, CorrectionMessage } from '../../plant/message.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import type { Millis } from '../../plant/time.ts';

/** A correction as a card: what can be chosen, a draft to confirm, or the record of it. `diagnosis`: of its stop, while its records are kept; `already`: somebody else had confirmed it. */
export function correctionCard(
  one: Correction,
  diagnosis: Diagnosis | null,
  plant: Plant,
  now: Millis,
  already = false,
): CorrectionMessage {
  const say = sentencesIn(plant.language);
  const proposed = one.status === 'proposed';
  return {
    kind: 'correction',
    key: one.id,
    firstLine: say.correctionLine(one, plant, now, already),
    correction: one.id,
    status: one.status,
    facts: say.correctionFacts(one, plant, now),
    fields: proposed
      ? [{ name: 'words', label: 'In your words: which machine, and what was it?', value: one.words }]
      : [],
    buttons: proposed ? buttonsOf(one, diagnosis, plant) : [],
  };
}

function buttonsOf(one: Correction, diagnosis: Diagnosis | null, plant: Plant): Button[] {
  const button = (
    verb: Button['verb'],
    label: string,
    style: Button['style'] = 'plain',
    subject = one.id,
  ): Button => ({ id: `${verb}-${subject}`, verb, subject, label, style });
  const choices = diagnosis && !isComplete(one) ? choicesFor(one, diagnosis, plant) : [];
  return [
    ...(isComplete(one) ? [button('confirm_cause', 'Confirm', 'primary', `${one.id}|${one.version}`)] : []),
    ...choices.map(({ place, cause, label }) =>
      button('choose_cause', label, 'plain', `${one.id}|${place}|${cause}`),
    ),
    button('reword_cause', isComplete(one) ? 'Say it otherwise' : 'Take my words'),
    button('reject_cause', 'Never mind'),
  ];
}
