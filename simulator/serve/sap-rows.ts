import type { Millis } from '../../plant/time.ts';
import { workCenterOf } from '../names.ts';
import type { ComponentRow, NotificationRow, OperationRow, OrderRow, StockRow, World } from '../world.ts';
import type { Row } from './odata-filter.ts';
import { wallClock, type WallClock } from './plant-time.ts';

const sapPlant = '1010';
/** The machine `line-3.filler` is functional location `LINE3-FILLER`. */
const functionalLocationOf = (machine: string): string => {
  const [line = machine, ...rest] = machine.split('.');
  return [workCenterOf(line), ...rest].join('-').toUpperCase();
};

/** The rows of one entity set as SAP Gateway writes them in OData v2 JSON. */
export function rowsOf(set: string, world: World): Row[] {
  const local = wallClock(world.plant.timezone);
  const erp = world.erp;
  if (set === 'A_ProductionOrder_2') return erp.orders.map((order) => headerRow(order, local));
  if (set === 'A_ProductionOrderOperation_2') {
    const starts = new Map(erp.orders.map(({ order, start }) => [order, start]));
    return erp.operations.map((operation) => operationRow(operation, starts.get(operation.order), local));
  }
  if (set === 'A_ProductionOrderComponent_2') {
    const items = new Map<string, number>();
    return erp.components.map((component) => {
      const item = (items.get(component.order) ?? 0) + 1;
      items.set(component.order, item);
      return componentRow(component, item, local);
    });
  }
  if (set === 'A_MatlStkInAcctMod') return erp.stock.map(stockRow);
  return erp.notifications.map((notification) => notificationRow(notification, world, local));
}

const padded = (number: string, length: number): string => number.padStart(length, '0');
const flag = (on: boolean): string => (on ? 'X' : '');
const text = (value: string, length: number): string => value.slice(0, length);
/** Days as `/Date(ms)/` of their midnight, times of day as `PT14H05M00S`; an initial date is null. */
const dateOf = (at: Millis | null, local: WallClock): string | null =>
  at === null ? null : `/Date(${Math.floor(local(at) / 86_400_000) * 86_400_000})/`;
function timeOf(at: Millis | null, local: WallClock): string {
  const time = new Date(at === null ? 0 : local(at)).toISOString();
  return `PT${time.slice(11, 13)}H${time.slice(14, 16)}M${time.slice(17, 19)}S`;
}
/** Change stamps are UTC, as SAP's time stamps are: `20261120130509`. */
const stamp = (at: Millis): string => new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);

function headerRow(row: OrderRow, local: WallClock): Row {
  const { status } = row;
  const done = status === 'completed';
  const date = (at: Millis | null) => dateOf(at, local);
  const time = (at: Millis | null) => timeOf(at, local);
  return {
    ManufacturingOrder: padded(row.order, 12),
    ManufacturingOrderCategory: '10',
    ManufacturingOrderType: 'YBM1',
    OrderIsCreated: flag(status === 'created'),
    OrderIsReleased: flag(status !== 'created'),
    OrderIsConfirmed: flag(done),
    OrderIsPartiallyConfirmed: flag(status === 'started' || (status === 'held' && row.confirmed > 0)),
    OrderIsDelivered: flag(done),
    OrderIsPartiallyDelivered: '',
    OrderIsDeleted: '',
    OrderIsClosed: '',
    OrderIsLocked: flag(status === 'held'),
    OrderIsTechnicallyCompleted: flag(done),
    MfgOrderCreationDate: date(row.start - 2 * 86_400_000),
    MfgOrderCreationTime: time(row.start - 2 * 86_400_000),
    LastChangeDateTime: stamp(row.changedAt),
    Material: row.material,
    ProductionPlant: sapPlant,
    SalesOrder: '',
    MfgOrderPlannedStartDate: date(row.start),
    MfgOrderPlannedStartTime: time(row.start),
    MfgOrderPlannedEndDate: date(row.due),
    MfgOrderPlannedEndTime: time(row.due),
    MfgOrderScheduledStartDate: date(row.start),
    MfgOrderScheduledStartTime: time(row.start),
    MfgOrderScheduledEndDate: date(row.due),
    MfgOrderScheduledEndTime: time(row.due),
    MfgOrderActualReleaseDate: status === 'created' ? null : date(row.start),
    ProductionUnit: row.unit,
    ProductionUnitISOCode: row.unit,
    TotalQuantity: row.planned.toFixed(3),
    MfgOrderPlannedScrapQty: '0.000',
    MfgOrderConfirmedYieldQty: row.confirmed.toFixed(3),
    OrderLongText: row.description,
  };
}

function operationRow(row: OperationRow, orderStart: Millis | undefined, local: WallClock): Row {
  const planned = row.start ?? orderStart ?? null;
  const plannedEnd = planned === null ? null : planned + row.plannedS * 1000;
  return {
    OrderInternalBillOfOperations: padded(row.order, 10),
    OrderIntBillOfOperationsItem: padded(row.operation, 8),
    ManufacturingOrder: padded(row.order, 12),
    ManufacturingOrderSequence: '0',
    ManufacturingOrderOperation: padded(row.operation, 4),
    MfgOrderOperationText: row.setup ? 'Changeover' : text(row.description, 40),
    OperationIsCreated: flag(row.status === 'created'),
    OperationIsReleased: flag(row.status !== 'created'),
    OperationIsConfirmed: flag(row.status === 'completed'),
    OperationIsPartiallyConfirmed: flag(row.status === 'started'),
    OperationIsDeleted: '',
    OperationIsTechlyCompleted: flag(row.status === 'completed'),
    OperationIsClosed: '',
    ProductionPlant: sapPlant,
    WorkCenter: workCenterOf(row.line),
    OperationControlProfile: 'YBP1',
    OpErlstSchedldExecStrtDte: dateOf(planned, local),
    OpErlstSchedldExecStrtTme: timeOf(planned, local),
    OpErlstSchedldExecEndDte: dateOf(plannedEnd, local),
    OpErlstSchedldExecEndTme: timeOf(plannedEnd, local),
    OpActualExecutionStartDate: dateOf(row.start, local),
    OpActualExecutionStartTime: timeOf(row.start, local),
    OpActualExecutionEndDate: dateOf(row.end, local),
    OpActualExecutionEndTime: timeOf(row.end, local),
    OperationUnit: row.unit,
    OperationUnitISOCode: row.unit,
    OpPlannedTotalQuantity: row.planned.toFixed(3),
    OpTotalConfirmedYieldQty: row.confirmed.toFixed(3),
    LastChangeDateTime: stamp(row.changedAt),
  };
}

function componentRow(row: ComponentRow, item: number, local: WallClock): Row {
  return {
    Reservation: padded(row.order, 10),
    ReservationItem: padded(String(item), 4),
    Material: row.material,
    Plant: sapPlant,
    ManufacturingOrder: padded(row.order, 12),
    ManufacturingOrderOperation: '0020',
    ProductionPlant: sapPlant,
    MatlCompRequirementDate: dateOf(row.due, local),
    MatlCompRequirementTime: timeOf(row.due, local),
    ReservationIsFinallyIssued: row.withdrawn >= row.required,
    BOMItemDescription: text(row.description, 40),
    StorageLocation: '',
    Batch: '',
    BaseUnit: row.unit,
    BaseUnitISOCode: row.unit,
    RequiredQuantity: row.required.toFixed(3),
    WithdrawnQuantity: row.withdrawn.toFixed(3),
    ConfirmedAvailableQuantity: row.available.toFixed(3),
  };
}

const stockTypes = { free: '01', inspection: '02', blocked: '07' } as const;
const stockRow = (row: StockRow): Row => ({
  Material: row.material,
  Plant: sapPlant,
  StorageLocation: text(row.location, 4),
  Batch: text(row.batch ?? '', 10),
  Supplier: '',
  Customer: '',
  WBSElementInternalID: '0',
  SDDocument: '',
  SDDocumentItem: '0',
  InventorySpecialStockType: '',
  InventoryStockType: stockTypes[row.stock],
  MaterialBaseUnit: row.unit,
  MatlWrhsStkQtyInMatlBaseUnit: row.quantity.toFixed(14),
});

/** NotifProcessingPhase: 1 outstanding, 2 postponed, 3 in process, 4 completed. */
const phases = {
  requested: ['1', 'Outstanding'],
  overdue: ['1', 'Outstanding'],
  planned: ['2', 'Postponed'],
  in_progress: ['3', 'In Process'],
  done: ['4', 'Completed'],
} as const;
/** SAP's own zone codes are not IANA's. */
const sapZones: Readonly<Record<string, string>> = { 'Europe/Berlin': 'CET', 'America/Chicago': 'CST' };

function notificationRow(row: NotificationRow, world: World, local: WallClock): Row {
  const [phase, phaseText] = phases[row.status];
  const date = (at: Millis | null) => dateOf(at, local);
  const time = (at: Millis | null) => timeOf(at, local);
  const down = row.down ? row.requested : null;
  const up = row.down ? row.done : null;
  // Work that is overdue was needed by a time that has passed.
  const needed = row.status === 'overdue' ? row.requested : null;
  return {
    MaintenanceNotification: padded(row.notification, 12),
    NotificationText: text(row.text, 40),
    NotificationType: row.down ? 'M2' : 'M1',
    MaintPriority: String(row.priority),
    NotifProcessingPhase: phase,
    NotifProcessingPhaseDesc: phaseText,
    CreationDate: date(row.requested),
    CreationTime: time(row.requested),
    LastChangeDateTime: `/Date(${row.changedAt}+0000)/`,
    MalfunctionStartDate: date(down),
    MalfunctionStartTime: time(down),
    MalfunctionEndDate: date(up),
    MalfunctionEndTime: time(up),
    NotificationTimeZone: sapZones[world.plant.timezone] ?? 'UTC',
    RequiredStartDate: date(row.requested),
    RequiredStartTime: time(row.requested),
    RequiredEndDate: date(needed),
    RequiredEndTime: time(needed),
    MaintenanceObjectIsDown: row.down && row.done === null,
    TechnicalObject: functionalLocationOf(row.machine),
    TechObjIsEquipOrFuncnlLoc: 'EAMS_FL',
    FunctionalLocation: functionalLocationOf(row.machine),
    MainWorkCenterPlant: sapPlant,
    MainWorkCenter: workCenterOf(row.line),
    MaintenancePlant: sapPlant,
    MaintenanceOrder: '',
    MaintObjDowntimeDurationUnit: up === null ? '' : 'H',
    MaintObjectDowntimeDuration: up === null ? 0 : (up - row.requested) / 3_600_000,
    NotificationReferenceDate: date(row.requested),
    NotificationReferenceTime: time(row.requested),
    NotificationCompletionDate: date(row.done),
    CompletionTime: time(row.done),
  };
}
