import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { sceneOf } from '../scene.ts';
import type { SourceCoverage } from '../stop-case.ts';
import { calmBusiness, caseOf, coverageOf } from './cases.ts';
import { alarm, draw } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands } from './ten.ts';

const given = (over: Record<string, Partial<SourceCoverage>>) =>
  caseOf({
    plant: bottlingPlant(),
    records: [
      calmBusiness(),
      draw('line-3', capperStands('H')),
      alarm(300, 'line-3.capper', 'A1', 'Jam at infeed'),
    ],
    coverage: coverageOf(over),
  });

describe('a source that is degraded since a part of it is closed to us', () => {
  const closed = given({ erp: { state: 'degraded', closed: ['stock', 'maintenance'] } });
  it('is not heard on that part, and on the rest as before', () => {
    const { hears } = sceneOf(closed);
    expect([hears('stock'), hears('maintenance'), hears('order')]).toEqual(['dark', 'dark', 'healthy']);
    expect(sceneOf(given({ erp: { state: 'degraded' } })).hears('stock')).toBe('healthy');
  });
  it('is named with what it does not let us read', () => {
    const { completeness } = diagnose(closed);
    expect(completeness.missing).toEqual([
      'SAP S/4HANA does not let us read stock and maintenance notifications.',
    ]);
    expect(completeness).toMatchObject({ complete: false, sources: ['erp'] });
  });
});

it('counts what a source shows as far as the plant trusts it', () => {
  const jam = (trust: number): number =>
    diagnose(given({ machines: { trust } })).candidates.find(({ cause }) => cause === 'infeed_jam')?.p ?? 0;
  expect(jam(1)).toBe(diagnose(given({})).candidates.find(({ cause }) => cause === 'infeed_jam')?.p);
  expect(jam(0.5)).toBeLessThan(jam(1));
  expect(jam(0.2)).toBeLessThan(jam(0.5));
});
