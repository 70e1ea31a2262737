import { expect, test } from 'vitest';
import { sharesOf, type Name } from '../stops/figures.ts';
import { judged } from '../stops/testing/judged.ts';
import { aims } from './aims.ts';
import { missedList, mixedUp } from './why.ts';

const jam = { said: 'infeed_jam', ranked: ['drive_trip'] };
const cases = [
  judged({}),
  judged({ said: 'drive_trip', ranked: ['drive_trip', 'a', 'b'] }),
  judged({ said: 'drive_trip', ranked: ['drive_trip', 'a', 'b'] }),
  judged({ ...jam, abstained: true }),
  judged({ place: 'l.filler', chain: false }),
  judged({ answerable: 'no' }),
  judged({ stopped: false, outcome: 'explained' }),
  judged({ stopped: false }),
];

test('every miss of every figure with an aim has its pair', () => {
  const shares = sharesOf(cases);
  for (const name of Object.keys(aims) as Name[]) {
    const told = mixedUp(name, cases).reduce((sum, { n }) => sum + n, 0);
    expect(told, name).toBe(shares[name].n - shares[name].right);
  }
});

test('a missed aim stands with by how much and what was mixed up most; of a closed set nobody reads it', () => {
  const text = missedList(cases);
  expect(text).toContain(
    '- cause top1 missed by 40.0, true cause and what was said: infeed_jam: drive_trip first (3)',
  );
  expect(text).toContain('infeed_jam (nobody could decide): infeed_jam (1)');
  expect(missedList(cases, true)).toContain('- cause top1 missed by 40.0\n');
  expect(missedList(cases, true)).not.toContain('infeed_jam');
  expect(missedList([judged({})])).toBe('No aim that can be measured here is missed.');
});
