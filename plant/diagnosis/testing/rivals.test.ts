import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import type { SignalWindow } from '../stop-case.ts';
import { calmBusiness, caseOf, signal } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands } from './ten.ts';

const capper = 'line-3.capper';
const stopS = 1500;
/** The capper stands from 1500 s on: enough time before for what led to it. */
const later = (letter: string): PlantRecord[] => draw('line-3', capperStands(letter), { stepS: 50 });
const wave = (s: number): number => 0.01 * Math.sin(s);
const calm = (name: string, unit: string, usual: number): SignalWindow =>
  signal(capper, name, unit, usual, (s) => (s >= stopS ? 0 : usual * (1 + wave(s))), stopS);
const climbing = (name: string, unit: string, usual: number, share: number): SignalWindow =>
  signal(
    capper,
    name,
    unit,
    usual,
    (s) => usual * (1 + wave(s) / 5 + (share * Math.max(0, s - 500)) / 1000),
    stopS - 10,
  );

/** Likeliest first, without `other` and `unknown`. */
function ranked(
  records: (PlantRecord | PlantRecord[])[],
  signals: SignalWindow[] = [],
  more: Record<string, unknown> = {},
): string[] {
  const plant = bottlingPlant(more);
  const found = diagnose(caseOf({ plant, records: [calmBusiness(), ...records], signals, nowS: 3600 }));
  return found.candidates.map(({ cause }) => cause).filter((one) => one !== 'other' && one !== 'unknown');
}

describe('heat and wear', () => {
  const fault = alarm(1501, capper, 'D1', 'Drive fault');

  it('is overheating where the temperature climbed and the load stayed, whatever the drive says', () => {
    const signals = [climbing('temperature', '°C', 50, 0.15), calm('torque', 'Nm', 20)];
    expect(ranked([later('A'), fault], signals)[0]).toBe('overheating');
  });

  it('is what ran empty where the temperature only came back after a stand', () => {
    const warming = signal(
      capper,
      'temperature',
      '°C',
      50,
      (s) => 50 - 15 * Math.exp(-s / 900) + 20 * wave(s),
      stopS,
    );
    const level = signal(capper, 'cap_level', '%', 60, (s) => Math.max(0, 40 * (1 - s / (stopS - 5))), stopS);
    const plant = bottlingPlant();
    const found = diagnose(
      caseOf({ plant, records: [calmBusiness(), later('H')], signals: [warming, level], nowS: 3600 }),
    );
    expect(found).toMatchObject({ cause: 'consumable_empty', place: capper, abstained: false });
  });

  it('is the drive where load and vibration grew with the temperature', () => {
    const signals = [
      climbing('temperature', '°C', 50, 0.06),
      climbing('torque', 'Nm', 20, 0.4),
      climbing('vibration', 'mm/s', 2, 0.8),
    ];
    expect(ranked([later('A'), fault], signals)[0]).toBe('drive_trip');
  });

  it('is the cooling where the water that several machines share got warm first', () => {
    const water = {
      utilities: [
        {
          id: 'chilled-water',
          name: 'chilled water',
          kind: 'chilled_water',
          serves: [capper],
          signals: [{ name: 'supply_temperature', unit: '°C', measures: 'temperature' }],
        },
      ],
    };
    const supply = signal('chilled-water', 'supply_temperature', '°C', 9, (s) => 8 + s / 250, stopS);
    const signals = [climbing('temperature', '°C', 50, 0.15), supply];
    const hot = alarm(1501, capper, 'T1', 'Temperature high');
    expect(ranked([later('A'), hot], signals, water)[0]).toBe('cooling_warm');
  });
});

/** The capper stands three times within ten minutes, each time with the same alarm. */
const again = (text: string): PlantRecord[] => [
  ...draw(
    'line-3',
    `capper     ${'E'.repeat(90)}HHHH${'E'.repeat(12)}HHHH${'E'.repeat(12)}${'H'.repeat(40)}EEE
     palletizer ${'E'.repeat(122)}${'S'.repeat(38)}EEE`,
  ),
  ...[900, 1060, 1220].flatMap((s) => alarm(s, capper, 'J1', text, s + 40)),
];
const blows = signal(
  capper,
  'torque',
  'Nm',
  20,
  (s) => ([900, 1060, 1220].includes(s) ? 29 : 20 * (1 + wave(s))),
  1220,
);
const quiet = signal(capper, 'torque', 'Nm', 20, (s) => 20 * (1 + wave(s)), 1220);
const newLot = recordOf('lot', 600, capper, {
  source: 'mes',
  key: 'L-9',
  lot: 'L-9',
  material: 'CAP28',
  status: 'In use',
  event: 'started',
});

describe('the same short stop again and again', () => {
  it('is the sensor where nothing is pushed against', () => {
    expect(ranked([again('Infeed jam')], [quiet])[0]).toBe('sensor_dirty');
  });

  it('is the lot where it began with a new one and the machine chokes on it', () => {
    expect(ranked([again('Infeed jam'), newLot], [blows])[0]).toBe('bad_lot');
  });

  it('is the set-up where a changeover had just ended', () => {
    const changeover = recordOf('calendar', 0, 'line-3', {
      activity: 'changeover',
      from: at(0),
      to: at(480),
      standardS: 1200,
    });
    expect(ranked([again('Infeed jam'), changeover], [blows])[0]).toBe('startup_after_changeover');
  });

  it('is a jam where it comes once', () => {
    const once = signal(capper, 'torque', 'Nm', 20, (s) => (s === 1490 ? 29 : 20 * (1 + wave(s))), 1490);
    expect(ranked([later('H'), alarm(1501, capper, 'J1', 'Infeed jam')], [once])[0]).toBe('infeed_jam');
  });
});

it('knows a power dip by what struck several machines in the same second, though each says drive fault', () => {
  const power = {
    utilities: [
      {
        id: 'power',
        name: 'power',
        kind: 'power',
        serves: ['line-3'],
        signals: [{ name: 'voltage', unit: 'V', measures: 'voltage' }],
      },
    ],
  };
  const rows = ['rinser', 'filler', 'capper', 'packer', 'palletizer']
    .map((name) => `${name} ${'E'.repeat(30)}${'A'.repeat(36)}EEE`)
    .join('\n');
  const faults = ['rinser', 'filler', 'capper'].flatMap((name) =>
    alarm(1501, `line-3.${name}`, 'D1', 'Drive fault'),
  );
  const voltage = signal('power', 'voltage', 'V', 400, (s) => (s === 1490 || s === 1500 ? 180 : 400), stopS);
  expect(ranked([draw('line-3', rows, { stepS: 50 }), faults], [voltage], power)[0]).toBe('power_dip');
});

it('believes a count that was made while the line stood more than the stock before it', () => {
  const rows = `
    depalletizer ${'E'.repeat(30)}${'S'.repeat(35)}EE
    filler       ${'E'.repeat(33)}${'S'.repeat(32)}EE
    palletizer   ${'E'.repeat(40)}${'S'.repeat(25)}EE`;
  const counted = recordOf('stock', 500, null, {
    key: 'CAP28/WH1/-/free',
    version: '2',
    material: 'CAP28',
    location: 'WH1',
    stock: 'free',
    quantity: 0,
    unit: 'pcs',
  });
  const drawn = draw('line-3', rows);
  expect(ranked([drawn])[0]).not.toBe('component_stockout');
  expect(ranked([drawn, counted])[0]).toBe('component_stockout');
});

it('does not take an alarm for the cause that came and went while the machine ran on', () => {
  const gone = alarm(1300, capper, 'S1', 'Guard door open', 1320);
  expect(ranked([later('A'), gone, alarm(1501, capper, 'D1', 'Main drive overload')])[0]).toBe('drive_trip');
});

describe('an empty magazine', () => {
  const level = signal(capper, 'cap_level', '%', 60, (s) => Math.max(0, 60 - s / 20), stopS);
  const lamp = alarm(1501, capper, 'M1', 'Kappenmangel');
  const warehouse = (quantity: number): PlantRecord[] =>
    calmBusiness('line-3', quantity).map((record) =>
      record.kind === 'material_requirement' ? { ...record, available: null } : record,
    );
  const said = (quantity: number, alarms: PlantRecord[]) =>
    diagnose(
      caseOf({
        plant: bottlingPlant(),
        records: [warehouse(quantity), later('H'), alarms],
        signals: [level],
        nowS: 3600,
      }),
    );

  it.each([
    ['with an alarm', lamp],
    ['without a word of the machine', []],
  ])('is a machine that nobody refilled where the warehouse has the caps, %s', (_, alarms) => {
    expect(said(50_000, alarms)).toMatchObject({ cause: 'consumable_empty', place: capper });
  });

  it.each([
    ['with an alarm', lamp],
    ['without a word of the machine', []],
  ])('is a shortage of the supply where the warehouse has none of them, %s', (_, alarms) => {
    expect(said(0, alarms)).toMatchObject({ cause: 'component_stockout', machine: null });
  });
});
