import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf, note } from '../testing/cases.ts';
import { draw, recordOf } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands } from '../testing/ten.ts';

const allStopped = ['depalletizer', 'rinser', 'filler', 'capper', 'labeller', 'packer', 'palletizer']
  .map((name) => `${name} ${'E'.repeat(30)}${'T'.repeat(36)}EEE`)
  .join('\n');
const crew = (s: number, present: number, planned = 4): PlantRecord =>
  recordOf('crew', s, 'line-3', { source: 'mes', key: `crew-${s}`, present, planned });
const told = (rows: string, ...more: readonly PlantRecord[]) =>
  diagnose(caseOf({ plant: bottlingPlant(), records: [calmBusiness(), draw('line-3', rows), ...more] }));

describe('what befalls a plant', () => {
  it('is none of the causes known: at the line that was left, and at the machine it befell', () => {
    const drill = told(allStopped, note(310, 'fire drill, everybody to the assembly point', null));
    expect(drill).toMatchObject({ cause: 'other', place: 'line-3', abstained: false });
    expect(drill.evidence.map(({ says }) => says).join(' ')).toContain('fire drill');
    const wasps = told(capperStands('T'), note(330, 'wasps in the cabinet, wait for help', 'line-3.capper'));
    expect(wasps).toMatchObject({ cause: 'other', place: 'line-3.capper', abstained: false });
  });

  it('is not what somebody wrote of another machine, nor of any that stood', () => {
    expect(told(capperStands('T'), note(330, 'a bird in the hall', 'line-9.filler')).cause).not.toBe('other');
  });

  it('is no post without cover where everybody left at once; one person away is', () => {
    const evacuated = told(allStopped, crew(310, 0), crew(655, 4));
    expect(evacuated.cause).not.toBe('no_operator');
    const one = told(capperStands('H'), crew(200, 3), crew(655, 4));
    expect(one).toMatchObject({ cause: 'no_operator', place: 'line-3.capper' });
  });
});
