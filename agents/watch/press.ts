import { alertById, changeAlert } from '../../memory/exceptions/alerts.ts';
import { exceptionById, updateException } from '../../memory/exceptions/exceptions.ts';
import {
  confirmDecision,
  proposeDecision,
  rejectDecision,
  reviseDecision,
  type DecisionChange,
} from '../../memory/decisions/decisions.ts';
import { decisionById } from '../../memory/decisions/read.ts';
import type { Memory } from '../../memory/open.ts';
import type { AlertVerb } from '../../plant/alert.ts';
import { AndonError } from '../../plant/errors.ts';
import type { DecisionMessage, Notice } from '../../plant/message.ts';
import { mayDo } from '../../plant/person.ts';
import type { Press, Reply } from '../../plant/surface.ts';
import { iso, type Clock } from '../../plant/time.ts';
import { diagnosisOf, responsesTo, type Look } from './alert-card.ts';
import { openCorrect } from './correct.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import { decisionCard } from './decision-card.ts';
import type { Tell } from './tell.ts';

type Options = { memory: Memory; look: Look; tell: Tell; clock: Clock; changed: () => void };

const alertVerbs: Partial<Record<Press['verb'], AlertVerb>> = {
  acknowledge: 'acknowledge',
  snooze: 'snooze',
  not_a_problem: 'not_a_problem',
};
const saidOf: Partial<Record<Press['verb'], string>> = {
  acknowledge: 'It is yours.',
  snooze: 'Quiet for 30 minutes.',
  not_a_problem: 'Closed. Thank you, that helps next time.',
};

/**
 * What a button means, the same from every surface. The change is committed before anything is said.
 * Throws `AndonError`: `forbidden` without the right, `not_found`, `conflict` when somebody was first.
 */
export function openPress({ memory, look, tell, clock, changed }: Options): (press: Press) => Promise<Reply> {
  const correct = openCorrect({ look, tell, clock, allow });
  const by = ({ person }: Press) => ({ by: `the ${person.role}`, person: person.id });
  return async (press) => {
    const verb = alertVerbs[press.verb];
    if (verb) return pressAlert(press, verb);
    switch (press.verb) {
      case 'do_this':
        return draft(press);
      case 'edit_decision':
        return decide(press, (id, who, at) => reviseDecision(memory, id, changesOf(press), who, at));
      case 'confirm_decision':
        return decide(press, (id, who, at) => confirmDecision(memory, id, who, at, changesOf(press)));
      case 'reject_decision':
        return decide(press, (id, who, at) => rejectDecision(memory, id, who, at));
      case 'wrong_cause':
      case 'right_cause':
      case 'choose_cause':
      case 'reword_cause':
      case 'confirm_cause':
      case 'reject_cause':
        return correct(press);
      default:
        throw new AndonError('bad_input', `There is no button "${press.verb}" here.`, 'Reload the page.');
    }
  };

  function allow({ person, verb }: Press, line: string): void {
    if (!mayDo(person, verb, line))
      throw new AndonError(
        'forbidden',
        `As ${person.role} you cannot do this for ${nameOf(line)}.`,
        'Ask a supervisor of the line.',
      );
  }
  function nameOf(line: string): string {
    return look.plant.lines.find(({ id }) => id === line)?.name ?? line;
  }

  async function pressAlert(press: Press, verb: AlertVerb): Promise<Notice> {
    const row = await alertById(memory.pool, press.subject);
    if (!row) throw new AndonError('not_found', 'This alert is no longer kept.', 'Look at what is open.');
    allow(press, row.line);
    await tell.inOneTransaction(async (tx) => [
      (await changeAlert(tx, row.id, verb, by(press), iso(clock()))).id,
    ]);
    return {
      kind: 'notice',
      key: `${row.id}-${verb}`,
      language: look.plant.language,
      firstLine: saidOf[press.verb] ?? 'Done.',
      text: '',
      private: true,
    };
  }

  /** `subject`: the alert and the response that was pressed, parted by `|`. */
  async function draft(press: Press): Promise<DecisionMessage> {
    const [alertId = '', responseId = ''] = press.subject.split('|');
    const row = await alertById(memory.pool, alertId);
    const exception = row ? await exceptionById(memory.pool, row.exception) : null;
    if (!row || !exception)
      throw new AndonError('not_found', 'This alert is no longer kept.', 'Look at what is open.');
    allow(press, row.line);
    const now = clock();
    const responses = await responsesTo(look, exception, now);
    const chosen = responses.find(({ id }) => id === responseId);
    if (!chosen)
      throw new AndonError(
        'conflict',
        'What was suggested has changed since.',
        'Look at the alert again and choose.',
      );
    const diagnosis = await diagnosisOf(look, exception, now);
    const said = diagnosis
      ? sentencesIn(look.plant.language).sayDiagnosis(diagnosis, look.plant, { now })
      : null;
    const decision = await proposeDecision(
      memory,
      {
        line: row.line,
        equipment: exception.place,
        exception: exception.id,
        cause: exception.cause,
        whatHappened: said?.firstLine ?? `${nameOf(row.line)} stands.`,
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

  type Who = { role: string; person: string };
  async function decide(
    press: Press,
    change: (id: string, who: Who, at: string) => ReturnType<typeof confirmDecision>,
  ): Promise<DecisionMessage> {
    const before = await decisionById(memory.pool, press.subject);
    if (!before)
      throw new AndonError(
        'not_found',
        'This decision is no longer kept.',
        'Record it again if it still holds.',
      );
    allow(press, before.line);
    const now = clock();
    const decision = await change(before.id, { role: press.person.role, person: press.person.id }, iso(now));
    if (decision.exception && decision.status === 'confirmed') {
      const { exception } = decision;
      await tell.inOneTransaction((tx) =>
        updateException(
          tx,
          exception,
          { text: `The ${press.person.role} decided: ${decision.response}` },
          iso(now),
        ),
      );
    }
    changed();
    return decisionCard(decision, look.plant, now);
  }
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
