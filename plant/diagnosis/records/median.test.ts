import { expect, test } from 'vitest';
import { median, spreadOf } from './median.ts';

test('the middle of an even number lies between the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 2, 30])).toBe(3);
  expect(median([])).toBeNaN();
});

test('a value far off moves neither middle nor spread', () => {
  expect(spreadOf([10, 11, 9, 10, 900])).toEqual({ median: 10, mad: 1 });
});
