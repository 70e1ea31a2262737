import type { PlantRecord, RecordOf } from '../../record.ts';
import type { Scene } from '../scene.ts';
import { mentions, folded } from '../records/words.ts';
import { held as heldStatus } from './concepts.ts';
import { runningOrders } from './supplies.ts';

const minute = 60_000;

/** What a hold had stopped was free again before the line stood. */
export const releasedBefore = (
  scene: Scene,
  hold: RecordOf<'quality'>,
  events: readonly RecordOf<'quality'>[],
): boolean =>
  events.some(
    ({ event, subject, at }) =>
      event === 'release' && subject === hold.subject && at > hold.at && Date.parse(at) < scene.from,
  );

/** Holds that stood at the time of the stop, with when each began. An old one says little: the line ran with it. */
export function holds(scene: Scene): { record: PlantRecord; since: number }[] {
  const found: { record: PlantRecord; since: number }[] = [];
  const until = scene.from + scene.clocks.tolerance + 5 * minute;
  const events = scene.all('quality').filter(({ at }) => Date.parse(at) <= until);
  // A batch held before the line is the process before it that does not deliver.
  const before = new Set(scene.flow.portals.map(({ id }) => id));
  for (const event of events.filter((one) => one.event === 'hold')) {
    if (event.equipment !== null && before.has(event.equipment)) continue;
    if (!releasedBefore(scene, event, events)) found.push({ record: event, since: Date.parse(event.at) });
  }
  const newest = new Map<string, { record: PlantRecord; since: number } | null>();
  const track = (record: PlantRecord, held: boolean): void => {
    if (Date.parse(record.at) > until) return;
    const id = `${record.kind}/${record.key}`;
    const before = newest.get(id) ?? null;
    // A release after the line stood is the end of the stop, no alibi.
    if (!held && before && Date.parse(record.at) >= scene.from - scene.clocks.tolerance) return;
    newest.set(id, held ? { record, since: before?.since ?? Date.parse(record.at) } : null);
  };
  for (const lot of scene.all('lot').filter(({ equipment }) => !before.has(equipment ?? '')))
    track(lot, lot.held || mentions(folded(lot.status), heldStatus));
  for (const order of scene.all('order')) track(order, order.status === 'held');
  const needs = new Set(scene.valid('material_requirement').map(({ material }) => material));
  const made = new Set(runningOrders(scene).map(({ material }) => material));
  for (const stock of scene.all('stock'))
    if (stock.stock === 'blocked' && (needs.has(stock.material) || made.has(stock.material)))
      track(stock, stock.quantity > 0);
  return [...found, ...[...newest.values()].filter((one) => one !== null)];
}

/** How much the kind of record says by itself: blocked stock is usual in a warehouse, a lot on hold is not. */
export const weightOf = (record: PlantRecord): number => (record.kind === 'stock' ? 0.5 : 1);
