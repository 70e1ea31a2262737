import type { Millis } from '../../plant/time.ts';
import type { DiaryEntry } from '../physics/ledger.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import { openMaintenanceBook } from './maintenance.ts';
import type { Random } from '../random.ts';
import { openStockBook } from './stock.ts';
import type { ComponentRow, NotificationRow, OperationRow, OrderRow, StockRow } from '../world.ts';

/** The company's books: orders and what they need, stock, maintenance. Keeps up with the floor by postings, not by sight. */
export type Erp = {
  orders: OrderRow[];
  operations: OperationRow[];
  components: ComponentRow[];
  stock: StockRow[];
  notifications: NotificationRow[];
  /** Posts what is due and what the diary tells. */
  step(line: LineSim, t: Millis, diary: readonly DiaryEntry[]): void;
  /** The order that comes after the running one, with its product. Opened if there is none yet. */
  following(line: LineSim, t: Millis, setupS: number): OrderRow;
  running(line: string): OrderRow | null;
  /** The running order ends, what follows is not released yet; with `false` it is, and begins. */
  withdraw(line: LineSim, t: Millis, withdrawn: boolean): void;
};

const hour = 3_600_000;
/** Yield confirmations and goods issues are posted every half hour. */
const postEveryS = 1800;

export function openErp(floor: Floor, rng: Random): Erp {
  let lastOrder = 1_000_000 + rng.whole(100, 900);
  const maintenance = openMaintenanceBook(floor, rng.fork('maintenance'));
  const stock = openStockBook();
  const erp: Erp = {
    orders: [],
    operations: [],
    components: [],
    stock: stock.rows,
    notifications: maintenance.notifications,
    step(line, t, diary) {
      for (const entry of diary) hear(entry);
      // Postings are made every ten seconds at the most; a hold is felt at once.
      if (t % 10_000 === 0 || heldBefore.get(line.id) !== line.lot.held) post(line, t);
      heldBefore.set(line.id, line.lot.held);
      maintenance.step(line, t);
    },
    following: (line, t, setupS) =>
      erp.orders.find((order) => order.line === line.id && order.status === 'released') ??
      open(line, t, setupS),
    running: (line) => current.get(line) ?? null,
    withdraw,
  };
  const current = new Map<string, OrderRow>();
  const needs = new Map<string, ComponentRow[]>();
  const heldBefore = new Map<string, boolean>();
  const postedAt = new Map<string, Millis>();
  /** Good count of the reference when the running order began. */
  const began = new Map<string, number>();

  /** `same`: the product of an order that goes on with what runs; without it another one is drawn, save for the very first. */
  function open(line: LineSim, t: Millis, setupS: number, same?: LineSim['product']): OrderRow {
    lastOrder += rng.whole(1, 9);
    const order = String(lastOrder);
    const others = line.products.filter((one) => one !== line.product);
    const product =
      same ?? (erp.running(line.id) ? rng.pick(others.length > 0 ? others : line.products) : line.product);
    const hours = rng.between(14, 40);
    const planned = Math.round((line.reference.rate * 60 * hours * 0.75) / 500) * 500 || 500;
    const row: OrderRow = {
      order,
      line: line.id,
      material: product.material,
      description: product.description,
      planned,
      confirmed: 0,
      unit: line.unit,
      status: 'released',
      start: t,
      end: null,
      due: t + (hours + rng.between(4, 24)) * hour,
      changedAt: t,
    };
    erp.orders.push(row);
    const operation = {
      order,
      line: line.id,
      status: 'released' as const,
      start: null,
      end: null,
      confirmed: 0,
      changedAt: t,
    };
    erp.operations.push(
      {
        ...operation,
        operation: '0010',
        description: 'Changeover',
        setup: true,
        plannedS: setupS,
        planned: 1,
        unit: 'PC',
      },
      {
        ...operation,
        operation: '0020',
        description: `Run ${product.description}`,
        setup: false,
        plannedS: Math.round(hours * 3600),
        planned,
        unit: line.unit,
      },
    );
    for (const [i, bin] of line.warehouse.entries()) {
      const consumable = line.machines.find((machine) => machine.magazine?.material === bin.material)?.of
        .consumable;
      const required = Math.round(planned * (i === 0 ? 1.01 : (consumable?.perUnit ?? 1) * 1.02));
      const need: ComponentRow = {
        order,
        material: bin.material,
        description: bin.description,
        required,
        withdrawn: 0,
        available: Math.min(required, Math.round(bin.quantity)),
        unit: bin.unit,
        due: t,
        changedAt: t,
      };
      erp.components.push(need);
      needs.set(order, [...(needs.get(order) ?? []), need]);
    }
    return row;
  }

  function begin(line: LineSim, row: OrderRow, t: Millis, setup: boolean): void {
    Object.assign(row, { status: 'started', start: t, changedAt: t });
    current.set(line.id, row);
    began.set(line.id, line.reference.good);
    for (const operation of erp.operations) {
      if (operation.order !== row.order) continue;
      const mine = operation.setup === setup;
      if (mine) Object.assign(operation, { status: 'started', start: t, changedAt: t });
      else if (operation.setup)
        Object.assign(operation, { status: 'completed', start: t, end: t, confirmed: 1, changedAt: t });
    }
  }

  function hear(entry: DiaryEntry): void {
    if (entry.what === 'setup_begun' || entry.what === 'setup_done') return turnOver(entry);
    maintenance.hear(entry);
  }

  function turnOver(entry: { what: 'setup_begun' | 'setup_done'; line: string; at: Millis }): void {
    const line = floor.lines.find((one) => one.id === entry.line);
    if (!line) return;
    if (entry.what === 'setup_begun') {
      const old = erp.running(line.id);
      if (old) finish(line, old, entry.at);
      const next = erp.orders.find((one) => one.order === line.change?.order) ?? open(line, entry.at, 1800);
      begin(line, next, entry.at, true);
      return;
    }
    const now = erp.running(line.id);
    for (const one of erp.operations) {
      if (!now || one.order !== now.order) continue;
      if (one.setup)
        Object.assign(one, { status: 'completed', end: entry.at, confirmed: 1, changedAt: entry.at });
      else Object.assign(one, { status: 'started', start: entry.at, changedAt: entry.at });
    }
  }

  function finish(line: LineSim, row: OrderRow, t: Millis): void {
    confirm(line, row, t);
    Object.assign(row, { status: 'completed', end: t, changedAt: t });
    for (const one of erp.operations) {
      if (one.order === row.order && !one.setup)
        Object.assign(one, { status: 'completed', end: t, changedAt: t });
    }
  }

  /** An order ends with the quantity that was planned; the next one of the same product needs no changeover. */
  function goOn(line: LineSim, row: OrderRow, t: Millis): OrderRow {
    if (row.status !== 'started' || line.change || line.orderless || made(line) < row.planned) return row;
    finish(line, row, t);
    const next = open(line, t, line.spec.standardS['changeover'] ?? 1800, line.product);
    begin(line, next, t, false);
    return next;
  }

  function withdraw(line: LineSim, t: Millis, withdrawn: boolean): void {
    const now = erp.running(line.id);
    if (!withdrawn) {
      const next = erp.orders.find((one) => one.line === line.id && one.status === 'created');
      if (next) begin(line, next, t, false);
      return;
    }
    for (const one of erp.orders) {
      if (one.line === line.id && one.status === 'released')
        Object.assign(one, { status: 'created', changedAt: t });
    }
    if (!erp.orders.some((one) => one.line === line.id && one.status === 'created'))
      Object.assign(open(line, t, line.spec.standardS['changeover'] ?? 1800), { status: 'created' });
    if (!now) return;
    confirm(line, now, t);
    // What was ordered is made: the plan asked for no more than this.
    const made = Math.max(1, now.confirmed);
    Object.assign(now, { planned: made, status: 'completed', end: t, changedAt: t });
    for (const one of erp.operations) {
      if (one.order === now.order && !one.setup)
        Object.assign(one, { planned: made, confirmed: made, status: 'completed', end: t, changedAt: t });
    }
  }

  /** Good pieces since the running order began. */
  const made = (line: LineSim): number =>
    Math.floor(line.reference.good - (began.get(line.id) ?? line.reference.good));

  function confirm(line: LineSim, row: OrderRow, t: Millis): void {
    const confirmed = made(line);
    if (confirmed === row.confirmed) return;
    Object.assign(row, { confirmed, changedAt: t });
    for (const one of erp.operations) {
      if (one.order === row.order && !one.setup) Object.assign(one, { confirmed, changedAt: t });
    }
    for (const one of needs.get(row.order) ?? []) {
      one.withdrawn = Math.round((one.required * confirmed) / row.planned);
      one.changedAt = t;
    }
  }

  function post(line: LineSim, t: Millis): void {
    const running = goOn(line, erp.running(line.id) ?? first(line, t), t);
    const last = postedAt.get(line.id);
    const due = last === undefined || t - last >= postEveryS * 1000;
    if (due) {
      postedAt.set(line.id, last === undefined ? t - rng.whole(0, postEveryS) * 1000 : t);
      confirm(line, running, t);
      stock.dock(line, running, t);
    }
    for (const bin of line.warehouse) {
      stock.bin(bin, t);
      const need = needs.get(running.order)?.find((one) => one.material === bin.material);
      if (!need) continue;
      const available = Math.min(Math.max(0, need.required - need.withdrawn), Math.round(bin.quantity));
      if (available !== need.available && (due || available === 0))
        Object.assign(need, { available, changedAt: t });
    }
    stock.lot(line.lot, t);
  }

  /** The order that runs when the books are opened. */
  function first(line: LineSim, t: Millis): OrderRow {
    const opened = open(line, t, line.spec.standardS['changeover'] ?? 1800);
    begin(line, opened, t, false);
    return opened;
  }

  for (const line of floor.lines) {
    first(line, floor.now - rng.whole(1, 9) * hour);
    began.set(line.id, line.reference.good - rng.whole(20, 200) * 10);
  }
  return erp;
}
