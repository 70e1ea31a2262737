/** What a signal measures, told by the plant's description, else by its name or unit. */
export type Measure =
  | 'load'
  | 'temperature'
  | 'pressure'
  | 'voltage'
  | 'vibration'
  | 'buffer'
  | 'level'
  | 'speed'
  | 'rejects'
  | 'count'
  | 'setpoint'
  | 'connected'
  | 'other';

const byUnit: readonly [Measure, RegExp][] = [
  ['temperature', /^(°?[CFK]|degC|Cel)$/],
  ['pressure', /^(m?bar|psi|k?Pa|MPa)( ?\(?[ag]\)?)?$/i],
  ['load', /^(Nm|A|N|kW|mA)$/],
  ['voltage', /^(k|m)?V$/],
  ['vibration', /^(mm\/s|g|m\/s2|m\/s²)$/],
  ['speed', /^(bpm|rpm|\/min|1\/min|m\/min|ppm|cpm)$/i],
];

/** What has this unit; undefined: a number without a unit of physics may be anything. */
export const measureByUnit = (unit: string): Measure | undefined =>
  byUnit.find(([, pattern]) => pattern.test(unit))?.[0];
