/** "Wrong cause", "Right cause" and what follows: a draft, its choices, and a person's yes or no. */
import { confirmedFor, correctionById, reviseCorrection, showCorrections } from '../../memory/corrections.ts';
import { draftCorrection } from '../../memory/draft-correction.ts';
import { hasLapsed, type Correction } from '../../plant/correction.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { AndonError } from '../../plant/errors.ts';
import type { CorrectionMessage } from '../../plant/message.ts';
import type { Press } from '../../plant/surface.ts';
import { iso, type Clock, type Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import type { Allow } from './allow.ts';
import { chosen, reworded, type Change } from './correct-change.ts';
import { confirmDraft, rejectDraft } from './correct-decide.ts';
import { diagnosisFor, stopMeant } from './correct-stop.ts';
import { correctionCard } from './correction-card.ts';
import type { Tell } from './tell.ts';

type Options = {
  look: Look;
  tell: Tell;
  clock: Clock;
  allow: Allow;
};
const by = ({ person }: Press) => ({ role: person.role, person: person.id });

/** Does what a press on a cause means. The change is committed before anything is said. */
export function openCorrect(options: Options): (press: Press) => Promise<CorrectionMessage> {
  const { look, tell, clock, allow } = options;
  const { db, plant } = look;
  return async (press) => {
    const now = clock();
    if (press.verb === 'wrong_cause') return wrong(options, press, now);
    if (press.verb === 'right_cause') return right(options, press, now);
    const [id = '', ...rest] = press.subject.split('|');
    const before = await correctionById(db, id);
    if (!before) throw new AndonError('not_found', 'This draft is no longer kept.', 'Say again what it was.');
    allow(press, before.line);
    const diagnosis = await diagnosisFor(look, before, now);
    const who = { person: press.person, now };
    const card = (after: Correction) => correctionCard(after, diagnosis, plant, now);
    switch (press.verb) {
      case 'choose_cause':
        return card(await revise(options, before, chosen(look, before, diagnosis, rest), now));
      case 'reword_cause':
        return card(await revise(options, before, reworded(look, before, diagnosis, press), now));
      case 'reject_cause':
        return card(await rejectDraft({ tell }, id, who));
      default:
        return confirmOnce(options, { id, version: Number(rest[0]) }, diagnosis, press, now);
    }
  };
}

/** `subject`: an alert, or a stop by its id; what was told may follow, as with `right_cause`. */
async function wrong({ look, tell, allow }: Options, press: Press, now: Millis): Promise<CorrectionMessage> {
  const { db, plant, people } = look;
  const { diagnosis, alert } = await stopMeant(look, press.subject.split('|')[0] ?? '', now);
  allow(press, diagnosis.stop.line);
  const words = press.inputs?.['words'] ?? '';
  const draft = await draftCorrection(db, plant, { diagnosis, alert, words, people }, by(press), iso(now));
  await tell.inOneTransaction(showCorrections);
  return correctionCard(draft, diagnosis, plant, now);
}

/** `subject`: an alert or a stop, and the place and cause that were told there, parted by `|`. */
async function right(options: Options, press: Press, now: Millis): Promise<CorrectionMessage> {
  const { look, allow } = options;
  const { db, plant, people } = look;
  const [subject = '', place = '', cause = ''] = press.subject.split('|');
  const { diagnosis, alert } = await stopMeant(look, subject, now);
  allow(press, diagnosis.stop.line);
  const earlier = await confirmedFor(db, diagnosis.stop);
  const isThis = (one: Correction | null) => one?.cause === cause && one.place === place;
  // Pressed twice, or by two people: it is confirmed already.
  if (earlier && isThis(earlier)) return correctionCard(earlier, diagnosis, plant, now, true);
  const said = { diagnosis, alert, words: null, read: { place, cause }, people };
  const draft = await draftCorrection(db, plant, said, by(press), iso(now));
  // Somebody may have confirmed it since the look; then this draft says nothing new.
  const first = await confirmedFor(db, diagnosis.stop);
  if (!first || !isThis(first)) return confirmOnce(options, draft, diagnosis, press, now);
  if (draft.isNew && draft.id !== first.id) await takeBack(options, draft.id, press, now);
  return correctionCard(first, diagnosis, plant, now, true);
}

/** A draft of this press that says nothing new. Who was quicker with it, with a yes or a no, has answered for it. */
async function takeBack({ tell }: Options, id: string, { person }: Press, now: Millis): Promise<void> {
  await rejectDraft({ tell }, id, { person, now }).catch((error: unknown) => {
    if (!(error instanceof AndonError) || error.code !== 'conflict') throw error;
  });
}

/** Of two people who confirm the same at the same moment the second hears who was first; it is kept once. */
async function confirmOnce(
  { look, tell }: Options,
  { id, version }: Pick<Correction, 'id' | 'version'>,
  diagnosis: Diagnosis | null,
  { person }: Press,
  now: Millis,
): Promise<CorrectionMessage> {
  const { db, plant } = look;
  try {
    const after = await confirmDraft({ look, tell }, { id, version, diagnosis }, { person, now });
    return correctionCard(after, diagnosis, plant, now);
  } catch (error) {
    const first = diagnosis && (await confirmedFor(db, diagnosis.stop));
    const isSecond = error instanceof AndonError && error.code === 'conflict';
    if (!isSecond || first?.id !== id || first.version !== version) throw error;
    return correctionCard(first, diagnosis, plant, now, true);
  }
}

/** The alert of the stop shows that something is said of it. */
async function revise(
  { look, tell }: Options,
  before: Correction,
  change: Change,
  now: Millis,
): Promise<Correction> {
  const same = (['place', 'cause', 'words'] as const).every((part) => change[part] === before[part]);
  if (same && before.status === 'proposed' && !hasLapsed(before, now)) return before;
  const draft = await reviseCorrection(look.db, before.id, change, iso(now));
  await tell.inOneTransaction(showCorrections);
  return draft;
}
