import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf } from './cases.ts';
import { at, draw, recordOf } from './drawing.ts';
import { bottlingPlant, lineOf, plantOf } from './plants.ts';

const plant = bottlingPlant();
const names = ['depalletizer', 'rinser', 'filler', 'capper', 'labeller', 'packer', 'palletizer'];
/** All machines of the line told to stop within seconds; 30 letters before, 35 after. */
const toldToStop = names.map((name) => `${name} ${'E'.repeat(30)}${'I'.repeat(35)}`).join('\n');
const heldLot = recordOf('lot', 300, 'line-3', {
  source: 'mes',
  key: 'L-1',
  version: 'Hold',
  lot: 'L-1',
  material: 'CAP28',
  status: 'Hold',
  held: true,
});

describe('a stop of the whole line', () => {
  it('is told as one of the line, with one step, where a lot was put on hold at that moment', () => {
    const found = diagnose(caseOf({ plant, records: [calmBusiness(), draw('line-3', toldToStop), heldLot] }));
    expect(found).toMatchObject({
      cause: 'quality_hold',
      place: 'line-3',
      machine: null,
      abstained: false,
      chain: [{ from: 'line-3', to: 'line-3.palletizer', kind: 'holds' }],
    });
    expect(found.p).toBeGreaterThan(0.85);
  });

  it('is told so, too, when the lot was released and the line runs again', () => {
    const released = { ...heldLot, at: at(450), version: 'Released', status: 'Released', held: false };
    const rows = names
      .map((name) => `${name} ${'E'.repeat(30)}${'I'.repeat(15)}${'E'.repeat(20)}`)
      .join('\n');
    const records = [calmBusiness(), draw('line-3', rows), [heldLot, released]];
    const found = diagnose(caseOf({ plant, records }));
    expect(found).toMatchObject({ cause: 'quality_hold', place: 'line-3', abstained: false });
  });

  it('names no machine and no cause where nothing tells who stopped it', () => {
    const found = diagnose(caseOf({ plant, records: [calmBusiness(), draw('line-3', toldToStop)] }));
    expect(found.machine).toBeNull();
    expect(['other', 'unknown']).toContain(found.cause);
  });
});

it('counts one cause at one place once, although two branches lead there', () => {
  const assembly = plantOf([
    lineOf('line-4', ['base-feeder > assembler > tester > packer', 'cover-feeder > assembler']),
  ]);
  const rows = `
    base-feeder  EEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS
    cover-feeder EEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS
    assembler    EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS
    tester       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSS
    packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSS`;
  const found = diagnose(
    caseOf({ plant: assembly, line: 'line-4', records: [calmBusiness('line-4', 0), draw('line-4', rows)] }),
  );
  expect(found).toMatchObject({ cause: 'component_stockout', place: 'line-4.supply', abstained: false });
  const same = found.candidates.filter(({ cause }) => cause === 'component_stockout');
  expect(same).toHaveLength(1);
});

it.each([
  ['of the packer alone is a word against its controls', ['line-3.packer'], true],
  ['that all machines share is their source, not the packer', names.map((name) => `line-3.${name}`), false],
])('a gap of values %s', (_, machines, says) => {
  const rows =
    'packer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEAAAAAAAAAAAA\npalletizer EEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSS';
  const gaps = machines.map((machine) =>
    recordOf('gap', 300, machine, { from: at(300), to: null, reason: 'no values', only: 'values' }),
  );
  const found = diagnose(caseOf({ plant, records: [calmBusiness(), draw('line-3', rows), gaps] }));
  const comms = found.candidates.find(({ cause }) => cause === 'comms_loss');
  expect((comms?.for ?? []).some((id) => id.includes('/gap/'))).toBe(says);
});
