import type { Line, Machine, Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { pascalCase } from '../names.ts';
import { classOf } from '../plants/machine-classes.ts';
import type { Random } from '../random.ts';
import { alarmsOf } from './alarms.ts';
import { sound } from './defects.ts';
import { bin, dockOf, goodsOf, newLot, type Product, store } from './goods.ts';
import { isLane } from './flow.ts';
import { drawDialect } from './wordings.ts';
import type { Edge, Floor, LineSim, MachineSim, SharedSim, Station } from './model.ts';

/** `line-4.base-feeder` -> `Line4.BaseFeeder`. */
const nodeOf = (id: string): string => id.split('.').map(pascalCase).join('.');

function machineOf(spec: Machine, station: Station, rng: Random, t: Millis, wide: boolean): MachineSim {
  const of = classOf(spec.class);
  const rate = spec.rate ?? 100;
  const machine: MachineSim = {
    id: spec.id,
    class: spec.class,
    node: nodeOf(spec.id),
    of,
    specs: spec.signals,
    rate,
    inputs: [],
    outputs: [],
    merge: 'all',
    state: 'Execute',
    mode: 'Production',
    blocked: false,
    starved: false,
    since: t,
    next: null,
    speed: rate * 0.8,
    behind: 0,
    flow: 0,
    good: rng.whole(200_000, 900_000),
    rejected: rng.whole(300, 2_500),
    rejectShare: of.rejects * rng.between(0.7, 1.3),
    rejecting: of.rejects,
    defects: sound(),
    holdsGuard: false,
    holdsHeat: false,
    technicianS: null,
    tank: null,
    friction: 1,
    repairS: 1200,
    stuck: null,
    timers: { short: 0, full: 0, overload: 0, stuck: 0, host: 0, air: 0 },
    heat: of.warmC,
    wear: rng.between(0, 0.12),
    magazine: null,
    minAir: of.air > 0 ? rng.between(4.9, 5.6) : 0,
    host: null,
    hostReserveS: rng.between(10, 45),
    station,
    task: null,
    trip: null,
    vendor: rng.whole(0, 2),
    alarms: [],
    noise: new Map(),
  };
  if (wide) {
    const habits = rng.fork('habits');
    machine.holdsGuard = habits.chance(0.5);
    machine.holdsHeat = of.warmC > 60 || of.warmC < 15;
  } else machine.alarms = alarmsOf(machine, rng, null);
  return machine;
}

function stationsOf(line: Line): Station[] {
  const crew = Math.max(1, Math.min(line.crew ?? 3, line.machines.length));
  const stations: Station[] = Array.from({ length: crew }, () => ({ machines: [], awayUntil: 0 }));
  for (const [i, machine] of line.machines.entries()) {
    stations[Math.floor((i * crew) / line.machines.length)]?.machines.push(machine.id);
  }
  return stations;
}

const flavours = ['lemon', 'orange', 'cherry', 'classic', 'zero', 'apple'];

function lineSimOf(plant: Plant, spec: Line, index: number, rng: Random, t: Millis, wide: boolean): LineSim {
  const stations = stationsOf(spec);
  const machines = spec.machines.map((machine) =>
    machineOf(
      machine,
      stations.find((one) => one.machines.includes(machine.id)) ?? stations[0]!,
      rng.fork(machine.id),
      t,
      wide,
    ),
  );
  const named = new Map(machines.map((machine) => [machine.id, machine]));
  const edges = spec.flow.map((flow) => connect(flow, named));
  mergeLanes(machines);
  const rate = Math.min(...machines.filter((one) => !isLane(one)).map((one) => one.rate));
  const goods = goodsOf(spec);
  const number = (kind: string, i: number) => `${kind}-${1000 + (index + 1) * 100 + i * 7 + rng.whole(0, 6)}`;
  const products = rng
    .shuffle(flavours)
    .slice(0, 3)
    .map((flavour, i): Product => ({
      material: number('FG', i),
      description: `${goods.outer}, ${flavour}`,
      speed: [0.86, 0.9, 0.94][i] ?? 0.9,
      load: [1, 0.94, 1.06][i] ?? 1,
    }));
  const main = bin(goods.main, number('RM', 0), rate, goods.unit, rng);
  const supply = store({
    material: main.material,
    capacity: rate * 40,
    quantity: rate * rng.between(24, 38),
    unit: goods.unit,
    leadS: rng.whole(150, 320),
    from: main,
  });
  const warehouse = [main];
  for (const [i, machine] of machines.entries()) {
    const consumable = machine.of.consumable;
    if (!consumable) continue;
    const perMinute = machine.rate * 0.85 * consumable.perUnit;
    const from = bin(consumable.noun, number('PM', i + 1), perMinute, consumable.unit, rng);
    warehouse.push(from);
    machine.magazine = store({
      material: from.material,
      capacity: perMinute * consumable.minutes,
      quantity: perMinute * consumable.minutes * rng.between(0.5, 0.95),
      unit: consumable.unit,
      leadS: rng.whole(100, 260),
      from,
    });
  }
  const mixingId = mixingOf(spec, named, rate);
  if (wide) {
    for (const machine of machines) {
      const habits = rng.fork(`${machine.id}/words`);
      machine.alarms = alarmsOf(machine, habits, drawDialect(habits));
    }
  }
  const reference = named.get(spec.reference ?? '') ?? machines.at(-1)!;
  return {
    id: spec.id,
    node: nodeOf(spec.id),
    spec,
    machines,
    edges,
    reference,
    products,
    product: products[0]!,
    unit: goods.unit,
    phase: { name: 'run' },
    change: null,
    lot: newLot(goods.inner, number('RM', 9), rng),
    toolsBackAt: 0,
    stations,
    supply,
    supplyId: spec.supply[0]?.id ?? `${spec.id}.supply`,
    warehouse,
    dock: dockOf(rate, rng, t),
    dispatchId: spec.dispatch[0]?.id ?? `${spec.id}.dispatch`,
    mixingId,
    orderless: false,
    rng: rng.fork('line'),
    noiseRng: rng.fork('noise'),
  };
}

/** Lanes that part at one machine and meet again: any of them will do. */
function mergeLanes(machines: readonly MachineSim[]): void {
  for (const machine of machines) {
    const before = machine.inputs.map((edge) => edge.from.inputs.map((one) => one.from));
    const shared = before[0]?.find((one) => before.every((others) => others.includes(one)));
    if (machine.inputs.length > 1 && shared) machine.merge = 'any';
  }
}

/** A second way in besides the first machine's: product that is mixed elsewhere and flows to one machine. */
function mixingOf(spec: Line, named: ReadonlyMap<string, MachineSim>, rate: number): string | null {
  const portal = spec.supply[1];
  const machine = portal ? named.get(portal.at) : undefined;
  if (!portal || !machine) return null;
  machine.tank = store({ material: '', capacity: rate * 12, unit: 'PC', leadS: 60, orderAt: rate * 8 });
  return portal.id;
}

function connect(flow: Line['flow'][number], named: Map<string, MachineSim>): Edge {
  const from = named.get(flow.from);
  const to = named.get(flow.to);
  if (!from || !to)
    throw new RangeError(`flow names ${from ? flow.to : flow.from}, which is no machine of the line`);
  // Rigidly coupled machines still share a few units on the belt.
  const capacity = Math.max(flow.capacity, from.rate / 15);
  const edge = { from, to, capacity, level: capacity * 0.45 };
  from.outputs.push(edge);
  to.inputs.push(edge);
  return edge;
}

const sharedOf = (plant: Plant, kind: 'power' | 'chilled_water'): SharedSim | null => {
  const spec = plant.utilities.find((utility) => utility.kind === kind);
  return spec ? { id: spec.id, spec, level: 1, serves: new Set(spec.serves), backAt: 0 } : null;
};

/** `wide`: machines of many makers, with guards and heaters that tell of themselves. */
export function buildFloor(plant: Plant, rng: Random, t: Millis, wide = false): Floor {
  const lines = plant.lines.map((line, i) => lineSimOf(plant, line, i, rng.fork(line.id), t, wide));
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
