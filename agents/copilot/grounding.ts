import type { Plant } from '../../plant/equipment.ts';
import type { Person } from '../../plant/person.ts';
import type { Millis } from '../../plant/time.ts';
import { checkCause, checkStanding } from './check-cause.ts';
import { checkFigures } from './check-figures.ts';
import { advises, blames, foreignCauses } from './cause-words.ts';
import { equipmentIn, knownOf, plainSpaces, type Known } from './known.ts';
import { hasLinkOrMention, plainText } from './plain-text.ts';
import type { ToolResult } from './turn.ts';

export { plainText } from './plain-text.ts';

/** What is checked: a model's text against the structured results of the same turn. `now` in milliseconds. */
export type ToCheck = {
  text: string;
  results: readonly ToolResult[];
  plant: Plant;
  people: readonly Person[];
  now: Millis;
};

/** `sent: false`: the first line failed or too much did; the tools' own words are to be sent instead. */
export type Checked = {
  sent: boolean;
  firstLine: string;
  text: string;
  dropped: readonly { sentence: string; why: string }[];
};

/** With more than this share of its sentences gone, what is left is no answer any more. */
const mostDropped = 1 / 3;

/**
 * Holds every sentence against the claims: figures, times, dates, ids, names, causes, the word for certainty,
 * blame, advice. A sentence that fails is left out.
 */
export function checkGrounding(given: ToCheck): Checked {
  const known = knownOf(given.results, given.plant);
  const plain = plainText(given.text);
  const raw = new Set(given.text.split(/\r?\n/).flatMap(sentencesOf).filter(hasLinkOrMention).map(plainKey));
  const dropped: { sentence: string; why: string }[] = [];
  const passes = (sentence: string): boolean => {
    const why = raw.has(plainKey(plainText(sentence).firstLine))
      ? 'a link or a mention'
      : whyNot(sentence, known, given);
    if (why !== null) dropped.push({ sentence, why });
    return why === null;
  };
  // Links and mentions are looked for before they are taken out of the text.
  const linked = given.text.split(/\r?\n/).flatMap(sentencesOf).filter(hasLinkOrMention).length;
  const first = sentencesOf(plain.firstLine);
  const firstKept = first.filter(passes);
  const lines = plain.text.split('\n').map((line) => {
    const sentences = sentencesOf(line);
    const kept = sentences.filter(passes);
    return kept.length === 0 && sentences.length > 0 ? null : kept.join(' ');
  });
  const total = first.length + plain.text.split('\n').flatMap(sentencesOf).length;
  const sent =
    plain.firstLine !== '' &&
    firstKept.length === first.length &&
    linked === 0 &&
    dropped.length <= total * mostDropped;
  return {
    sent,
    firstLine: plain.firstLine,
    text: lines
      .filter((line) => line !== null)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    dropped,
  };
}

const plainKey = (text: string): string => plainSpaces(text).trim();

function sentencesOf(line: string): string[] {
  return line
    .split(/(?<=[.!?]["”)]?)\s+(?=["“(\p{Lu}\d-])/u)
    .map((one) => one.trim())
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
}

/** Why a sentence may not be sent; null: it stands on the results. */
export function whyNot(
  sentence: string,
  known: Known,
  { plant, people, now }: Omit<ToCheck, 'text' | 'results'>,
): string | null {
  const words = plainSpaces(sentence.replace(/^- /, '')).trim();
  const person = people.find(({ name }) => namesPerson(sentence, name));
  if (person) return 'it names a person';
  if (blames.test(words)) return 'it blames people';
  // A tool's own sentence needs no second look.
  if (known.words.includes(words.replace(/[.!?]+$/, '')) && words.length > 12)
    return checkStanding(words, known, plant);
  return (
    checkNames(words, known, plant) ??
    checkFigures(sentence, words, known, plant, now) ??
    checkCause(words, known, plant) ??
    checkStanding(words, known, plant) ??
    checkForeign(words, known) ??
    checkAdvice(words, known)
  );
}

const namesPerson = (sentence: string, name: string): boolean =>
  [name, ...name.split(/\s+/).filter((part) => part.length >= 3)].some((part) =>
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])${part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\p{L}\p{N}])`,
      'u',
    ).test(sentence),
  );

/** A name that several machines carry is known where one of them is. A line that is not at the plant never is. */
function checkNames(words: string, known: Known, plant: Plant): string | null {
  const named = [...equipmentIn(words, plant)];
  const groups = new Map<string, string[]>();
  for (const id of named) {
    const key = id.slice(id.lastIndexOf('.') + 1);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  for (const [key, ids] of groups)
    if (!ids.some((id) => known.equipment.has(id))) return `"${key}" is in no result`;
  for (const [said, number] of words.matchAll(/\blines? (\d+)\b/g))
    if (
      !plant.lines.some(({ id, name, aliases }) =>
        [id, name, ...aliases].some((one) => new RegExp(String.raw`\b${number}$`).test(one)),
      )
    )
      return `"${said}" is no line of this plant`;
  return null;
}

function checkForeign(words: string, known: Known): string | null {
  for (const [said] of words.matchAll(foreignCauses))
    if (!known.words.includes(said)) return `"${said}" is in no result`;
  return null;
}

const smallWords = new Set(
  'should must need needs have please with that this then from until before after again first your into them they will would could when where which while there their about'.split(
    ' ',
  ),
);

/** Advice is taken over, not made up: most of its words stand in the results. */
function checkAdvice(words: string, known: Known): string | null {
  if (!advises.test(words)) return null;
  const content = (words.match(/\p{L}{4,}/gu) ?? []).filter((word) => !smallWords.has(word));
  const found = content.filter((word) => known.words.includes(word.slice(0, Math.max(4, word.length - 2))));
  return content.length > 0 && found.length < content.length * 0.6 ? 'advice that is in no result' : null;
}
