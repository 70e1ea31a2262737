import { expect, test } from 'vitest';
import { plant as plantSchema } from '../../equipment.ts';
import { periodWords } from './period.ts';

const base = {
  id: 'p',
  name: 'P',
  timezone: 'Europe/Berlin',
  lines: [{ id: 'line-1', name: 'Line 1', machines: [{ id: 'line-1.a', name: 'A' }] }],
};
const plant = plantSchema.parse({
  ...base,
  shifts: [
    { id: 'early', name: 'Early shift', from: '06:00', to: '14:00' },
    { id: 'late', name: 'Late', from: '14:00', to: '22:00' },
    { id: 'night', name: 'Night', from: '22:00', to: '06:00' },
  ],
});
const at = (time: string): number => Date.parse(`2026-11-${time.replace(' ', 'T')}:00+01:00`);
const now = at('20 15:10');

test.each([
  ['20 00:00', '20 15:10', 'today until 15:10'],
  ['19 00:00', '20 00:00', 'yesterday'],
  ['19 00:00', '19 15:10', 'yesterday until 15:10'],
  ['16 00:00', '17 00:00', 'on Monday 16 Nov'],
  ['20 14:00', '20 15:10', 'in the late shift until 15:10'],
  ['20 06:00', '20 14:00', 'in the early shift'],
  ['19 22:00', '20 06:00', 'in the night shift of yesterday'],
  ['16 14:00', '16 22:00', 'in the late shift of Monday 16 Nov'],
  ['20 06:00', '20 15:10', 'from 06:00 to 15:10'],
  ['20 13:00', '20 14:00', 'from 13:00 to 14:00'],
  ['16 00:00', '20 15:10', 'from Monday 16 Nov 00:00 to 15:10'],
  ['18 06:00', '19 14:00', 'from Wednesday 18 Nov 06:00 to yesterday 14:00'],
])('%s to %s: %s', (from, to, words) => expect(periodWords(at(from), at(to), plant, now)).toBe(words));

test.each([
  ['Frühschicht', 'in shift Frühschicht until 07:00'],
  ['Shift A', 'in Shift A until 07:00'],
  ['A', 'in shift A until 07:00'],
  ['Early', 'in the early shift until 07:00'],
])('a shift called %s', (name, words) => {
  const named = plantSchema.parse({ ...base, shifts: [{ id: 'a', name, from: '06:00', to: '14:00' }] });
  expect(periodWords(at('20 06:00'), at('20 07:00'), named, now)).toBe(words);
});
