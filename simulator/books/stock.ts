import type { Millis } from '../../plant/time.ts';
import type { LineSim } from '../physics/model.ts';
import type { OrderRow, StockRow } from '../world.ts';

const shelfOf = (of: Pick<StockRow, 'material' | 'location' | 'batch' | 'stock'>) =>
  `${of.material}/${of.location}/${of.batch ?? '-'}/${of.stock}`;

/** Stock as the ERP has it booked: what lies at the dock, in the warehouse, and the lot in use. */
export function openStockBook() {
  const rows: StockRow[] = [];
  const shelves = new Map<string, StockRow>();

  function put(of: Omit<StockRow, 'changedAt'>, t: Millis): void {
    const quantity = Math.round(of.quantity);
    const known = shelves.get(shelfOf(of));
    if (!known) {
      const opened = { ...of, quantity, changedAt: t };
      rows.push(opened);
      shelves.set(shelfOf(of), opened);
    } else if (known.quantity !== quantity)
      Object.assign(known, { quantity, description: of.description, changedAt: t });
  }

  return {
    rows,
    dock(line: LineSim, { material, description }: OrderRow, t: Millis): void {
      const { quantity } = line.dock;
      const at = { location: 'DOCK', batch: null, stock: 'free' as const };
      put({ material, description, ...at, quantity, unit: line.unit }, t);
    },
    bin({ material, description, quantity, unit }: LineSim['warehouse'][number], t: Millis): void {
      put({ material, description, location: 'WH01', batch: null, stock: 'free', quantity, unit }, t);
    },
    lot({ id, material, description, quantity, held }: LineSim['lot'], t: Millis): void {
      const of = { material, description, location: 'WH01', batch: id, unit: 'KG' };
      put({ ...of, stock: 'free', quantity: held ? 0 : quantity }, t);
      if (held || shelves.has(shelfOf({ ...of, stock: 'blocked' })))
        put({ ...of, stock: 'blocked', quantity: held ? quantity : 0 }, t);
    },
  };
}
