import type { Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { nodeOf } from '../names.ts';
import type { Random } from '../random.ts';
import { buildLine } from './build-line.ts';
import type { Floor, SharedSim } from './model.ts';

const sharedOf = (plant: Plant, kind: 'power' | 'chilled_water'): SharedSim | null => {
  const spec = plant.utilities.find((utility) => utility.kind === kind);
  return spec ? { id: spec.id, spec, level: 1, serves: new Set(spec.serves), backAt: 0 } : null;
};

/** `wide`: machines of many makers, with guards and heaters that tell of themselves. */
export function buildFloor(plant: Plant, rng: Random, t: Millis, wide = false): Floor {
  const lines = plant.lines.map((line, i) => buildLine(line, i, rng.fork(line.id), t, wide));
  const byId = new Map(
    lines.flatMap((line) => line.machines.map((machine) => [machine.id, { line, machine }] as const)),
  );
  const hosts = plant.systems.map((system) => ({
    id: system.id,
    node: `Systems.${nodeOf(system.id)}`,
    connected: true,
    serves: new Set(system.serves),
  }));
  for (const { machine } of byId.values()) {
    if (machine.of.asksHost) machine.host = hosts.find((host) => host.serves.has(machine.id)) ?? null;
  }
  const spec = plant.utilities.find((utility) => utility.kind === 'compressed_air') ?? null;
  const nominal = lines.flatMap((line) => line.machines).reduce((sum, machine) => sum + machine.of.air, 0);
  return {
    plant,
    wide,
    lines,
    byId,
    air: {
      id: spec?.id ?? 'compressed-air',
      node: `Utilities.${nodeOf(spec?.id ?? 'compressed-air')}`,
      spec,
      pressure: 7,
      health: 1,
      demand: nominal,
      nominal,
    },
    hosts,
    power: sharedOf(plant, 'power'),
    water: sharedOf(plant, 'chilled_water'),
    outages: [],
    ledger: [],
    now: t,
    alarms: [],
    diary: [],
    startChangeover: () => undefined,
    withdrawOrders: () => undefined,
  };
}
