import type { Line } from '../../plant/equipment.ts';
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { workCenterOf } from '../names.ts';
import type { LotRow, MesView, ScrapRow, StatusEntry, World } from '../world.ts';
import { openDelta } from './delta.ts';
import { changed, delayMs, header, isoOrNull, type Said } from './header.ts';

/** What polling the MES at `t` brings. */
export function openMesPoll(
  { plant, mes }: World,
  source: string,
  said: Said,
): (t: Millis) => Generator<PlantRecord> {
  const lots = openDelta<LotRow>();
  let open: StatusEntry[] = [];
  let entries = 0;
  let scrap = 0;
  return function* poll(t) {
    const now = [...open, ...mes.entries.slice(entries)];
    for (const row of now)
      if (!open.includes(row) || row.until !== null) yield downtimeRecord(source, row, mes.statuses);
    open = now.filter((row) => row.until === null);
    entries = mes.entries.length;
    for (const row of mes.scrap.slice(scrap)) yield scrapRecord(source, row);
    scrap = mes.scrap.length;
    for (const row of lots(mes.lots, t)) yield lotRecord(source, row);
    for (const line of plant.lines) {
      const present = mes.operators[line.id];
      if (present !== undefined && changed(said, `crew/${line.id}`, String(present)))
        yield crewRecord(source, line, present, t);
    }
  };
}

const keyAt = (line: string, at: Millis) => `${workCenterOf(line)}@${iso(at)}`;

/** The MES counts in whole seconds. */
function downtimeRecord(
  source: string,
  row: StatusEntry,
  statuses: MesView['statuses'],
): RecordOf<'downtime_event'> {
  const duration = row.until === null ? null : Math.round((row.until - row.from) / 1000);
  const to = duration === null ? null : row.from + duration * 1000;
  const version = duration === null ? 'open' : String(duration);
  const seen = (to ?? row.from) + delayMs.polled;
  return {
    kind: 'downtime_event',
    ...header(source, keyAt(row.line, row.from), version, row.line, row.from, seen),
    status: row.status,
    category: statuses.find((one) => one.status === row.status)?.means ?? 'unknown',
    from: iso(row.from),
    to: isoOrNull(to),
    reason: null,
    order: row.order,
    operators: null,
  };
}

const scrapRecord = (source: string, row: ScrapRow): RecordOf<'scrap'> => ({
  kind: 'scrap',
  ...header(source, keyAt(row.line, row.at), '', row.line, row.at, row.at + delayMs.polled),
  quantity: row.quantity,
  unit: '',
  reason: row.reason,
  order: row.order,
});

const lotRecord = (source: string, row: LotRow): RecordOf<'lot'> => ({
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

const crewRecord = (source: string, line: Line, present: number, t: Millis): RecordOf<'crew'> => ({
  kind: 'crew',
  ...header(source, keyAt(line.id, t), '', line.id, t, t),
  present,
  planned: line.crew ?? present,
  role: null,
});
