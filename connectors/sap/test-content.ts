/** What the small world holds for SAP, whoever serves it. */
import type { SmallWorld } from '../../simulator/testing/small-world.ts';

/** `kind/key` of records that must be among what is read. */
export const sapContent = [
  'order/1000130',
  'operation/1000130/0020',
  'calendar/1000130/0010',
  'material_requirement/1000130/CAP-28-RED',
  'stock/CAP-28-RED/RM01/B-77/inspection',
  'maintenance/10000042',
];

/** More of the last order is confirmed; returns `kind/key` of what changed by it. */
export function confirmMore(world: SmallWorld, at: number): string {
  const order = world.erp.orders.at(-1);
  if (!order) throw new Error('the small world lost its order');
  world.erp.orders[world.erp.orders.length - 1] = { ...order, confirmed: 4300, changedAt: at };
  return 'order/1000130';
}
