import type { Correction } from '../correction.ts';
import type { Person } from '../person.ts';
import { withoutNames } from '../without-names.ts';

/**
 * What is kept of a person's own words: nothing where place and cause say the same in ours; else the words without
 * the names of people.
 */
export function keptWords(
  { place, cause, words }: Pick<Correction, 'place' | 'cause' | 'words'>,
  people: readonly Person[],
): string {
  if (place !== null && cause !== null && cause !== 'other') return '';
  return withoutNames(words, people, 'somebody');
}
