import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import { findStops } from '../frame/frame.ts';
import { calmBusiness, caseOf, coverageOf, signal } from '../testing/cases.ts';
import { alarm, at, draw, startOfDrawing } from '../testing/drawing.ts';
import { bottlingPlant, lineIn } from '../testing/plants.ts';
import { clockJumps, steadied, steadySignals } from './jumps.ts';

const plant = bottlingPlant();
const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);
const machines = [
  ...draw(
    'line-3',
    `
  capper     ${E(36, 'B')}
  labeller   ${E(33, 'B')}
  packer     ${E(30, 'H')}
  palletizer ${E(32, 'S')}`,
  ),
  ...alarm(300, 'line-3.packer', 'J1', 'Jam at infeed', 650),
  ...draw('line-3', `rinser ${'EB'.repeat(8)}${E(20, 'B')}`),
];
const iso = (ms: number): string => new Date(ms).toISOString();
/** What came from the machines after `fromS` bears another clock; when it was seen stays. */
const jumped = (byS: number, fromS = 310, toS = Infinity): PlantRecord[] =>
  machines.map((record) => {
    const s = (Date.parse(record.at) - startOfDrawing) / 1_000;
    return s >= fromS && s < toS
      ? { ...record, at: iso(Date.parse(record.at) + byS * 1_000) }
      : { ...record };
  });
const told = (records: readonly PlantRecord[]) =>
  diagnose(caseOf({ plant, records: [calmBusiness(), records], coverage: coverageOf() }));

describe('a source whose clock jumps', () => {
  it.each([
    ['an hour ahead', 3_600],
    ['an hour behind', -3_600],
    ['5 minutes behind', -300],
  ])('%s between the first machine and the last: the same stop, machine and cause', (words, byS) => {
    const found = told(jumped(byS));
    expect(found.stop.from).toBe(at(320));
    expect(found).toMatchObject({ machine: 'line-3.packer', cause: 'infeed_jam' });
    expect(found.chain).toEqual(told(machines).chain);
    expect(found.completeness.missing).toEqual([
      `The clock of OPC UA jumped ${words} at 09:35; its times since then were put right.`,
    ]);
  });

  it('is told where it was off before and was put right', () => {
    const found = told(jumped(3_600, -Infinity, 310));
    expect(found.stop.from).toBe(at(320));
    expect(found).toMatchObject({ machine: 'line-3.packer', cause: 'infeed_jam' });
    expect(found.completeness.missing).toEqual([
      'The clock of OPC UA was an hour ahead until it jumped at 09:35; its times before that were put right.',
    ]);
  });

  it('is put right where stops are listed', () => {
    const window = { from: startOfDrawing, to: startOfDrawing + 1_200_000 };
    const listed = (records: readonly PlantRecord[]) =>
      findStops({ plant, line: lineIn(plant, 'line-3'), records, window, now: window.to });
    expect(listed(jumped(3_600))).toEqual(listed(machines));
    expect(listed(jumped(-3_600))).toHaveLength(1);
  });

  it('takes the values of the machines along, but for those of which nobody knows the clock', () => {
    const values = signal('line-3.packer', 'torque', 'Nm', 20, (s) => s, 1_200);
    const moved = (byS: number) => ({
      ...values,
      points: values.points
        .map(([ms, value]) => [ms + (value >= 310 ? byS * 1_000 : 0), value] as const)
        .toSorted(([a], [b]) => a - b),
    });
    const right = (byS: number) =>
      steadySignals([moved(byS)], clockJumps(jumped(byS)))[0]?.points.map(([ms, value]) => [
        (ms - startOfDrawing) / 1_000 - value,
        value,
      ]);
    const ahead = right(3_600) ?? [];
    expect(ahead).toHaveLength(values.points.length);
    expect(ahead.every(([off]) => off === 0)).toBe(true);
    const behind = right(-300) ?? [];
    // What was stamped in the five minutes that the clock went back over, once before and once after.
    expect(behind.some(([, value = 0]) => value > 0 && value < 620)).toBe(false);
    expect(behind.length).toBeGreaterThan(20);
    expect(behind.every(([off]) => off === 0)).toBe(true);
  });
});

describe('no jump', () => {
  const late = (seenS: (s: number) => number): PlantRecord[] =>
    machines.map((record) => ({
      ...record,
      observedAt: at(seenS((Date.parse(record.at) - startOfDrawing) / 1_000)),
    }));
  it.each([
    ['a past that was read at once', () => 90_000],
    [
      'a past that was read in three minutes, and what came then',
      (s: number) => (s < 340 ? 7_000 + s / 2 : 7_200),
    ],
    ['a connection that was lost for ten minutes', (s: number) => Math.max(s + 1, s > 100 ? 700 : 0)],
    ['a source that is asked every five minutes', (s: number) => Math.ceil(s / 300) * 300 + 1],
    ['a source that is asked every ten minutes', (s: number) => Math.ceil(s / 600) * 600 + 1],
    ['records that always come an hour late', (s: number) => s + 3_600],
  ])('is %s', (_, seenS) => {
    const records = late(seenS);
    expect(clockJumps(records)).toEqual([]);
    expect(steadied(records, [])).toBe(records);
  });
});
