import { plant } from '../../equipment.ts';
import type { Line, Plant } from '../../equipment.ts';

const bottling = ['depalletizer', 'rinser', 'filler', 'capper', 'labeller', 'packer', 'palletizer'];

/** `a > b > c` as machines and flow of one line; more rows add branches. `capacity`: of every buffer. */
export function lineOf(
  id: string,
  rows: string | string[],
  { capacity = 100, ...more }: { capacity?: number } & Record<string, unknown> = {},
): Record<string, unknown> {
  const names: string[] = [];
  const flow: { from: string; to: string; capacity: number }[] = [];
  for (const row of Array.isArray(rows) ? rows : [rows]) {
    const chain = row.split('>').map((name) => name.trim());
    chain.forEach((name, index) => {
      if (!names.includes(name)) names.push(name);
      const before = chain[index - 1];
      if (before) flow.push({ from: `${id}.${before}`, to: `${id}.${name}`, capacity });
    });
  }
  const machines = names.map((name) => ({
    id: `${id}.${name}`,
    name: name.replaceAll('-', ' '),
    class: name,
    rate: 120,
  }));
  return { id, name: id.replace('-', ' '), machines, flow, rate: 120, ...more };
}

/** A plant around some lines, with compressed air for all of them and a label server. */
export function plantOf(lines: Record<string, unknown>[], more: Record<string, unknown> = {}): Plant {
  return plant.parse({
    id: 'test',
    name: 'Test plant',
    timezone: 'Europe/Berlin',
    lines,
    utilities: [
      {
        id: 'compressed-air',
        name: 'compressed air',
        kind: 'compressed_air',
        serves: lines.map((line) => line.id),
        signals: [{ name: 'pressure', unit: 'bar', measures: 'pressure' }],
      },
    ],
    systems: [{ id: 'label-server', name: 'label server', serves: ['line-3.labeller'] }],
    ...more,
  });
}

export const bottlingPlant = (
  more: Record<string, unknown> = {},
  ofLine: Record<string, unknown> = {},
): Plant =>
  plantOf([lineOf('line-3', bottling.join(' > '), { standardS: { changeover: 1200 }, ...ofLine })], more);

export const lineIn = (of: Plant, id = 'line-3'): Line => of.lines.find((line) => line.id === id) as Line;
