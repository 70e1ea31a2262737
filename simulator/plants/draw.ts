import type { Plant } from '../../plant/equipment.ts';
import type { Random } from '../random.ts';
import { demoShifts } from './demo.ts';
import { type LineSketch, plantOf, type Sketch } from './layout.ts';
import { lineNames } from './line-names.ts';

/** What lines make, and their speeds in units per minute. */
export const speeds = {
  Bottling: [120, 320],
  Canning: [240, 600],
  Pouches: [60, 180],
  Assembly: [20, 60],
} as const;

/** Machine classes in the order product meets them; a drawn line takes the fixed ones and some of the others. */
const kinds = [
  {
    name: 'Bottling',
    rate: speeds.Bottling,
    classes: [
      'depalletizer',
      'rinser',
      'filler',
      'capper',
      'labeller',
      'checkweigher',
      'packer',
      'palletizer',
    ],
    fixed: ['filler', 'capper', 'packer'],
  },
  {
    name: 'Canning',
    rate: speeds.Canning,
    classes: [
      'depalletizer',
      'rinser',
      'filler',
      'seamer',
      'pasteurizer',
      'checkweigher',
      'labeller',
      'packer',
      'palletizer',
    ],
    fixed: ['filler', 'seamer', 'packer'],
  },
  {
    name: 'Pouches',
    rate: speeds.Pouches,
    classes: ['former', 'filler', 'sealer', 'checkweigher', 'labeller', 'cartoner', 'palletizer'],
    fixed: ['former', 'sealer', 'cartoner'],
  },
  {
    name: 'Assembly',
    rate: speeds.Assembly,
    classes: ['base-feeder', 'cover-feeder', 'assembler', 'tester', 'labeller', 'packer'],
    fixed: ['base-feeder', 'cover-feeder', 'assembler', 'packer'],
  },
] as const;

/** Cells came later, and what was drawn before stays as it was. */
const ordinaryNames = lineNames.en.slice(0, 4);

function classesFor(kind: (typeof kinds)[number], rng: Random): string[] {
  const fixed: readonly string[] = kind.fixed;
  const free = rng.shuffle(kind.classes.filter((name) => !fixed.includes(name)));
  const least = Math.max(4 - fixed.length, 0);
  const chosen = new Set([...fixed, ...free.slice(0, rng.whole(least, free.length))]);
  const ordered: string[] = kind.classes.filter((name) => chosen.has(name));
  // Some plants weigh right after the filler, some rinse twice.
  const i = ordered.indexOf('checkweigher');
  const j = ordered.indexOf('filler');
  if (i > 0 && j >= 0 && rng.chance(0.4)) ordered.splice(j + 2, 0, ...ordered.splice(i, 1));
  return ordered;
}

/** A line of 4 to 9 machines with its own speeds, buffers, order of machines and names. */
export function drawPlant(rng: Random): Plant {
  const kind = rng.pick(kinds);
  const classes = classesFor(kind, rng);
  const base = Math.round(rng.between(kind.rate[0], kind.rate[1]));
  const slowest = classes.indexOf(
    rng.pick(classes.filter((name) => !name.includes('palletizer') && name !== 'packer')),
  );
  const numbered = rng.chance(0.3);
  const ids = classes.map((name, i) => (numbered ? `m${String((i + 1) * 10).padStart(3, '0')}` : name));
  const machines = classes.map((name, i): Sketch => {
    const target = name === 'base-feeder' ? 'assembler' : classes[i + 1];
    const to = ids[classes.indexOf(target ?? '')];
    const rate = Math.max(10, Math.round(base * spareRate(i, slowest, rng)));
    const plain = name.charAt(0).toUpperCase() + name.slice(1).replace('-', ' ');
    return {
      id: ids[i] ?? name,
      class: name.endsWith('feeder') ? 'feeder' : name,
      rate,
      name: plain,
      ...(to ? { feeds: { to, capacity: Math.round(rate * rng.between(0.35, 1.6)) } } : {}),
    };
  });
  const named = rng.pick(ordinaryNames)(rng.whole(1, 9));
  const sketch: LineSketch = {
    ...named,
    aliases: [kind.name.toLowerCase()],
    area: 'Production',
    machines,
    changeoverS: rng.whole(12, 40) * 60,
    crew: Math.min(machines.length, rng.whole(3, 5)),
  };
  return onePlant(sketch, rng);
}

/** A plant of one line, somewhere. */
export const onePlant = (sketch: LineSketch, rng: Random): Plant =>
  plantOf({
    id: 'plant',
    name: 'Plant',
    timezone: rng.pick(['Europe/Berlin', 'Europe/Madrid', 'America/Chicago']),
    shifts: demoShifts,
    lines: [sketch],
  });

/** One after the other faster than the slowest, the more so the further away. */
export const spareRate = (i: number, slowest: number, rng: Random): number =>
  1 + (i === slowest ? 0 : 0.03 + Math.abs(i - slowest) * rng.between(0.015, 0.035));
