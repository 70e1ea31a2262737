import { expect, test } from 'vitest';
import { addRows, endOutlet, openOutlet, takeBatch } from './outlet.ts';

test('a recorder that is too slow costs no memory: what is dropped is told as a gap', async () => {
  let drained = 0;
  const outlet = openOutlet({
    source: 'machines',
    clock: () => 0,
    checkpoint: () => ({ at: 'then' }),
    onDrained: () => (drained += 1),
    maxRows: 10_000,
  });
  for (let at = 0; at < 30_000; at += 100)
    addRows(outlet, {
      records: [],
      readings: Array.from({ length: 100 }, (_, n) => ({
        equipment: 'a',
        signal: 's',
        at: at + n,
        value: 1,
      })),
    });
  const ats = [];
  const gaps = [];
  for (let batch = await takeBatch(outlet); batch; batch = await takeBatch(outlet)) {
    if (batch.records.length > 0) endOutlet(outlet);
    expect(batch.checkpoint).toEqual({ at: 'then' });
    ats.push(...batch.readings.map(({ at }) => at));
    gaps.push(...batch.records);
  }
  expect(ats).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  expect(gaps).toMatchObject([
    {
      kind: 'gap',
      equipment: null,
      from: new Date(10_000).toISOString(),
      to: new Date(29_999).toISOString(),
    },
  ]);
  expect(drained).toBe(1);
});
