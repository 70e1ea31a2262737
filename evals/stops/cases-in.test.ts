import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemas } from '../cases/schemas.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import { caseIn, casesIn } from './cases-in.ts';
import { judge } from './judge.ts';
import { play } from './play.ts';
import { truthFile, truthOf } from './truth-file.ts';

const cases = join(import.meta.dirname, '../cases');
const example = join(cases, 'example/film-ran-out');
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cases-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const truth = (file: object) => truthOf(truthFile.parse(file), new Set(['l.packer']));

test('the example is read, played and told right', async () => {
  const one = caseIn(example);
  const memory = await openTestMemory();
  const judged = judge(one, await play(memory, one));
  await memory.close();
  expect(judged).toMatchObject({ answered: true, causeRight: true, chainRight: true });
});

test('the schemas beside the example are those of the code', () => {
  for (const [name, text] of Object.entries(schemas))
    expect(readFileSync(join(cases, name), 'utf8'), `run node evals/cases/schemas.ts`).toBe(text);
});

test('one bad file leaves its case out with a sentence; the others go on', () => {
  const broken = (name: string, file: string, text: string | null) => {
    cpSync(example, join(folder, name), { recursive: true });
    if (text === null) rmSync(join(folder, name, file));
    else writeFileSync(join(folder, name, file), text);
  };
  const good = readFileSync(join(example, 'batches.jsonl'), 'utf8');
  broken('a', 'question.txt', null);
  broken('b', 'batches.jsonl', `${good}{"source": "x", "records": [{"kind": "alarm"}]}\n`);
  broken('c', 'batches.jsonl', `${good}{"source": \n`);
  broken('d', 'truth.json', '{"place": "here"}');
  broken('e', 'plant.yaml', 'plant: {id: 7}');
  broken('f', 'question.txt', '\n');
  broken('g', 'truth.json', '{"stop": null}');
  const { cases: read, unreadable } = casesIn(folder);
  expect(read.map(({ one }) => one.name)).toEqual(['g']);
  expect(unreadable).toHaveLength(6);
  const lines = good.split('\n').filter(Boolean).length;
  const starts = [
    'a/question.txt: this file is missing',
    `b/batches.jsonl: line ${lines + 1}: records.0.`,
    `c/batches.jsonl: line ${lines + 1}: `,
    'd/truth.json: a stop needs a cause',
    'e/plant.yaml: ',
    'f/question.txt: there is no question',
  ];
  for (const [index, start] of starts.entries())
    expect(unreadable[index]?.startsWith(start), unreadable[index]).toBe(true);
  expect(() => casesIn(join(folder, 'a/nowhere'))).toThrow('There is no folder');
});

test('what is not said of a truth has a sensible meaning', () => {
  expect(truth({ stop: null })).toMatchObject({ stop: null, cause: 'none', kind: 'no_stop', causes: [] });
  expect(truth({ cause: 'none', place: 'l' })).toMatchObject({ stop: null, kind: 'no_stop' });
  expect(truth({ cause: 'infeed_jam', place: 'l.packer' })).toMatchObject({
    machine: 'l.packer',
    chain: null,
    answerable: 'yes',
    kind: 'single',
    causes: [{ cause: 'infeed_jam', place: 'l.packer', answerable: 'yes' }],
  });
  expect(truth({ cause: 'no_order', place: 'l' }).machine).toBeNull();
  expect(truth({ cause: 'changeover', place: 'l' }).kind).toBe('planned');
  const two = [
    { cause: 'bad_lot', place: 'l.packer' },
    { cause: 'waiting_for_maintenance', place: 'l.packer', answerable: 'no' },
  ];
  expect(truth({ causes: two })).toMatchObject({ cause: 'bad_lot', place: 'l.packer', kind: 'compound' });
  expect(truth({ causes: two }).causes.map(({ answerable }) => answerable)).toEqual(['yes', 'no']);
  const classOf = (file: object) => truth({ place: 'l.packer', ...file }).class;
  expect(classOf({ cause: 'infeed_jam' })).toBe('machine');
  expect(classOf({ cause: 'changeover' })).toBe('planning');
  expect(classOf({ cause: 'wasp_nest' })).toBe('own');
  expect(classOf({ cause: 'wasp_nest', class: 'people' })).toBe('people');
  expect(classOf({ stop: null })).toBeNull();
  expect(() => truth({ cause: 'infeed_jam' })).toThrow('needs a place');
});
