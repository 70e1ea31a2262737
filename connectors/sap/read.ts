/** Reads what changed in SAP since a position, step by step; each moves the position on as far as it has read. */
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import { literal, oneOf, timeLiteral, type Row } from '../odata.ts';
import { isOver } from '../source/order-status.ts';
import type { Read } from '../source/polled.ts';
import { changedOf, readFrom, versionsOf } from '../source/position.ts';
import { millisOf, textOf } from '../source/values.ts';
import type { Position } from './position.ts';
import { mappingNow, rowsOf, schemaOf, type Reader } from './reader.ts';
import {
  maintenanceRecord,
  operationRecords,
  orderNumber,
  orderRecord,
  requirementRecords,
} from './records.ts';
import * as sap from './services.ts';
import { stockChanges, stockRecords } from './stock.ts';

/** Values in one filter: keeps the URL under 2,000 characters. */
const chunkSize = 20;
/** Orders that are followed at once: their components are asked for again at every read, in 20 requests. */
const openLimit = 400;

/** Requirements come after the orders they are for, stock after the materials that are required. */
export const steps: readonly Read<Reader, Position>[] = [
  readOrders,
  readRequirements,
  readStock,
  readMaintenance,
];

async function readOrders(reader: Reader, position: Position, signal: AbortSignal): Promise<PlantRecord[]> {
  const mapping = mappingNow(reader);
  const { changed, moved, operations } = await changedRows(reader, position, signal);
  const ofOrder = Map.groupBy(operations, orderOf);
  const records: PlantRecord[] = [];
  for (const row of changed) {
    const number = orderOf(row);
    const own = ofOrder.get(number) ?? [];
    // An order without an operation at one of our lines is none of ours.
    if (own.length === 0 && position.open[number] === undefined) continue;
    const record = orderRecord(row, own, mapping);
    records.push(record);
    follow(position, number, record);
  }
  records.push(...operations.flatMap((row) => operationRecords(row, mapping)));
  position.orders = newest(position.orders, changed);
  position.operations = newest(position.operations, moved);
  return records;
}

/** Orders that changed, operations that moved, and all operations at our lines of both. */
async function changedRows(reader: Reader, position: Position, signal: AbortSignal) {
  const { chosen } = reader;
  const plant = `ProductionPlant eq ${literal(chosen.plant)}`;
  const ours = `${plant} and ${oneOf('WorkCenter', Object.keys(chosen.workCenters))}`;
  const changed = await rowsOf(
    reader,
    sap.orders,
    `${plant} and ${changedAfter(position.orders, reader)}`,
    signal,
  );
  const moved = await rowsOf(
    reader,
    sap.operations,
    `${ours} and ${changedAfter(position.operations, reader)}`,
    signal,
  );
  const operations = new Map(moved.map((row) => [operationKey(row), row]));
  for (const some of chunks([...new Set(changed.map(orderOf))])) {
    const filter = `${ours} and ${oneOf('ManufacturingOrder', some)}`;
    for (const row of await rowsOf(reader, sap.operations, filter, signal))
      operations.set(operationKey(row), row);
  }
  return { changed, moved, operations: [...operations.values()] };
}

async function readRequirements(
  reader: Reader,
  position: Position,
  signal: AbortSignal,
): Promise<PlantRecord[]> {
  const mapping = mappingNow(reader);
  const found: RecordOf<'material_requirement'>[] = [];
  const lines = new Map(Object.entries(position.open).map(([number, line]) => [orderNumber(number), line]));
  for (const some of chunks(Object.keys(position.open))) {
    const rows = await rowsOf(reader, sap.components, oneOf('ManufacturingOrder', some), signal);
    found.push(...requirementRecords(rows, (order) => lines.get(order) ?? null, mapping));
  }
  const changed = changedOf(found, position.requirements);
  position.requirements = versionsOf(found);
  return changed;
}

function readStock(reader: Reader, position: Position, signal: AbortSignal): Promise<PlantRecord[]> {
  const { chosen, parts } = reader;
  const mapping = mappingNow(reader);
  return parts.read(sap.stock.service, 'stock', async () => {
    // Asked for even where no material is: a service that is closed shows at the first read.
    await schemaOf(reader, sap.stock.service, signal);
    const needed = Object.keys(position.requirements).map((key) => key.slice(key.indexOf('/') + 1));
    const materials = [...new Set([...chosen.materials, ...needed])];
    const found: RecordOf<'stock'>[] = [];
    for (const some of chunks(materials)) {
      const filter = `Plant eq ${literal(chosen.plant)} and ${oneOf('Material', some)}`;
      found.push(...stockRecords(await rowsOf(reader, sap.stock, filter, signal), mapping));
    }
    return stockChanges(position, found, new Set(materials), mapping);
  });
}

function readMaintenance(reader: Reader, position: Position, signal: AbortSignal): Promise<PlantRecord[]> {
  const { chosen, context, parts } = reader;
  const mapping = mappingNow(reader);
  return parts.read(sap.notifications.service, 'maintenance', async () => {
    const schema = await schemaOf(reader, sap.notifications.service, signal);
    const from = readFrom(position.notifications || null, chosen.backfillDays, context.clock());
    const type = schema.get(sap.notifications.set)?.get('LastChangeDateTime') ?? 'Edm.DateTimeOffset';
    const filter = `MaintenancePlant eq ${literal(chosen.plant)} and LastChangeDateTime gt ${timeLiteral(from, type, 'v2')}`;
    const rows = await rowsOf(reader, sap.notifications, filter, signal);
    const stamps = rows.flatMap((row) => millisOf(row['LastChangeDateTime']) ?? []);
    position.notifications = Math.max(position.notifications, ...stamps);
    return rows.flatMap((row) => maintenanceRecord(row, mapping) ?? []);
  });
}

const orderOf = (row: Row): string => textOf(row['ManufacturingOrder']);
const operationKey = (row: Row): string =>
  `${textOf(row['OrderInternalBillOfOperations'])}/${textOf(row['OrderIntBillOfOperationsItem'])}`;

function follow(position: Position, number: string, record: RecordOf<'order'>): void {
  if (isOver(record.status)) delete position.open[number];
  else if (number in position.open || Object.keys(position.open).length < openLimit)
    position.open[number] = record.equipment;
}

/** `stamp`: `YYYYMMDDhhmmss`, or '' before the first read. */
function changedAfter(stamp: string, { chosen, context }: Reader): string {
  const from = readFrom(millisOf(stamp), chosen.backfillDays, context.clock());
  return `LastChangeDateTime gt ${literal(iso(from).replace(/\D/g, '').slice(0, 14))}`;
}
const newest = (stamp: string, rows: readonly Row[]): string =>
  rows.reduce((last, row) => {
    const own = textOf(row['LastChangeDateTime']);
    return own > last ? own : last;
  }, stamp);

function* chunks(values: readonly string[]): Generator<string[]> {
  for (let from = 0; from < values.length; from += chunkSize) yield values.slice(from, from + chunkSize);
}
