import type { Line, Plant } from './equipment.ts';
import { AndonError } from './errors.ts';

/** Something of the plant that has a name. `line`: the id of the line it belongs to; null for utilities and systems. */
export type Named = {
  id: string;
  kind: 'line' | 'machine' | 'supply' | 'dispatch' | 'utility' | 'system';
  name: string;
  aliases: readonly string[];
  line: string | null;
};

type Entry = { thing: Named; keys: readonly string[] };

const numberWords: Readonly<Record<string, string>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, String(value)]),
);
const ordinals: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  fifth: '5',
  sixth: '6',
};
const emptyWords = new Set([
  'the',
  'a',
  'an',
  'on',
  'of',
  'at',
  'in',
  'for',
  'our',
  'no',
  'nr',
  'number',
  's',
]);

/** Words as they are compared: lower case, no accents, letters and digits apart, numbers as digits, small words left out. */
export function plainWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/\p{L}+|\d+/gu) ?? [])
    .filter((word) => !emptyWords.has(word))
    .map((word) => numberWords[word] ?? ordinals[word] ?? word.replace(/^0+(?=\d)/, ''));
}

const plain = (text: string): string => plainWords(text).join(' ');

/** `3` is line 3 where exactly this number ends the line's id or name. */
function lineKeys(line: Line): string[] {
  const keys = [line.id, line.name, ...line.aliases].map(plain);
  for (const key of [plain(line.id), plain(line.name)]) {
    const number = /(?:^| )(\d+)$/.exec(key)?.[1];
    if (number) keys.push(number, `line ${number}`, `l ${number}`, `ln ${number}`, `${number} line`);
  }
  return unique(keys);
}

const unique = (words: readonly string[]): string[] => [...new Set(words)].filter((word) => word !== '');
const lastPart = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** Every way to say a thing of a line: alone, and with the line before or after it. */
function keysOnLine(own: readonly string[], ofLine: readonly string[]): string[] {
  return [...own, ...own.flatMap((key) => ofLine.flatMap((line) => [`${line} ${key}`, `${key} ${line}`]))];
}

const entry = (
  thing: { id: string; name: string; aliases: readonly string[] },
  kind: Named['kind'],
  line: string | null,
  keys: readonly string[],
): Entry => ({
  thing: { id: thing.id, kind, name: thing.name, aliases: thing.aliases, line },
  keys: unique(keys),
});

/** Supply and dispatch of a line, with the default ones that need not be written in the YAML. */
export function portalsOf(line: Line): Named[] {
  const portals = (kind: 'supply' | 'dispatch'): Named[] => {
    const written = line[kind].map(({ id, name, aliases }) => ({ id, kind, name, aliases, line: line.id }));
    const name = kind === 'supply' ? 'Material supply' : 'Dispatch';
    return written.length > 0
      ? written
      : [{ id: `${line.id}.${kind}`, kind, name, aliases: [], line: line.id }];
  };
  return [...portals('supply'), ...portals('dispatch')];
}

function entriesOfLine(line: Line): Entry[] {
  const ofLine = lineKeys(line);
  const machines = line.machines.map((machine) => {
    const own = unique([lastPart(machine.id), machine.name, machine.class, ...machine.aliases].map(plain));
    return entry(machine, 'machine', line.id, [plain(machine.id), ...keysOnLine(own, ofLine)]);
  });
  const portals = portalsOf(line).map((portal) => {
    const own = unique([lastPart(portal.id), portal.name, ...portal.aliases].map(plain));
    return entry(portal, portal.kind, line.id, [plain(portal.id), ...keysOnLine(own, ofLine)]);
  });
  return [entry(line, 'line', line.id, ofLine), ...machines, ...portals];
}

const known = new WeakMap<Plant, readonly Entry[]>();

function entriesOf(plant: Plant): readonly Entry[] {
  let entries = known.get(plant);
  if (!entries) {
    const shared = (things: Plant['utilities'] | Plant['systems'], kind: 'utility' | 'system') =>
      things.map((thing) => entry(thing, kind, null, [thing.id, thing.name, ...thing.aliases].map(plain)));
    entries = [
      ...plant.lines.flatMap(entriesOfLine),
      ...shared(plant.utilities, 'utility'),
      ...shared(plant.systems, 'system'),
    ];
    known.set(plant, entries);
  }
  return entries;
}

/** Everything with a name, in the order of the YAML. */
export const allNamed = (plant: Plant): Named[] => entriesOf(plant).map(({ thing }) => thing);

/** Edits between two words; two letters exchanged count as one (Damerau, optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

const digitsOf = (key: string): string => key.replace(/\D+/g, ' ').trim();

const sorted = (word: string): string => [...word].toSorted().join('');

/**
 * One typo in five letters, two in nine; in four only two exchanged ones, since caps are no cans; none in shorter words.
 * Numbers are never a typo: line 3 is not line 4.
 */
function typos(asked: string, key: string): number | null {
  if (digitsOf(asked) !== digitsOf(key)) return null;
  const letters = Math.min(asked.replace(/[\d ]/g, '').length, key.replace(/[\d ]/g, '').length);
  const exchanged = letters === 4 && sorted(asked) === sorted(key);
  const allowed = letters >= 9 ? 2 : letters >= 5 || exchanged ? 1 : 0;
  if (Math.abs(asked.length - key.length) > allowed) return null;
  const distance = editDistance(asked, key);
  return distance <= allowed ? distance : null;
}

function fits(entries: readonly Entry[], asked: string): Named[] {
  const exact = entries.filter(({ keys }) => keys.includes(asked));
  if (exact.length > 0) return exact.map(({ thing }) => thing);
  const words = asked.split(' ');
  const parts = entries.filter(({ thing }) => {
    const have = [thing.name, ...thing.aliases].map((key) => new Set(plainWords(key)));
    return words.join('').length >= 4 && have.some((key) => words.every((word) => key.has(word)));
  });
  if (parts.length > 0) return parts.map(({ thing }) => thing);
  let best = Infinity;
  let found: Named[] = [];
  for (const { thing, keys } of entries) {
    const distance = Math.min(...keys.map((key) => typos(asked, key) ?? Infinity));
    if (distance === Infinity || distance > best) continue;
    if (distance < best) found = [];
    best = distance;
    found.push(thing);
  }
  return found;
}

/** All things these words may mean, best first; empty where none fits. Understands aliases, typos, `L3`, `three`, `capper on line 3`. */
export function matches(plant: Plant, words: string, kinds?: readonly Named['kind'][]): Named[] {
  const asked = plain(words);
  const entries = entriesOf(plant).filter(({ thing }) => !kinds || kinds.includes(thing.kind));
  return asked === '' ? [] : fits(entries, asked);
}

const nameWithLine = (plant: Plant, thing: Named): string => {
  const line = thing.kind === 'line' ? undefined : plant.lines.find(({ id }) => id === thing.line);
  return line ? `${thing.name} of ${line.name}` : thing.name;
};

function notFound(plant: Plant, words: string, kinds?: readonly Named['kind'][]): AndonError {
  const asked = plain(words);
  const near = entriesOf(plant)
    .filter(({ thing }) => !kinds || kinds.includes(thing.kind))
    .map(({ thing, keys }) => ({ thing, far: Math.min(...keys.map((key) => editDistance(asked, key))) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 4)
    .map(({ thing }) => nameWithLine(plant, thing));
  return new AndonError(
    'not_found',
    `Nothing called "${words.slice(0, 60)}" is known at ${plant.name}.`,
    near.length > 0 ? `The nearest names: ${near.join(', ')}.` : 'No equipment is configured.',
    { details: { nearest: near } },
  );
}

/**
 * The one thing these words mean. `line`: the line the talk is about, used when several fit.
 * Throws `AndonError`: `not_found` names the nearest, `ambiguous` carries `details.choices` (ids).
 */
export function resolveNamed(
  plant: Plant,
  words: string,
  options: { line?: string | null; kinds?: readonly Named['kind'][] } = {},
): Named {
  const found = matches(plant, words, options.kinds);
  const here = options.line ? found.filter(({ line }) => line === options.line) : [];
  const [one, ...others] = here.length > 0 ? here : found;
  if (!one) throw notFound(plant, words, options.kinds);
  if (others.length === 0) return one;
  const choices = [one, ...others];
  throw new AndonError(
    'ambiguous',
    `"${words.slice(0, 60)}" can mean more than one thing.`,
    `Say which: ${choices
      .slice(0, 6)
      .map((choice) => nameWithLine(plant, choice))
      .join(', ')}.`,
    { details: { choices: choices.map(({ id }) => id) } },
  );
}

/** The line these words mean; a machine that only one line has stands for its line. Throws like `resolveNamed`. */
export function resolveLine(plant: Plant, words: string): Line {
  const asLine = matches(plant, words, ['line']);
  const thing =
    asLine.length > 0
      ? resolveNamed(plant, words, { kinds: ['line'] })
      : matches(plant, words, ['machine', 'supply', 'dispatch']).length > 0
        ? resolveNamed(plant, words, { kinds: ['machine', 'supply', 'dispatch'] })
        : null;
  const line = thing && plant.lines.find(({ id }) => id === thing.line);
  if (!line) throw notFound(plant, words, ['line']);
  return line;
}
