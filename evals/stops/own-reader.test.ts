import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestMemory } from '../../memory/test-database.ts';
import type { Memory } from '../../memory/open.ts';
import { differencesTable } from '../report/figures.ts';
import type { Case } from './case.ts';
import { countsOf } from './figures.ts';
import { unwitnessed } from './own-reader.ts';
import { play, type Played } from './play.ts';
import { simulatedCase } from './simulated.ts';
import { judged } from './testing/judged.ts';
import { checkWords } from './words-check.ts';

/** A stop of the training seeds with every source clear. */
let one: Case;
let played: Played;
let memory: Memory;
beforeAll(async () => {
  memory = await openTestMemory();
  one = simulatedCase(3, { cause: 'infeed_jam', plain: true });
  played = await play(memory, one);
});
afterAll(() => memory.close());

test('what the product says of a clear jam stands in the records it cites', () => {
  const words = checkWords(one, played);
  expect(words.sentences).toBeGreaterThan(5);
  expect(words).toMatchObject({ unwitnessed: [], differs: [] });
});

test.each([
  'The torque was 98.7 Nm.',
  'It began at 03:33.',
  'It stood 5 hours 55 minutes.',
  'That is 73 % sure.',
])('"%s" stands in none', (sentence) => {
  expect(unwitnessed([sentence], one, played)).toEqual([sentence]);
});

test('digits of names and of quoted words are no figures', () => {
  const line = one.plant.lines[0]?.name ?? '';
  expect(unwitnessed([`${line} stopped, "98.7 at 03:33".`], one, played)).toEqual([]);
  const machines = one.plant.lines[0]?.machines.map((each) => ({ ...each, name: 'Extruder 3.5"' })) ?? [];
  const plant = { ...one.plant, lines: one.plant.lines.map((each) => ({ ...each, machines })) };
  const named = ['Extruder 3.5" stopped.', 'Extruder 3.5" stopped at 03:33.'];
  expect(unwitnessed(named, { ...one, plant }, played)).toEqual(named.slice(1));
});

test('it reads with a code of its own', async () => {
  const { readFile } = await import('node:fs/promises');
  const source = await readFile(new URL('own-reader.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/from '[^']*(?:agents|say)\//);
});

test('a sentence that only one reader doubts is told, with who doubts it', () => {
  const plain = judged({});
  const words = { ...plain.words, unwitnessed: ['It made 7 | 8.'], differs: ['It made 7 | 8.', 'At 12:01.'] };
  expect(differencesTable([plain])).toBe('The two readers of figures agree on every sentence.');
  expect(
    differencesTable([{ ...plain, words }])
      .split('\n')
      .slice(2),
  ).toEqual(['| by hand | the second reader | It made 7 / 8. |', '| by hand | the check | At 12:01. |']);
  expect(countsOf([{ ...plain, words }])).toMatchObject({ unwitnessed_figures: 1, readers_differ: 2 });
});
