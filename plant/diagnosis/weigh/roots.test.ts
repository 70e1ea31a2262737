import { describe, expect, it } from 'vitest';
import { sayDiagnosis } from '../../say/en/diagnosis.ts';
import { diagnose } from '../diagnose.ts';
import { caseOf } from '../testing/cases.ts';
import { alarm, at, recordOf } from '../testing/drawing.ts';
import { jam, ten, tripped, trippedAndWaited } from '../testing/ten.ts';

it('tells one cause where one thing went wrong', () => {
  const found = diagnose(jam().case);
  expect(found.roots.map(({ cause, place }) => [cause, place])).toEqual([[found.cause, found.place]]);
});

it('tells what kept the line standing after it, since when and by which record', () => {
  const { case: given } = jam();
  const called = recordOf('maintenance', 360, 'line-3.packer', {
    key: '4711',
    order: '4711',
    text: 'please come',
    status: 'done',
    requested: at(360),
    done: at(360 + 22 * 60),
  });
  const found = diagnose(
    caseOf({ plant: given.plant, records: [given.records, called], signals: given.signals }),
  );
  expect(found.cause).toBe('infeed_jam');
  expect(found.roots.map(({ cause }) => cause)).toEqual(['infeed_jam', 'waiting_for_maintenance']);
  const [, second] = found.roots;
  expect(second).toMatchObject({ at: at(360), evidence: ['erp/maintenance/4711'] });
  expect(found.evidence.map(({ id }) => id)).toContain('erp/maintenance/4711');
  expect(sayDiagnosis(found, given.plant).firstLine).toMatch(
    /because product jammed .*; then, at 09:36, most likely the packer waited for maintenance; /,
  );
});

it('has no roots where no cause is named', () => {
  const { case: given } = tripped();
  const bare = { ...given, records: given.records.filter(({ kind }) => kind === 'state'), signals: [] };
  const found = diagnose(bare);
  expect([found.abstained, found.roots]).toEqual([true, []]);
});

describe('cause, place, chain and roots', () => {
  const { case: waited, machine } = trippedAndWaited();

  it.each([
    ...Object.entries(ten).map(([name, tell]) => [name, tell().case] as const),
    ['trip and wait', waited],
  ] as const)('tell one story: %s', (_, told) => {
    const { cause, place, chain, roots } = diagnose(told);
    const [first] = roots;
    expect(roots.filter((one) => one.cause === cause && one.place === place)).toHaveLength(1);
    expect([first?.place, chain[0]?.from ?? place]).toEqual([place, place]);
    expect(roots.map((one) => one.at)).toEqual(roots.map((one) => one.at).toSorted());
    expect(new Set(roots.map((one) => `${one.cause}@${one.place}`)).size).toBe(roots.length);
  });

  it('name what kept the line standing as the cause, and before it what stopped the machine, each as sure as it is', () => {
    const { cause, roots } = diagnose(waited);
    expect(cause).toBe('waiting_for_maintenance');
    expect(roots.map((one) => one.cause)).toEqual(['drive_trip', 'waiting_for_maintenance']);
    expect(Math.min(...roots.map(({ p }) => p))).toBeGreaterThan(0.5);
  });

  it('do not leave a stop open because what stopped it and what kept it standing are both likely', () => {
    const gate = caseOf({
      plant: waited.plant,
      records: [
        waited.records.filter(({ kind }) => kind !== 'alarm' && kind !== 'note'),
        alarm(300, machine ?? '', 'S4', 'Safety gate 4.2 open'),
      ],
    });
    const { cause, abstained, roots } = diagnose(gate);
    expect([abstained, roots.map((one) => one.cause)]).toEqual([
      false,
      ['safety_stop', 'waiting_for_maintenance'],
    ]);
    expect(roots.map((one) => one.cause)).toContain(cause);
  });
});
