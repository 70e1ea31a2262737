import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf, coverageOf, signal } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { lineOf, plantOf } from './plants.ts';

const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);

describe('what delivers to a machine', () => {
  const rows = `
  feeder ${E(30, 'T')}
  filler ${E(32, 'S')}
  packer ${E(34, 'S')}`;
  const empty = signal('line-3.feeder', 'tub_level', '%', 50, (s) => Math.max(0, 60 - s / 5));
  const named = { supply: [{ id: 'tub-rack', name: 'tub rack', at: 'line-3.feeder' }] };
  const told = (of: Record<string, unknown>, business: readonly PlantRecord[]) =>
    diagnose(
      caseOf({
        plant: plantOf([lineOf('line-3', 'feeder > filler > packer', of)], { systems: [] }),
        records: [business, draw('line-3', rows), alarm(300, 'line-3.feeder', '12', 'No tubs')],
        signals: [empty],
        coverage: coverageOf().filter(({ source }) => business.length > 0 || source !== 'erp'),
      }),
    );
  it('is the place where its magazine ran empty and nobody knows of stock', () => {
    expect(told(named, [])).toMatchObject({ cause: 'component_stockout', place: 'tub-rack' });
    expect(told(named, []).chain[0]).toMatchObject({ from: 'tub-rack', to: 'line-3.feeder' });
  });
  it('is not where the warehouse has it, or where the plant names no supply', () => {
    expect(told(named, calmBusiness()).cause).toBe('consumable_empty');
    expect(told({}, []).cause).toBe('consumable_empty');
  });
});

it('takes no shared utility for machines that all say their safety circuit dropped', () => {
  const stop = (machine: string, s: number): PlantRecord[] => [
    recordOf('state', 0, machine, { key: `${machine}@0`, state: 'Execute', raw: 'RUN' }),
    recordOf('state', s, machine, { key: `${machine}@${s}`, state: 'Aborted', raw: 'ESTOP' }),
  ];
  const found = diagnose(
    caseOf({
      plant: plantOf([lineOf('line-3', 'gripper > drum > packer')], { systems: [] }),
      records: [
        stop('line-3.gripper', 301),
        stop('line-3.drum', 300),
        stop('line-3.packer', 302),
        alarm(300, 'line-3.drum', 'S1', 'Emergency stop pressed'),
      ],
    }),
  );
  expect(found.place).toBe('line-3.drum');
  expect(found.candidates.find(({ cause }) => cause !== 'other')?.cause).toBe('safety_stop');
});

it('takes a plan for the standard of what the MES booked on for longer', () => {
  const found = diagnose(
    caseOf({
      plant: plantOf([lineOf('line-3', 'filler > packer')], { systems: [] }),
      records: [
        draw(
          'line-3',
          `filler ${E(10, 'T')}${'T'.repeat(600)}EEE\npacker ${E(10, 'T')}${'T'.repeat(600)}EEE`,
        ),
        recordOf('calendar', 60, 'line-3', {
          activity: 'cleaning',
          from: at(100),
          to: at(2_500),
          standardS: 2_400,
        }),
        recordOf('downtime_event', 100, 'line-3', {
          source: 'mes',
          status: 'BD',
          reason: 'Cleaning',
          category: 'setup',
          from: at(100),
          to: at(6_700),
        }),
      ],
    }),
  );
  expect(found).toMatchObject({ planned: false, cause: 'cleaning_overrun' });
});

it('leads from a utility to the machine that the line is judged by where that stopped in the same moment', () => {
  const found = diagnose(
    caseOf({
      plant: plantOf([lineOf('line-3', ['former-a > cartoner', 'former-b > cartoner'])], {
        utilities: [{ id: 'grid', name: 'Grid', kind: 'power', serves: ['line-3'] }],
        systems: [],
      }),
      records: [
        draw(
          'line-3',
          `
  former-a ${E(30, 'A')}
  former-b ${E(30, 'A')}
  cartoner ${E(30, 'T')}`,
        ),
        alarm(300, 'line-3.former-a', 'U1', 'Undervoltage'),
        alarm(300, 'line-3.former-b', 'U1', 'Undervoltage'),
        alarm(301, 'line-3.cartoner', 'N1', 'No product at infeed'),
      ],
    }),
  );
  expect(found.chain.map(({ from, to }) => [from, to])).toEqual([['grid', 'line-3.cartoner']]);
});
