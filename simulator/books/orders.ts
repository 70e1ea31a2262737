import type { Millis } from '../../plant/time.ts';
import type { Product, Store } from '../physics/goods.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import { standardS } from '../physics/phase.ts';
import type { Random } from '../random.ts';
import type { ComponentRow, OperationRow, OrderRow } from '../world.ts';

const hour = 3_600_000;
/** A line is planned with three quarters of its nominal rate. */
const plannedShare = 0.75;

/** An order with its two operations and what it needs. Rows change in place; their `changedAt` tells. */
type Order = { row: OrderRow; setup: OperationRow; run: OperationRow; needs: ComponentRow[] };
/** The orders of all lines. The lists of rows are what the ERP shows of them. */
export type OrderBook = {
  orders: OrderRow[];
  operations: OperationRow[];
  components: ComponentRow[];
  byNumber: Map<string, Order>;
  /** What runs, or ran last, by line. */
  running: Map<string, Order>;
  /** Good count of a line's reference when its running order began. */
  began: Map<string, number>;
  lastNumber: number;
  rng: Random;
};

/** Each line has an order that began some hours ago and is partly made. */
export function openOrderBook(floor: Floor, rng: Random): OrderBook {
  const book: OrderBook = {
    orders: [],
    operations: [],
    components: [],
    byNumber: new Map(),
    running: new Map(),
    began: new Map(),
    lastNumber: 1_000_000 + rng.whole(100, 900),
    rng,
  };
  for (const line of floor.lines) {
    const t = floor.now - rng.whole(1, 9) * hour;
    run(book, line, release(book, line, t), t);
    book.began.set(line.id, line.reference.good - rng.whole(20, 200) * 10);
  }
  return book;
}

/** The order that comes after the running one, with its product. Released if there is none yet. */
export const following = (book: OrderBook, line: LineSim, t: Millis): Order =>
  ofLine(book, line, 'released') ?? release(book, line, t);

const ofLine = ({ byNumber }: OrderBook, line: LineSim, status: OrderRow['status']): Order | undefined =>
  byNumber.values().find(({ row }) => row.line === line.id && row.status === status);

/** `same`: the product of an order that goes on with what runs; without it another one is drawn, save for the very first. */
function release(book: OrderBook, line: LineSim, t: Millis, same?: Product): Order {
  const { rng } = book;
  book.lastNumber += rng.whole(1, 9);
  const product = same ?? nextProduct(book, line);
  const hours = rng.between(14, 40);
  const row: OrderRow = {
    order: String(book.lastNumber),
    line: line.id,
    material: product.material,
    description: product.description,
    planned: Math.round((line.reference.rate * 60 * hours * plannedShare) / 500) * 500 || 500,
    confirmed: 0,
    unit: line.unit,
    status: 'released',
    start: t,
    end: null,
    due: t + (hours + rng.between(4, 24)) * hour,
    changedAt: t,
  };
  const order = {
    row,
    ...operationsOf(row, standardS(line, 'changeover'), hours),
    needs: line.warehouse.map((bin) => needOf(row, line, bin)),
  };
  book.byNumber.set(row.order, order);
  book.orders.push(row);
  book.operations.push(order.setup, order.run);
  book.components.push(...order.needs);
  return order;
}

function nextProduct({ running, rng }: OrderBook, line: LineSim): Product {
  if (!running.has(line.id)) return line.product;
  const others = line.products.filter((one) => one !== line.product);
  return rng.pick(others.length > 0 ? others : line.products);
}

function operationsOf(row: OrderRow, setupS: number, hours: number): Pick<Order, 'setup' | 'run'> {
  const operation = {
    order: row.order,
    line: row.line,
    status: 'released' as const,
    start: null,
    end: null,
    confirmed: 0,
    changedAt: row.changedAt,
  };
  return {
    setup: {
      ...operation,
      operation: '0010',
      description: 'Changeover',
      setup: true,
      plannedS: setupS,
      planned: 1,
      unit: 'PC',
    },
    run: {
      ...operation,
      operation: '0020',
      description: `Run ${row.description}`,
      setup: false,
      plannedS: Math.round(hours * 3600),
      planned: row.planned,
      unit: row.unit,
    },
  };
}

/** With an allowance for scrap: 1 % of the main material, 2 % of what machines use up. */
function needOf(row: OrderRow, line: LineSim, bin: Store): ComponentRow {
  const user = line.machines.find((machine) => machine.magazine?.material === bin.material);
  const perPiece = bin === line.warehouse[0] ? 1.01 : (user?.of.consumable?.perUnit ?? 1) * 1.02;
  const required = Math.round(row.planned * perPiece);
  return {
    order: row.order,
    material: bin.material,
    description: bin.description,
    required,
    withdrawn: 0,
    available: Math.min(required, Math.round(bin.quantity)),
    unit: bin.unit,
    due: row.start,
    changedAt: row.changedAt,
  };
}

function start(book: OrderBook, line: LineSim, order: Order, t: Millis): void {
  Object.assign(order.row, { status: 'started', start: t, changedAt: t });
  book.running.set(line.id, order);
  book.began.set(line.id, line.reference.good);
}

/** It runs at once: nothing has to be set up for it. */
function run(book: OrderBook, line: LineSim, order: Order, t: Millis): void {
  start(book, line, order, t);
  Object.assign(order.setup, { status: 'completed', start: t, end: t, confirmed: 1, changedAt: t });
  Object.assign(order.run, { status: 'started', start: t, changedAt: t });
}

/** The running order ends; the line is set up for the next one. */
export function beginSetup(book: OrderBook, line: LineSim, t: Millis): void {
  const old = book.running.get(line.id);
  if (old) complete(book, line, old, t);
  const next = book.byNumber.get(line.change?.order ?? '') ?? release(book, line, t);
  start(book, line, next, t);
  Object.assign(next.setup, { status: 'started', start: t, changedAt: t });
}

export function endSetup(book: OrderBook, line: LineSim, t: Millis): void {
  const now = book.running.get(line.id);
  if (!now) return;
  Object.assign(now.setup, { status: 'completed', end: t, confirmed: 1, changedAt: t });
  Object.assign(now.run, { status: 'started', start: t, changedAt: t });
}

function complete(book: OrderBook, line: LineSim, order: Order, t: Millis): void {
  confirm(book, line, order, t);
  Object.assign(order.row, { status: 'completed', end: t, changedAt: t });
  Object.assign(order.run, { status: 'completed', end: t, changedAt: t });
}

/** An order ends with the quantity that was planned; the next one of the same product needs no changeover. */
export function goOn(book: OrderBook, line: LineSim, order: Order, t: Millis): Order {
  const { status, planned } = order.row;
  if (status !== 'started' || line.change || line.orderless || made(book, line) < planned) return order;
  complete(book, line, order, t);
  const next = release(book, line, t, line.product);
  run(book, line, next, t);
  return next;
}

/** The running order ends with what is made: the plan asked for no more than this. What follows is not released yet. */
export function withdraw(book: OrderBook, line: LineSim, t: Millis): void {
  for (const row of book.orders)
    if (row.line === line.id && row.status === 'released')
      Object.assign(row, { status: 'created', changedAt: t });
  if (!ofLine(book, line, 'created')) release(book, line, t).row.status = 'created';
  const now = book.running.get(line.id);
  if (!now) return;
  confirm(book, line, now, t);
  const planned = Math.max(1, now.row.confirmed);
  const completed = { planned, status: 'completed', end: t, changedAt: t } as const;
  Object.assign(now.row, completed);
  Object.assign(now.run, completed, { confirmed: planned });
}

/** What was withdrawn is released, and runs. */
export function releaseAgain(book: OrderBook, line: LineSim, t: Millis): void {
  const next = ofLine(book, line, 'created');
  if (next) run(book, line, next, t);
}

/** Good pieces since the running order began. */
function made({ began }: OrderBook, { id, reference }: LineSim): number {
  return Math.floor(reference.good - (began.get(id) ?? reference.good));
}

/** Posts the yield, and the goods issue that goes with it. */
export function confirm(book: OrderBook, line: LineSim, order: Order, t: Millis): void {
  const { row } = order;
  const confirmed = made(book, line);
  if (confirmed === row.confirmed) return;
  Object.assign(row, { confirmed, changedAt: t });
  Object.assign(order.run, { confirmed, changedAt: t });
  for (const need of order.needs) {
    need.withdrawn = Math.round((need.required * confirmed) / row.planned);
    need.changedAt = t;
  }
}
