import { expect, it } from 'vitest';
import { sayDiagnosis } from '../say/en/diagnosis.ts';
import { diagnose } from './diagnose.ts';
import { caseOf } from './testing/cases.ts';
import { at, recordOf } from './testing/drawing.ts';
import { jam, tripped } from './testing/ten.ts';

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
    /because product jammed .*; then, at 09:36, the packer waited for maintenance; /,
  );
});

it('has no roots where no cause is named', () => {
  const { case: given } = tripped();
  const bare = { ...given, records: given.records.filter(({ kind }) => kind === 'state'), signals: [] };
  const found = diagnose(bare);
  expect([found.abstained, found.roots]).toEqual([true, []]);
});
