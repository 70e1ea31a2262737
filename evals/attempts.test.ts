import { expect, test } from 'vitest';
import { counting, openSeedsRefusal, readAttempts } from './attempts.ts';
import { drawRiskCoverage, riskCoverage } from './report/risk-coverage.ts';
import { judged } from './stops/testing/judged.ts';

test('each look at a range adds one; the seeds for tuning are not counted', () => {
  const once = counting([], { from: 7_001, to: 7_200 });
  expect(counting(once, { from: 7_001, to: 7_200 })).toEqual([{ seeds: '7001-7200', times: 2, note: '' }]);
  expect(counting(once, { from: 1, to: 100 })).toEqual(once);
  expect(readAttempts().some(({ seeds }) => seeds === '9001-9050')).toBe(true);
});

test('a look at a part is a look at the whole, and the part is not fresh', () => {
  const whole = [
    { seeds: '7001-7200', times: 2, note: '' },
    { seeds: '7300-7400', times: 1, note: '' },
  ];
  expect(counting(whole, { from: 7_150, to: 7_160 })).toEqual([
    { seeds: '7001-7200', times: 3, note: '' },
    { seeds: '7300-7400', times: 1, note: '' },
    { seeds: '7150-7160', times: 3, note: 'shares seeds with 7001-7200, whose looks count' },
  ]);
  expect(counting(whole, { from: 7_200, to: 7_300 }).map(({ times }) => times)).toEqual([3, 2, 3]);
  expect(counting(whole, { from: 7_001, to: 7_200 })).toHaveLength(2);
});

test('figures of seeds that are open for tuning are not reported', () => {
  expect(openSeedsRefusal({ from: 1, to: 60 })).toContain('open for tuning');
  expect(openSeedsRefusal({ from: 2_999, to: 3_200 })).not.toBeNull();
  expect(openSeedsRefusal({ from: 3_000, to: 3_200 })).toBeNull();
});

test('risk and coverage: the surest first', () => {
  const sure = { ...judged({}), p: 0.9 };
  const wrong = { ...judged({ ranked: ['drive_trip'] }), p: 0.4 };
  const points = riskCoverage([wrong, sure]);
  expect(points).toEqual([
    { coverage: 0.5, precision: 1, p: 0.9 },
    { coverage: 1, precision: 0.5, p: 0.4 },
  ]);
  const picture = drawRiskCoverage([{ name: 'all', colour: '#123', points }], {
    coverage: 0.5,
    precision: 1,
  });
  expect(picture).toMatch(/^<svg [\s\S]*<polyline [\s\S]*<circle [\s\S]*<\/svg>\n$/);
  expect(picture).not.toMatch(/NaN|undefined/);
});
