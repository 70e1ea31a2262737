/** What every chat surface says in the same words, before it takes the surface's own shape. Plain text only. */
import type { Plant } from '../../plant/equipment.ts';
import type { Evidence } from '../../plant/evidence.ts';
import type { AlertMessage, Answer, FormMessage, Message, Suggestion } from '../../plant/message.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { whyLines, whyOf } from './why.ts';

/** What a renderer must know of the plant: shown times are the plant's. */
export type Words = { timezone: string; now: Millis; plant: Plant };

/** One block of plain text: a paragraph, or a list of items. */
type Block = { kind: 'paragraph'; text: string } | { kind: 'list'; items: string[] };

/** The paragraphs and lists of a message's `text`. */
export function blocksOf(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const lines = part.split('\n');
      const said = lines.filter((line) => !line.startsWith('- ')).join(' ');
      const items = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
      const blocks: Block[] = [];
      if (said.trim() !== '') blocks.push({ kind: 'paragraph', text: said });
      if (items.length > 0) blocks.push({ kind: 'list', items });
      return blocks;
    });
}

/** `Evidence: 5 records from OPC UA, SAP S/4HANA`. */
export function evidenceTitle(evidence: readonly Evidence[]): string {
  const systems = [...new Set(evidence.map(({ system }) => system))].join(', ');
  return `Evidence: ${evidence.length} ${evidence.length === 1 ? 'record' : 'records'} from ${systems}`;
}

/** `OPC UA, 14:05: alarm "Jam at infeed" came`. */
export const evidenceLine = (one: Evidence, words: Words): string =>
  `${one.system}, ${localWhen(millis(one.at), words.timezone, words.now)}: ${one.says}`;

/** The causes that were looked at and what was ruled out, a line each; empty where `text` says it all. */
export function lookedAt({ diagnosis, text }: Answer | AlertMessage, { plant }: Words): string[] {
  const why = diagnosis && whyOf(diagnosis, plant);
  return why ? whyLines(why, text) : [];
}

/** Who phrased the answer; said once per answer, so that nobody takes it for a person. */
export function phrasedBy({ model, fellBack }: Answer): string {
  const who =
    model === 'offline'
      ? 'Answered by rules from the plant’s records'
      : `Phrased by ${model}; figures from the plant’s records`;
  return fellBack ? `${who}. ${fellBack}` : who;
}

/** State and severity in words, because colour and emoji alone do not reach everybody. */
export function stateWords({ state, severity }: AlertMessage): string {
  const said = { open: 'Open', acknowledged: 'Taken', shelved: 'Snoozed', resolved: 'Over' }[state];
  return state === 'resolved' ? said : `${said}, ${severity} severity`;
}

/** What could be done, why, and what it did last time. */
export const suggestionLine = ({ label, why, lastTime }: Suggestion): string =>
  [label, ...[why, lastTime ?? ''].filter((one) => one !== '')].map(sentence).join(' ');

/** The facts of a decision or a correction as they are read, the fields of a draft with them. */
export const formFacts = ({ facts, fields }: FormMessage): { label: string; value: string }[] => [
  ...facts,
  ...fields.map(({ label, value }) => ({ label, value: value || '(nothing yet)' })),
];

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** The whole message as plain text, for screens that show nothing else. */
export function plainText(message: Message): string {
  const lines = [message.firstLine];
  if ('text' in message && message.text !== '') lines.push(message.text);
  if (message.kind === 'alert') lines.push(stateWords(message), ...message.suggestions.map(suggestionLine));
  if (message.kind === 'decision' || message.kind === 'correction')
    lines.push(...formFacts(message).map(({ label, value }) => `${label}: ${value}`));
  return lines.join('\n\n');
}

/** At most `length` characters, cut between code points; what is cut is said with three dots. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  // A half of a surrogate pair is no character.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Parts of at most `length` characters, broken at a line or a space where there is one. */
export function parts(text: string, length: number): string[] {
  const made: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const window = rest.slice(0, length);
    const space = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '));
    let end = space > length / 2 ? space : length;
    if (/[\uD800-\uDBFF]/.test(rest[end - 1] ?? '')) end -= 1;
    made.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') made.push(rest);
  return made;
}
