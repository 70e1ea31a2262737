import type { Person } from './person.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * The text with the names of these people replaced, by their roles unless `by` says otherwise: full names and
 * handles in any case, single parts of a name only with a capital, so that "will" and "mark" stay words.
 */
export function withoutNames(
  text: string,
  people: readonly Person[],
  by: (person: Person) => string = ({ role }) => `the ${role}`,
): string {
  let safe = text;
  for (const person of people) {
    const { name, id, slack, teams } = person;
    const said = by(person);
    const parts = name.split(/\s+/).filter((part) => part.length >= 3);
    // An id that is a plain word is one only after an at-sign.
    const handles = [slack, teams, /[._\d-]/.test(id) ? id : `@${id}`].filter((word) => word !== undefined);
    safe = safe
      .replace(around(name, 'gu'), said)
      .replace(around(name.toLowerCase(), 'gu'), commonWords(name) ? '$&' : said);
    for (const word of handles) safe = safe.replace(around(word, 'giu'), said);
    for (const part of parts) safe = safe.replace(around(part, 'gu'), said);
  }
  return safe;
}

/** First and last name both common English words: only their capitals tell that a person is meant. */
const commonWords = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/\s+/)
    .every((part) => common.has(part));
const common = new Set(
  'will mark grace rose may june april art bill rob sue pat dean frank drew grant chase hope joy faith long short black white brown green young king baker cook fisher hunter mason stone wood field hill banks price'.split(
    ' ',
  ),
);

const around = (word: string, flags: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])@?${escaped(word)}(?![\p{L}\p{N}])`, flags);
