import type { Line, Machine } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { nodeOf } from '../names.ts';
import { classOf } from '../plants/machine-classes.ts';
import type { Random } from '../random.ts';
import { alarmsOf } from './alarms.ts';
import { sound } from './defects.ts';
import { isLane } from './flow.ts';
import { bin, dockOf, goodsOf, newLot, type Product, type Store, store } from './goods.ts';
import type { Edge, LineSim, MachineSim, Station } from './model.ts';
import { drawDialect } from './wordings.ts';

function machineOf(spec: Machine, station: Station, rng: Random, t: Millis): MachineSim {
  const of = classOf(spec.class);
  const rate = spec.rate ?? 100;
  return {
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
}

/** Machines of many makers open guards and keep their heat each in their own way; those of the demo only word their alarms. */
function addHabits(machine: MachineSim, rng: Random, wide: boolean): MachineSim {
  if (!wide) return Object.assign(machine, { alarms: alarmsOf(machine, rng, null) });
  machine.holdsGuard = rng.fork('habits').chance(0.5);
  machine.holdsHeat = machine.of.warmC > 60 || machine.of.warmC < 15;
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
/** Material numbers look alike and differ: kind, line, running number, and what the seed adds. */
type Numbering = (kind: string, i: number) => string;

export function buildLine(spec: Line, index: number, rng: Random, t: Millis, wide: boolean): LineSim {
  const stations = stationsOf(spec);
  const machines = spec.machines.map((machine) => {
    const station = stations.find((one) => one.machines.includes(machine.id)) ?? stations[0]!;
    const own = rng.fork(machine.id);
    return addHabits(machineOf(machine, station, own, t), own, wide);
  });
  const named = new Map(machines.map((machine) => [machine.id, machine]));
  const edges = spec.flow.map((flow) => connect(flow, named));
  mergeLanes(machines);
  const rate = Math.min(...machines.filter((one) => !isLane(one)).map((one) => one.rate));
  const goods = goodsOf(spec);
  const number: Numbering = (kind, i) => `${kind}-${1000 + (index + 1) * 100 + i * 7 + rng.whole(0, 6)}`;
  const products = productsOf(goods.outer, number, rng);
  const main = bin(goods.main, number('RM', 0), rate, goods.unit, rng);
  const supply = stagingOf(main, rate, rng);
  const warehouse = [main, ...machines.flatMap((machine, i) => fillMagazine(machine, i, number, rng))];
  const mixingId = mixingOf(spec, named, rate);
  if (wide) for (const machine of machines) nameAlarms(machine, rng.fork(`${machine.id}/words`));
  return {
    id: spec.id,
    node: nodeOf(spec.id),
    spec,
    machines,
    edges,
    reference: named.get(spec.reference ?? '') ?? machines.at(-1)!,
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

/** Where the main material waits for the first machine: forty minutes of it at the nominal rate. */
const stagingOf = (main: Store, rate: number, rng: Random): Store =>
  store({
    material: main.material,
    capacity: rate * 40,
    quantity: rate * rng.between(24, 38),
    unit: main.unit,
    leadS: rng.whole(150, 320),
    from: main,
  });

/** Three flavours of the same goods; each runs a little faster and loads drives a little differently. */
const productsOf = (outer: string, number: Numbering, rng: Random): Product[] =>
  rng
    .shuffle(flavours)
    .slice(0, 3)
    .map((flavour, i) => ({
      material: number('FG', i),
      description: `${outer}, ${flavour}`,
      speed: [0.86, 0.9, 0.94][i] ?? 0.9,
      load: [1, 0.94, 1.06][i] ?? 1,
    }));

/** What a machine uses up: a magazine at the machine and a bin in the warehouse, which is returned. */
function fillMagazine(machine: MachineSim, i: number, number: Numbering, rng: Random): Store[] {
  const { consumable } = machine.of;
  if (!consumable) return [];
  const perMinute = machine.rate * 0.85 * consumable.perUnit;
  const from = bin(consumable.noun, number('PM', i + 1), perMinute, consumable.unit, rng);
  machine.magazine = store({
    material: from.material,
    capacity: perMinute * consumable.minutes,
    quantity: perMinute * consumable.minutes * rng.between(0.5, 0.95),
    unit: consumable.unit,
    leadS: rng.whole(100, 260),
    from,
  });
  return [from];
}

function nameAlarms(machine: MachineSim, habits: Random): void {
  machine.alarms = alarmsOf(machine, habits, drawDialect(habits));
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
