import { expect, test } from 'vitest';
import { AndonError } from '../../plant/errors.ts';
import { openClosedParts } from './closed-parts.ts';

const minute = 60_000;
const refusal = new AndonError('unauthorised', 'Stock is closed to us.');
const refuse = async (): Promise<never[]> => {
  throw refusal;
};

test('a part that is closed is told, left alone for a while and asked for again; the others go on', async () => {
  let now = 0;
  const parts = openClosedParts(
    () => now,
    (error, part) => (error === refusal ? `${part}: ${error.message}` : null),
  );
  expect(await parts.read('stock', 'stock', refuse)).toEqual([]);
  expect(await parts.read('orders', 'order', async () => [1])).toEqual([1]);
  expect(parts.problems()).toEqual(['stock: Stock is closed to us.']);
  expect(parts.kinds()).toEqual(['stock']);
  now = 14 * minute;
  expect(await parts.read('stock', 'stock', async () => [2])).toEqual([]);
  now = 16 * minute;
  expect(await parts.read('stock', 'stock', async () => [3])).toEqual([3]);
  expect(parts.problems()).toEqual([]);
});

test('what is wrong with the whole system is thrown', async () => {
  const parts = openClosedParts(Date.now, () => null);
  await expect(parts.read('stock', 'stock', refuse)).rejects.toBe(refusal);
  expect(parts.problems()).toEqual([]);
});
