import { describe, expect, it } from 'vitest';
import { sayDiagnosis } from '../say/en/diagnosis.ts';
import { catalogue } from './catalogue.ts';
import { diagnose } from './diagnose.ts';
import { calmBusiness, caseOf } from './testing/cases.ts';
import { alarm, draw } from './testing/drawing.ts';
import { bottlingPlant } from './testing/plants.ts';
import { capperStands, jam, ten, tripped } from './testing/ten.ts';

const without = (cause: string) => catalogue.filter(({ id }) => id !== cause);
const otherIn = (found: ReturnType<typeof diagnose>): number =>
  found.candidates.find(({ cause }) => cause === 'other')?.p ?? 0;
const standing = (text: string, letter = 'H') =>
  caseOf({
    plant: bottlingPlant(),
    records: [calmBusiness(), draw('line-3', capperStands(letter)), alarm(300, 'line-3.capper', 'Z77', text)],
  });

describe('a cause that is not in the catalogue', () => {
  it('is told as such, with the machine and what is known there', () => {
    const given = standing('Ozone generator interlock 4711');
    const found = diagnose(given);
    expect(found).toMatchObject({ cause: 'other', machine: 'line-3.capper', abstained: false, roots: [] });
    const { firstLine, text } = sayDiagnosis(found, given.plant);
    expect(firstLine).toContain('it began at the capper. It is none of the causes I know.');
    expect(text).toContain('Ozone generator interlock 4711');
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
      expect(otherIn(diagnose(given))).toBeLessThan(0.15);
      expect(otherIn(diagnose(given, without(cause)))).toBeGreaterThan(otherIn(diagnose(given)));
    },
  );
});
