import { iso, type Millis } from '../../plant/time.ts';
import { type Changed, delayMs, type Header, openDelta, type Say } from './header.ts';
import type { ComponentRow, NotificationRow, OperationRow, OrderRow, StockRow, World } from '../world.ts';

const stamp = (at: Millis) => iso(at).replaceAll(/\D/g, '').slice(0, 14);
const orNull = (at: Millis | null) => (at === null ? null : iso(at));

/** What polling the ERP at `t` brings: rows that changed since the last poll. */
export function erpRecords(
  world: World,
  source: string,
  header: Header,
  say: Say,
  changed: Changed,
): (t: Millis) => void {
  const orders = openDelta<OrderRow>();
  const operations = openDelta<OperationRow>();
  const components = openDelta<ComponentRow>();
  const stock = openDelta<StockRow>();
  const notifications = openDelta<NotificationRow>();
  const lineOf = new Map<string, string>();
  const seen = (row: { changedAt: Millis }) => row.changedAt + delayMs.polled;

  function order(row: OrderRow): void {
    lineOf.set(row.order, row.line);
    say<'order'>({
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
      end: orNull(row.end),
      due: iso(row.due),
    });
  }

  function operation(row: OperationRow): void {
    const key = `${row.order}/${row.operation}`;
    say<'operation'>({
      kind: 'operation',
      ...header(source, key, stamp(row.changedAt), row.line, row.changedAt, seen(row)),
      order: row.order,
      operation: row.operation,
      description: row.description,
      status: row.status,
      planned: row.planned,
      confirmed: row.confirmed,
      unit: row.unit,
      start: orNull(row.start),
      end: orNull(row.end),
    });
    if (!row.setup || row.start === null || row.start === row.end) return;
    say<'calendar'>({
      kind: 'calendar',
      ...header(source, key, stamp(row.changedAt), row.line, row.start, seen(row)),
      activity: 'changeover',
      from: iso(row.start),
      to: orNull(row.end),
      standardS:
        world.plant.lines.find((line) => line.id === row.line)?.standardS['changeover'] ?? row.plannedS,
      order: row.order,
      text: row.description,
    });
  }

  function component(row: ComponentRow): void {
    const key = `${row.order}/${row.material}`;
    const version = `${row.required}/${row.withdrawn}/${row.available}`;
    if (!changed(`need/${key}`, version)) return;
    say<'material_requirement'>({
      kind: 'material_requirement',
      ...header(source, key, version, lineOf.get(row.order) ?? null, seen(row), seen(row)),
      order: row.order,
      material: row.material,
      description: row.description,
      required: row.required,
      withdrawn: row.withdrawn,
      available: row.available,
      unit: row.unit,
      due: iso(row.due),
    });
  }

  function onStock(row: StockRow): void {
    const key = `${row.material}/${row.location}/${row.batch ?? '-'}/${row.stock}`;
    if (!changed(`stock/${key}`, String(row.quantity))) return;
    const at = seen(row);
    say<'stock'>({
      kind: 'stock',
      ...header(source, key, `${row.quantity}@${iso(at).slice(0, 16)}Z`, null, at, at),
      material: row.material,
      description: '',
      location: row.location,
      batch: row.batch,
      stock: row.stock,
      quantity: row.quantity,
      unit: row.unit,
    });
  }

  function notification(row: NotificationRow): void {
    say<'maintenance'>({
      kind: 'maintenance',
      ...header(
        source,
        row.notification,
        iso(row.changedAt),
        row.machine || row.line,
        row.changedAt,
        seen(row),
      ),
      order: row.notification,
      text: row.text,
      status: row.status,
      requested: iso(row.requested),
      arrived: null,
      done: orNull(row.done),
    });
  }

  return (t) => {
    orders(world.erp.orders, t).forEach(order);
    operations(world.erp.operations, t).forEach(operation);
    components(world.erp.components, t).forEach(component);
    stock(world.erp.stock, t).forEach(onStock);
    notifications(world.erp.notifications, t).forEach(notification);
  };
}
