import type { Plant } from '../../plant/equipment.ts';
import type { Random } from '../random.ts';
import { onePlant, spareRate, speeds } from './draw.ts';
import { lineNames, namesOf } from './line-names.ts';
import type { LineSketch, Sketch } from './layout.ts';

type Kind = {
  name: string;
  rate: readonly [number, number];
  /** In the order product meets them. */
  classes: readonly string[];
  fixed: readonly string[];
  /** Machines of which two may stand side by side. */
  lanes: readonly string[];
  /** A machine that brings something else to another one: `erector` to `packer`. */
  side?: readonly [string, string];
};
const kinds: readonly Kind[] = [
  {
    name: 'Bottling',
    rate: speeds.Bottling,
    classes: [
      'depalletizer',
      'rinser',
      'filler',
      'capper',
      'checkweigher',
      'labeller',
      'packer',
      'wrapper',
      'palletizer',
    ],
    fixed: ['filler', 'capper', 'packer'],
    lanes: ['labeller', 'packer'],
    side: ['erector', 'packer'],
  },
  {
    name: 'Canning',
    rate: speeds.Canning,
    classes: [
      'depalletizer',
      'rinser',
      'filler',
      'seamer',
      'checkweigher',
      'pasteurizer',
      'labeller',
      'packer',
      'palletizer',
    ],
    fixed: ['filler', 'seamer', 'packer'],
    lanes: ['packer', 'labeller'],
    side: ['erector', 'packer'],
  },
  {
    name: 'Pouches',
    rate: speeds.Pouches,
    classes: ['former', 'filler', 'sealer', 'checkweigher', 'labeller', 'cartoner', 'palletizer'],
    fixed: ['former', 'sealer', 'cartoner'],
    lanes: ['cartoner', 'checkweigher'],
    side: ['erector', 'cartoner'],
  },
  {
    name: 'Assembly',
    rate: speeds.Assembly,
    classes: ['assembler', 'tester', 'labeller', 'checkweigher', 'packer', 'palletizer'],
    fixed: ['assembler', 'packer'],
    lanes: ['tester'],
  },
];

type Node = { id: string; class: string; lane?: boolean; side?: boolean };

/** The machines of one line in order, 4 to 9: in a row, with a side feed, or with two side by side. */
function nodesOf(kind: Kind, rng: Random): Node[] {
  const free = rng.shuffle(kind.classes.filter((name) => !kind.fixed.includes(name)));
  const most = Math.min(free.length, 7 - kind.fixed.length);
  const chosen = new Set([...kind.fixed, ...free.slice(0, rng.whole(Math.min(1, most), most))]);
  const nodes: Node[] = kind.classes
    .filter((name) => chosen.has(name))
    .map((name) => ({ id: name, class: name }));
  if (kind.name === 'Assembly')
    nodes.unshift(
      { id: 'base-feeder', class: 'feeder' },
      { id: 'cover-feeder', class: 'feeder', side: true },
    );
  const shape = rng.next();
  const doubled = nodes.findIndex(
    (node, i) => i > 0 && i < nodes.length - 1 && kind.lanes.includes(node.class),
  );
  if (shape < 0.3 && doubled > 0 && nodes.length < 9) {
    const { class: name } = nodes[doubled]!;
    nodes.splice(doubled, 1, ...[1, 2].map((n) => ({ id: `${name}-${n}`, class: name, lane: true })));
    // Something has to lead product to both.
    if (nodes.length < 9 && rng.chance(0.5)) nodes.splice(doubled, 0, { id: 'divider', class: 'divider' });
  } else if (shape < 0.55 && kind.side && nodes.length < 9) {
    const [name, to] = kind.side;
    const at = nodes.findIndex((node) => node.class === to);
    if (at > 1) nodes.splice(at, 0, { id: name, class: name, side: true });
  }
  while (nodes.length < 4) {
    const end = nodes.some((node) => node.class === 'palletizer') ? 'wrapper' : 'palletizer';
    if (end === 'palletizer') nodes.push({ id: end, class: end });
    else nodes.splice(-1, 0, { id: end, class: end });
  }
  return nodes;
}

/** Buffers of 20 to 400 units, of which none carries a line for more than two minutes. */
const buffer = (rate: number, rng: Random) =>
  Math.round(Math.min(rng.between(20, 400), Math.max(20, rate * 2)));

function sketchOf(nodes: readonly Node[], base: number, language: 'en' | 'de' | 'es', rng: Random): Sketch[] {
  const style = rng.next();
  const ids = nodes.map((node, i) =>
    style < 0.55 ? node.id : style < 0.8 ? `m${String((i + 1) * 10).padStart(3, '0')}` : `st-${i + 1}`,
  );
  const trunk = nodes.flatMap((node, i) => (node.lane || node.class === 'palletizer' ? [] : [i]));
  const slowest = rng.pick(trunk);
  return nodes.map((node, i): Sketch => {
    const spare = spareRate(i, slowest, rng);
    const rate = Math.max(10, Math.round(base * spare * (node.lane ? rng.between(0.58, 0.66) : 1)));
    const targets = targetsOf(nodes, i).map((to) => ({ to: ids[to] ?? '', capacity: buffer(base, rng) }));
    const [feeds, ...alsoFeeds] = targets;
    return {
      id: ids[i] ?? node.id,
      class: node.class,
      rate,
      name: namesOf(node.class, node.id, language),
      ...(feeds ? { feeds } : {}),
      ...(alsoFeeds.length > 0 ? { alsoFeeds } : {}),
    };
  });
}

/** Where the product of a machine goes: the next one, past what only brings something; both lanes, and out of them together. */
function targetsOf(nodes: readonly Node[], i: number): number[] {
  const own = nodes[i];
  const after = nodes.flatMap((node, k) => (k > i && !node.side ? [k] : []));
  if (own?.lane) return after.filter((k) => !nodes[k]?.lane).slice(0, 1);
  const [first] = after;
  if (first === undefined) return [];
  return nodes[first]?.lane ? after.filter((k) => nodes[k]?.lane) : [first];
}

const cooledClasses = [
  'filler',
  'pasteurizer',
  'former',
  'sealer',
  'assembler',
  'tester',
  'cartoner',
  'packer',
];

/** What the plant has besides its machines: some have chilled water, some no label server, few have everything. */
function furnish(plant: Plant, rng: Random): Plant {
  const [line] = plant.lines;
  if (!line) return plant;
  const cooled = line.machines.filter((machine) => cooledClasses.includes(machine.class));
  const water = rng.chance(0.6) && cooled.length >= 2;
  const keep = {
    air: rng.chance(0.9),
    power: rng.chance(0.7),
    label: rng.chance(0.8),
    gateway: rng.chance(0.6),
  };
  const utilities = plant.utilities.filter((one) => (one.kind === 'power' ? keep.power : keep.air));
  if (water)
    utilities.push({
      id: 'chilled-water',
      name: 'Chilled water',
      aliases: ['cooling', 'ice water'],
      kind: 'chilled_water',
      serves: rng
        .shuffle(cooled)
        .slice(0, rng.whole(2, 3))
        .map((machine) => machine.id),
      signals: [
        { name: 'supply_temperature', unit: '°C', low: 0, high: 25, measures: 'temperature' },
        { name: 'flow', unit: 'm3/h', low: 0, high: 80, measures: 'flow' },
      ],
    });
  const systems = plant.systems.filter((one) => one.id !== 'label-server' || keep.label);
  if (keep.gateway)
    systems.push({ id: 'gateway', name: 'Machine gateway', aliases: ['edge box'], serves: [line.id] });
  return { ...plant, utilities, systems };
}

/** One line of 4 to 9 machines as many plants have it: rows, side feeds, lanes; buffers, supplies and names of its own. */
export function drawWidePlant(rng: Random): Plant {
  const kind = rng.pick(kinds);
  const language = rng.pick(['en', 'en', 'de', 'es'] as const);
  const nodes = nodesOf(kind, rng);
  const base = Math.round(rng.between(kind.rate[0], kind.rate[1]));
  const named = rng.pick(lineNames[language])(rng.whole(1, 9));
  const machines = sketchOf(nodes, base, language, rng);
  const filler = machines.find((machine) => machine.class === 'filler');
  const [first] = machines;
  const portals = filler && first && first !== filler && rng.chance(0.6);
  const sketch: LineSketch = {
    ...named,
    aliases: [kind.name.toLowerCase()],
    area: 'Production',
    machines,
    changeoverS: rng.whole(12, 40) * 60,
    crew: Math.min(machines.length, rng.whole(3, 5)),
    rate: base,
    ...(rng.chance(0.6) ? { standardS: { cleaning: rng.whole(14, 30) * 60 } } : {}),
    ...(portals
      ? {
          supply: [
            { id: `${named.id}.supply`, name: 'Supply', aliases: [], at: `${named.id}.${first.id}` },
            { id: `${named.id}.mixing`, name: 'Mixing', aliases: ['mixer'], at: `${named.id}.${filler.id}` },
          ],
        }
      : {}),
  };
  return furnish(onePlant(sketch, rng), rng);
}
