/** Rows of SAP -> records of the plant. Pure: the same rows give the same records. */
import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Row } from '../odata.ts';
import type { EquipmentLookup } from '../source/equipment.ts';
import { header } from '../source/record-header.ts';
import { isSet, localPair, millisOf, numberOf, textOf } from '../source/values.ts';
import { sapZones } from './services.ts';

export type Mapping = {
  source: string;
  plant: Plant;
  zone: string;
  /** Work center (upper case) -> line. */
  lines: ReadonlyMap<string, string>;
  lookup: EquipmentLookup;
  isSetup: (text: string) => boolean;
  observedAt: number;
};

const isoOrNull = (at: Millis | null): string | null => (at === null ? null : iso(at));
/** Order numbers are often padded: `000001000001` is order 1000001. */
export const orderNumber = (value: unknown): string => textOf(value).replace(/^0+(?=.)/, '');
const lineOf = (row: Row, mapping: Mapping): string | null =>
  mapping.lines.get(textOf(row['WorkCenter']).toUpperCase()) ?? null;

const pair = (row: Row, date: string, time: string, zone: string) => localPair(row[date], row[time], zone);
const actualStart = (row: Row, zone: string) =>
  pair(row, 'OpActualExecutionStartDate', 'OpActualExecutionStartTime', zone);
const actualEnd = (row: Row, zone: string) =>
  pair(row, 'OpActualExecutionEndDate', 'OpActualExecutionEndTime', zone);

function orderStatus(row: Row, started: boolean): RecordOf<'order'>['status'] {
  if (isSet(row['OrderIsDeleted']) || isSet(row['OrderIsMarkedForDeletion'])) return 'cancelled';
  if (isSet(row['OrderIsClosed'])) return 'closed';
  if (
    ['OrderIsTechnicallyCompleted', 'OrderIsDelivered', 'OrderIsConfirmed'].some((flag) => isSet(row[flag]))
  )
    return 'completed';
  if (isSet(row['OrderIsLocked'])) return 'held';
  if (isSet(row['OrderIsPartiallyConfirmed']) || started) return 'started';
  if (isSet(row['OrderIsReleased'])) return 'released';
  return isSet(row['OrderIsCreated']) ? 'created' : 'unknown';
}

/** `own`: the order's operations. Start and end are the actual ones of its operations, setup left out; before the start, the scheduled start. */
export function orderRecord(row: Row, own: readonly Row[], mapping: Mapping): RecordOf<'order'> {
  const { zone } = mapping;
  const status = orderStatus(
    row,
    own.some((operation) => actualStart(operation, zone) !== null),
  );
  const production = own.filter((operation) => !mapping.isSetup(textOf(operation['MfgOrderOperationText'])));
  const starts = production.flatMap((operation) => actualStart(operation, zone) ?? []);
  const ends = production.flatMap((operation) => actualEnd(operation, zone) ?? []);
  const over = status === 'completed' || status === 'closed';
  // The line of the last operation that has one: an order runs through setup and production at one line.
  const line = own.map((operation) => lineOf(operation, mapping)).findLast((found) => found !== null) ?? null;
  const changed = textOf(row['LastChangeDateTime']);
  return {
    kind: 'order',
    ...header(
      mapping,
      orderNumber(row['ManufacturingOrder']),
      changed,
      line,
      millisOf(changed) ?? mapping.observedAt,
    ),
    order: orderNumber(row['ManufacturingOrder']),
    material: textOf(row['Material']),
    description: textOf(row['OrderLongText']).slice(0, 120),
    planned: numberOf(row['TotalQuantity']) ?? 0,
    confirmed: numberOf(row['MfgOrderConfirmedYieldQty']) ?? 0,
    unit: textOf(row['ProductionUnit']),
    status,
    start: isoOrNull(
      starts.length > 0
        ? Math.min(...starts)
        : pair(row, 'MfgOrderScheduledStartDate', 'MfgOrderScheduledStartTime', zone),
    ),
    end: over && ends.length > 0 ? iso(Math.max(...ends)) : null,
    due: isoOrNull(pair(row, 'MfgOrderPlannedEndDate', 'MfgOrderPlannedEndTime', zone)),
  };
}

function operationStatus(row: Row, started: boolean, ended: boolean): RecordOf<'operation'>['status'] {
  if (
    ended ||
    ['OperationIsConfirmed', 'OperationIsTechlyCompleted', 'OperationIsClosed'].some((flag) =>
      isSet(row[flag]),
    )
  )
    return 'completed';
  if (started || isSet(row['OperationIsPartiallyConfirmed'])) return 'started';
  return isSet(row['OperationIsReleased']) ? 'released' : 'created';
}

/** The operation and, where it is a setup that began, the changeover as an entry of the calendar. */
export function operationRecords(row: Row, mapping: Mapping): PlantRecord[] {
  if (isSet(row['OperationIsDeleted'])) return [];
  const { zone } = mapping;
  const order = orderNumber(row['ManufacturingOrder']);
  const operation = textOf(row['ManufacturingOrderOperation']);
  const description = textOf(row['MfgOrderOperationText']);
  const line = lineOf(row, mapping);
  const changed = textOf(row['LastChangeDateTime']);
  const start = actualStart(row, zone);
  const end = actualEnd(row, zone);
  const key = `${order}/${operation}`;
  const own: RecordOf<'operation'> = {
    kind: 'operation',
    ...header(mapping, key, changed, line, millisOf(changed) ?? mapping.observedAt),
    order,
    operation,
    description,
    status: operationStatus(row, start !== null, end !== null),
    planned: numberOf(row['OpPlannedTotalQuantity']),
    confirmed: numberOf(row['OpTotalConfirmedYieldQty']),
    unit: textOf(row['OperationUnit']),
    start: isoOrNull(start),
    end: isoOrNull(end),
  };
  // A setup that took no time was booked, not done.
  if (start === null || start === end || !mapping.isSetup(description)) return [own];
  const changeover: RecordOf<'calendar'> = {
    kind: 'calendar',
    ...header(mapping, key, changed, line, start),
    activity: 'changeover',
    from: iso(start),
    to: isoOrNull(end),
    standardS: standardOf(row, line, mapping),
    order,
    text: description,
  };
  return [own, changeover];
}

/** The plant's own standard time; else what SAP scheduled. */
function standardOf(row: Row, line: string | null, { plant, zone }: Mapping): number | null {
  const written = plant.lines.find(({ id }) => id === line)?.standardS['changeover'];
  if (written !== undefined) return written;
  const from = pair(row, 'OpErlstSchedldExecStrtDte', 'OpErlstSchedldExecStrtTme', zone);
  const to = pair(row, 'OpErlstSchedldExecEndDte', 'OpErlstSchedldExecEndTme', zone);
  return from !== null && to !== null && to > from ? (to - from) / 1000 : null;
}

/** One record per order and material: rows of several operations or storage locations are added up. */
export function requirementRecords(
  rows: readonly Row[],
  lineOfOrder: (order: string) => string | null,
  mapping: Mapping,
): RecordOf<'material_requirement'>[] {
  const found = new Map<string, RecordOf<'material_requirement'>>();
  for (const row of rows) {
    const order = orderNumber(row['ManufacturingOrder']);
    const material = textOf(row['Material']);
    if (material === '') continue;
    const key = `${order}/${material}`;
    const before = found.get(key);
    const available = numberOf(row['ConfirmedAvailableQuantity']);
    const due = pair(row, 'MatlCompRequirementDate', 'MatlCompRequirementTime', mapping.zone);
    const dues = [due, before?.due ? Date.parse(before.due) : null].filter((at) => at !== null);
    const required = (before?.required ?? 0) + (numberOf(row['RequiredQuantity']) ?? 0);
    const withdrawn = (before?.withdrawn ?? 0) + (numberOf(row['WithdrawnQuantity']) ?? 0);
    const sum = available === null ? (before?.available ?? null) : (before?.available ?? 0) + available;
    found.set(key, {
      kind: 'material_requirement',
      ...header(
        mapping,
        key,
        [required, withdrawn, sum ?? ''].join('/'),
        lineOfOrder(order),
        mapping.observedAt,
      ),
      order,
      material,
      description: textOf(row['BOMItemDescription']),
      required,
      withdrawn,
      available: sum,
      unit: textOf(row['BaseUnit']),
      due: dues.length > 0 ? iso(Math.min(...dues)) : null,
    });
  }
  return [...found.values()];
}

/** Notification phases: 1 outstanding, 2 postponed, 3 in process, 4 completed, 5 deleted. When somebody arrived, SAP does not say. */
export function maintenanceRecord(row: Row, mapping: Mapping): RecordOf<'maintenance'> | null {
  const phase = textOf(row['NotifProcessingPhase']);
  if (phase === '5') return null;
  const zone = sapZones[textOf(row['NotificationTimeZone'])] ?? mapping.zone;
  const changed = millisOf(row['LastChangeDateTime']) ?? mapping.observedAt;
  const needed = pair(row, 'RequiredEndDate', 'RequiredEndTime', zone);
  const late = needed !== null && needed < mapping.observedAt;
  const statuses: Record<string, RecordOf<'maintenance'>['status']> = {
    '2': 'planned',
    '3': 'in_progress',
    '4': 'done',
  };
  const status = statuses[phase] ?? (late ? 'overdue' : 'requested');
  const number = orderNumber(row['MaintenanceNotification']);
  const words = [row['TechnicalObject'], row['FunctionalLocation']].map(textOf);
  const machine = words.map((word) => mapping.lookup(word)).find((id) => id !== null) ?? null;
  return {
    kind: 'maintenance',
    ...header(
      mapping,
      number,
      iso(changed),
      machine ?? mapping.lines.get(textOf(row['MainWorkCenter']).toUpperCase()) ?? null,
      changed,
    ),
    order: number,
    text: textOf(row['NotificationText']),
    status,
    requested: isoOrNull(
      pair(row, 'CreationDate', 'CreationTime', zone) ??
        pair(row, 'MalfunctionStartDate', 'MalfunctionStartTime', zone),
    ),
    arrived: null,
    done:
      status === 'done'
        ? isoOrNull(
            pair(row, 'NotificationCompletionDate', 'CompletionTime', zone) ??
              pair(row, 'MalfunctionEndDate', 'MalfunctionEndTime', zone),
          )
        : null,
  };
}
