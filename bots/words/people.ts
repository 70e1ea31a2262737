import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { FormMessage, Message, Notice } from '../../plant/message.ts';
import type { Person, Verb } from '../../plant/person.ts';

/** The person with this id on a surface. Throws `forbidden` with what to do when the plant's file does not know them. */
export function knownPerson(
  people: readonly Person[],
  surface: 'slack' | 'teams',
  ids: readonly (string | undefined)[],
): Person {
  const found = personOf(people, surface, ids);
  if (found) return found;
  throw new AndonError(
    'forbidden',
    'You can ask, but I do not know you well enough to act for you.',
    `Whoever set Andon up adds "${surface}: ${ids.find((id) => id) ?? '?'}" to your entry under people.`,
  );
}

/** null: somebody the plant's file does not know; may ask, nothing else. */
export function personOf(
  people: readonly Person[],
  surface: 'slack' | 'teams',
  ids: readonly (string | undefined)[],
): Person | null {
  return people.find((one) => one[surface] !== undefined && ids.includes(one[surface])) ?? null;
}

/** A reply of one line that is nobody else's business. */
export const privately = (firstLine: string, text = ''): Notice => ({
  kind: 'notice',
  key: 'private',
  firstLine,
  text,
  private: true,
});

/** What went wrong, as a reply. */
export const trouble = (error: unknown): Notice => privately(sentenceOf(error));

/** Channel or conversation of a line: its own, else that of `*`. */
export function placesOf(places: Readonly<Record<string, string>>, line: string): readonly string[] {
  const place = places[line] ?? places['*'];
  return place === undefined ? [] : [place];
}

/** Does this press begin a draft? It then comes below what was pressed, which stays what it is. */
export const beginsDraft = (verb: Verb): boolean =>
  verb === 'do_this' || verb === 'wrong_cause' || verb === 'right_cause';

/** The verb with which the fields of a draft are sent. */
export const verbOfForm = ({ kind }: FormMessage) =>
  kind === 'decision' ? ('edit_decision' as const) : ('reword_cause' as const);
/** The id of the draft itself. */
export const subjectOf = (form: FormMessage): string =>
  form.kind === 'decision' ? form.decision : form.correction;

/** The button that a draft needs where its fields are not part of the card. */
export function withChange(message: Message): Message {
  if (message.kind !== 'decision' || message.fields.length === 0) return message;
  if (message.buttons.some(({ verb }) => verb === 'edit_decision')) return message;
  const change = {
    id: `edit_decision-${message.decision}`,
    verb: 'edit_decision' as const,
    subject: message.decision,
    label: 'Change',
    style: 'plain' as const,
  };
  const [first, ...rest] = message.buttons;
  return { ...message, buttons: first ? [first, change, ...rest] : [change] };
}
