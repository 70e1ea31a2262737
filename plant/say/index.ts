import type { Plant } from '../equipment.ts';
import * as en from './en.ts';

export type Sentences = typeof en;

/** A language is one file with the functions of `en.ts`; a language without a file is said in English. */
const languages: Partial<Record<Plant['language'], Sentences>> = { en };

export const sentencesIn = (language: Plant['language']): Sentences => languages[language] ?? en;
