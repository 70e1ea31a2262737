import { expect, test } from 'vitest';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { nextChecks } from '../../simulator/cases/next-checks.ts';
import { causeIds } from './known-causes.ts';
import { looks, nextCheckOf } from './next-check.ts';
import { simulatedCase } from './simulated.ts';

test('every listed cause has a look, and it fits the one that the truth asks for', () => {
  expect(causeIds.filter((id) => looks[id] === undefined)).toEqual([]);
  const unfit = causeIds.filter((id) => !looks[id]?.test((nextChecks[id] ?? '').toLowerCase()));
  expect(unfit).toEqual([]);
});

test('a look for one cause is seldom taken for that of another', () => {
  const taken = causeIds.flatMap((asked) =>
    causeIds
      .filter((id) => id !== asked && looks[id]?.test((nextChecks[asked] ?? '').toLowerCase()))
      .map((id) => `${asked} as ${id}`),
  );
  expect(taken.length, taken.join(', ')).toBeLessThanOrEqual(3);
});

const one = simulatedCase(3, { cause: 'infeed_jam', plain: true });
const machine = one.plant.lines[0]?.machines.find(({ id }) => id === one.truth.place);
const other = one.plant.lines[0]?.machines.find(({ id }) => id !== one.truth.place);
const at = (cause: string, place: string, words: string) => ({ cause, place, words });
const said = (next_check: string | null) =>
  ({
    next_check,
    candidates: [
      at('drive_trip', other?.id ?? '', `a tripped drive at the ${other?.name}`),
      at('infeed_jam', machine?.id ?? '', `a jam at the infeed of the ${machine?.name}`),
    ],
  }) as unknown as Diagnosis;

test.each([
  [`look at the infeed of the ${machine?.name}: is product stuck there?`, 'true cause'],
  [`look at the infeed of the ${other?.name}: is product stuck there?`, 'another'],
  [
    `look at the drive of the ${other?.name}. That tells a tripped drive from a jam at the infeed.`,
    'separates',
  ],
  [`look at the drive of the ${other?.name}. That tells a tripped drive from a quality hold.`, 'another'],
  [null, null],
] as const)('"%s" is judged %s', (sentence, verdict) => {
  expect(nextCheckOf(said(sentence), one)).toBe(verdict);
});
