import { expect, test } from 'vitest';
import { judged } from '../stops/testing/judged.ts';
import { aimedOf, inShort, missedOf } from './in-short.ts';

const unmade = { mix: 0, hard: 0, twist: 0, fault: 0, stock: 0 };
const slow = { first: 81, later: 40, laterMedian: 30, why: '', notes: [] };

test('every figure with an aim counts: what is missed is named, what has no case is not reached', () => {
  const said = missedOf(aimedOf([judged({ said: 'drive_trip', ranked: ['drive_trip'] })], slow));
  const [missed, unmeasured, rest] = said.split('. ');
  expect(missed).toMatch(/^Missed: .*cause top1.*95th percentile$/);
  expect(unmeasured).toMatch(/^Not measured: .*abstain unanswerable.*left out of the catalogue/);
  expect(rest).toMatch(/^The other \d+ of \d+ aims are reached/);
});

test('what has no aim stands beside it, and both sets from elsewhere as they are', () => {
  const elsewhere = {
    a: { seen: 'seen', n: 60, place_top1: 0.9 },
    b: { seen: 'not seen', n: 60, place_top1: 0.7 },
  };
  const text = inShort(
    { mix: [judged({})], hard: [judged({})], twists: [], pairs: [], unmade },
    elsewhere,
    null,
  );
  expect(text).toContain('set A (seen), 60 cases: machine –, place 90.0 %');
  expect(text).toContain('set B (not seen), 60 cases: machine –, place 70.0 %');
  expect(text).toContain('first call of a stop, 95th percentile: not measured, aim under 50 ms');
  expect(text).toContain('- two causes, both told in order: in the mix –');
});
