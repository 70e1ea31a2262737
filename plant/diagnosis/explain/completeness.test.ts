import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import type { SourceCoverage } from '../stop-case.ts';
import { coverageOf } from '../testing/cases.ts';
import { startOfDrawing } from '../testing/drawing.ts';
import { held } from '../testing/ten.ts';
import { sceneOf } from '../scene.ts';

const from = startOfDrawing;
const to = startOfDrawing + 600_000;
type Gap = SourceCoverage['gaps'][number];
const gap = (equipment: string | null, more: Partial<Gap> = {}): Gap => ({
  from,
  to,
  equipment,
  reason: 'No connection',
  ...more,
});
const withGaps = (...gaps: Gap[]) => {
  const { case: given } = held();
  return { ...given, coverage: coverageOf({ machines: { gaps } }) };
};
const missing = (...gaps: Gap[]) => diagnose(withGaps(...gaps)).completeness.missing;

describe('what an answer says to lack', () => {
  it('names the machines of one lost connection together, and counts what it does not name', () => {
    const names = ['filler', 'capper', 'labeller', 'packer', 'palletizer'];
    const told = missing(...names.map((name) => gap(`line-3.${name}`)));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^No data of .* for filler, capper, labeller and 2 more /i);
  });

  it('says how many gaps more there are than it tells', () => {
    const five = [0, 1, 2, 3, 4].map((n) => gap('line-3.filler', { from: from + n * 60_000 }));
    const told = missing(...five);
    expect(told).toHaveLength(4);
    expect(told[3]).toMatch(/ has 2 more times without data\.$/);
  });

  it('says what of it is missing, the gravest first', () => {
    const told = missing(
      gap(null, { only: 'alarms' }),
      gap('line-3.filler', { only: 'values' }),
      gap('line-3.capper'),
    );
    expect(told.map((one) => one.split(' of ')[0])).toEqual(['No data', 'No values and alarms', 'No alarms']);
  });
});

describe('what a gap hides', () => {
  it.each([
    [undefined, ['dark', 'dark', 'dark']],
    ['values', ['healthy', 'dark', 'dark']],
    ['alarms', ['healthy', 'healthy', 'dark']],
  ] as const)('of only %s: states, values, alarms', (only, heard) => {
    const given = withGaps(gap(null, only ? { only } : {}));
    const scene = sceneOf(given);
    expect((['state', 'signal', 'alarm'] as const).map((kind) => scene.hears(kind))).toEqual(heard);
  });

  it('does not make a machine blind whose states are known', () => {
    const known = (only?: Gap['only']) =>
      sceneOf(withGaps(gap('line-3.filler', only ? { only, to: null } : { to: null }))).floor.stands.has(
        'line-3.filler',
      );
    expect([known(), known('values'), known('alarms')]).toEqual([false, true, true]);
  });
});
