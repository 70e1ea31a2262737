import { expect, test } from 'vitest';
import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Case } from './case.ts';
import { simulatedCase } from './simulated.ts';
import { applies, twisted } from './twists.ts';

const plain = simulatedCase(3, { cause: 'infeed_jam', plain: true });
const recordsOf = (one: Case): PlantRecord[] => one.batches.flatMap(({ records }) => records);
const alarms = (one: Case) => recordsOf(one).filter((record) => record.kind === 'alarm');
const [first] = alarms(plain);
const alarm = first ? evidenceId(first) : '';
const order = recordsOf(plain).find(({ kind }) => kind === 'order');
const told = (...evidence: Case['truth']['evidence']): Case => ({
  ...plain,
  truth: { ...plain.truth, evidence },
});

test('alarm texts go to other machines; times, machines and counts stay', () => {
  const one = told({ id: alarm, role: 'necessary' });
  const other = alarms(twisted(one, 'alarms', 1));
  const shape = (list: typeof other) => list.map(({ equipment, at, active }) => ({ equipment, at, active }));
  expect(applies(one, 'alarms')).toBe(true);
  expect(shape(other)).toEqual(shape(alarms(one)));
  expect(other.filter((record, index) => record.text === alarms(one)[index]?.text).length).toBeLessThan(
    other.length / 2,
  );
});

test('only the deciding source beside the machines moves, and it moves a whole day', () => {
  const one = told({ id: order ? evidenceId(order) : '', role: 'necessary' });
  const moved = twisted(one, 'day', 1);
  const day = recordsOf(one).map(
    (record, index) => Date.parse(record.at) - Date.parse(recordsOf(moved)[index]?.at ?? ''),
  );
  const own = recordsOf(one).map(({ source }) => (source === order?.source ? 86_400_000 : 0));
  expect(day).toEqual(own);
  expect(applies(told({ id: alarm, role: 'necessary' }), 'day')).toBe(false);
});

test('necessary records go, supporting ones only where asked', () => {
  const one = told(
    { id: alarm, role: 'necessary' },
    { id: order ? evidenceId(order) : '', role: 'supporting' },
  );
  const left = (twist: 'decisive' | 'telling') => recordsOf(twisted(one, twist, 1));
  const repeats = (list: readonly PlantRecord[]) =>
    list.filter(
      (record) =>
        record.kind === 'alarm' && record.equipment === first?.equipment && record.alarm === first?.alarm,
    );
  const orders = (list: readonly PlantRecord[]) =>
    list.filter((record) => order && evidenceId(record) === evidenceId(order));
  expect(repeats(recordsOf(plain)).length).toBeGreaterThan(0);
  expect([repeats(left('decisive')).length, repeats(left('telling')).length]).toEqual([0, 0]);
  expect(orders(left('decisive'))).toEqual(orders(recordsOf(plain)));
  expect(orders(left('telling'))).toEqual([]);
  expect(applies(told({ id: alarm, role: 'supporting' }), 'decisive')).toBe(false);
});
