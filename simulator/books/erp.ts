import type { Millis } from '../../plant/time.ts';
import type { DiaryEntry } from '../physics/ledger.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { ErpView, OrderRow } from '../world.ts';
import { hearOfWork, type MaintenanceBook, openMaintenanceBook, watchRepairs } from './maintenance.ts';
import {
  beginSetup,
  confirm,
  endSetup,
  following,
  goOn,
  openOrderBook,
  type OrderBook,
  releaseAgain,
  withdraw,
} from './orders.ts';
import { openStockBook, putBin, putDock, putLot, type StockBook } from './stock.ts';

/** The company's books: orders and what they need, stock, maintenance. Keeps up with the floor by postings, not by sight. */
export type Erp = ErpView & {
  /** Posts what is due and what the diary tells. */
  step(line: LineSim, t: Millis, diary: readonly DiaryEntry[]): void;
  /** The order that comes after the running one, with its product. Opened if there is none yet. */
  following(line: LineSim, t: Millis): OrderRow;
  running(line: string): OrderRow | null;
  /** The running order ends, what follows is not released yet; with `false` it is, and begins. */
  withdraw(line: LineSim, t: Millis, withdrawn: boolean): void;
};
type Books = {
  orders: OrderBook;
  stock: StockBook;
  maintenance: MaintenanceBook;
  /** By line, as the last step found it. */
  held: Map<string, boolean>;
  postedAt: Map<string, Millis>;
  rng: Random;
};

/** Yield confirmations and goods issues are posted every half hour. */
const postEveryS = 1800;

export function openErp(floor: Floor, rng: Random): Erp {
  const orders = openOrderBook(floor, rng);
  const maintenance = openMaintenanceBook(floor, rng.fork('maintenance'));
  const stock = openStockBook();
  const books: Books = { orders, stock, maintenance, held: new Map(), postedAt: new Map(), rng };
  return {
    orders: orders.orders,
    operations: orders.operations,
    components: orders.components,
    stock: stock.rows,
    notifications: maintenance.notifications,
    step: (line, t, diary) => step(books, line, t, diary),
    following: (line, t) => following(orders, line, t).row,
    running: (line) => orders.running.get(line)?.row ?? null,
    withdraw: (line, t, withdrawn) => (withdrawn ? withdraw : releaseAgain)(orders, line, t),
  };
}

function step(books: Books, line: LineSim, t: Millis, diary: readonly DiaryEntry[]): void {
  for (const entry of diary) {
    if (entry.what === 'setup_begun') beginSetup(books.orders, line, entry.at);
    else if (entry.what === 'setup_done') endSetup(books.orders, line, entry.at);
    else hearOfWork(books.maintenance, entry);
  }
  // Postings are made every ten seconds at the most; a hold is felt at once.
  if (t % 10_000 === 0 || books.held.get(line.id) !== line.lot.held) post(books, line, t);
  books.held.set(line.id, line.lot.held);
  watchRepairs(books.maintenance, line, t);
}

function post({ orders, stock, postedAt, rng }: Books, line: LineSim, t: Millis): void {
  const before = orders.running.get(line.id);
  if (!before) return;
  const running = goOn(orders, line, before, t);
  const last = postedAt.get(line.id);
  const due = last === undefined || t - last >= postEveryS * 1000;
  if (due) {
    postedAt.set(line.id, last === undefined ? t - rng.whole(0, postEveryS) * 1000 : t);
    confirm(orders, line, running, t);
    putDock(stock, line, running.row, t);
  }
  for (const bin of line.warehouse) {
    putBin(stock, bin, t);
    const need = running.needs.find((one) => one.material === bin.material);
    if (!need) continue;
    const available = Math.min(Math.max(0, need.required - need.withdrawn), Math.round(bin.quantity));
    if (available !== need.available && (due || available === 0))
      Object.assign(need, { available, changedAt: t });
  }
  putLot(stock, line.lot, t);
}
