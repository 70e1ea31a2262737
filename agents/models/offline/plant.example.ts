import { plant, type Plant } from '../../../plant/equipment.ts';

const machine = (line: string, id: string, aliases: string[] = []) => ({
  id: `${line}.${id}`,
  name: id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' '),
  class: id,
  aliases,
  signals: [
    { name: 'speed', unit: 'bpm' },
    ...(id === 'capper'
      ? [
          { name: 'torque', unit: 'Nm' },
          { name: 'cap_level', unit: '%' },
        ]
      : []),
  ],
});

/** Four lines like those of the demo plant, in the zone where the clock changes. */
export const examplePlant: Plant = plant.parse({
  id: 'demo',
  name: 'the demo plant',
  timezone: 'Europe/Berlin',
  shifts: [
    { id: 'early', name: 'Early', from: '06:00', to: '14:00' },
    { id: 'late', name: 'Late', from: '14:00', to: '22:00' },
    { id: 'night', name: 'Night', from: '22:00', to: '06:00' },
  ],
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      aliases: ['can line'],
      machines: ['depalletizer', 'rinser', 'filler', 'seamer', 'pasteurizer', 'packer', 'palletizer'].map(
        (id) => machine('line-1', id),
      ),
    },
    {
      id: 'line-2',
      name: 'Line 2',
      aliases: ['pouch line'],
      machines: ['former', 'filler', 'sealer', 'checkweigher', 'cartoner'].map((id) => machine('line-2', id)),
    },
    {
      id: 'line-3',
      name: 'Line 3',
      aliases: ['bottling line', 'bottling'],
      machines: [
        ...['depalletizer', 'rinser', 'filler'].map((id) => machine('line-3', id)),
        machine('line-3', 'capper', ['capping machine', 'big red']),
        ...['labeller', 'packer', 'palletizer'].map((id) => machine('line-3', id)),
      ],
    },
    {
      id: 'line-4',
      name: 'Line 4',
      aliases: ['assembly line', 'assembly'],
      machines: ['base-feeder', 'cover-feeder', 'assembler', 'tester', 'packer'].map((id) =>
        machine('line-4', id),
      ),
    },
  ],
  utilities: [
    {
      id: 'compressed-air',
      name: 'Compressed air',
      aliases: ['air'],
      kind: 'compressed_air',
      signals: [{ name: 'pressure', unit: 'bar' }],
    },
  ],
  systems: [
    { id: 'label-server', name: 'Label server' },
    { id: 'mes', name: 'MES' },
  ],
});
