import type { RecordOf } from '../../plant/record.ts';
import { numberOf, textOf, type Row } from '../odata.ts';
import type { Position } from './position.ts';
import { header } from '../source/record-header.ts';
import type { Mapping } from './records.ts';

/** Inventory stock types: 01 free, 02 in inspection, 03 blocked returns, 07 blocked, 08 restricted use. Others are on their way and nowhere. */
const stockTypes: Readonly<Record<string, RecordOf<'stock'>['stock']>> = {
  '01': 'free',
  '02': 'inspection',
  '03': 'blocked',
  '07': 'blocked',
  '08': 'blocked',
};

/** Version: quantity and minute of seeing it, for SAP gives stock no time. Stock kept for a customer order or project is left out. */
export function stockRecords(rows: readonly Row[], mapping: Mapping): RecordOf<'stock'>[] {
  const found = new Map<string, RecordOf<'stock'>>();
  for (const row of rows) {
    const stock = stockTypes[textOf(row['InventoryStockType'])];
    if (!stock || !['', 'K'].includes(textOf(row['InventorySpecialStockType']))) continue;
    const material = textOf(row['Material']);
    const location = textOf(row['StorageLocation']);
    const batch = textOf(row['Batch']) || null;
    const key = `${material}/${location}/${batch ?? '-'}/${stock}`;
    const quantity = (found.get(key)?.quantity ?? 0) + (numberOf(row['MatlWrhsStkQtyInMatlBaseUnit']) ?? 0);
    found.set(key, {
      kind: 'stock',
      ...header(mapping, key, stockVersion(quantity, mapping.observedAt), null, mapping.observedAt),
      material,
      description: '',
      location,
      batch,
      stock,
      quantity,
      unit: textOf(row['MaterialBaseUnit']),
    });
  }
  return [...found.values()];
}
const stockVersion = (quantity: number, at: number): string =>
  `${quantity}@${new Date(at).toISOString().slice(0, 16)}Z`;

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
    const { material, location, batch, stock } = partsOf(key);
    if (quantity === 0 || listed.has(key) || !asked.has(material)) continue;
    changed.push({
      kind: 'stock',
      ...header(mapping, key, stockVersion(0, mapping.observedAt), null, mapping.observedAt),
      material,
      description: '',
      location,
      batch: batch === '-' ? null : batch,
      stock,
      quantity: 0,
      unit: '',
    });
  }
  for (const { key, quantity } of changed) position.stock[key] = quantity;
  return changed;
}

/** Material numbers may hold slashes, the other parts do not: read from the end. */
function partsOf(key: string) {
  const parts = key.split('/');
  const [location = '', batch = '-', stock = 'free'] = parts.slice(-3);
  return {
    material: parts.slice(0, -3).join('/'),
    location,
    batch,
    stock: stock as RecordOf<'stock'>['stock'],
  };
}
