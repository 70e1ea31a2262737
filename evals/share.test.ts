import { expect, test } from 'vitest';
import { mean, quantile, ratioOf, shareOf } from './share.ts';

const cases = (right: number, wrong: number) => [
  ...Array.from({ length: right }, () => true),
  ...Array.from({ length: wrong }, () => false),
];

test('a share has its count and an interval that holds it', () => {
  const share = shareOf(cases(80, 20), (one) => one);
  expect(share).toMatchObject({ right: 80, n: 100, share: 0.8 });
  // A binomial of 100 draws at 0.8 has a standard deviation of 0.04.
  expect(share.low).toBeCloseTo(0.72, 1);
  expect(share.high).toBeCloseTo(0.88, 1);
});

test('the interval shrinks with the number of cases, and is the same each time', () => {
  const width = (n: number) => {
    const { low, high } = shareOf(cases(n * 0.8, n * 0.2), (one) => one);
    return (high ?? 0) - (low ?? 0);
  };
  expect(width(1_000)).toBeLessThan(width(100) / 2);
  expect(shareOf(cases(8, 2), (one) => one)).toEqual(shareOf(cases(8, 2), (one) => one));
});

test('where all agree the interval does not pretend to be a point; without cases there is no share', () => {
  expect(shareOf(cases(30, 0), (one) => one)).toEqual({ right: 30, n: 30, share: 1, low: 0.9, high: 1 });
  expect(shareOf(cases(0, 30), (one) => one)).toEqual({ right: 0, n: 30, share: 0, low: 0, high: 0.1 });
  expect(shareOf([], () => true)).toEqual({ right: 0, n: 0, share: null, low: null, high: null });
});

test('a ratio adds both sides, and what counts against it lowers it', () => {
  expect(
    ratioOf([
      [3, 4],
      [-1, 1],
    ]),
  ).toMatchObject({ right: 2, n: 5, share: 0.4 });
});

test('quantiles and means of a list', () => {
  expect(quantile([5, 1, 3, 2, 4], 0.5)).toBe(3);
  expect(quantile([], 0.5)).toBeNull();
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean([])).toBeNull();
});
