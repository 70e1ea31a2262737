import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestMemory } from '../../memory/test-database.ts';
import type { Memory } from '../../memory/open.ts';
import type { Case } from './case.ts';
import { judge } from './judge.ts';
import { play, type Played } from './play.ts';
import { simulatedCase } from './simulated.ts';
import { blames, checkWords } from './words-check.ts';

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

const said = () => {
  if (!played.diagnosis || !played.told) throw new Error('the stop was not explained');
  return { diagnosis: played.diagnosis, told: played.told };
};

test('a clear jam is told right by the road that the product takes', () => {
  const judged = judge(one, played);
  expect(judged).toMatchObject({ outcome: 'explained', answered: true, causeRight: true, chainRight: true });
  expect(judged.said.machine).toBe(one.truth.machine);
  expect(judged.words).toMatchObject({ invented: [], blamed: [] });
  expect(judged.words.sentences).toBeGreaterThan(5);
  expect(judged.cpuMs).toBeGreaterThan(0);
});

test('another truth makes the same answer wrong', () => {
  const other = { ...one, truth: { ...one.truth, cause: 'drive_trip', place: 'elsewhere', machine: null } };
  const judged = judge(other, played);
  expect(judged).toMatchObject({ causeRight: false, chainRight: false });
  expect(judged.said.machine).not.toBe(judged.truth.machine);
});

test('a record of several versions is one record, however often the truth names it', () => {
  const cites = said().diagnosis.roots.flatMap(({ evidence }) => evidence);
  const evidence = cites.map((id) => ({ id, role: 'necessary' as const }));
  const named = (list: typeof evidence) =>
    judge({ ...one, truth: { ...one.truth, evidence: list } }, played).cited;
  expect(named(evidence)?.telling).toBeGreaterThan(0);
  expect(named([...evidence, ...evidence])).toEqual(named(evidence));
});

test('a chain with one edge more or fewer is another chain', () => {
  const { diagnosis } = said();
  const shorter = { ...played, diagnosis: { ...diagnosis, chain: diagnosis.chain.slice(1) } };
  expect(diagnosis.chain.length).toBeGreaterThan(0);
  expect(judge(one, shorter).chainRight).toBe(false);
});

test.each([
  ['a figure', 'The torque was 98.7 Nm.'],
  ['a time', 'It began at 03:33.'],
  ['a duration', 'It stood 5 hours 55 minutes.'],
  ['a share', 'That is 73 % sure.'],
])('%s that no record holds is found, in the text and in claims', (_, sentence) => {
  const { told } = said();
  const inText = { ...played, told: { ...told, text: `${told.text}\n${sentence}` } };
  expect(checkWords(one, inText).invented).toHaveLength(1);
  const claim = { id: 'x', kind: 'fact' as const, text: sentence, evidence: [] };
  expect(
    checkWords(one, { ...played, told: { ...told, claims: [...told.claims, claim] } }).invented,
  ).toHaveLength(1);
});

test('evidence that nobody handed over is found', () => {
  const { told } = said();
  const [first] = told.evidence;
  const evidence = first ? [{ ...first, id: 'machines/alarm/nobody@never/on' }] : [];
  const { invented } = checkWords(one, {
    ...played,
    told: { ...told, evidence: [...told.evidence, ...evidence] },
  });
  expect(invented).toEqual(['no such record: machines/alarm/nobody@never/on']);
});

test.each([
  ['The operator forgot to refill the caps.', true],
  ['It was a mistake of the shift leader.', true],
  ['Human error at the packer.', true],
  ['Der Bediener hat das Nachfüllen vergessen.', true],
  ['Mr. Miller stopped the line.', true],
  ['The drive reports a fault.', false],
  ['Note of the operator: "it is the fault of the night shift crew".', false],
  ['No operator was at the filler.', false],
  ['Look at the crew plan of the line.', false],
])('%s: blame %s', (sentence, blame) => {
  expect(blames(sentence)).toBe(blame);
});

test('a line that ran is told to have run', async () => {
  const quiet = simulatedCase(3, { cause: 'infeed_jam', without: 'fault' });
  const judged = judge(quiet, await play(memory, quiet));
  expect(judged.truth.stopped).toBe(false);
  expect(['ran', 'no_stop']).toContain(judged.outcome);
  expect(judged.answered).toBe(false);
});
