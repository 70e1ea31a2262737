import type { Millis } from '../../plant/time.ts';
import type { DiaryEntry } from '../physics/ledger.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { NotificationRow } from '../world.ts';

/** Notifications of the ERP: what operators called for, what the workshop has in hand, and what is planned or overdue anyway. */
export type MaintenanceBook = {
  notifications: NotificationRow[];
  /** Change parts that are in the workshop, by line. */
  tools: Map<string, NotificationRow>;
  compressor: NotificationRow | null;
  air: Floor['air'];
  lastNumber: number;
  rng: Random;
};

const hour = 3_600_000;
const routine = [
  'Grease bearings',
  'Replace wear strips',
  'Check belt tension',
  'Inspect gearbox oil',
  'Renew suction cups',
];

export function openMaintenanceBook(floor: Floor, rng: Random): MaintenanceBook {
  const book: MaintenanceBook = {
    notifications: [],
    tools: new Map(),
    compressor: null,
    air: floor.air,
    lastNumber: 10_000_000 + rng.whole(1000, 9000),
    rng,
  };
  for (const line of floor.lines) {
    for (const machine of rng.shuffle(line.machines).slice(0, 2)) {
      const status = rng.chance(0.5) ? 'overdue' : 'planned';
      const of = {
        line: line.id,
        machine: machine.id,
        text: rng.pick(routine),
        status,
        down: false,
      } as const;
      notify(book, of, floor.now - rng.whole(2, 90) * hour);
    }
  }
  return book;
}

function notify(
  book: MaintenanceBook,
  of: Pick<NotificationRow, 'line' | 'machine' | 'text' | 'status' | 'down'>,
  t: Millis,
): NotificationRow {
  book.lastNumber += book.rng.whole(1, 14);
  const row: NotificationRow = {
    notification: String(book.lastNumber),
    ...of,
    priority: of.down ? 1 : 3,
    requested: t,
    started: of.status === 'in_progress' ? t : null,
    done: null,
    changedAt: t,
  };
  book.notifications.push(row);
  return row;
}

const close = (row: NotificationRow, t: Millis) =>
  Object.assign(row, { status: 'done', done: t, changedAt: t });
const start = (row: NotificationRow, t: Millis) =>
  Object.assign(row, { status: 'in_progress', started: t, changedAt: t });

/** Somebody called for maintenance, it came, it is done. */
export function hearOfWork(book: MaintenanceBook, entry: DiaryEntry): void {
  if (entry.what === 'called') {
    const { line, machine, text = 'Drive does not start, please check' } = entry;
    notify(book, { line, machine, text, status: 'requested', down: true }, entry.at);
    return;
  }
  if (entry.what !== 'arrived' && entry.what !== 'repaired') return;
  const row = book.notifications.findLast(
    (one) => one.machine === entry.machine && one.down && one.done === null,
  );
  if (!row) return;
  if (entry.what === 'arrived') start(row, entry.at);
  else close(row, entry.at);
}

/** What no machine calls for: change parts in the workshop, a compressor house that delivers too little. */
export function watchRepairs(book: MaintenanceBook, line: LineSim, t: Millis): void {
  watchTools(book, line, t);
  watchAir(book, t);
}

function watchTools(book: MaintenanceBook, line: LineSim, t: Millis): void {
  const known = book.tools.get(line.id);
  if (!known && line.toolsBackAt > t) {
    const machine = line.machines[Math.floor(line.machines.length / 2)]?.id ?? '';
    const text = 'Change parts set in workshop, guide worn';
    const of = { line: line.id, machine, text, status: 'in_progress', down: false } as const;
    book.tools.set(line.id, notify(book, of, t));
  } else if (known && line.toolsBackAt <= t) {
    close(known, t);
    book.tools.delete(line.id);
  }
}

function watchAir(book: MaintenanceBook, t: Millis): void {
  const { air, compressor } = book;
  if (!compressor) {
    if (air.pressure >= 5.5) return;
    const text = 'Compressor house: K1 delivers too little';
    book.compressor = notify(book, { line: '', machine: air.id, text, status: 'requested', down: true }, t);
  } else if (air.pressure > 6.8) {
    close(compressor, t);
    book.compressor = null;
  } else if (compressor.status === 'requested' && t - compressor.requested > 180_000) start(compressor, t);
}
