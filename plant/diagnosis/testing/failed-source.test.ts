import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import type { SourceCoverage, StopCase } from '../stop-case.ts';
import { coverageOf } from './cases.ts';
import { alarm, recordOf, startOfDrawing } from './drawing.ts';
import { held, stockOut, ten } from './ten.ts';

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

describe('a source that is missing never makes a known cause one that nobody knows', () => {
  /** As if the source had been down for long: nothing of it was ever recorded. */
  const without = (given: StopCase, source: string): StopCase => ({
    ...given,
    records: given.records.filter((record) => record.source !== source),
    signals: given.signals.filter((signal) => signal.source !== source),
    coverage: coverageOf({ [source]: { state: 'down', lastRecordAt: null } }),
  });
  const sources = ['erp', 'mes', 'notes'];

  it.each(
    Object.entries(ten).flatMap(([name, tell]) => sources.map((source) => [name, source, tell] as const)),
  )('%s without %s', (_, source, tell) => {
    const { case: given, cause } = tell();
    const found = diagnose(without(given, source));
    expect([cause, 'unknown']).toContain(found.cause);
  });

  it('a hold that the MES and quality tell, while the ERP is down and a machine has something of its own to say', () => {
    const { case: given } = held();
    const hold = recordOf('quality', 285, 'line-3', {
      source: 'mes',
      key: 'QH-7',
      event: 'hold',
      subject: 'B-9',
      text: 'Fill height out of range',
    });
    const chatter = alarm(270, 'line-3.labeller', 'L9', 'Label data timeout', 330);
    const records = [...given.records, hold, ...chatter].toSorted((a, b) => a.at.localeCompare(b.at));
    expect(diagnose(without({ ...given, records }, 'erp'))).toMatchObject({
      cause: 'quality_hold',
      abstained: false,
    });
  });
});
