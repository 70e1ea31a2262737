/** What a draft on a cause says once somebody chose, or said it in their words. */
import { isComplete } from '../../plant/correction.ts';
import type { Correction } from '../../plant/correction.ts';
import { choicesFor } from '../../plant/correction/choices.ts';
import { hear } from '../../plant/correction/hear.ts';
import { keptWords } from '../../plant/correction/kept-words.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { AndonError } from '../../plant/errors.ts';
import type { Press } from '../../plant/surface.ts';
import type { Look } from './alert-card.ts';
import { gone } from './correct-stop.ts';

export type Change = Pick<Correction, 'place' | 'cause' | 'words'>;

/** Only what can be chosen there: a press is text from outside. */
export function chosen(
  { plant }: Look,
  before: Correction,
  diagnosis: Diagnosis | null,
  [place, cause]: readonly string[],
): Change {
  if (!diagnosis) throw gone();
  const found = choicesFor(before, diagnosis, plant, Infinity).find(
    (one) => one.place === place && one.cause === cause,
  );
  if (!found)
    throw new AndonError('bad_input', 'This cannot be chosen here.', 'Choose one, or say it in your words.');
  return { place: found.place, cause: found.cause, words: found.cause === 'other' ? before.words : '' };
}

/** What is clear by now of what somebody says in their words. */
export function reworded(
  { plant, people }: Look,
  before: Correction,
  diagnosis: Diagnosis | null,
  { inputs }: Press,
): Change {
  const words = inputs?.['words']?.trim() ?? '';
  if (!diagnosis) throw gone();
  if (words === '')
    throw new AndonError('bad_input', 'There are no words yet.', 'Write which machine, and what it was.');
  const heard = hear(words, plant, diagnosis);
  // What was clear before and is not said anew stays: "the chute was bent", asked what it was at the capper.
  const kept = isComplete(before) ? null : before;
  const place = heard.place ?? kept?.place ?? null;
  const again = keptWords({ ...heard, cause: null }, people) === before.words && place === before.place;
  const cause = heard.cause ?? kept?.cause ?? (place !== null && again ? 'other' : null);
  return { place, cause, words: keptWords({ place, cause, words: heard.words }, people) };
}
