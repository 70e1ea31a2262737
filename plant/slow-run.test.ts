import { expect, test } from 'vitest';
import { ratesOf, slowRunAt } from './slow-run.ts';

const minute = 60_000;
const now = 200 * minute;
const series = (values: readonly number[]) =>
  values.map((value, index): [number, number] => [index * minute, value]);
const flat = (value: number, minutes: number) => Array.from({ length: minutes }, (_, at) => value + (at % 2));

test('a slow run has its beginning, its end, its rate and what is usual', () => {
  const points = series([...flat(80, 60), ...flat(52, 20), ...flat(80, 30)]);
  expect(slowRunAt(points, { from: 70 * minute, to: 70 * minute }, now)).toEqual({
    from: 60 * minute,
    to: 79 * minute,
    rate: 53,
    usual: 81,
  });
  expect(slowRunAt(points, { from: 100 * minute, to: 100 * minute }, now)).toBeNull();
});

test('it goes on while its values are new, and ends with a stand or where no values come', () => {
  const slow = [...flat(80, 60), ...flat(52, 20)];
  const end = (points: readonly [number, number][], at: number) =>
    slowRunAt(points, { from: 0, to: 75 * minute }, at * minute)?.to;
  expect(end(series(slow), 80)).toBeNull();
  expect(end(series(slow), 95)).toBe(79 * minute);
  expect(end(series([...slow, ...flat(0, 60).map(() => 0)]), 140)).toBe(79 * minute);
  const lonely: [number, number][] = [...series(flat(80, 60)), [60 * minute, 50], [125 * minute, 50]];
  expect(slowRunAt(lonely, { from: 60 * minute, to: 120 * minute }, 126 * minute)).toBeNull();
});

test('a stand, a few percent and a moment are no slow run', () => {
  for (const there of [flat(0, 10).map(() => 0), flat(74, 10), [50]])
    expect(
      slowRunAt(
        series([...flat(80, 60), ...there, ...flat(80, 30)]),
        { from: 62 * minute, to: 66 * minute },
        now,
      ),
    ).toBeNull();
  expect(slowRunAt([], { from: 0, to: 0 }, now)).toBeNull();
});

test('a counter tells a rate, also one that counts in cases and is set back', () => {
  const counts = [
    ...Array.from({ length: 40 }, (_, at) => 1_000 + 24 * Math.floor((at * 60) / 24)),
    ...Array.from({ length: 40 }, (_, at) => 24 * Math.floor((at * 36) / 24)),
  ];
  const rates = ratesOf(series(counts));
  const mean = (from: number, to: number) => {
    const part = rates.filter(([at]) => at >= from * minute && at < to * minute).map(([, rate]) => rate);
    return part.reduce((sum, rate) => sum + rate, 0) / part.length;
  };
  expect(mean(5, 40)).toBeCloseTo(60, -0.5);
  expect(mean(50, 80)).toBeCloseTo(36, -0.5);
  expect(rates.every(([, rate]) => rate >= 0 && rate < 80)).toBe(true);
});
