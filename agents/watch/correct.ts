/** "Wrong cause", "Right cause" and what follows: a draft, its choices, and a person's yes, from which priors learn. */
import { confirmCause } from '../../memory/causes.ts';
import {
  causeRecords,
  correctionById,
  decideCorrection,
  keepCauseRecord,
  reviseCorrection,
} from '../../memory/corrections.ts';
import type { Db } from '../../memory/db.ts';
import { draftCorrection } from '../../memory/draft-correction.ts';
import { alertById, alertOfStop, markCause, touchAlert } from '../../memory/exceptions/alerts.ts';
import { exceptionById } from '../../memory/exceptions/exceptions.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { causeRecordOf, confirmed, confirmedCauseOf, refuted } from '../../plant/cause-record.ts';
import { agrees, isComplete } from '../../plant/correction.ts';
import type { Correction } from '../../plant/correction.ts';
import { hear } from '../../plant/correction/hear.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { AndonError } from '../../plant/errors.ts';
import type { CorrectionMessage } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import type { Press } from '../../plant/surface.ts';
import { iso, type Clock, type Millis } from '../../plant/time.ts';
import { diagnosisOf, type Look } from './alert-card.ts';
import { correctionCard } from './correction-card.ts';
import type { Tell } from './tell.ts';

type Options = {
  look: Look;
  tell: Tell;
  clock: Clock;
  /** Throws `forbidden` without the right at this line. */
  allow(press: Press, line: string): void;
};
const gone = (): AndonError =>
  new AndonError('not_found', 'The records of this stop are no longer kept.', 'Ask about a later stop.');

/** Does what a press on a cause means. The change is committed before anything is said. */
export function openCorrect({
  look,
  tell,
  clock,
  allow,
}: Options): (press: Press) => Promise<CorrectionMessage> {
  const { db, plant } = look;
  const by = (person: Person) => ({ role: person.role, person: person.id });

  return async (press) => {
    const now = clock();
    if (press.verb === 'wrong_cause' || press.verb === 'right_cause') return begin(press, now);
    const [id = '', place = '', cause = ''] = press.subject.split('|');
    const before = await correctionById(db, id);
    if (!before) throw new AndonError('not_found', 'This draft is no longer kept.', 'Say again what it was.');
    allow(press, before.line);
    const diagnosis = await diagnosisFor(before, now);
    const said = press.inputs?.['words']?.trim() ?? '';
    switch (press.verb) {
      case 'choose_cause':
        return revise(before, { place, cause, words: cause === 'other' ? before.words : '' }, diagnosis, now);
      case 'reword_cause':
        return reword(before, said, diagnosis, now);
      case 'reject_cause':
        return decide(press, before, 'rejected', diagnosis, now);
      default:
        return decide(press, before, 'confirmed', diagnosis, now);
    }
  };

  /** `subject`: an alert, or a stop by its id. */
  async function begin(press: Press, now: Millis): Promise<CorrectionMessage> {
    const { diagnosis, alert } = await stopOf(press.subject, now);
    allow(press, diagnosis.stop.line);
    const right = press.verb === 'right_cause';
    const words = right ? null : (press.inputs?.['words'] ?? '');
    const draft = await draftCorrection(db, plant, { diagnosis, alert, words }, by(press.person), iso(now));
    if (right) return decide(press, draft, 'confirmed', diagnosis, now);
    await showOn(draft);
    return correctionCard(draft, diagnosis, plant, now);
  }

  async function stopOf(
    subject: string,
    now: Millis,
  ): Promise<{ diagnosis: Diagnosis; alert: string | null }> {
    const row = subject.includes('@') ? null : await alertById(db, subject);
    const exception = row ? await exceptionById(db, row.exception) : null;
    if (row && exception) {
      const diagnosis = await diagnosisOf(look, exception, now);
      if (!diagnosis) throw gone();
      return { diagnosis, alert: row.id };
    }
    const line = subject.slice(0, Math.max(0, subject.indexOf('@')));
    if (!plant.lines.some(({ id }) => id === line)) throw gone();
    const found = await gatherStopCase(db, plant, { line, stop: subject }, { now, health: look.health() });
    if (!found) throw gone();
    return { diagnosis: diagnose(found), alert: (await alertOfStop(db, found.stop))?.id ?? null };
  }
  async function diagnosisFor({ line, stop }: Correction, now: Millis): Promise<Diagnosis | null> {
    const found = await gatherStopCase(db, plant, { line, stop }, { now, health: look.health() });
    return found === null ? null : diagnose(found);
  }

  async function reword(
    before: Correction,
    words: string,
    diagnosis: Diagnosis | null,
    now: Millis,
  ): Promise<CorrectionMessage> {
    if (!diagnosis) throw gone();
    if (words === '')
      throw new AndonError('bad_input', 'There are no words yet.', 'Write which machine, and what it was.');
    const heard = hear(words, plant, diagnosis);
    // What was clear before and is not said anew stays: "the chute was bent", asked what it was at the capper.
    const kept = isComplete(before) ? null : before;
    const place = heard.place ?? kept?.place ?? null;
    const again = heard.words === before.words && place === before.place;
    const cause = heard.cause ?? kept?.cause ?? (place !== null && again ? 'other' : null);
    return revise(before, { place, cause, words: heard.words }, diagnosis, now);
  }

  async function revise(
    before: Correction,
    change: Pick<Correction, 'place' | 'cause' | 'words'>,
    diagnosis: Diagnosis | null,
    now: Millis,
  ): Promise<CorrectionMessage> {
    const draft = await reviseCorrection(db, before.id, change, iso(now));
    await showOn(draft);
    return correctionCard(draft, diagnosis, plant, now);
  }

  /** The alert of the stop shows that something is said of it. */
  async function showOn({ alert }: Correction): Promise<void> {
    if (alert !== null) await tell.inOneTransaction((tx) => touchAlert(tx, alert));
  }

  async function decide(
    press: Press,
    before: Correction,
    decision: 'confirmed' | 'rejected',
    diagnosis: Diagnosis | null,
    now: Millis,
  ): Promise<CorrectionMessage> {
    const { person } = press;
    const at = iso(now);
    let after = before;
    await tell.inOneTransaction(async (tx) => {
      after = await decideCorrection(tx, before.id, decision, by(person), at);
      if (decision === 'confirmed' && diagnosis) await keep(tx, after, diagnosis, person, now);
      if (after.alert === null) return [];
      if (decision === 'rejected') return touchAlert(tx, after.alert);
      const found = diagnosis && !diagnosis.abstained && diagnosis.cause === after.cause;
      const verdict = found && diagnosis.place === after.place ? 'right_cause' : 'wrong_cause';
      const who = { by: `the ${person.role}`, person: person.id };
      return [(await markCause(tx, after.alert, verdict, who, at)).id];
    });
    return correctionCard(after, diagnosis, plant, now);
  }

  /** The cause record with its root confirmed, the one before it refuted, and what priors learn from. */
  async function keep(
    tx: Db,
    one: Correction,
    diagnosis: Diagnosis,
    person: Person,
    now: Millis,
  ): Promise<void> {
    const [cause, at, role] = [one.cause ?? 'other', iso(now), person.role];
    const proposal = causeRecordOf(diagnosis, plant);
    const before = (await causeRecords(tx, one.stop)).at(-1) ?? proposal;
    if (!agrees(one))
      await keepCauseRecord(tx, { record: refuted(before, { by: role, at }), correction: one.id }, at);
    const record = confirmed(proposal, { cause, place: one.place, by: role, at });
    await keepCauseRecord(tx, { record, correction: one.id }, at);
    const learned = confirmedCauseOf(record, plant);
    if (learned) await confirmCause(tx, { ...learned, stop: one.stop }, now);
  }
}
