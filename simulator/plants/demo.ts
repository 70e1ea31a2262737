import type { Plant } from '../../plant/equipment.ts';
import { plantOf } from './layout.ts';

export const demoShifts = [
  { id: 'early', name: 'Early shift', from: '06:00', to: '14:00', breaks: [{ from: '10:00', to: '10:30' }] },
  { id: 'late', name: 'Late shift', from: '14:00', to: '22:00', breaks: [{ from: '18:00', to: '18:30' }] },
  { id: 'night', name: 'Night shift', from: '22:00', to: '06:00', breaks: [{ from: '02:00', to: '02:30' }] },
];

/** The demo plant: a can line, a pouch line, a bottling line, an assembly line with a branch. */
export const demoPlant: Plant = plantOf({
  id: 'demo',
  name: 'Demo plant',
  timezone: 'Europe/Berlin',
  shifts: demoShifts,
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      aliases: ['L1', 'can line', 'the can line', 'cans', 'canning'],
      area: 'Filling hall',
      changeoverS: 1500,
      crew: 4,
      machines: [
        { id: 'depalletizer', class: 'depalletizer', rate: 440, feeds: { to: 'rinser', capacity: 600 } },
        { id: 'rinser', class: 'rinser', rate: 420, feeds: { to: 'filler', capacity: 180 } },
        { id: 'filler', class: 'filler', rate: 380, feeds: { to: 'seamer', capacity: 40 } },
        {
          id: 'seamer',
          class: 'seamer',
          rate: 400,
          aliases: ['can closer'],
          feeds: { to: 'pasteurizer', capacity: 400 },
        },
        {
          id: 'pasteurizer',
          class: 'pasteurizer',
          rate: 410,
          aliases: ['tunnel'],
          feeds: { to: 'packer', capacity: 700 },
        },
        { id: 'packer', class: 'packer', rate: 440, feeds: { to: 'palletizer', capacity: 260 } },
        { id: 'palletizer', class: 'palletizer', rate: 460 },
      ],
    },
    {
      id: 'line-2',
      name: 'Line 2',
      aliases: ['L2', 'pouch line', 'the pouch line', 'pouches', 'pouching'],
      area: 'Packing hall',
      changeoverS: 1200,
      crew: 3,
      machines: [
        { id: 'former', class: 'former', rate: 132, feeds: { to: 'filler', capacity: 30 } },
        { id: 'filler', class: 'filler', rate: 120, feeds: { to: 'sealer', capacity: 20 } },
        { id: 'sealer', class: 'sealer', rate: 128, feeds: { to: 'checkweigher', capacity: 60 } },
        {
          id: 'checkweigher',
          class: 'checkweigher',
          rate: 140,
          aliases: ['scale'],
          feeds: { to: 'cartoner', capacity: 140 },
        },
        { id: 'cartoner', class: 'cartoner', rate: 145, aliases: ['boxer'] },
      ],
    },
    {
      id: 'line-3',
      name: 'Line 3',
      aliases: ['L3', 'bottling', 'bottling line', 'bottle line', 'the bottle line', 'bottles'],
      area: 'Filling hall',
      changeoverS: 1800,
      crew: 4,
      machines: [
        { id: 'depalletizer', class: 'depalletizer', rate: 245, feeds: { to: 'rinser', capacity: 400 } },
        { id: 'rinser', class: 'rinser', rate: 235, feeds: { to: 'filler', capacity: 120 } },
        { id: 'filler', class: 'filler', rate: 210, feeds: { to: 'capper', capacity: 24 } },
        {
          id: 'capper',
          class: 'capper',
          rate: 222,
          aliases: ['closer'],
          feeds: { to: 'labeller', capacity: 180 },
        },
        { id: 'labeller', class: 'labeller', rate: 232, feeds: { to: 'packer', capacity: 200 } },
        {
          id: 'packer',
          class: 'packer',
          rate: 240,
          aliases: ['case packer'],
          feeds: { to: 'palletizer', capacity: 160 },
        },
        { id: 'palletizer', class: 'palletizer', rate: 250 },
      ],
    },
    {
      id: 'line-4',
      name: 'Line 4',
      aliases: ['L4', 'assembly', 'assembly line', 'the assembly line'],
      area: 'Assembly hall',
      changeoverS: 900,
      crew: 3,
      machines: [
        {
          id: 'base-feeder',
          class: 'feeder',
          rate: 44,
          feeds: { to: 'assembler', capacity: 40 },
        },
        {
          id: 'cover-feeder',
          class: 'feeder',
          rate: 44,
          feeds: { to: 'assembler', capacity: 30 },
        },
        { id: 'assembler', class: 'assembler', rate: 36, feeds: { to: 'tester', capacity: 24 } },
        { id: 'tester', class: 'tester', rate: 40, feeds: { to: 'packer', capacity: 30 } },
        { id: 'packer', class: 'packer', rate: 42 },
      ],
    },
  ],
});
