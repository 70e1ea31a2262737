import type { Millis } from '../../plant/time.ts';
import { isRunning } from '../physics/machine.ts';
import type { LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import type { LotRow, MesView, ScrapRow, StatusEntry } from '../world.ts';

/** The shop-floor system: what each work center does, scrap, lots, who is signed on. Sees the last machine and the phase, nothing else. */
export type Mes = MesView & {
  entries: StatusEntry[];
  scrap: ScrapRow[];
  lots: LotRow[];
  operators: Record<string, number>;
  step(line: LineSim, t: Millis, order: string | null): void;
};

const statuses = [
  { status: 'Running', means: 'production' },
  { status: 'Changeover', means: 'setup' },
  { status: 'Repair', means: 'maintenance' },
  { status: 'Standby', means: 'idle' },
  { status: 'Down', means: 'downtime' },
  { status: 'Cleaning', means: 'setup' },
] as const;

/** A stand of less than this is not booked. */
const bookAfterS = 60;

export function openMes(rng: Random): Mes {
  const scrapAt = new Map<string, { t: Millis; count: number }>();
  const mes: Mes = {
    statuses,
    entries: [],
    scrap: [],
    lots: [],
    operators: {},
    step(line, t, order) {
      book(line, t, order);
      mes.operators[line.id] = line.stations.filter((station) => t >= station.awayUntil).length;
      countScrap(line, t, order);
      trackLot(line, t);
    },
  };

  function book(line: LineSim, t: Millis, order: string | null): void {
    const open = mes.entries.findLast((entry) => entry.line === line.id);
    const now = wordFor(line, t);
    if (!open) mes.entries.push({ line: line.id, status: 'Running', from: t, until: null, order });
    else if (now && now.status !== open.status) {
      const from = Math.max(now.from, open.from + 1000);
      open.until = from;
      mes.entries.push({ line: line.id, status: now.status, from, until: null, order });
    }
  }

  function countScrap(line: LineSim, t: Millis, order: string | null): void {
    const count = line.machines.reduce((sum, machine) => sum + Math.floor(machine.rejected), 0);
    const last = scrapAt.get(line.id);
    if (!last) {
      scrapAt.set(line.id, { t: t - rng.whole(0, 3600) * 1000, count });
      return;
    }
    if (t - last.t < 3_600_000) return;
    if (count > last.count)
      mes.scrap.push({ line: line.id, at: t, quantity: count - last.count, reason: null, order });
    scrapAt.set(line.id, { t, count });
  }

  function trackLot(line: LineSim, t: Millis): void {
    const { lot } = line;
    const status = lot.held ? 'Hold' : lot.cleared ? 'Released' : 'In Use';
    for (const old of mes.lots) {
      if (old.line === line.id && old.lot !== lot.id && old.status !== 'Consumed' && old.status !== 'Hold') {
        Object.assign(old, { status: 'Consumed', changedAt: t });
      }
    }
    const known = mes.lots.find((one) => one.lot === lot.id);
    if (!known) {
      mes.lots.push({
        lot: lot.id,
        line: line.id,
        material: lot.material,
        status,
        supplier: lot.supplier,
        quantity: lot.quantity,
        unit: 'KG',
        changedAt: t,
      });
    } else if (known.status !== status) Object.assign(known, { status, changedAt: t });
  }
  return mes;
}

/** The status by the last machine's drive and the line's mode; null while it is too early to tell. */
function wordFor(line: LineSim, t: Millis): { status: string; from: Millis } | null {
  const { reference, phase } = line;
  if (phase.name === 'setup') return { status: 'Changeover', from: phase.since };
  if (phase.name === 'clean') return { status: 'Cleaning', from: phase.since };
  if (phase.name === 'no_order')
    return isRunning(reference)
      ? { status: 'Running', from: reference.since }
      : { status: 'Standby', from: reference.since };
  if (phase.name === 'hold' || phase.name === 'break') return { status: 'Standby', from: phase.since };
  if (isRunning(reference)) return { status: 'Running', from: reference.since };
  return t - reference.since >= bookAfterS * 1000 ? { status: 'Down', from: reference.since } : null;
}
