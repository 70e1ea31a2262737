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

/** `t`, `count`: when scrap of a line was last booked, and what its machines had thrown out by then. */
type ScrapCounts = Map<string, { t: Millis; count: number }>;

export function openMes(rng: Random): Mes {
  const scrapCounts: ScrapCounts = new Map();
  const mes: Mes = {
    statuses,
    entries: [],
    scrap: [],
    lots: [],
    operators: {},
    step(line, t, order) {
      enterStatus(mes, line, t, order);
      mes.operators[line.id] = line.stations.filter((station) => t >= station.awayUntil).length;
      countScrap(mes, scrapCounts, line, t, order, rng);
      trackLot(mes, line, t);
    },
  };
  return mes;
}

function enterStatus(mes: Mes, line: LineSim, t: Millis, order: string | null): void {
  const open = mes.entries.findLast((entry) => entry.line === line.id);
  const now = statusOf(line, t);
  if (!open) mes.entries.push({ line: line.id, status: 'Running', from: t, until: null, order });
  else if (now && now.status !== open.status) {
    const from = Math.max(now.from, open.from + 1000);
    open.until = from;
    mes.entries.push({ line: line.id, status: now.status, from, until: null, order });
  }
}

/** Once an hour; each line has its own minute of it. */
function countScrap(
  mes: Mes,
  counts: ScrapCounts,
  line: LineSim,
  t: Millis,
  order: string | null,
  rng: Random,
): void {
  const count = line.machines.reduce((sum, machine) => sum + Math.floor(machine.rejected), 0);
  const last = counts.get(line.id);
  if (!last) {
    counts.set(line.id, { t: t - rng.whole(0, 3600) * 1000, count });
    return;
  }
  if (t - last.t < 3_600_000) return;
  if (count > last.count)
    mes.scrap.push({ line: line.id, at: t, quantity: count - last.count, reason: null, order });
  counts.set(line.id, { t, count });
}

function trackLot(mes: Mes, line: LineSim, t: Millis): void {
  const { id, material, supplier, quantity, held, cleared } = line.lot;
  const status = held ? 'Hold' : cleared ? 'Released' : 'In Use';
  for (const old of mes.lots) {
    if (old.line === line.id && old.lot !== id && old.status !== 'Consumed' && old.status !== 'Hold')
      Object.assign(old, { status: 'Consumed', changedAt: t });
  }
  const known = mes.lots.find((one) => one.lot === id);
  if (!known)
    mes.lots.push({
      lot: id,
      line: line.id,
      material,
      status,
      supplier,
      quantity,
      unit: 'KG',
      changedAt: t,
    });
  else if (known.status !== status) Object.assign(known, { status, changedAt: t });
}

/** The status by the last machine's drive and the line's mode; null while it is too early to tell. */
function statusOf(line: LineSim, t: Millis): { status: string; from: Millis } | null {
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
