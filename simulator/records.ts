import type { PlantRecord, RecordKind, RecordOf } from '../plant/record.ts';
import { iso, type Millis } from '../plant/time.ts';
import type {
  AlarmChange,
  ComponentRow,
  LotRow,
  MachineView,
  NotificationRow,
  OperationRow,
  OrderRow,
  StatusEntry,
  StockRow,
  World,
} from './world.ts';

/** Source ids as in the YAML: machines over OPC UA, the ERP, the MES, the notes file. */
export type SourceIds = { machines: string; erp: string; mes: string; notes: string };
export const demoSources: SourceIds = { machines: 'machines', erp: 'erp', mes: 'mes', notes: 'notes' };

/** Makes of a world's changes what connectors would make of them, with the same keys and versions. */
export type Recorder = {
  /** Machines (of one line, or all) and systems, as they are now. */
  machines(t: Millis, line?: string): void;
  /** Alarms taken from the world. */
  alarms(t: Millis): void;
  /** ERP, MES and notes, as a poll at `t` finds them. */
  books(t: Millis): void;
  /** What was found since the last call, oldest first. */
  take(): PlantRecord[];
};

const workCenter = (line: string) => line.replaceAll('-', '').toUpperCase();
const stamp = (at: Millis) => iso(at).replaceAll(/\D/g, '').slice(0, 14);
const orNull = (at: Millis | null) => (at === null ? null : iso(at));
/** How long after a change each kind of source shows it, milliseconds. */
const delayMs = { machines: 400, polled: 9000 };

export function openRecorder(world: World, ids: SourceIds = demoSources): Recorder {
  let found: PlantRecord[] = [];
  const byLine = new Map<string, MachineView[]>();
  for (const machine of world.machines.values()) {
    byLine.set(machine.line, [...(byLine.get(machine.line) ?? []), machine]);
  }
  const said = new Map<string, string>();
  const raised = new Map<string, Millis>();
  /** Last change of a machine that was looked at already. */
  const looked = new Map<string, Millis>();
  const say = <K extends RecordKind>(record: RecordOf<K>): void => {
    found.push(record);
  };
  const changed = (name: string, value: string) => {
    if (said.get(name) === value) return false;
    said.set(name, value);
    return true;
  };
  const header = (
    source: string,
    key: string,
    version: string,
    equipment: string | null,
    at: Millis,
    seen: Millis,
  ) => ({
    source,
    key,
    version,
    equipment,
    at: iso(at),
    observedAt: iso(Math.max(seen, at)),
    quality: 'good' as const,
  });

  function state(machine: MachineView, t: Millis): void {
    if (machine.since !== undefined && looked.get(machine.id) === machine.since) return;
    if (machine.since !== undefined) looked.set(machine.id, machine.since);
    const waiting = machine.blocked ? 'blocked' : machine.starved ? 'starved' : null;
    if (!changed(machine.id, `${machine.state}|${waiting}|${machine.mode}`)) return;
    const at = Math.min(t, Math.max(machine.since ?? t, (raised.get(machine.id) ?? 0) + 1));
    raised.set(machine.id, at);
    say<'state'>({
      kind: 'state',
      ...header(ids.machines, `${machine.id}@${iso(at)}`, '', machine.id, at, at + delayMs.machines),
      state: machine.state,
      waiting,
      mode: machine.mode,
      raw: machine.state,
      plain: false,
    });
  }

  function alarm(change: AlarmChange): void {
    const name = `${change.machine}/${change.alarm}`;
    const acknowledgement = change.active && change.acknowledged && raised.has(name);
    const at = acknowledgement ? (raised.get(name) ?? change.at) : change.at;
    if (change.active) raised.set(name, at);
    say<'alarm'>({
      kind: 'alarm',
      ...header(
        ids.machines,
        `${name}@${iso(at)}/${change.active ? 'on' : 'off'}`,
        acknowledgement ? iso(change.at) : '',
        change.machine,
        at,
        change.at + delayMs.machines,
      ),
      alarm: change.alarm,
      text: change.text,
      severity: change.severity,
      active: change.active,
      acknowledged: change.acknowledged,
    });
    if (!change.active) raised.delete(name);
  }

  const erp = erpRecords(world, ids.erp, header, say, changed);
  const mes = mesRecords(world, ids.mes, header, say, changed);
  let notes = 0;

  return {
    machines(t, line) {
      for (const [id, machines] of byLine)
        if (line === undefined || id === line) for (const one of machines) state(one, t);
      if (line !== undefined) return;
      for (const system of world.systems.values()) {
        if (!changed(system.id, String(system.connected))) continue;
        say<'system'>({
          kind: 'system',
          ...header(ids.machines, `${system.id}@${iso(t)}`, '', system.id, t, t + delayMs.machines),
          component: system.id,
          event: system.connected ? 'up' : 'down',
          text: '',
        });
      }
    },
    alarms() {
      for (const change of world.takeAlarms()) alarm(change);
    },
    books(t) {
      erp(t);
      mes(t);
      for (const note of world.notes.slice(notes)) {
        say<'note'>({
          kind: 'note',
          ...header(ids.notes, note.id, '', note.machine ?? note.line, note.at, note.at + 3000),
          text: note.text,
          author: note.role,
        });
      }
      notes = world.notes.length;
    },
    take() {
      const taken = found;
      found = [];
      return taken.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
  };
}

type Header = (
  source: string,
  key: string,
  version: string,
  equipment: string | null,
  at: Millis,
  seen: Millis,
) => {
  source: string;
  key: string;
  version: string;
  equipment: string | null;
  at: string;
  observedAt: string;
  quality: 'good';
};
type Say = <K extends RecordKind>(record: RecordOf<K>) => void;
type Changed = (name: string, value: string) => boolean;

/** Rows that changed since they were last looked at. Rows change in place; their stamp tells. */
function openDelta<T extends { changedAt: Millis }>(): (rows: readonly T[], t: Millis) => T[] {
  const seen = new WeakMap<T, Millis>();
  let count = 0;
  let last = -Infinity;
  return (rows, t) => {
    const grown = rows.length !== count;
    const found = rows.filter((row, i) => {
      // Lines are stepped one after the other within a minute, so a stamp may lie a little before the last look.
      if (row.changedAt < last - 120_000 && !(grown && i >= count)) return false;
      if (seen.get(row) === row.changedAt) return false;
      seen.set(row, row.changedAt);
      return true;
    });
    count = rows.length;
    last = t;
    return found;
  };
}

function erpRecords(
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

function mesRecords(
  world: World,
  source: string,
  header: Header,
  say: Say,
  changed: Changed,
): (t: Millis) => void {
  const lots = openDelta<LotRow>();
  let open: StatusEntry[] = [];
  let entries = 0;
  let scrap = 0;

  function entry(row: StatusEntry): void {
    const duration = row.until === null ? null : Math.round((row.until - row.from) / 1000);
    const to = duration === null ? null : row.from + duration * 1000;
    say<'downtime_event'>({
      kind: 'downtime_event',
      ...header(
        source,
        `${workCenter(row.line)}@${iso(row.from)}`,
        duration === null ? 'open' : String(duration),
        row.line,
        row.from,
        (to ?? row.from) + delayMs.polled,
      ),
      status: row.status,
      category: world.mes.statuses.find((one) => one.status === row.status)?.means ?? 'unknown',
      from: iso(row.from),
      to: orNull(to),
      reason: null,
      order: row.order,
      operators: null,
    });
  }

  function lot(row: LotRow): void {
    say<'lot'>({
      kind: 'lot',
      ...header(source, row.lot, row.status, row.line, row.changedAt, row.changedAt + delayMs.polled),
      lot: row.lot,
      material: row.material,
      status: row.status,
      held: /hold/i.test(row.status),
      supplier: row.supplier,
      quantity: row.quantity,
      unit: row.unit,
      event: 'status',
    });
  }

  return (t) => {
    const now = [...open, ...world.mes.entries.slice(entries)];
    for (const row of now) if (!open.includes(row) || row.until !== null) entry(row);
    open = now.filter((row) => row.until === null);
    entries = world.mes.entries.length;
    for (const row of world.mes.scrap.slice(scrap)) {
      say<'scrap'>({
        kind: 'scrap',
        ...header(
          source,
          `${workCenter(row.line)}@${iso(row.at)}`,
          '',
          row.line,
          row.at,
          row.at + delayMs.polled,
        ),
        quantity: row.quantity,
        unit: '',
        reason: row.reason,
        order: row.order,
      });
    }
    scrap = world.mes.scrap.length;
    lots(world.mes.lots, t).forEach(lot);
    for (const line of world.plant.lines) {
      const present = world.mes.operators[line.id];
      if (present === undefined || !changed(`crew/${line.id}`, String(present))) continue;
      say<'crew'>({
        kind: 'crew',
        ...header(source, `${workCenter(line.id)}@${iso(t)}`, '', line.id, t, t),
        present,
        planned: line.crew ?? present,
        role: null,
      });
    }
  };
}
