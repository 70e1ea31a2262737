import type { Millis } from '../../plant/time.ts';
import type { DiaryEntry } from '../physics/ledger.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { NotificationRow } from '../world.ts';

const hour = 3_600_000;
const routine = [
  'Grease bearings',
  'Replace wear strips',
  'Check belt tension',
  'Inspect gearbox oil',
  'Renew suction cups',
];

/** Notifications of the ERP: what operators called for, what the workshop has in hand, and what is planned or overdue anyway. */
export function openMaintenanceBook(floor: Floor, rng: Random) {
  const notifications: NotificationRow[] = [];
  const tools = new Map<string, NotificationRow>();
  let compressor: NotificationRow | null = null;
  let number = 10_000_000 + rng.whole(1000, 9000);

  function notify(
    of: Pick<NotificationRow, 'line' | 'machine' | 'text' | 'status' | 'down'>,
    t: Millis,
  ): NotificationRow {
    number += rng.whole(1, 14);
    const row: NotificationRow = {
      notification: String(number),
      ...of,
      priority: of.down ? 1 : 3,
      requested: t,
      started: of.status === 'in_progress' ? t : null,
      done: null,
      changedAt: t,
    };
    notifications.push(row);
    return row;
  }

  const close = (row: NotificationRow, t: Millis) =>
    Object.assign(row, { status: 'done', done: t, changedAt: t });
  const start = (row: NotificationRow, t: Millis) =>
    Object.assign(row, { status: 'in_progress', started: t, changedAt: t });

  /** Change parts that are not in their rack. */
  function watchTools(line: LineSim, t: Millis): void {
    const known = tools.get(line.id);
    if (!known && line.toolsBackAt > t) {
      const machine = line.machines[Math.floor(line.machines.length / 2)]?.id ?? '';
      const text = 'Change parts set in workshop, guide worn';
      tools.set(line.id, notify({ line: line.id, machine, text, status: 'in_progress', down: false }, t));
    } else if (known && line.toolsBackAt <= t) {
      close(known, t);
      tools.delete(line.id);
    }
  }

  function watchAir(t: Millis): void {
    const weak = floor.air.pressure < 5.5;
    if (weak && !compressor) {
      const text = 'Compressor house: K1 delivers too little';
      compressor = notify({ line: '', machine: floor.air.id, text, status: 'requested', down: true }, t);
    } else if (compressor && !weak && floor.air.pressure > 6.8) {
      close(compressor, t);
      compressor = null;
    } else if (compressor && compressor.status === 'requested' && t - compressor.requested > 180_000) {
      start(compressor, t);
    }
  }

  for (const line of floor.lines) {
    for (const machine of rng.shuffle(line.machines).slice(0, 2)) {
      const status = rng.chance(0.5) ? 'overdue' : 'planned';
      notify(
        { line: line.id, machine: machine.id, text: rng.pick(routine), status, down: false },
        floor.now - rng.whole(2, 90) * hour,
      );
    }
  }

  return {
    notifications,
    hear(entry: DiaryEntry): void {
      if (entry.what === 'called') {
        const text = entry.text ?? 'Drive does not start, please check';
        notify({ line: entry.line, machine: entry.machine, text, status: 'requested', down: true }, entry.at);
        return;
      }
      if (entry.what !== 'arrived' && entry.what !== 'repaired') return;
      const row = notifications.findLast(
        (one) => one.machine === entry.machine && one.down && one.done === null,
      );
      if (!row) return;
      if (entry.what === 'arrived') start(row, entry.at);
      else close(row, entry.at);
    },
    step(line: LineSim, t: Millis): void {
      watchTools(line, t);
      watchAir(t);
    },
  };
}
