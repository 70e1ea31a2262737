import type { Line, Plant } from '../../plant/equipment.ts';
import { servesLine } from '../../plant/equipment.ts';
import { AndonError } from '../../plant/errors.ts';
import { portalsOf } from '../../plant/names.ts';

/** The line of that id. Throws `not_found`. */
export function lineOf(plant: Plant, id: string): Line {
  const found = plant.lines.find((line) => line.id === id);
  if (!found)
    throw new AndonError(
      'not_found',
      `There is no line ${id} in this plant.`,
      `Lines: ${plant.lines.map((line) => line.id).join(', ')}.`,
    );
  return found;
}

/** Everything whose records can explain a line: itself, machines, supply and dispatch, utilities and systems that serve it. */
export function scopeOf(plant: Plant, line: Line): { machines: string[]; shared: string[]; all: string[] } {
  const machines = line.machines.map((machine) => machine.id);
  const shared = [...plant.utilities, ...plant.systems]
    .filter(({ serves }) => servesLine(serves, line))
    .map(({ id }) => id);
  const portals = [...portalsOf(line).map((portal) => portal.id), `${line.id}.supply`, `${line.id}.dispatch`];
  return { machines, shared, all: [...new Set([line.id, ...machines, ...portals, ...shared])] };
}

/** The unit of a signal as the plant's file names it; empty where it names none. */
export function unitOf(plant: Plant, equipment: string, signal: string): string {
  const things = [...plant.lines.flatMap((line) => line.machines), ...plant.utilities];
  const specs = things.find((thing) => thing.id === equipment)?.signals ?? [];
  return specs.find((spec) => spec.name === signal)?.unit ?? '';
}
