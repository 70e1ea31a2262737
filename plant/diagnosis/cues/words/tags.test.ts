import { expect, test } from 'vitest';
import { signalsOf } from '../../records/signals.ts';
import { bottlingPlant, lineIn } from '../../testing/plants.ts';

const bottling = bottlingPlant();
const line = lineIn(bottling);
/** The description calls one tag the level of a buffer. */
const plant = {
  ...bottling,
  lines: [{ ...line, flow: line.flow.map((edge) => ({ ...edge, level: 'line-3.filler/kistjes' })) }],
};

const measureOf = (signal: string, unit = ''): string | undefined => {
  const points = Array.from({ length: 12 }, (_, index) => [index * 10_000, 5] as const);
  const baseline = { median: 5, mad: 0.1, count: 100 };
  const window = { equipment: 'line-3.filler', signal, unit, source: 's', points, baseline };
  return signalsOf(plant, [window], 200_000)[0]?.measure;
};

test.each([
  ['tempo_ciclo', 'temperature'],
  ['temps_cycle', 'temperature'],
  ['tempo_attesa', 'temperature'],
  ['temporizador_1', 'temperature'],
  ['last_cycle_time', 'load'],
  ['last_count', 'load'],
  ['last_level', 'load'],
  ['last_stop', 'load'],
  ['par_12', 'load'],
  ['valve_stuck', 'count'],
  ['afdruk_teller', 'pressure'],
  ['drucker_status', 'pressure'],
  ['magazzino_vuoto', 'pressure'],
  ['cargador_vacio', 'pressure'],
  ['bobinadora_velocidad', 'level'],
])('the tag %s is no %s', (signal, measure) => {
  expect(measureOf(signal)).not.toBe(measure);
});

test.each([
  ['temp_zone_3', '', 'temperature'],
  ['Öltemperatur', '', 'temperature'],
  ['motor_last', '', 'load'],
  ['last_motor', '', 'load'],
  ['last_count', '', 'count'],
  ['last_level', '', 'level'],
  ['Füllstand', '', 'level'],
  ['Stückzahl', '', 'count'],
  ['Zähler', '', 'count'],
  ['luchtdruk', '', 'pressure'],
  ['druk', '', 'pressure'],
  ['vuoto', '', 'pressure'],
  ['luftdruck', '', 'pressure'],
  ['cargador_vacio', '', 'level'],
  ['bobina', '', 'level'],
  ['bobinadora_velocidad', '', 'speed'],
  ['lijmtemp', '°C', 'temperature'],
  ['cisnienie_pary', 'bar', 'pressure'],
  ['zulauf_temperatur', '°C', 'temperature'],
  ['zulauf', 'FL', 'buffer'],
  ['corrente_mandrino', 'A', 'load'],
  ['vitesse', 'c/min', 'speed'],
  ['uitval', '', 'rejects'],
  ['poziom_kleju', '%', 'level'],
  ['drgania', 'mm/s', 'vibration'],
  ['tensao', 'V', 'voltage'],
  // The description calls it the level of a buffer, whatever its name.
  ['kistjes', 'KST', 'buffer'],
])('the tag %s in "%s" is a %s', (signal, unit, measure) => {
  expect(measureOf(signal, unit)).toBe(measure);
});
