import { describe, expect, test } from 'vitest';
import { copied, listsIn, phrasesIn } from './apart.ts';
import { isTest, sourceFiles } from './source-files.ts';

/**
 * Figures of the ranker on simulated stops mean nothing if one of the two copies the other. They may share the
 * contracts of `plant/` and the ids of causes, and nothing else: no module, no table, no sentence.
 */
const contracts = new Set([
  'plant/cause-class.ts',
  'plant/equipment.ts',
  'plant/errors.ts',
  'plant/evidence.ts',
  'plant/own-cause.ts',
  'plant/record.ts',
  'plant/source.ts',
  'plant/state.ts',
  'plant/stop.ts',
  'plant/time.ts',
  'plant/zone.ts',
  'plant/diagnosis/stop-case.ts',
]);

const files = sourceFiles().filter((file) => !isTest(file));
const byPath = new Map(files.map((file) => [file.path, file]));
const roomOf = (start: string) => files.filter(({ path }) => path.startsWith(start));
const ranker = roomOf('plant/diagnosis/').filter(({ path }) => !contracts.has(path));
const simulator = roomOf('simulator/');

function reached(starts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { file } of byPath.get(path)?.imports ?? []) if (file !== null) waiting.push(file);
  }
  return seen;
}

describe('the ranker and the simulator', () => {
  test('reach no module together but the contracts', () => {
    const fromRanker = reached(ranker.map(({ path }) => path));
    const fromSimulator = reached(simulator.map(({ path }) => path));
    expect(ranker.length).toBeGreaterThan(20);
    expect(simulator.length).toBeGreaterThan(50);
    expect([...fromRanker].filter((path) => fromSimulator.has(path) && !contracts.has(path))).toEqual([]);
    expect(
      [...fromSimulator].filter((path) => path.startsWith('plant/diagnosis/') && !contracts.has(path)),
    ).toEqual([]);
    expect([...fromRanker].filter((path) => path.startsWith('simulator/'))).toEqual([]);
  });
  test('read no file of each other', () => {
    const reads = (room: typeof files, other: RegExp) =>
      room.filter(({ text }) => other.test(text.replace(/\/\*[\s\S]*?\*\//g, ''))).map(({ path }) => path);
    expect(reads(ranker, /['"`/]simulator\//)).toEqual([]);
    expect(reads(simulator, /diagnosis\/(?:causes|cues|catalogue|words)/)).toEqual([]);
  });
  test('the contracts hold no table of words or numbers', () => {
    const tables = [...contracts].flatMap((path) =>
      listsIn(byPath.get(path)?.text ?? '').filter(
        ({ kind, items }) => kind === 'numbers' || items.some((item) => item.includes(' ')),
      ),
    );
    expect(tables).toEqual([]);
  });
  test('share no list of words or of numbers', () => {
    const lists = (room: typeof files) =>
      room.flatMap(({ path, text }) => listsIn(text).map((list) => ({ path, list })));
    const [own, others] = [lists(ranker), lists(simulator)];
    expect(own.length).toBeGreaterThan(20);
    expect(others.length).toBeGreaterThan(20);
    const same = own.flatMap((a) =>
      others.flatMap((b) => {
        const items = copied(a.list, b.list);
        return items.length > 0 ? [`${a.path} and ${b.path}: ${items.join(', ')}`] : [];
      }),
    );
    expect(same).toEqual([]);
  });
  test('share no sentence; three words that any vendor would use are seldom the same', () => {
    const phrases = (room: typeof files) => new Set(room.flatMap(({ text }) => [...phrasesIn(text)]));
    const [own, others] = [phrases(ranker), phrases(simulator)];
    const same = [...own].filter((phrase) => others.has(phrase));
    expect(own.size).toBeGreaterThan(100);
    expect(others.size).toBeGreaterThan(100);
    expect(same.filter((phrase) => phrase.split(' ').length > 3)).toEqual([]);
    expect(same.length / own.size, same.join(', ')).toBeLessThan(0.01);
  });
});

describe('a copy would be seen', () => {
  const table = `const words = ['jam', 'stau', 'atasco', 'blocked infeed', 'gate'];`;
  const found = (a: string, b: string) =>
    listsIn(a).flatMap((one) => listsIn(b).map((two) => copied(one, two)));
  test.each([
    ['an array', `export const texts = ["gate", "Jam", "Atasco", "Stau"];`],
    ['words in one string', `const all = 'jam stau atasco gate'.split(' ');`],
    ['a pattern', String.raw`const jams = /\bjam\b|stau|atasco|gate/i;`],
  ])('%s of the same words', (_, other) => {
    expect(found(table, other).flat().toSorted()).toEqual(['atasco', 'gate', 'jam', 'stau']);
  });
  test('numbers, and sentences', () => {
    expect(found('const a = [0.5, 12, 1_000, 7];', 'f([0.5, 12, 1000, 7, 9]);').flat()).toHaveLength(4);
    expect(phrasesIn(`say('Infeed blocked at machine');`)).toContain('infeed blocked at machine');
    expect(
      phrasesIn(`// 'Infeed blocked at machine'\nimport { a } from './infeed blocked at machine.ts';`).size,
    ).toBe(0);
  });
  test('other words are none', () => {
    expect(found(table, `const other = ['drive', 'motor', 'jam', 'belt'];`).flat()).toEqual([]);
  });
});
