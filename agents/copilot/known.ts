import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import { allNamed } from '../../plant/names.ts';
import { figuresOf, type Figure } from './figures.ts';
import { diagnosisOf } from './answer.ts';
import { plainLine } from './plain-text.ts';
import { sentencesOf } from './sentences.ts';
import type { ToolResult } from './turn.ts';

/** All that the tools of a turn established, in the shape in which a text is held against it. */
export type Known = {
  /** All words of the results, lower case, one space between words. */
  words: string;
  figures: readonly Figure[];
  /** Durations of structured fields, seconds; instants, milliseconds; bare numbers and counts of rows. */
  seconds: readonly number[];
  instants: readonly number[];
  numbers: readonly number[];
  /** Ids of equipment that a result is about or names. */
  equipment: ReadonlySet<string>;
  diagnosis: Diagnosis | null;
  /** False where a result says that something is missing. */
  complete: boolean;
  /** Sentences that a tool itself says, as `sentenceKey` writes them. */
  sentences: ReadonlySet<string>;
};

const secondsKey = /(?:S|_s|[sS]econds)$/;
const minutesKey = /(?:[mM]in(?:utes)?|minutesToRun)$/;
const millisKey = /(?:Ms|_ms)$/;
/** Numbers that are no statement about the plant. */
const innerKeys = new Set(['p', 'version', 'revision', 'severity', 'ms', 'priority']);
/** Lists whose length is a statement: "three stops", not the number of candidates weighed. */
const counted = new Set([
  'stops',
  'orders',
  'alerts',
  'lines',
  'machines',
  'signals',
  'sources',
  'decisions',
  'proposals',
  'equipment',
  'gaps',
]);
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads the structured results of a turn once. */
export function knownOf(results: readonly ToolResult[], plant: Plant): Known {
  const strings: string[] = [];
  const seconds: number[] = [];
  const instants: number[] = [];
  const numbers: number[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (isoTime.test(value)) instants.push(Date.parse(value));
      strings.push(value);
      const plain = plainLine(value);
      // A model's text is read without markup; so is what it repeats.
      if (plain !== value) strings.push(plain);
    } else if (typeof value === 'number' && !innerKeys.has(key)) {
      if (secondsKey.test(key)) seconds.push(value);
      else if (minutesKey.test(key)) seconds.push(value * 60);
      else if (millisKey.test(key)) seconds.push(value / 1000);
      else numbers.push(value);
    } else if (Array.isArray(value)) {
      if (counted.has(key)) numbers.push(value.length);
      for (const one of value) visit(one, key);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) if (name !== 'follow_ups') visit(one, name);
  };
  for (const { structured, refused } of results) visit(structured ?? refused, '');
  const words = plainSpaces(strings.join(' \n '));
  const found = results.map(({ structured }) => structured && diagnosisOf(structured)).find(Boolean) ?? null;
  return {
    words,
    figures: strings.flatMap(figuresOf),
    seconds,
    instants,
    numbers,
    equipment: equipmentIn(words, plant),
    diagnosis: found,
    complete: results.every(({ structured }) => missingOf(structured).length === 0),
    sentences: new Set(results.flatMap(ownSentences)),
  };
}

const missingOf = (structured: Record<string, unknown> | null): string[] =>
  (structured?.['completeness'] as { missing?: string[] } | undefined)?.missing ?? [];

/** What a tool says of itself: its claims, its text, what it lacks, what it would look at next. */
function ownSentences({ structured, refused }: ToolResult): string[] {
  const claims = (structured?.['claims'] ?? []) as { text?: unknown }[];
  const texts = [
    refused,
    structured?.['first_line'],
    structured?.['text'],
    ...claims.map(({ text }) => text),
    ...missingOf(structured),
  ];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => [text, ...text.split('\n').flatMap((line) => [line, plainLine(line)])])
    .flatMap((text) => [text, ...sentencesOf(text)])
    .map((text) => sentenceKey(plainSpaces(text)));
}

export const sentenceKey = (words: string): string =>
  plainSpaces(words)
    .replace(/^\s*-\s+/, '')
    .replace(/[.!?:]+$/, '')
    .trim();

export const plainSpaces = (text: string): string =>
  text.toLowerCase().replace(/[“”]/g, '"').replace(/\s+/g, ' ');

/** Where the names of a thing stand in a text: its name, aliases, its id's last part for machines. */
const patterns = new WeakMap<Plant, readonly { id: string; find: RegExp }[]>();

function patternsOf(plant: Plant): readonly { id: string; find: RegExp }[] {
  let all = patterns.get(plant);
  if (!all) {
    all = allNamed(plant).map(({ id, name, aliases, kind }) => {
      const words = [
        name,
        ...aliases,
        id,
        ...(kind === 'machine' ? [id.slice(id.lastIndexOf('.') + 1)] : []),
      ];
      const number = kind === 'line' ? /\d+$/.exec(name)?.[0] : undefined;
      if (number) words.push(`line ${number}`, `l${number}`);
      const either = words
        .filter((word) => word.length >= 2)
        .map((word) =>
          word
            .toLowerCase()
            .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
            .replace(/[ -]/g, '[ -]'),
        );
      return {
        id,
        find: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${either.join('|')})(?:s|'s)?(?![\p{L}\p{N}])`, 'u'),
      };
    });
    patterns.set(plant, all);
  }
  return all;
}

/** One name in a text: the ids it may mean, and where it stands. */
export type Mention = { key: string; ids: string[]; start: number; end: number };

/** Machines and utilities (or `lines`) in the order of the text. */
export function mentionsIn(words: string, plant: Plant, lines = false): Mention[] {
  const found = new Map<string, Mention>();
  for (const { id, find } of patternsOf(plant)) {
    if (plant.lines.some((line) => line.id === id) !== lines) continue;
    for (const match of words.matchAll(new RegExp(find.source, 'gu'))) {
      const key = match[0].replace(/'?s$/, '');
      const place = `${match.index}`;
      const known = found.get(place);
      if (known) known.ids.push(id);
      else found.set(place, { key, ids: [id], start: match.index, end: match.index + match[0].length });
    }
  }
  return [...found.values()].toSorted((a, b) => a.start - b.start);
}

/** The text without the names of lines, machines, utilities and systems. */
export function withoutNamed(words: string, plant: Plant): string {
  let left = words;
  for (const { find } of patternsOf(plant)) left = left.replace(new RegExp(find.source, 'gu'), ' ');
  return left;
}

/** Ids of everything a text names. A name that several machines carry stands for all of them. */
export function equipmentIn(words: string, plant: Plant): ReadonlySet<string> {
  return new Set(patternsOf(plant).flatMap(({ id, find }) => (find.test(words) ? [id] : [])));
}
