import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { plant } from '../../plant/equipment.ts';
import { demoPlant } from './demo.ts';

test('the YAML describes exactly the plant that is simulated', () => {
  const file = parse(readFileSync(new URL('../../demo.yaml', import.meta.url), 'utf8')) as { plant: unknown };
  expect(plant.parse(file.plant)).toEqual(demoPlant);
});

test('ids are unique, flow joins machines of the line, the reference is its end', () => {
  const ids = demoPlant.lines.flatMap((line) => [line.id, ...line.machines.map((machine) => machine.id)]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const line of demoPlant.lines) {
    const own = new Set(line.machines.map((machine) => machine.id));
    for (const edge of line.flow) expect([own.has(edge.from), own.has(edge.to)]).toEqual([true, true]);
    expect(line.flow.some((edge) => edge.from === line.reference)).toBe(false);
  }
  expect(demoPlant.lines.map((line) => line.machines.length)).toEqual([7, 5, 7, 5]);
});
