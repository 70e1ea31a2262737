import type { SignalSpec } from '../../plant/equipment.ts';

/** What a machine of a class is made of: the figures its physics starts from. */
export type MachineClass = {
  /** Main drive at nominal speed. */
  torqueNm: number;
  /** Temperature the machine settles at while it runs, °C. */
  warmC: number;
  vibration?: number;
  /** Product pressure at the valves, bar. */
  pressureBar?: number;
  /** Net weight of one unit, g. */
  weightG?: number;
  /** Something it uses up and that people bring: `minutes` of it fit into the magazine. */
  consumable?: { noun: string; signal: string; minutes: number; perUnit: number; unit: string };
  /** Compressed air at nominal speed, normal litres per second; 0: needs none. */
  air: number;
  /** Asks the label server for every batch of labels. */
  asksHost?: boolean;
  /** Share of units it throws out. */
  rejects: number;
  /** Main process value, besides the speed. */
  main: string;
};

const capper = {
  torqueNm: 2.4,
  warmC: 41,
  vibration: 1.6,
  consumable: { noun: 'Caps', signal: 'cap_level', minutes: 22, perUnit: 1, unit: 'PC' },
  air: 9,
  rejects: 0.002,
  main: 'torque',
} satisfies MachineClass;

const machineClasses: Readonly<Record<string, MachineClass>> = {
  depalletizer: { torqueNm: 64, warmC: 38, air: 14, rejects: 0.0004, main: 'torque' },
  rinser: { torqueNm: 22, warmC: 32, pressureBar: 3.2, air: 3, rejects: 0.0002, main: 'pressure' },
  filler: {
    torqueNm: 38,
    warmC: 9,
    vibration: 1.1,
    pressureBar: 4.1,
    air: 11,
    rejects: 0.0025,
    main: 'pressure',
  },
  capper,
  seamer: {
    ...capper,
    torqueNm: 31,
    vibration: 2.2,
    consumable: { noun: 'Can ends', signal: 'end_level', minutes: 26, perUnit: 1, unit: 'PC' },
  },
  pasteurizer: { torqueNm: 55, warmC: 64, air: 0, rejects: 0.0003, main: 'temperature' },
  labeller: {
    torqueNm: 12,
    warmC: 36,
    vibration: 0.9,
    consumable: { noun: 'Labels', signal: 'label_level', minutes: 34, perUnit: 1, unit: 'PC' },
    air: 6,
    asksHost: true,
    rejects: 0.0015,
    main: 'torque',
  },
  packer: {
    torqueNm: 27,
    warmC: 43,
    vibration: 1.8,
    consumable: { noun: 'Carton blanks', signal: 'carton_level', minutes: 28, perUnit: 1 / 6, unit: 'PC' },
    air: 16,
    asksHost: true,
    rejects: 0.0005,
    main: 'torque',
  },
  palletizer: { torqueNm: 71, warmC: 40, vibration: 2.0, air: 18, rejects: 0.0001, main: 'torque' },
  former: {
    torqueNm: 16,
    warmC: 48,
    consumable: { noun: 'Zip strip', signal: 'zip_level', minutes: 40, perUnit: 0.12, unit: 'M' },
    air: 12,
    rejects: 0.002,
    main: 'torque',
  },
  sealer: { torqueNm: 14, warmC: 168, pressureBar: 2.6, air: 10, rejects: 0.003, main: 'temperature' },
  checkweigher: { torqueNm: 5, warmC: 30, weightG: 252, air: 2, rejects: 0.004, main: 'weight' },
  cartoner: {
    torqueNm: 24,
    warmC: 42,
    vibration: 1.7,
    consumable: { noun: 'Folding boxes', signal: 'carton_level', minutes: 24, perUnit: 1 / 8, unit: 'PC' },
    air: 15,
    asksHost: true,
    rejects: 0.0006,
    main: 'torque',
  },
  wrapper: { torqueNm: 18, warmC: 165, vibration: 0.8, air: 6, rejects: 0.0006, main: 'temperature' },
  erector: {
    torqueNm: 11,
    warmC: 150,
    consumable: { noun: 'Case blanks', signal: 'blank_level', minutes: 30, perUnit: 1 / 12, unit: 'PC' },
    air: 9,
    rejects: 0.0004,
    main: 'torque',
  },
  divider: { torqueNm: 6, warmC: 31, air: 2, rejects: 0.0001, main: 'torque' },
  feeder: { torqueNm: 8, warmC: 34, vibration: 1.2, air: 7, rejects: 0.001, main: 'vibration' },
  assembler: {
    torqueNm: 19,
    warmC: 45,
    vibration: 1.4,
    consumable: { noun: 'Screws', signal: 'screw_level', minutes: 45, perUnit: 4, unit: 'PC' },
    air: 13,
    rejects: 0.004,
    main: 'torque',
  },
  tester: { torqueNm: 6, warmC: 33, pressureBar: 1.5, air: 5, rejects: 0.008, main: 'pressure' },
};

export function classOf(name: string): MachineClass {
  return machineClasses[name] ?? { torqueNm: 20, warmC: 40, air: 5, rejects: 0.001, main: 'torque' };
}

/** The signals a machine of this class offers. `rate` is its nominal speed; `infeed` the units that fit before it, if any. */
export function signalsOf(name: string, rate: number, infeed: number | null): SignalSpec[] {
  const of = classOf(name);
  const value = (signal: string, unit: string, high: number, measures: string, low = 0): SignalSpec => ({
    name: signal,
    unit,
    low,
    high,
    measures,
  });
  const top = Math.ceil((rate * 1.3) / 10) * 10;
  const list = [
    value('speed', 'upm', top, 'speed'),
    value('set_speed', 'upm', top, 'set_speed'),
    { name: 'good_count', unit: '', measures: 'count' },
    { name: 'reject_count', unit: '', measures: 'reject_count' },
  ];
  if (infeed !== null) list.push(value('infeed_level', 'units', infeed, 'level'));
  list.push(value('torque', 'Nm', Math.ceil(of.torqueNm * 2), 'torque'));
  list.push(value('temperature', '°C', Math.ceil(of.warmC * 1.6), 'temperature'));
  if (of.vibration) list.push(value('vibration', 'mm/s', Math.ceil(of.vibration * 5), 'vibration'));
  if (of.pressureBar) list.push(value('pressure', 'bar', Math.ceil(of.pressureBar * 2), 'pressure'));
  if (of.weightG) list.push(value('weight', 'g', Math.ceil(of.weightG * 1.2), 'weight'));
  if (of.consumable) list.push(value(of.consumable.signal, '%', 100, 'level'));
  return list;
}
