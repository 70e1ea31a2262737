import type { Plant } from '../../plant/equipment.ts';
import type { Person } from '../../plant/person.ts';
import type { Millis } from '../../plant/time.ts';
import { checkCause, checkStanding } from './check-cause.ts';
import { checkFigures } from './check-figures.ts';
import { checkAgo, checkRelations, checkStopTimes } from './check-relations.ts';
import { checkSupport, checkWords, machineGroups, type Against } from './check-support.ts';
import { advises, blames, peopleDoing, tellsOfPeople } from './cause-words.ts';
import { plainly } from './idioms.ts';
import { equipmentIn, knownOf, plainSpaces, sentenceKey, type Known } from './known.ts';
import { apart, normalWords } from './lexicon.ts';
import { hasLinkOrMention, plainLine, plainText, toldLine } from './plain-text.ts';
import { sentencesOf } from './sentences.ts';
import { unitsOf, type Unit } from './units.ts';
import type { ToolResult } from './turn.ts';

/** What is checked: a model's text against the structured results of the same turn. `now` in milliseconds. */
type ToCheck = {
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
  const units = unitsOf(given.results, given.plant);
  // What a tool says itself is repeated as it stands, with what it quotes.
  const own = (line: string): boolean => known.sentences.has(sentenceKey(toldLine(line)));
  const plain = plainText(given.text, (line) => (own(line) ? toldLine(line) : plainLine(line)));
  // Links and mentions are looked for before they are taken out of the text.
  const linked = given.text
    .split(/\r?\n/)
    .filter((line) => !own(line))
    .flatMap(sentencesOf)
    .filter(hasLinkOrMention);
  const raw = new Set(linked.map(plainKey));
  const dropped: { sentence: string; why: string }[] = [];
  const passes = (sentence: string): boolean => {
    const why = raw.has(plainKey(plainText(sentence).firstLine))
      ? 'a link or a mention'
      : whyNot(sentence, known, units, given);
    if (why !== null) dropped.push({ sentence, why });
    return why === null;
  };
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
    linked.length === 0 &&
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

/** Why a sentence may not be sent; null: it stands on the results. */
export function whyNot(
  sentence: string,
  known: Known,
  units: readonly Unit[],
  { plant, people, now }: Omit<ToCheck, 'text' | 'results'>,
): string | null {
  const said = plainSpaces(sentence.replace(/^- |^(?:please )?note that /i, '')).trim();
  const person = people.find(({ name }) => namesPerson(sentence, name));
  if (person) return 'it names a person';
  if (blames.test(said)) return 'it blames people';
  // A tool's own sentence needs no second look.
  if (known.sentences.has(sentenceKey(said))) return checkStanding(said, known, plant);
  const words = plainly(said);
  if (toldOfPeople(words, known)) return 'it tells of people';
  const against: Against = { known, units, plant, now };
  return (
    checkNames(words, known, plant) ??
    checkFigures(sentence, words, known, plant, now) ??
    checkCause(words, known, plant) ??
    checkStanding(words, known, plant) ??
    checkAdvice(words, against) ??
    checkWords(adviceApart(words).rest, against) ??
    checkWhole(words, known, plant) ??
    checkRelations(words, against) ??
    checkStopTimes(words, against) ??
    checkAgo(words, against) ??
    checkSupport(adviceApart(words).rest, against)
  );
}

/** What people did is said only in the words of a result, such as that no operator was at a post. */
function toldOfPeople(words: string, known: Known): boolean {
  const doing = peopleDoing.exec(apart(words).plain)?.[0];
  return tellsOfPeople.test(words) || (doing !== undefined && !known.words.includes(doing));
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

/** "Nothing is missing" only where nothing is; and what was ruled out is not "not ruled out". */
function checkWhole(words: string, known: Known, plant: Plant): string | null {
  const whole = /\b(?:no|nothing|none)\b[^.;]*\b(?:missing|gaps?)\b|\bcomplete\b|\ball (?:data|sources)\b/;
  if (whole.test(words) && !known.complete) return 'something is missing';
  const noStop = /\b(?:never|not|no)\b(?: \w+){0,2} stop\b|n't stop\b/.test(normalWords(words));
  if (known.diagnosis && noStop && machineGroups(words, plant).length === 0) return 'the line did stop';
  return /\b(?:not|n't|cannot|never) (?:be |been |yet )?(?:ruled out|excluded)\b/.test(words)
    ? 'it says that something was not ruled out'
    : null;
}

/** "You should look at the panel": the lead-in, and what is to be done. */
function adviceApart(words: string): { leads: boolean; rest: string } {
  const rest = words.replace(
    /^(?:you should|you could|please|(?:to )?check next:?|next check:?|the next (?:thing|step|check)(?: to do)? is to)\s+/,
    '',
  );
  return { leads: rest !== words, rest };
}

/** Advice is taken over, not made up: all of it stands in what the diagnosis would look at next. */
function checkAdvice(words: string, against: Against): string | null {
  const { leads, rest } = adviceApart(words);
  if (!leads && !advises.test(words) && !orders.test(words)) return null;
  const looks = against.units.filter((unit) => /^(?:check next|draft|a person must)/.test(unit.known.words));
  return checkSupport(rest, { ...against, units: looks }) === null ? null : 'advice that is in no result';
}

/** A sentence that begins with a bare verb tells somebody to do something. "Order 4711" is a name. */
const orders =
  /^(?:look|order|use|run|stop|start|open|close|switch|turn|clear|clean|replace|change|reduce|lower|raise|increase|set|move|take|send|tell|hold|keep|go|inspect|adjust|remove|put|bring|wait|make|let)\b(?! \d| (?:was|is|were|has|had|needs?)\b)/;
