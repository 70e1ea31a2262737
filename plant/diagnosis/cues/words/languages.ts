import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import type { Language } from './language.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';

/** Vendors and people of one plant mix languages, so all are read at once. */
const languages: readonly Language[] = [en, de, es, fr, it, pt, nl, pl];

/** What the languages say of one thing, as one pattern. */
export const inAll = (pick: (language: Language) => string | readonly string[] | undefined): string =>
  languages
    .flatMap((language) => pick(language) ?? [])
    .filter((pattern) => pattern !== '')
    .join('|');

/** Short forms of all languages; where two write the same, the first counts. */
export const shortForms: Readonly<Record<string, string>> = Object.assign(
  {},
  ...languages.map((language) => language.shortForms ?? {}).toReversed(),
);
