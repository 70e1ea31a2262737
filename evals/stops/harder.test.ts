import { expect, test } from 'vitest';
import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import { isProducing } from '../../plant/state.ts';
import { millis } from '../../plant/time.ts';
import type { Case } from './case.ts';
import { harder } from './harder.ts';
import { simulatedCase } from './simulated.ts';

/** A jam of the training seeds with right clocks and every machine seen. */
const plain = simulatedCase(3, { cause: 'infeed_jam', plain: true });
const hard = harder(plain, 60, 3);
const recordsOf = (one: Case) => one.batches.flatMap(({ records }) => records);
const standsOf = (one: Case) =>
  recordsOf(one).filter((record) => record.kind === 'state' && !isProducing(record.state));
const timeOf = (record: { at: string }) => millis(record.at);

test('the machine where it began is late and all others early, each within a minute of the true time', () => {
  const before = recordsOf(plain).filter(({ kind }) => kind === 'state');
  const after = recordsOf(hard).filter(({ kind }) => kind === 'state');
  const off = before.map((record) => {
    const same = after.find(
      (one) => one.equipment === record.equipment && one.observedAt === record.observedAt,
    );
    return { machine: record.equipment, ms: same ? timeOf(same) - timeOf(record) : Number.NaN };
  });
  expect(off.length).toBeGreaterThan(4);
  for (const { machine, ms } of off) {
    const [least, most] = machine === plain.truth.machine ? [40_000, 60_000] : [-60_000, 0];
    expect(ms).toBeGreaterThanOrEqual(least);
    expect(ms).toBeLessThanOrEqual(most);
  }
});

test('another machine stands before, and whoever cites it is misled', () => {
  const added = standsOf(hard).length - standsOf(plain).length;
  const misleading = hard.truth.evidence.filter(({ role }) => role === 'misleading');
  const known = new Set(recordsOf(hard).map(evidenceId));
  expect(added).toBe(1);
  expect(misleading.filter(({ id }) => id.includes('/state/'))).toHaveLength(1);
  expect(
    hard.truth.evidence.filter(({ id }) => !id.includes('/signal/')).every(({ id }) => known.has(id)),
  ).toBe(true);
  expect(hard.truth).toMatchObject({ cause: 'infeed_jam', place: plain.truth.place, answerable: 'yes' });
});

test('the same seed gives the same case', () => {
  expect(harder(plain, 60, 3)).toEqual(hard);
});
