import type { Millis } from '../../plant/time.ts';
import type { Lot, Store } from '../physics/goods.ts';
import type { LineSim } from '../physics/model.ts';
import type { OrderRow, StockRow } from '../world.ts';

/** Stock as the ERP has it booked: what lies at the dock, in the warehouse, and the lot in use. */
export type StockBook = { rows: StockRow[]; shelves: Map<string, StockRow> };

export const openStockBook = (): StockBook => ({ rows: [], shelves: new Map() });

const shelfOf = (of: Pick<StockRow, 'material' | 'location' | 'batch' | 'stock'>) =>
  `${of.material}/${of.location}/${of.batch ?? '-'}/${of.stock}`;

function put(book: StockBook, of: Omit<StockRow, 'changedAt'>, t: Millis): void {
  const quantity = Math.round(of.quantity);
  const shelf = shelfOf(of);
  const known = book.shelves.get(shelf);
  if (!known) {
    const opened = { ...of, quantity, changedAt: t };
    book.rows.push(opened);
    book.shelves.set(shelf, opened);
  } else if (known.quantity !== quantity)
    Object.assign(known, { quantity, description: of.description, changedAt: t });
}

/** Finished goods that wait for a truck. */
export function putDock(
  book: StockBook,
  line: LineSim,
  { material, description }: OrderRow,
  t: Millis,
): void {
  const { quantity } = line.dock;
  const at = { location: 'DOCK', batch: null, stock: 'free' as const };
  put(book, { material, description, ...at, quantity, unit: line.unit }, t);
}

export function putBin(book: StockBook, { material, description, quantity, unit }: Store, t: Millis): void {
  put(book, { material, description, location: 'WH01', batch: null, stock: 'free', quantity, unit }, t);
}

/** A lot on hold is blocked stock. */
export function putLot(book: StockBook, { id, material, description, quantity, held }: Lot, t: Millis): void {
  const of = { material, description, location: 'WH01', batch: id, unit: 'KG' };
  put(book, { ...of, stock: 'free', quantity: held ? 0 : quantity }, t);
  if (held || book.shelves.has(shelfOf({ ...of, stock: 'blocked' })))
    put(book, { ...of, stock: 'blocked', quantity: held ? quantity : 0 }, t);
}
