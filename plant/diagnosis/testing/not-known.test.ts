import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { sayDiagnosis } from '../../say/en/diagnosis.ts';
import { catalogue } from '../causes/catalogue.ts';
import { diagnose } from '../diagnose.ts';
import type { SignalWindow } from '../stop-case.ts';
import { calmBusiness, caseOf, signal } from './cases.ts';
import { alarm, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands, jam, ten, tripped } from './ten.ts';

const without = (cause: string) => catalogue.filter(({ id }) => id !== cause);
const otherIn = (found: ReturnType<typeof diagnose>): number =>
  found.candidates.find(({ cause }) => cause === 'other')?.p ?? 0;
const standing = (text: string, letter = 'H', signals: readonly SignalWindow[] = []) =>
  caseOf({
    plant: bottlingPlant(),
    records: [calmBusiness(), draw('line-3', capperStands(letter)), alarm(300, 'line-3.capper', 'Z77', text)],
    signals,
  });
const dose = signal('line-3.capper', 'dose', 'g/h', 40, (s) => (s > 200 ? 65 : 40));

describe('a cause that is not in the catalogue', () => {
  it('is told as such, with the machine and what is known there', () => {
    const given = standing('Ozone generator interlock 4711', 'H', [dose]);
    const found = diagnose(given);
    expect(found).toMatchObject({ cause: 'other', machine: 'line-3.capper', abstained: false, roots: [] });
    const { firstLine, text } = sayDiagnosis(found, given.plant);
    expect(firstLine).toContain('it began at the capper. It is none of the causes I know.');
    expect(text).toContain('Ozone generator interlock 4711');
    expect(found.next_check).toMatch(/panel of the capper/);
  });

  it('is not claimed for words alone that nobody here reads: they may be a known cause in other words', () => {
    const given = standing('Ozone generator interlock 4711');
    const found = diagnose(given);
    expect(found).toMatchObject({ cause: 'unknown', place: 'line-3.capper', abstained: true });
    expect(found.claims.map(({ text }) => text).join(' ')).toContain('fits none of the causes known');
    const [leading] = found.candidates;
    expect(leading?.cause).toBe('other');
    expect(leading?.for[0]).toContain('Z77');
    expect(found.next_check).toMatch(/panel of the capper/);
  });

  it('is not claimed where the alarm says nothing, or where there is none', () => {
    const bare = caseOf({
      plant: bottlingPlant(),
      records: [calmBusiness(), draw('line-3', capperStands('T'))],
    });
    expect(diagnose(standing('Group fault 3', 'T')).cause).not.toBe('other');
    expect(diagnose(bare).abstained).toBe(true);
  });

  it.each([jam, tripped])('is what is left where the catalogue lacks the cause', (tell) => {
    const { case: given, cause, machine } = tell();
    expect(diagnose(given, without(cause))).toMatchObject({ cause: 'other', machine, abstained: false });
  });

  it.each(Object.entries(ten))(
    'gains by what %s leaves unexplained, and is small where it is explained',
    (_, tell) => {
      const { case: given, cause } = tell();
      expect(otherIn(diagnose(given))).toBeLessThan(0.2);
      expect(otherIn(diagnose(given, without(cause)))).toBeGreaterThan(otherIn(diagnose(given)));
    },
  );

  /** What stands in the records of most days, and is the mark of a cause that is known. */
  const marks: [string, PlantRecord][] = [
    [
      'a component that is short',
      recordOf('material_requirement', 200, 'line-3', {
        source: 'erp',
        key: '1001/LABEL',
        order: '1001',
        material: 'LABEL',
        description: 'Labels',
        required: 9000,
        withdrawn: 100,
        available: 0,
        unit: 'PC',
      }),
    ],
    [
      'a lot on hold',
      recordOf('lot', 150, 'line-3.labeller', {
        source: 'mes',
        key: 'K-1',
        lot: 'K-1',
        material: 'LABEL',
        status: 'Hold',
        held: true,
      }),
    ],
    [
      'a setting that was changed',
      recordOf('quality', 100, 'line-3.capper', {
        source: 'mes',
        key: 'PAR-1',
        event: 'parameter_changed',
        subject: 'speed',
        text: '',
      }),
    ],
    [
      'a calibration that is due',
      recordOf('quality', 100, 'line-3.capper', {
        source: 'mes',
        key: 'CAL-1',
        event: 'calibration_due',
        subject: 'capper',
        text: '',
      }),
    ],
    [
      'people that were short for hours',
      recordOf('crew', -7200, 'line-3', { source: 'mes', present: 3, planned: 4 }),
    ],
  ];
  const bare = [calmBusiness(), draw('line-3', capperStands('T'))];

  it.each(marks)('%s is no ground for it', (_, mark) => {
    const found = diagnose(caseOf({ plant: bottlingPlant(), records: [[mark], ...bare] }));
    expect(found.cause).not.toBe('other');
  });

  it('a value that strayed and that no known cause looks for is ground for it, one sample or a filled magazine is not', () => {
    const shown = (name: string, unit: string, usual: number, value: (s: number) => number) =>
      diagnose(
        caseOf({
          plant: bottlingPlant(),
          records: bare,
          signals: [signal('line-3.capper', name, unit, usual, value)],
        }),
      ).cause;
    expect(shown('gap_width', 'mm', 5, (s) => (s > 200 ? 8 : 5))).toBe('other');
    expect(shown('gap_width', 'mm', 5, (s) => (s > 290 ? 8 : 5))).not.toBe('other');
    expect(shown('cap_level', '%', 50, (s) => (s > 200 ? 100 : 50))).not.toBe('other');
  });
});
