import { plant as plantSchema } from '../../plant/equipment.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { iso } from '../../plant/time.ts';

const machines = (line: string, names: readonly string[]) =>
  names.map((name) => ({
    id: `${line}.${name}`,
    name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
    class: name,
    signals: [{ name: 'torque', unit: 'Nm', measures: 'torque' }],
  }));

const flow = (line: string, names: readonly string[]) =>
  names
    .slice(1)
    .map((name, index) => ({ from: `${line}.${names[index]}`, to: `${line}.${name}`, capacity: 60 }));

const bottling = ['filler', 'capper', 'labeller', 'packer'];
const can = ['filler', 'seamer', 'packer'];

/** Two lines, compressed air and a label server, in Berlin time. */
export const testPlant: Plant = plantSchema.parse({
  id: 'test',
  name: 'Test plant',
  timezone: 'Europe/Berlin',
  shifts: [
    { id: 'early', name: 'Early', from: '06:00', to: '14:00' },
    { id: 'late', name: 'Late', from: '14:00', to: '22:00' },
  ],
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      aliases: ['can line'],
      machines: machines('line-1', can),
      flow: flow('line-1', can),
    },
    {
      id: 'line-3',
      name: 'Line 3',
      aliases: ['bottling line'],
      machines: machines('line-3', bottling),
      flow: flow('line-3', bottling),
    },
  ],
  utilities: [
    {
      id: 'compressed-air',
      name: 'Compressed air',
      kind: 'compressed_air',
      serves: ['line-1', 'line-3'],
      signals: [{ name: 'pressure', unit: 'bar' }],
    },
  ],
  systems: [{ id: 'label-server', name: 'Label server', serves: ['line-3.labeller'] }],
});

/** Friday 20 November 2026, 14:30 in Berlin. */
export const testNow = Date.parse('2026-11-20T13:30:00Z');

export const healthOf = (
  source: string,
  system: string,
  state: SourceHealth['state'] = 'up',
  problem: string | null = null,
): SourceHealth => ({
  source,
  system,
  state,
  lastOkAt: iso(testNow - (state === 'up' ? 5_000 : 1_800_000)),
  lastRecordAt: iso(testNow - 30_000),
  clockOffsetMs: 0,
  problem,
});

export const allUp: readonly SourceHealth[] = [
  healthOf('machines', 'OPC UA'),
  healthOf('erp', 'SAP S/4HANA'),
  healthOf('mes', 'Plex'),
  healthOf('notes', 'Operator notes'),
];
