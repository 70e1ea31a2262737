import type { Plant } from '../../plant/equipment.ts';
import { diagnosisOf } from './answer.ts';
import { causeWords } from './cause-words.ts';
import { equipmentIn, knownOf, withoutNamed, plainSpaces, type Known } from './known.ts';
import { apart, deniesAnything, normalWords, stemsOf } from './lexicon.ts';
import { cutOutsideQuotes } from './sentences.ts';
import type { ToolResult } from './turn.ts';

/** One thing the results say: what stands together here may be said together. */
export type Unit = {
  words: string;
  stems: ReadonlySet<string>;
  /** Stems of what it quotes: words of people and machines, to be told as theirs. */
  quoted: ReadonlySet<string>;
  /** Ids of what it is about: named outside of what it quotes. */
  equipment: ReadonlySet<string>;
  known: Known;
  causes: ReadonlySet<string>;
  /** It says that something is not so; null: it says both. */
  denies: boolean | null;
  /** A record's own words, not a conclusion. */
  record: boolean;
  /** Names what was ruled out, so that it denies without a word for it. */
  ruledOut: boolean;
};

type Text = {
  text: string;
  at?: string;
  denies?: boolean | null;
  record?: boolean;
  ruledOut?: boolean;
  numbers?: Record<string, unknown>;
};

/** Everything the results of a turn say, piece by piece: claims, records, gaps, rows. */
export function unitsOf(results: readonly ToolResult[], plant: Plant): Unit[] {
  return results.flatMap(({ structured, refused }) => {
    if (!structured) return refused ? piecesOf(refused).map((text) => unitOf({ text }, plant)) : [];
    return textsOf(structured, plant).map((one) => unitOf(one, plant));
  });
}

function textsOf(structured: Record<string, unknown>, plant: Plant): Text[] {
  const texts: Text[] = [];
  const list = (key: string): Record<string, unknown>[] => {
    const value = structured[key];
    return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
  };
  for (const { text } of list('claims')) if (typeof text === 'string') texts.push(...claimTexts(text));
  for (const key of ['first_line', 'text'])
    if (typeof structured[key] === 'string')
      texts.push(...structured[key].split('\n').flatMap((line) => claimTexts(line.replace(/^- /, ''))));
  for (const { says, system, at, equipment } of list('evidence'))
    texts.push({
      text: `${String(system)}: ${String(says)}. ${String(equipment ?? '')}`,
      at: String(at),
      record: true,
    });
  const systems = list('evidence').map(({ system }) => String(system));
  if (systems.length > 0) texts.push({ text: `records of ${[...new Set(systems)].join(', ')}` });
  const missing = (structured['completeness'] as { missing?: string[] } | undefined)?.missing ?? [];
  for (const text of missing) texts.push({ text });
  for (const row of rowsIn(structured)) texts.push({ text: stringsOf(row), numbers: row, denies: null });
  const found = diagnosisOf(structured);
  if (!found) return texts;
  const line = plant.lines.find(({ id }) => id === found.stop.line)?.name ?? found.stop.line;
  texts.push({
    text: `${line} stop ${found.stop.to === null ? '' : 'rerun'} cause`,
    numbers: {
      from: found.stop.from,
      ...(found.stop.to === null ? {} : { to: found.stop.to }),
      durationS: found.stop.durationS,
    },
  });
  for (const { words, because } of found.ruled_out)
    texts.push(
      { text: words, denies: true, ruledOut: true },
      { text: because },
      { text: `${words}: ${because}`, denies: true, ruledOut: true },
    );
  for (const text of found.unknown) texts.push({ text });
  if (found.next_check) texts.push(...claimTexts(`Check next: ${found.next_check}`));
  for (const { words } of found.candidates) texts.push({ text: words });
  return texts;
}

/** A claim as a whole where it says one thing, and each of its parts. */
function claimTexts(text: string): Text[] {
  const parts = piecesOf(text);
  if (parts.length < 2) return [{ text }];
  const denied = parts.map((part) => deniesAnything(apart(part).plain.toLowerCase()));
  const mixed = denied.some((one) => one !== denied[0]);
  return mixed ? parts.map((part) => ({ text: part })) : [{ text }, ...parts.map((part) => ({ text: part }))];
}

const piecesOf = (text: string): string[] =>
  cutOutsideQuotes(text, /(?<=[.!?])\s+|;\s+|\s*[()]\s*/).filter((one) => /\p{L}/u.test(one));

/** Objects in lists of a result: a stop, an order, a source. Diagnosis, claims and evidence have their own way. */
function rowsIn(structured: Record<string, unknown>): Record<string, unknown>[] {
  const own = new Set(['claims', 'evidence', 'completeness', 'diagnosis', 'facts', 'table', 'follow_ups']);
  const rows: Record<string, unknown>[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      rows.push(value as Record<string, unknown>);
      for (const one of Object.values(value)) if (typeof one === 'object') visit(one);
    }
  };
  for (const [key, value] of Object.entries(structured)) if (!own.has(key)) visit(value);
  return rows;
}

const stringsOf = (row: Record<string, unknown>): string =>
  Object.entries(row)
    .flatMap(([key, value]) =>
      typeof value === 'string'
        ? [`${key.replaceAll('_', ' ')} ${value}`]
        : typeof value === 'number'
          ? [key.replaceAll('_', ' ')]
          : [],
    )
    .join(' \n ');

function unitOf({ text, at, denies, record = false, ruledOut = false, numbers }: Text, plant: Plant): Unit {
  const structured = { text, ...(at ? { at } : {}), ...numbers };
  const { plain, quotes } = apart(plainSpaces(text));
  const words = normalWords(plain);
  const known = knownOf([{ tool: '', structured, refused: null }], plant);
  return {
    words,
    // Names are compared as names; their words are nobody's statement.
    stems: new Set([...stemsOf(withoutNamed(words, plant)), ...stemsOf(withoutNamed(plain, plant))]),
    quoted: new Set(quotes.flatMap((one) => [...stemsOf(one), ...stemsOf(normalWords(one.toLowerCase()))])),
    // The values of a row are no sentence: a quotation mark in one of them parts nothing.
    equipment: numbers ? known.equipment : equipmentIn(plain, plant),
    known,
    causes: new Set(Object.keys(causeWords).filter((cause) => causeWords[cause]?.test(plain))),
    ruledOut,
    denies: denies === undefined ? deniesAnything(plain) : denies,
    record: record || /^[^:]{2,40}, \d\d:\d\d: /.test(text),
  };
}
