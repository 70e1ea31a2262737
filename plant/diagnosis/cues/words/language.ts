import type { RecordOf } from '../../../record.ts';
import type { Measure } from '../../records/measure.ts';

/** What an alarm, a note, a reason or a state can be about. */
export type Concept =
  // A machine.
  | 'jam'
  | 'drive'
  | 'sensor'
  | 'lights'
  | 'comms'
  | 'fieldbus'
  | 'safety'
  | 'zone'
  | 'cold'
  | 'hot'
  | 'heat'
  | 'airing'
  | 'leak'
  | 'fill'
  | 'rejects'
  // Material and quality.
  | 'empty'
  | 'shortage'
  | 'wanting'
  | 'badLot'
  | 'noRead'
  | 'mismatch'
  | 'hold'
  | 'held'
  | 'drift'
  | 'control'
  | 'setting'
  | 'checking'
  // People.
  | 'nobody'
  | 'mechanic'
  | 'startUp'
  // Utilities and systems.
  | 'air'
  | 'power'
  | 'cooling'
  | 'server'
  | 'network'
  // Before and behind the line.
  | 'dispatch'
  | 'upstream'
  | 'ready'
  | 'notReady'
  | 'starved'
  | 'blocked'
  /** What befalls a plant and no cause of a catalogue is: fire, water, animals, an accident, a drill. */
  | 'mishap'
  // Planning.
  | 'changeover'
  | 'cleaning'
  | 'noOrder';

/** What has to be there and is not: the lack of it is the fault ("no communication"), not its denial. */
export type Needed = 'comms' | 'server' | 'air' | 'power' | 'cooling';

export type Activity = RecordOf<'calendar'>['activity'];

/** What runs out, by whatever name an alarm, a tag or a parts list calls it. */
export type Thing = 'cap' | 'lid' | 'label' | 'carton' | 'film' | 'glue' | 'screw' | 'ink' | 'pallet';

/**
 * All words of one language, as patterns: lower case, without accents, `\\w` and `|` as in any regular expression.
 * To add one, copy the file of a language near to it, write its words, and name it in `languages.ts`; nothing else
 * has to change. A list may be empty.
 */
export type Language = Readonly<{
  denial: Readonly<{
    /** `not`, also between two words of a pattern: "Fotocellula non sporca" is clean. */
    not: string;
    /** `no`, `without`: what follows is denied, or lacking. */
    without: string;
    /** Other words that deny what follows. */
    never?: string;
    /** Words of lacking alone: "plus de bourrage" may also be more of it. */
    noMore?: string;
    /** What may stand between the denial and what is denied. */
    between?: string;
    /** "No communication error" denies what "no communication" says. */
    trouble: string;
  }>;
  /** Each at the beginning of a word of an alarm, a note, a reason or a name. */
  says: Readonly<Record<Concept, readonly string[]>>;
  lacks: Readonly<Partial<Record<Needed, string>>>;
  /** States that the plant's map does not name. `production`: nouns that say so where they stand alone. */
  states: Readonly<{ running: string; production: string; standing: string; fault: string }>;
  /** Whole words of an alarm that tell nothing: "Sammelstörung", "Group fault". */
  vague: string;
  /** What the MES calls a planned stand, each at the beginning of a word. */
  plans: Readonly<Partial<Record<Activity, readonly string[]>>>;
  /** Anywhere in the name of a tag: lower case, no accents, an umlaut as two letters (`fuellstand`). */
  tags: Readonly<Partial<Record<Measure, string>>>;
  /** Whole words for one thing. */
  things: Readonly<Partial<Record<Thing, string>>>;
  /** What panels with eight or sixteen characters to a line write for short. */
  shortForms?: Readonly<Record<string, string>>;
}>;

/**
 * Temperature and its short forms, never time or pace (`temps`, `tempo`, `Tempo`, `temporizador`), a template or an
 * attempt. All languages are read at once, so this is one for all.
 */
export const temp = '(?<!at)temp(?!s\\b|os?\\b|i\\b|or|omat|l|est|r[ae]n)\\w*';

/** Electricity, where a language has one word for it and for what feeds a machine with product. */
export const electric = '( (24|\\d+ ?v\\b|elettric|electri|elektr|secteur|rete|red\\b|rede|tension|tensao))';

/** "Un-planned", "on-gepland", "nie planowana" are the opposite. */
export const notUn = '(?<!(un|on|nie|not|non|no|nao|niet|nicht) )';

/** A program and a machine are paused, too: only the word alone, or with how long. */
export const alone = (word: string): string => `^${word}( (breve|court|kurz)\\w*| \\d+| min\\w*)*$`;
