import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import type { Concept } from './words.ts';

const languages = [en, de, es, fr, it, pt, nl, pl];

/** What all languages say of one concept. Vendors and people of one plant mix them, so all are read at once. */
export const abroad = (concept: Concept): readonly string[] =>
  languages.flatMap((words) => words[concept] ?? []);
