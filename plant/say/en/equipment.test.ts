import { expect, test } from 'vitest';
import { plant as plantSchema } from '../../equipment.ts';
import { matches } from '../../names.ts';
import { expectGrounded } from '../testing/stop.ts';
import { sayEquipment } from './equipment.ts';

const plant = plantSchema.parse({
  id: 'p',
  name: 'P',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      aliases: ['can line'],
      machines: [
        { id: 'line-1.filler', name: 'Filler', class: 'filler', rate: 380 },
        { id: 'line-1.seamer', name: 'Seamer', class: 'seamer' },
        { id: 'line-1.packer', name: 'Packer', class: 'packer' },
      ],
      flow: [
        { from: 'line-1.filler', to: 'line-1.seamer', capacity: 1_200 },
        { from: 'line-1.seamer', to: 'line-1.packer' },
      ],
    },
  ],
});
const said = (asked: string) => {
  const found = matches(plant, asked);
  const words = sayEquipment({ found, asked, total: found.length }, plant);
  expectGrounded(words);
  return [words.firstLine, words.text];
};

test('a line is told with its machines', () =>
  expect(said('line 1')).toEqual([
    'Line 1: line of 3 machines, also called can line.',
    'In the order of the flow: filler, seamer and packer.',
  ]));

test('a machine is told with its rated speed and what fits between it and its neighbours', () => {
  expect(said('filler')).toEqual([
    'Filler of Line 1: machine.',
    'Its rated speed is 380 units a minute. After it: the seamer (1,200 units fit between).',
  ]);
  expect(said('seamer')[1]).toBe('Before it: the filler (1,200 units fit between). After it: the packer.');
});
