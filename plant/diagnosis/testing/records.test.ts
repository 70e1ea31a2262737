import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf, signal } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands } from './ten.ts';

const plant = bottlingPlant();
/** The capper stands from 1500 s on: enough time before for what happened earlier. */
const later = (letter: string) => draw('line-3', capperStands(letter), { stepS: 50 });
const lot = (s: number, fields: Record<string, unknown>): PlantRecord =>
  recordOf('lot', s, 'line-3.capper', {
    source: 'mes',
    key: String(fields['lot']),
    material: 'CAP28',
    status: 'Staged',
    event: 'staged',
    lot: 'L-2',
    ...fields,
  });
const shareOf = (cause: string, records: (PlantRecord | PlantRecord[])[], signals = [] as never[]): number =>
  diagnose(caseOf({ plant, records: [calmBusiness(), ...records], signals, nowS: 3600 })).candidates.find(
    (one) => one.cause === cause,
  )?.p ?? 0;

it('takes a lot that the order does not need for wrong material only at the machine it was staged at', () => {
  const reader = alarm(1501, 'line-3.capper', 'C1', 'Code not ok');
  const wrong = lot(1300, { material: 'CAP99' });
  const here = shareOf('wrong_material', [later('H'), reader, wrong]);
  const elsewhere = shareOf('wrong_material', [later('H'), reader, { ...wrong, equipment: 'line-3.packer' }]);
  expect(here).toBeGreaterThan(0.85);
  expect(elsewhere).toBeLessThan(here);
});

it('tells a wait for maintenance from the trip that called it, by a call nobody answered', () => {
  const trip = alarm(1501, 'line-3.capper', 'D1', 'Main drive overload');
  const call = (status: 'requested' | 'in_progress', arrived: number | null): PlantRecord =>
    recordOf('maintenance', 1560, 'line-3.capper', {
      order: 'M1',
      text: 'Drive does not start',
      status,
      requested: at(1560),
      arrived: arrived === null ? null : at(arrived),
    });
  const waits = (work: PlantRecord): number => shareOf('waiting_for_maintenance', [later('A'), trip, work]);
  expect(waits(call('requested', null))).toBeGreaterThan(10 * waits(call('in_progress', 1700)));
  expect(shareOf('drive_trip', [later('A'), trip, call('in_progress', 1700)])).toBeGreaterThan(0.6);
});

describe('rejects', () => {
  const counter = (value: (s: number) => number): never[] => [
    signal('line-3.capper', 'reject_count', '', 1000, value, 1500) as never,
  ];
  const due = recordOf('quality', 200, 'line-3.capper', {
    source: 'mes',
    event: 'calibration_due',
    subject: 'capper',
  });

  it('count by how fast they come, not by how many there were', () => {
    const steady = shareOf(
      'inspection_drift',
      [later('H'), due],
      counter((s) => 1000 + s / 60),
    );
    const rising = shareOf(
      'inspection_drift',
      [later('H'), due],
      counter((s) => 1000 + s / 60 + Math.max(0, s - 1020) / 5),
    );
    expect(rising).toBeGreaterThan(3 * steady);
  });
});

it('names the process before the line where its batch was not ready', () => {
  const mixed = bottlingPlant(
    {},
    { supply: [{ id: 'line-3.mixing', name: 'mixing', at: 'line-3.depalletizer' }] },
  );
  const rows = `
    depalletizer ${'E'.repeat(30)}${'S'.repeat(35)}
    filler       ${'E'.repeat(33)}${'S'.repeat(32)}
    palletizer   ${'E'.repeat(40)}${'S'.repeat(25)}`;
  const batch = {
    ...lot(200, { lot: 'MX1', status: 'In mixing', event: 'status' }),
    equipment: 'line-3.mixing',
  };
  const found = diagnose(
    caseOf({ plant: mixed, records: [calmBusiness(), draw('line-3', rows), batch], nowS: 900 }),
  );
  expect(found).toMatchObject({ cause: 'upstream_late', place: 'line-3.mixing', machine: null });
});
