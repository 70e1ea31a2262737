/** Rows of Plex -> records of the plant. Pure. Plex's history gives no reason code, so no reason is given. */
import type { RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { EquipmentLookup } from '../source/equipment.ts';
import { header } from '../source/record-header.ts';
import type { ContainerRow, EntryRow, JobRow, LotRow, ScrapRow, StatusRow } from './rows.ts';

export type Workcenter = { id: string; code: string; line: string };
export type Mapping = {
  source: string;
  /** By Plex's UUID. */
  workcenters: ReadonlyMap<string, Workcenter>;
  statuses: ReadonlyMap<string, StatusRow>;
  lookup: EquipmentLookup;
  isHeld: (status: string) => boolean;
  observedAt: number;
};

function categoryOf(status: StatusRow | undefined): RecordOf<'downtime_event'>['category'] {
  if (!status) return 'unknown';
  // Setup and maintenance count as downtime in many Plex tenants, too: the narrower word wins.
  if (status.setupStatus) return 'setup';
  if (status.maintenanceStatus) return 'maintenance';
  if (status.productionStatus) return 'production';
  if (status.downtimeStatus) return 'downtime';
  return status.idleStatus ? 'idle' : 'unknown';
}

/** `operators`: how many were signed on while the entry ran; null where nobody looked. */
export function entryRecord(
  row: EntryRow,
  center: Workcenter,
  operators: number | null,
  mapping: Mapping,
): RecordOf<'downtime_event'> {
  const from = Date.parse(row.logDate);
  return {
    kind: 'downtime_event',
    ...header(
      mapping,
      `${center.code}@${iso(from)}`,
      row.duration === null ? 'open' : String(row.duration),
      center.line,
      from,
    ),
    status: row.workcenterStatus,
    category: categoryOf(mapping.statuses.get(row.workcenterStatus)),
    from: iso(from),
    to: row.duration === null ? null : iso(from + row.duration * 1000),
    reason: null,
    order: row.jobCode ?? row.jobNumber,
    operators,
  };
}

export function scrapRecord(row: ScrapRow, center: Workcenter, mapping: Mapping): RecordOf<'scrap'> | null {
  const at = row.transactionDate ?? row.scrapDate;
  if (at === null || row.quantity === null) return null;
  return {
    kind: 'scrap',
    ...header(mapping, `${center.code}@${iso(at)}`, '', center.line, at),
    quantity: row.quantity,
    unit: '',
    reason: row.scrapReason,
    order: row.jobCode ?? row.jobNumber,
  };
}

export function crewRecord(
  center: Workcenter,
  present: number,
  planned: number,
  mapping: Mapping,
): RecordOf<'crew'> {
  return {
    kind: 'crew',
    ...header(mapping, `${center.code}@${iso(mapping.observedAt)}`, '', center.line, mapping.observedAt),
    present,
    planned,
    role: null,
  };
}

/** Plex's own words for a job's state differ by customer: the usual ones are known, others are `unknown`. */
const jobStatuses: readonly (readonly [RegExp, RecordOf<'order'>['status']])[] = [
  [/hold|suspend/i, 'held'],
  [/cancel/i, 'cancelled'],
  [/clos/i, 'closed'],
  [/complet|finish|done/i, 'completed'],
  [/start|run|production|progress/i, 'started'],
  [/schedul|releas|ready/i, 'released'],
  [/plan|creat|new|open/i, 'created'],
];
export const jobStatusOf = (status: string | null): RecordOf<'order'>['status'] =>
  jobStatuses.find(([word]) => word.test(status ?? ''))?.[1] ?? 'unknown';
export const jobVersion = (row: JobRow): string => `${row.jobStatus ?? ''}/${row.quantityCompleted ?? 0}`;

export function jobRecord(row: JobRow, line: string | null, mapping: Mapping): RecordOf<'order'> {
  return {
    kind: 'order',
    ...header(mapping, row.jobNumber, jobVersion(row), line, mapping.observedAt),
    order: row.jobNumber,
    material: row.partNumber ?? '',
    description: row.partDescription ?? '',
    planned: row.quantity ?? 0,
    confirmed: row.quantityCompleted ?? 0,
    unit: row.unitOfMeasure ?? '',
    status: jobStatusOf(row.jobStatus),
    start: null,
    end: null,
    due: row.dueDate === null ? null : iso(row.dueDate),
  };
}

/**
 * One record per lot, out of lots and containers: a lot is held when it or one of its containers is.
 * Lots that are neither held nor at a known place are left out: a plant has tens of thousands.
 */
export function lotRecords(
  lots: readonly LotRow[],
  containers: readonly ContainerRow[],
  mapping: Mapping,
): RecordOf<'lot'>[] {
  const holdings = [...lots.map(holdingOfLot), ...containers.map(holdingOfContainer)];
  return [...Map.groupBy(holdings, ({ lotNo }) => lotNo ?? '')].flatMap(([lot, own]) =>
    lot === '' ? [] : (lotRecord(lot, own, mapping) ?? []),
  );
}

/** What Plex holds of a lot: the lot itself, or one of its containers. */
type Holding = Pick<LotRow, 'lotNo' | 'partNo' | 'supplierCode' | 'quantity' | 'location'> & {
  status: string | null;
  at: Millis | null;
  unit: string;
  container: boolean;
};
const holdingOfLot = (row: LotRow): Holding => ({
  ...row,
  status: row.lotStatus,
  at: row.modifiedDate,
  unit: '',
  container: false,
});
const holdingOfContainer = (row: ContainerRow): Holding => ({
  ...row,
  status: row.containerStatus,
  at: row.lastUpdatedDate,
  unit: row.quantityInventoryUnit ?? '',
  supplierCode: null,
  container: true,
});

function lotRecord(lot: string, own: readonly Holding[], mapping: Mapping): RecordOf<'lot'> | null {
  const held = own.find(({ status }) => status !== null && mapping.isHeld(status));
  const head = held ?? own.find(({ status }) => status !== null) ?? own[0];
  const places = own.map(({ location }) => mapping.lookup(location ?? ''));
  const equipment = places.find((id) => id !== null) ?? null;
  if (!head || (!held && equipment === null)) return null;
  const first = (name: 'partNo' | 'supplierCode' | 'unit'): string | null =>
    own.map((holding) => holding[name]).find((value) => value !== null && value !== '') ?? null;
  const status = head.status ?? '';
  return {
    kind: 'lot',
    ...header(mapping, lot, status, equipment, head.at ?? mapping.observedAt),
    lot,
    material: first('partNo') ?? '',
    status,
    held: held !== undefined,
    supplier: first('supplierCode'),
    quantity: quantityOf(own),
    unit: first('unit') ?? '',
    event: 'status',
  };
}

/** The lot's own quantity; without one, what its containers hold together. */
function quantityOf(holdings: readonly Holding[]): number | null {
  const own = holdings.find(({ container, quantity }) => !container && quantity !== null);
  if (own) return own.quantity;
  const held = holdings.flatMap(({ quantity }) => quantity ?? []);
  return held.length === 0 ? null : held.reduce((sum, quantity) => sum + quantity, 0);
}
