import type { Person } from './person.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * The text with the names of these people replaced: by their roles, for who reads along; by "somebody" for what is
 * kept, because one shift has one supervisor. Full names and handles in any case; of single parts of a name, so
 * that "will" and "mark" stay words, only those with a capital, or, for what is kept, those that are no word.
 */
export function withoutNames(
  text: string,
  people: readonly Person[],
  by: 'role' | 'somebody' = 'role',
): string {
  let safe = text;
  for (const person of people) {
    const { name, id, slack, teams } = person;
    const kept = by === 'somebody';
    const said = kept ? 'somebody' : `the ${person.role}`;
    const parts = name.split(/\s+/).filter((part) => part.length >= (kept ? 2 : 3));
    // An id that is a plain word is one only after an at-sign.
    const handles = [slack, teams, /[._\d-]/.test(id) ? id : `@${id}`].filter((word) => word !== undefined);
    safe = safe
      .replace(around(name, 'gu'), said)
      .replace(around(name.toLowerCase(), 'gu'), commonWords(name) ? '$&' : said);
    for (const word of handles) safe = safe.replace(around(word, 'giu'), said);
    for (const part of parts) {
      const anyCase = kept && part.length >= 3 && !commonWords(part);
      safe = safe.replace(around(part, anyCase ? 'giu' : 'gu'), said);
    }
  }
  return safe;
}

/** Each part a common English word: only their capitals tell that a person is meant. */
const commonWords = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/\s+/)
    .every((part) => common.has(part));
const common = new Set(
  'will mark grace rose may june april art bill rob sue pat dean frank drew grant chase hope joy faith long short black white brown green young king baker cook fisher hunter mason stone wood field hill banks price max don jack rod ray nick rich rusty sandy chip buck skip van von der den del page park lane gates bolt steel power summer winter case major miles'.split(
    ' ',
  ),
);

const around = (word: string, flags: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])@?${escaped(word)}(?![\p{L}\p{N}])`, flags);
