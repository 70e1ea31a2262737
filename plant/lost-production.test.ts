import { describe, expect, it } from 'vitest';
import { tripped } from './diagnosis/testing/ten.ts';
import type { StopCase } from './diagnosis/stop-case.ts';
import { lostProduction } from './lost-production.ts';
import { plantRecord, type PlantRecord } from './record.ts';
import { iso, millis } from './time.ts';

const base = tripped().case;
const from = millis(base.stop.from);
const hours = (count: number): string => iso(from + count * 3_600_000);
const business = new Set(['order', 'operation', 'material_requirement']);

const of = (kind: 'order' | 'operation', source: string, change: Record<string, unknown>): PlantRecord =>
  plantRecord.parse({
    kind,
    source,
    key: `${source}/${String(change['order'])}`,
    equipment: base.line.id,
    at: hours(-8),
    observedAt: hours(-8),
    material: 'M-1',
    planned: 9_000,
    status: 'started',
    start: hours(-2),
    ...change,
  });
const caseWith = (records: PlantRecord[], change: Partial<StopCase> = {}): StopCase => ({
  ...base,
  line: { ...base.line, rate: 300 },
  stop: { ...base.stop, to: iso(from + 600_000), durationS: 600, planned: false, uncertain: false },
  records: [...base.records.filter(({ kind }) => !business.has(kind)), ...records],
  ...change,
});
const order = (change: Record<string, unknown> = {}) => of('order', 'erp', { order: '1001', ...change });

describe('what a stop cost', () => {
  it('is the order that ran, and the nominal rate over the time it stood', () => {
    expect(lostProduction(caseWith([order()]))).toEqual({ order: '1001', unitsLost: 3_000 });
  });

  it('is nothing where no order ran', () => {
    const none = { order: null, unitsLost: null };
    expect(lostProduction(caseWith([]))).toEqual(none);
    expect(lostProduction(caseWith([order({ status: 'released', start: null })]))).toEqual(none);
    expect(lostProduction(caseWith([order({ status: 'completed', end: hours(-1) })]))).toEqual(none);
    expect(lostProduction(caseWith([order({ start: hours(1) })]))).toEqual(none);
    expect(lostProduction(caseWith([order({ equipment: 'line-9' })]))).toEqual(none);
  });

  it('was its order although that ended since', () => {
    const over = order({ status: 'completed', end: hours(1) });
    expect(lostProduction(caseWith([over])).order).toBe('1001');
  });

  it('names the ERP’s order before the job the MES made of it', () => {
    const job = of('order', 'mes', { order: 'J-7', start: hours(-1) });
    const operation = of('operation', 'erp', { order: '1001', operation: '10' });
    expect(lostProduction(caseWith([job, order(), operation])).order).toBe('1001');
    expect(lostProduction(caseWith([job, order()])).order).toBe('J-7');
  });

  it.each([
    ['still stands', { to: null }],
    ['was planned', { planned: true }],
    ['may be no stop', { uncertain: true }],
  ])('counts no units of a stop that %s', (_, change) => {
    const found = caseWith([order()]);
    const { order: ran, unitsLost } = lostProduction({ ...found, stop: { ...found.stop, ...change } });
    expect([ran, unitsLost]).toEqual(['1001', null]);
  });

  it('counts no units without a rate', () => {
    const { rate: _, ...line } = base.line;
    expect(lostProduction(caseWith([order()], { line })).unitsLost).toBeNull();
  });
});
