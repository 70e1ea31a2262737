import type { RecordOf } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import type { Row } from '../odata.ts';
import { header } from '../source/record-header.ts';
import { numberOf, textOf } from '../source/values.ts';
import type { Position } from './position.ts';
import type { Mapping } from './records.ts';

/** Inventory stock types: 01 free, 02 in inspection, 03 blocked returns, 07 blocked, 08 restricted use. Others are on their way and nowhere. */
const stockTypes: Readonly<Record<string, RecordOf<'stock'>['stock']>> = {
  '01': 'free',
  '02': 'inspection',
  '03': 'blocked',
  '07': 'blocked',
  '08': 'blocked',
};

/** What a quantity is the quantity of. */
type Place = Pick<RecordOf<'stock'>, 'material' | 'location' | 'batch' | 'stock'>;

/** Stock kept for a customer order or project is left out. */
export function stockRecords(rows: readonly Row[], mapping: Mapping): RecordOf<'stock'>[] {
  const found = new Map<string, RecordOf<'stock'>>();
  for (const row of rows) {
    const stock = stockTypes[textOf(row['InventoryStockType'])];
    if (!stock || !['', 'K'].includes(textOf(row['InventorySpecialStockType']))) continue;
    const place = {
      material: textOf(row['Material']),
      location: textOf(row['StorageLocation']),
      batch: textOf(row['Batch']) || null,
      stock,
    };
    const key = keyOf(place);
    const quantity = (found.get(key)?.quantity ?? 0) + (numberOf(row['MatlWrhsStkQtyInMatlBaseUnit']) ?? 0);
    found.set(key, stockRecord(place, quantity, textOf(row['MaterialBaseUnit']), mapping));
  }
  return [...found.values()];
}

/** Version: quantity and minute of seeing it, for SAP gives stock no time. */
function stockRecord(place: Place, quantity: number, unit: string, mapping: Mapping): RecordOf<'stock'> {
  const { observedAt } = mapping;
  const version = `${quantity}@${iso(observedAt).slice(0, 16)}Z`;
  return {
    kind: 'stock',
    ...header(mapping, keyOf(place), version, null, observedAt),
    ...place,
    description: '',
    quantity,
    unit,
  };
}

/** Only what changed; what SAP does not list any more is at zero. */
export function stockChanges(
  position: Position,
  found: readonly RecordOf<'stock'>[],
  asked: ReadonlySet<string>,
  mapping: Mapping,
): RecordOf<'stock'>[] {
  const changed = found.filter(({ key, quantity }) => position.stock[key] !== quantity);
  const listed = new Set(found.map(({ key }) => key));
  for (const [key, quantity] of Object.entries(position.stock)) {
    const place = placeIn(key);
    if (quantity === 0 || listed.has(key) || !asked.has(place.material)) continue;
    changed.push(stockRecord(place, 0, '', mapping));
  }
  for (const { key, quantity } of changed) position.stock[key] = quantity;
  return changed;
}

const keyOf = ({ material, location, batch, stock }: Place): string =>
  `${material}/${location}/${batch ?? '-'}/${stock}`;

/** Material numbers may hold slashes, the other parts do not: read from the end. */
function placeIn(key: string): Place {
  const parts = key.split('/');
  const [location = '', batch = '-', stock = 'free'] = parts.slice(-3);
  return {
    material: parts.slice(0, -3).join('/'),
    location,
    batch: batch === '-' ? null : batch,
    stock: stock as Place['stock'],
  };
}
