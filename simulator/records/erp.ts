import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { ComponentRow, NotificationRow, OperationRow, OrderRow, StockRow, World } from '../world.ts';
import { openDelta } from './delta.ts';
import { changed, delayMs, header, isoOrNull, type Said } from './header.ts';

/** What polling the ERP at `t` brings: rows that changed since the last poll. */
export function openErpPoll(
  { plant, erp }: World,
  source: string,
  said: Said,
): (t: Millis) => Generator<PlantRecord> {
  const orders = openDelta<OrderRow>();
  const operations = openDelta<OperationRow>();
  const components = openDelta<ComponentRow>();
  const stock = openDelta<StockRow>();
  const notifications = openDelta<NotificationRow>();
  const lineOf = new Map<string, string>();
  return function* poll(t) {
    for (const row of orders(erp.orders, t)) {
      lineOf.set(row.order, row.line);
      yield orderRecord(source, row);
    }
    for (const row of operations(erp.operations, t)) {
      yield operationRecord(source, row);
      const standardS = plant.lines.find((line) => line.id === row.line)?.standardS['changeover'];
      if (row.setup && row.start !== null && row.start !== row.end)
        yield changeoverRecord(source, row, row.start, standardS ?? row.plannedS);
    }
    for (const row of components(erp.components, t)) {
      const record = requirementRecord(source, row, lineOf.get(row.order) ?? null);
      if (changed(said, `need/${record.key}`, record.version)) yield record;
    }
    for (const row of stock(erp.stock, t)) {
      const record = stockRecord(source, row);
      if (changed(said, `stock/${record.key}`, String(row.quantity))) yield record;
    }
    for (const row of notifications(erp.notifications, t)) yield maintenanceRecord(source, row);
  };
}

const stamp = (at: Millis) => iso(at).replaceAll(/\D/g, '').slice(0, 14);
const seen = (row: { changedAt: Millis }) => row.changedAt + delayMs.polled;

const orderRecord = (source: string, row: OrderRow): RecordOf<'order'> => ({
  kind: 'order',
  ...header(source, row.order, stamp(row.changedAt), row.line, row.changedAt, seen(row)),
  order: row.order,
  material: row.material,
  description: row.description,
  planned: row.planned,
  confirmed: row.confirmed,
  unit: row.unit,
  status: row.status,
  start: iso(row.start),
  end: isoOrNull(row.end),
  due: iso(row.due),
});

const operationKey = (row: OperationRow) => `${row.order}/${row.operation}`;
const operationRecord = (source: string, row: OperationRow): RecordOf<'operation'> => ({
  kind: 'operation',
  ...header(source, operationKey(row), stamp(row.changedAt), row.line, row.changedAt, seen(row)),
  order: row.order,
  operation: row.operation,
  description: row.description,
  status: row.status,
  planned: row.planned,
  confirmed: row.confirmed,
  unit: row.unit,
  start: isoOrNull(row.start),
  end: isoOrNull(row.end),
});

/** A setup operation that took place is also an activity of the line. */
const changeoverRecord = (
  source: string,
  row: OperationRow,
  from: Millis,
  standardS: number,
): RecordOf<'calendar'> => ({
  kind: 'calendar',
  ...header(source, operationKey(row), stamp(row.changedAt), row.line, from, seen(row)),
  activity: 'changeover',
  from: iso(from),
  to: isoOrNull(row.end),
  standardS,
  order: row.order,
  text: row.description,
});

function requirementRecord(
  source: string,
  row: ComponentRow,
  line: string | null,
): RecordOf<'material_requirement'> {
  const version = `${row.required}/${row.withdrawn}/${row.available}`;
  return {
    kind: 'material_requirement',
    ...header(source, `${row.order}/${row.material}`, version, line, seen(row), seen(row)),
    order: row.order,
    material: row.material,
    description: row.description,
    required: row.required,
    withdrawn: row.withdrawn,
    available: row.available,
    unit: row.unit,
    due: iso(row.due),
  };
}

function stockRecord(source: string, row: StockRow): RecordOf<'stock'> {
  const key = `${row.material}/${row.location}/${row.batch ?? '-'}/${row.stock}`;
  const at = seen(row);
  return {
    kind: 'stock',
    ...header(source, key, `${row.quantity}@${iso(at).slice(0, 16)}Z`, null, at, at),
    material: row.material,
    description: '',
    location: row.location,
    batch: row.batch,
    stock: row.stock,
    quantity: row.quantity,
    unit: row.unit,
  };
}

function maintenanceRecord(source: string, row: NotificationRow): RecordOf<'maintenance'> {
  const { notification, changedAt } = row;
  return {
    kind: 'maintenance',
    ...header(source, notification, iso(changedAt), row.machine || row.line, changedAt, seen(row)),
    order: notification,
    text: row.text,
    status: row.status,
    requested: iso(row.requested),
    arrived: null,
    done: isoOrNull(row.done),
  };
}
