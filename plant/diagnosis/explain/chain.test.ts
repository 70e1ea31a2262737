import { expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { caseOf, signal } from '../testing/cases.ts';
import { alarm, at, draw } from '../testing/drawing.ts';
import { lineOf, plantOf } from '../testing/plants.ts';

const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);
const plant = plantOf([lineOf('line-3', 'press > tester > packer > palletizer')], {
  utilities: [
    {
      id: 'chilled-water',
      name: 'Chilled water',
      kind: 'chilled_water',
      serves: ['line-3.press', 'line-3.packer'],
      signals: [{ name: 'temperature', unit: '°C' }],
    },
  ],
  systems: [],
});
const warm = signal('chilled-water', 'temperature', '°C', 12, (s) => 12 + Math.max(0, s - 100) / 30);
const told = (packer: number) =>
  diagnose(
    caseOf({
      plant,
      records: [
        draw(
          'line-3',
          `
  press      ${E(24, 'A')}
  tester     ${E(42, 'S')}
  packer     ${E(packer, 'A')}
  palletizer ${E(45, 'S')}`,
        ),
        alarm(240, 'line-3.press', 'T1', 'Cooling water too warm'),
        alarm(packer * 10, 'line-3.packer', 'T1', 'Cooling water too warm'),
      ],
      signals: [warm],
    }),
  );

it('goes from what is shared to a machine that it hit before the one beside it could', () => {
  const found = told(30);
  expect(found.place).toBe('chilled-water');
  expect(found.chain.map(({ from, to, at: when }) => [from, to, when])).toEqual([
    ['chilled-water', 'line-3.packer', at(300)],
    ['line-3.packer', 'line-3.palletizer', at(450)],
  ]);
});

it('never tells a machine that stood before the one that is said to have stopped it', () => {
  for (const packer of [26, 30, 34, 38, 42, 44]) {
    const times = told(packer).chain.map(({ at: when }) => Date.parse(when));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
  }
});
