import type { Line } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import type { Random } from '../random.ts';

/** Something that is used up and brought again: a magazine at a machine, the staging area, a warehouse bin. */
export type Store = {
  material: string;
  quantity: number;
  capacity: number;
  unit: string;
  /** Below this somebody is asked to bring more. */
  orderAt: number;
  /** Asked at; null: nobody is asked. */
  orderedAt: Millis | null;
  /** Usual time from asking to arrival, seconds. */
  leadS: number;
  /** Who brings it is held up until then. */
  lateUntil: Millis;
  /** What comes with each of the next loads, instead of a full one. */
  loads: number[];
  /** What people call it; only bins of the warehouse carry a text. */
  description: string;
  /** Where it is taken from; null: from outside the plant. */
  from: Store | null;
};

export type Product = {
  material: string;
  description: string;
  /** Of the nominal rate. */
  speed: number;
  /** Of the nominal torque. */
  load: number;
};

export type Lot = {
  id: string;
  material: string;
  description: string;
  supplier: string;
  held: boolean;
  /** Was on hold and is not any more. */
  cleared: boolean;
  quantity: number;
};

/** Finished goods that wait for a truck. */
export type Dock = {
  quantity: number;
  capacity: number;
  everyS: number;
  nextAt: Millis;
  lateUntil: Millis;
  load: number;
  /** What the next trucks take instead of a full load. */
  loads: number[];
};

export const store = (
  of: Pick<Store, 'material' | 'capacity' | 'unit' | 'leadS'> & Partial<Store>,
): Store => ({
  description: '',
  quantity: of.capacity,
  orderAt: of.capacity * 0.35,
  orderedAt: null,
  lateUntil: 0,
  loads: [],
  from: null,
  ...of,
});

/** What enters the line, what it is filled with, and what it becomes, in the trade's usual words. */
export function goodsOf(line: Line): { main: string; inner: string; outer: string; unit: string } {
  const classes = new Set(line.machines.map((machine) => machine.class));
  if (classes.has('seamer'))
    return { main: 'Can 330 ml', inner: 'Syrup', outer: 'Lemonade can 330 ml', unit: 'PC' };
  if (classes.has('former'))
    return { main: 'Pouch film', inner: 'Granola mix', outer: 'Granola pouch', unit: 'PC' };
  if (classes.has('assembler'))
    return { main: 'Housing base', inner: 'Sensor board', outer: 'Door sensor', unit: 'PC' };
  return { main: 'Bottle 500 ml', inner: 'Syrup', outer: 'Lemonade 500 ml', unit: 'PC' };
}

/** A warehouse bin for about ten hours, filled by suppliers. */
export const bin = (
  description: string,
  material: string,
  perMinute: number,
  unit: string,
  rng: Random,
): Store =>
  store({
    material,
    description,
    capacity: Math.round(perMinute * 600),
    quantity: Math.round(perMinute * rng.between(330, 580)),
    unit,
    leadS: rng.whole(3000, 6600),
  });

export const newLot = (description: string, material: string, rng: Random): Lot => ({
  id: `${rng.pick(['L', 'B', 'CH'])}${rng.whole(240_000, 269_999)}`,
  material,
  description,
  supplier: rng.pick(['Brenntag', 'Nordzucker', 'Doehler', 'Symrise', 'ETO']),
  held: false,
  cleared: false,
  quantity: rng.whole(40, 120) * 100,
});

export const dockOf = (rate: number, rng: Random, t: Millis): Dock => {
  const everyS = rng.whole(1200, 1900);
  return {
    capacity: rate * 70,
    quantity: rate * rng.between(18, 36),
    everyS,
    nextAt: t + rng.whole(60, everyS) * 1000,
    lateUntil: 0,
    load: rate * 0.95 * (everyS / 60),
    loads: [],
  };
};
