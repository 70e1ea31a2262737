import { afterAll, expect, test } from 'vitest';
import { openEmbeddings } from './open-embeddings.ts';

const embeddings = openEmbeddings();
afterAll(() => embeddings.close());
const cosine = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

test('sentences that mean the same lie closer than those that share words', async () => {
  const [decided, same, other] = await embeddings.embed([
    'ran with glue outside the specification',
    'who accepted bad adhesive on the stickers',
    'the shift meeting starts outside the office',
  ]);
  expect(decided).toHaveLength(embeddings.dims);
  expect(cosine(decided, decided)).toBeCloseTo(1, 3);
  expect(cosine(decided, same)).toBeGreaterThan(cosine(decided, other));
});

test('a text has the same vector alone and in a batch; empty and long ones have one too', async () => {
  const texts = ['slow the capper down', '', '🔧'.repeat(40), 'x '.repeat(20_000)];
  const together = await embeddings.embed([
    ...texts,
    ...Array.from({ length: 20 }, (_, index) => `text ${index}`),
  ]);
  const [alone] = await embeddings.embed(texts.slice(0, 1));
  expect(together).toHaveLength(24);
  expect(cosine(together[0], alone)).toBeCloseTo(1, 5);
  expect(together.every((vector) => vector.length === 512 && vector.every(Number.isFinite))).toBe(true);
});

test('nothing asked, nothing loaded; closing ends what is under way with a sentence', async () => {
  expect(await embeddings.embed([])).toEqual([]);
  const other = openEmbeddings();
  const [under] = await Promise.allSettled([other.embed(['slow the capper down']), other.close()]);
  expect(under).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
  await expect(other.embed(['again'])).rejects.toMatchObject({ code: 'busy' });
});
