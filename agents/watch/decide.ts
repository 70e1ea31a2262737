/** "Do this" and what follows: a draft of a decision, its changes, a person's yes or no, and that it is taken back. */
import { confirmedFor } from '../../memory/corrections.ts';
import {
  confirmDecision,
  embedSoon,
  hasLapsed,
  proposeDecision,
  rejectDecision,
  reviseDecision,
  revokeDecision,
  type DecisionChange,
} from '../../memory/decisions/decisions.ts';
import { decisionById } from '../../memory/decisions/read.ts';
import { alertedById } from '../../memory/exceptions/alerts.ts';
import { addToTimeline, updateException } from '../../memory/exceptions/exceptions.ts';
import type { Db, Memory } from '../../memory/open.ts';
import type { Decision } from '../../plant/decision.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { AndonError } from '../../plant/errors.ts';
import type { DecisionMessage } from '../../plant/message.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import type { Press, Reply } from '../../plant/surface.ts';
import { iso, type Clock, type IsoTime, type Millis } from '../../plant/time.ts';
import { diagnosisIfAny, namedBy, responsesTo, type Look } from './alert-card.ts';
import type { Allow } from './allow.ts';
import { decisionCard } from './decision-card.ts';
import { changing, type Tell } from './tell.ts';

type Options = {
  memory: Memory;
  look: Look;
  tell: Tell;
  clock: Clock;
  changed: () => void;
  allow: Allow;
};

/** Does what a press on a decision means. The change is committed before anything is said. */
export function openDecide(options: Options): (press: Press) => Promise<Reply> {
  const { memory, look, clock, changed, allow } = options;
  return async (press) => {
    const now = clock();
    if (press.verb === 'do_this') return draft(options, press, now);
    const before = await decisionById(memory.pool, press.subject);
    if (!before)
      throw new AndonError(
        'not_found',
        'This decision is no longer kept.',
        'Press "Do this" on the alert again, or say what was decided.',
      );
    allow(press, before.line);
    const changes = changesOf(press);
    const isOpen = before.status === 'proposed' && !hasLapsed(before, iso(now));
    if (press.verb === 'edit_decision' && isOpen && changesNothing(changes, before)) {
      const card = decisionCard(before, look.plant, now);
      // Without a form it is opened to be changed; with one, somebody sent it as it was.
      return press.inputs ? { ...asItWas, key: `${before.id}-unchanged` } : card;
    }
    const decision = await decided(options, press, { id: before.id, changes }, now);
    changed();
    return decisionCard(decision, look.plant, now);
  };
}

const asItWas = {
  kind: 'notice',
  firstLine: 'Nothing was changed: the draft stands as it was.',
  text: '',
  private: true,
} as const;

/** `subject`: the alert and the response that was pressed, parted by `|`. */
async function draft(
  { memory, look, changed, allow }: Options,
  press: Press,
  now: Millis,
): Promise<DecisionMessage> {
  const [alertId = '', responseId = ''] = press.subject.split('|');
  const found = await alertedById(memory.pool, alertId);
  if (!found) throw new AndonError('not_found', 'This alert is no longer kept.', 'Look at what is open.');
  const { exception } = found;
  allow(press, exception.line);
  const diagnosis = await diagnosisIfAny(look, exception, now);
  const confirmed = diagnosis ? await confirmedFor(memory.pool, diagnosis.stop) : null;
  const named = namedBy(exception, confirmed);
  const responses = await responsesTo(look, named, now);
  const chosen = responses.find(({ id }) => id === responseId);
  if (!chosen)
    throw new AndonError(
      'conflict',
      'What was suggested has changed since.',
      'Look at the alert again and choose.',
    );
  const decision = await proposeDecision(
    memory,
    {
      line: exception.line,
      equipment: named.place,
      exception: exception.id,
      cause: named.cause,
      whatHappened: whatHappened(look, exception, diagnosis, now),
      constraint: chosen.why,
      options: responses.map(({ label }) => label),
      response: chosen.label,
      steps: [...chosen.steps],
      source: { surface: press.surface, place: press.place, link: null },
    },
    { role: press.person.role, person: press.person.id },
    iso(now),
  );
  changed();
  return decisionCard(decision, look.plant, now);
}

function whatHappened(
  { plant }: Look,
  exception: { line: string },
  diagnosis: Diagnosis | null,
  now: Millis,
): string {
  if (diagnosis) return sentencesIn(plant.language).sayDiagnosis(diagnosis, plant, { now }).firstLine;
  return `${plant.lines.find(({ id }) => id === exception.line)?.name ?? exception.line} stands.`;
}

/** Writes what the press says of a decision; one that holds from now on, or no longer, is told with its alert, or not kept. */
async function decided(
  { memory, tell }: Options,
  { verb, person }: Press,
  { id, changes }: { id: string; changes: DecisionChange },
  now: Millis,
): Promise<Decision> {
  const by = { role: person.role, person: person.id };
  const at = iso(now);
  if (verb === 'reject_decision') return rejectDecision(memory, id, by, at);
  const decision = await changing(tell, async (tx) => {
    // Without the model of vectors: one that fails would take the transaction with it.
    const store = { pool: tx };
    const after =
      verb === 'take_back_decision'
        ? await revokeDecision(store, id, by, at)
        : verb === 'edit_decision'
          ? await reviseDecision(store, id, changes, by, at)
          : await confirmDecision(store, id, by, at, changes);
    return { after, alerts: await tellDecision(tx, after, person.role, at) };
  });
  await embedSoon(memory, now);
  return decision;
}

/** The alerts of what it answers say it. One that is taken back is said also where the stop is over. */
async function tellDecision(
  tx: Db,
  { exception, response, status }: Decision,
  role: string,
  at: IsoTime,
): Promise<string[]> {
  if (exception === null) return [];
  if (status === 'revoked') return addToTimeline(tx, exception, `The ${role} took back: ${response}`, at);
  if (status !== 'confirmed') return [];
  return updateException(tx, exception, { text: `The ${role} decided: ${response}` }, at);
}

/** Only what a form may change; a list is written with semicolons. */
function changesOf({ inputs }: Press): DecisionChange {
  const { response, constraint, tradeoffs } = inputs ?? {};
  return {
    ...(response?.trim() ? { response: response.trim() } : {}),
    ...(constraint?.trim() ? { constraint: constraint.trim() } : {}),
    ...(tradeoffs === undefined
      ? {}
      : {
          tradeoffs: tradeoffs
            .split(';')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        }),
  };
}

const changesNothing = (changes: DecisionChange, before: Decision): boolean =>
  (changes.response ?? before.response) === before.response &&
  (changes.constraint ?? before.constraint) === before.constraint &&
  (changes.tradeoffs ?? before.tradeoffs).join(';') === before.tradeoffs.join(';');
