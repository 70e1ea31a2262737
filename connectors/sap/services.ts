/** What is read of SAP S/4HANA. Names are SAP's own (API_PRODUCTION_ORDER_2_SRV, API_MATERIAL_STOCK_SRV, API_MAINTNOTIFICATION). */

export type Entity = {
  service: string;
  set: string;
  /** Without these the connector refuses the service. */
  fields: readonly string[];
  /** Read where the service has them. */
  extra: readonly string[];
  orderby: string;
};

const root = 'sap/opu/odata/sap';

export const orders: Entity = {
  service: `${root}/API_PRODUCTION_ORDER_2_SRV`,
  set: 'A_ProductionOrder_2',
  fields: [
    'ManufacturingOrder',
    'Material',
    'ProductionPlant',
    'TotalQuantity',
    'MfgOrderConfirmedYieldQty',
    'ProductionUnit',
    'OrderIsCreated',
    'OrderIsReleased',
    'OrderIsPartiallyConfirmed',
    'OrderIsConfirmed',
    'OrderIsDelivered',
    'OrderIsDeleted',
    'OrderIsClosed',
    'OrderIsLocked',
    'OrderIsTechnicallyCompleted',
    'MfgOrderScheduledStartDate',
    'MfgOrderScheduledStartTime',
    'MfgOrderPlannedEndDate',
    'MfgOrderPlannedEndTime',
    'LastChangeDateTime',
  ],
  extra: ['OrderIsMarkedForDeletion', 'OrderLongText'],
  orderby: 'LastChangeDateTime,ManufacturingOrder',
};

export const operations: Entity = {
  service: orders.service,
  set: 'A_ProductionOrderOperation_2',
  fields: [
    'OrderInternalBillOfOperations',
    'OrderIntBillOfOperationsItem',
    'ManufacturingOrder',
    'ManufacturingOrderOperation',
    'MfgOrderOperationText',
    'OperationIsReleased',
    'OperationIsConfirmed',
    'OperationIsPartiallyConfirmed',
    'OperationIsTechlyCompleted',
    'OperationIsClosed',
    'ProductionPlant',
    'WorkCenter',
    'OpErlstSchedldExecStrtDte',
    'OpErlstSchedldExecStrtTme',
    'OpErlstSchedldExecEndDte',
    'OpErlstSchedldExecEndTme',
    'OpActualExecutionStartDate',
    'OpActualExecutionStartTime',
    'OpActualExecutionEndDate',
    'OpActualExecutionEndTime',
    'OperationUnit',
    'OpPlannedTotalQuantity',
    'OpTotalConfirmedYieldQty',
    'LastChangeDateTime',
  ],
  extra: ['OperationIsDeleted'],
  orderby: 'LastChangeDateTime,OrderInternalBillOfOperations,OrderIntBillOfOperationsItem',
};

export const components: Entity = {
  service: orders.service,
  set: 'A_ProductionOrderComponent_2',
  fields: [
    'ManufacturingOrder',
    'Material',
    'RequiredQuantity',
    'WithdrawnQuantity',
    'ConfirmedAvailableQuantity',
    'MatlCompRequirementDate',
    'MatlCompRequirementTime',
    'BaseUnit',
  ],
  extra: ['BOMItemDescription'],
  orderby: 'Reservation,ReservationItem',
};

export const stock: Entity = {
  service: `${root}/API_MATERIAL_STOCK_SRV`,
  set: 'A_MatlStkInAcctMod',
  fields: [
    'Material',
    'Plant',
    'StorageLocation',
    'Batch',
    'InventoryStockType',
    'InventorySpecialStockType',
    'MaterialBaseUnit',
    'MatlWrhsStkQtyInMatlBaseUnit',
  ],
  extra: [],
  orderby: 'Material,StorageLocation,Batch,InventoryStockType',
};

export const notifications: Entity = {
  service: `${root}/API_MAINTNOTIFICATION`,
  set: 'MaintenanceNotification',
  fields: [
    'MaintenanceNotification',
    'NotificationText',
    'NotifProcessingPhase',
    'TechnicalObject',
    'FunctionalLocation',
    'MainWorkCenter',
    'MaintenancePlant',
    'CreationDate',
    'CreationTime',
    'MalfunctionStartDate',
    'MalfunctionStartTime',
    'NotificationCompletionDate',
    'CompletionTime',
    'NotificationTimeZone',
    'LastChangeDateTime',
  ],
  extra: ['RequiredEndDate', 'RequiredEndTime', 'MalfunctionEndDate', 'MalfunctionEndTime'],
  orderby: 'LastChangeDateTime,MaintenanceNotification',
};

/** Entities of one service are refused together: it has all their fields or is of no use. */
export const entitiesOf: ReadonlyMap<string, readonly Entity[]> = Map.groupBy(
  [orders, operations, components, stock, notifications],
  ({ service }) => service,
);

/** SAP's zone codes (table TTZZ) are no IANA names; only what is common is here, the rest falls back to the plant's zone. */
export const sapZones: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  CET: 'Europe/Berlin',
  WET: 'Europe/Lisbon',
  EET: 'Europe/Helsinki',
  GMTUK: 'Europe/London',
  EST: 'America/New_York',
  CST: 'America/Chicago',
  MST: 'America/Denver',
  PST: 'America/Los_Angeles',
  BRAZIL: 'America/Sao_Paulo',
  INDIA: 'Asia/Kolkata',
  JAPAN: 'Asia/Tokyo',
};
