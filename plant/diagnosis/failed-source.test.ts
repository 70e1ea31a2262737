import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { SourceCoverage } from './stop-case.ts';
import { coverageOf } from './testing/cases.ts';
import { startOfDrawing } from './testing/drawing.ts';
import { held, stockOut } from './testing/ten.ts';

const stopAt = startOfDrawing + 300_000;
const withErp = (over: Partial<SourceCoverage>) => {
  const { case: given } = held();
  return diagnose({ ...given, coverage: coverageOf({ erp: over }) });
};

describe('a source that fails after the stop does not take the answer back', () => {
  it.each<[string, Partial<SourceCoverage>]>([
    ['is up', {}],
    ['told last after the stop', { state: 'down', lastRecordAt: stopAt + 3_600_000 }],
    ['told last just before the stop', { state: 'down', lastRecordAt: stopAt - 60_000 }],
    ['never told anything', { state: 'down', lastRecordAt: null }],
  ])('where the ERP %s', (_, over) => {
    expect(withErp(over)).toMatchObject({ cause: 'quality_hold', abstained: false });
  });

  it('still names a cause by what the failed source itself had told', () => {
    const { case: given, cause } = stockOut();
    const erp = { state: 'down' as const, lastRecordAt: stopAt + 3_600_000 };
    expect(diagnose({ ...given, coverage: coverageOf({ erp }) })).toMatchObject({ cause, abstained: false });
  });
});
