import type { RecordOf } from '../../record.ts';
import type { Sighting } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import type { Scene } from '../scene.ts';

const minute = 60_000;

/** The order that ran at the stop, and what it needs, where the ERP tells. */
export function runningOrders(scene: Scene): readonly RecordOf<'order'>[] {
  const started = scene.valid('order').filter((order) => {
    const ours = order.equipment === null || order.equipment === scene.line.id;
    return ours && (order.status === 'started' || order.status === 'held');
  });
  const exact = started.filter((order) => order.equipment === scene.line.id);
  return exact.length > 0 ? exact : started;
}

export function needed(scene: Scene): readonly RecordOf<'material_requirement'>[] {
  const orders = new Set(runningOrders(scene).map(({ order }) => order));
  const all = scene.valid('material_requirement');
  const own = all.filter(({ order }) => orders.has(order));
  if (own.length > 0) return own;
  return orders.size > 0 ? [] : all.filter(({ equipment }) => equipment === scene.line.id);
}

/** Free stock of one material over all places, and the records that say so; null where nobody counts it. */
function freeStock(
  scene: Scene,
  material: string,
): { quantity: number; records: RecordOf<'stock'>[] } | null {
  const records = scene.valid('stock').filter((stock) => stock.material === material);
  if (records.length === 0) return null;
  const free = records.filter(({ stock }) => stock === 'free');
  return {
    quantity: free.reduce((sum, one) => sum + one.quantity, 0),
    records: free.length > 0 ? free : records,
  };
}

export type Supply = {
  requirement: RecordOf<'material_requirement'>;
  short: boolean;
  sure: boolean;
  sighting: Sighting;
};

/** For each component of the running order: is there less than the twentieth part of what is still needed? */
export function supplies(scene: Scene): Supply[] {
  return needed(scene).flatMap((requirement) => {
    const open = Math.max(requirement.required - requirement.withdrawn, 0);
    if (open === 0) return [];
    const stock = freeStock(scene, requirement.material);
    const limit = Math.max(open * 0.05, requirement.required * 0.01);
    const told = requirement.available;
    if (stock === null && told === null) return [];
    const byStock = stock === null ? null : stock.quantity <= limit;
    const byOrder = told === null ? null : told <= limit;
    const records = [requirement, ...(stock?.records.slice(0, 2) ?? [])];
    const sure = byStock === null || byOrder === null || byStock === byOrder;
    const short = byStock === true || byOrder === true;
    return [{ requirement, short, sure, sighting: sighting(scene, records, sure ? 1 : 0.5) }];
  });
}

/** What lies at the line lasts for a while after the warehouse is empty; drawn from for longer, the figure is wrong. */
const longUsedMs = 75 * minute;

/** Free stock of one material over time, oldest first. */
const stockOver = (scene: Scene, material: string): RecordOf<'stock'>[] =>
  scene
    .all('stock')
    .filter((one) => one.material === material && one.stock === 'free')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

/** The ERP calls it empty for so long that the line cannot have run on what lay beside it. */
export function emptyForLong(scene: Scene, material: string): boolean {
  const told = stockOver(scene, material).filter(({ at }) => Date.parse(at) <= scene.from);
  const lastFull = told.findLast(({ quantity }) => quantity > 0);
  const firstEmpty = told.find((one) => one.quantity <= 0 && (!lastFull || one.at > lastFull.at));
  return firstEmpty !== undefined && Date.parse(firstEmpty.at) < scene.from - longUsedMs;
}

/** Somebody told it empty again after the line had stopped. */
const stillTold = (scene: Scene, material: string): boolean =>
  [...scene.all('stock'), ...scene.all('material_requirement')].some(
    (one) =>
      one.material === material &&
      Date.parse(one.at) > scene.from &&
      (one.kind === 'stock' ? one.quantity <= 0 : one.available !== null && one.available <= 0),
  );

/** What was short came, and within minutes the line ran again; or it ran again although nothing had come. */
export function shortCame(scene: Scene): { came: Sighting[]; ranWithout: Sighting[] } {
  const short = supplies(scene).filter((one) => one.short);
  const over = scene.case.stop.to !== null;
  const found = { came: [] as Sighting[], ranWithout: [] as Sighting[] };
  for (const { requirement, sighting: seen } of short) {
    const later = stockOver(scene, requirement.material).filter(
      ({ at }) => Date.parse(at) > scene.from && Date.parse(at) <= scene.end + 2 * minute,
    );
    const full = later.find(({ quantity }) => quantity > 0);
    if (full && scene.end - Date.parse(full.at) <= 10 * minute) found.came.push(sighting(scene, [full]));
    else if (over && !full && stillTold(scene, requirement.material)) found.ranWithout.push(seen);
  }
  // One that came tells more than another that did not.
  return found.came.length > 0 ? { ...found, ranWithout: [] } : found;
}

/** Stock that was booked to nothing while the line stood: somebody counted, and the figure before was wrong. */
export function bookedToNothing(scene: Scene): Sighting[] {
  const wanted = new Set(needed(scene).map(({ material }) => material));
  return scene
    .all('stock')
    .filter((one) => wanted.has(one.material) && one.stock === 'free' && one.quantity <= 0)
    .filter(({ at }) => Date.parse(at) > scene.from && Date.parse(at) <= scene.end + 5 * minute)
    .flatMap((empty) => {
      const before = scene
        .all('stock')
        .findLast(
          (one) =>
            one.material === empty.material &&
            one.stock === 'free' &&
            one.location === empty.location &&
            one.at < empty.at,
        );
      return before && before.quantity > 0 ? [sighting(scene, [empty, before])] : [];
    })
    .slice(0, 1);
}
