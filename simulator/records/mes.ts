import { iso, type Millis } from '../../plant/time.ts';
import { type Changed, delayMs, type Header, openDelta, type Say, workCenter } from './header.ts';
import type { LotRow, StatusEntry, World } from '../world.ts';

const orNull = (at: Millis | null) => (at === null ? null : iso(at));

/** What polling the MES at `t` brings. */
export function mesRecords(
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
