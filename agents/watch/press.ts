/** What buttons mean, the same from every surface: of alerts here, of decisions and of causes in rooms of their own. */
import { alertById, changeAlert } from '../../memory/exceptions/alerts.ts';
import type { Memory } from '../../memory/open.ts';
import { shelfS, type AlertVerb } from '../../plant/alert.ts';
import { AndonError } from '../../plant/errors.ts';
import type { Notice } from '../../plant/message.ts';
import type { Press, Reply } from '../../plant/surface.ts';
import { iso, type Clock } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import { allowAt, type Allow } from './allow.ts';
import { openCorrect } from './correct.ts';
import { openDecide } from './decide.ts';
import type { Tell } from './tell.ts';

type Options = { memory: Memory; look: Look; tell: Tell; clock: Clock; changed: () => void };

/** What people do with an alert itself, and what they are told then. */
const saidOf = {
  acknowledge: 'It is yours.',
  snooze: `Quiet for ${shelfS / 60} minutes.`,
  not_a_problem: 'Closed. Thank you, that helps next time.',
} as const satisfies Partial<Record<AlertVerb, string>>;
type AlertPress = keyof typeof saidOf;

/**
 * Does what a press means. The change is committed before anything is said.
 * Throws `AndonError`: `forbidden` without the right, `not_found`, `conflict` when somebody was first.
 */
export function openPress(options: Options): (press: Press) => Promise<Reply> {
  const allow = allowAt(options.look.plant);
  const correct = openCorrect({ ...options, allow });
  const decide = openDecide({ ...options, allow });
  return async (press) => {
    switch (press.verb) {
      case 'acknowledge':
      case 'snooze':
      case 'not_a_problem':
        return pressAlert(options, allow, press, press.verb);
      case 'do_this':
      case 'edit_decision':
      case 'confirm_decision':
      case 'reject_decision':
      case 'take_back_decision':
        return decide(press);
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
}

/** Takes, snoozes or closes an alert. */
async function pressAlert(
  { memory, tell, clock }: Options,
  allow: Allow,
  press: Press,
  verb: AlertPress,
): Promise<Notice> {
  const row = await alertById(memory.pool, press.subject);
  if (!row) throw new AndonError('not_found', 'This alert is no longer kept.', 'Look at what is open.');
  allow(press, row.line);
  const by = { by: `the ${press.person.role}`, person: press.person.id };
  await tell.inOneTransaction(async (tx) => [(await changeAlert(tx, row.id, verb, by, iso(clock()))).id]);
  return {
    kind: 'notice',
    key: `${row.id}-${verb}`,
    firstLine: saidOf[verb],
    text: '',
    private: true,
  };
}
