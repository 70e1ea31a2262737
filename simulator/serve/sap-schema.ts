/** `S12` Edm.String of 12, `X` a flag of one character, `D13,3` Edm.Decimal, `date`, `time`, `stamp` (DateTimeOffset), `bool`, `double`. */
type Type = string;
export type Entity = {
  set: string;
  type: string;
  keys: readonly string[];
  fields: Readonly<Record<string, Type>>;
};
export type Service = { name: string; namespace: string; entities: readonly Entity[] };

const orderHeader: Entity = {
  set: 'A_ProductionOrder_2',
  type: 'A_ProductionOrder_2Type',
  keys: ['ManufacturingOrder'],
  fields: {
    ManufacturingOrder: 'S12',
    ManufacturingOrderCategory: 'S2',
    ManufacturingOrderType: 'S4',
    OrderIsCreated: 'X',
    OrderIsReleased: 'X',
    OrderIsConfirmed: 'X',
    OrderIsPartiallyConfirmed: 'X',
    OrderIsDelivered: 'X',
    OrderIsPartiallyDelivered: 'X',
    OrderIsDeleted: 'X',
    OrderIsClosed: 'X',
    OrderIsLocked: 'X',
    OrderIsTechnicallyCompleted: 'X',
    MfgOrderCreationDate: 'date',
    MfgOrderCreationTime: 'time',
    LastChangeDateTime: 'S14',
    Material: 'S40',
    ProductionPlant: 'S4',
    SalesOrder: 'S10',
    MfgOrderPlannedStartDate: 'date',
    MfgOrderPlannedStartTime: 'time',
    MfgOrderPlannedEndDate: 'date',
    MfgOrderPlannedEndTime: 'time',
    MfgOrderScheduledStartDate: 'date',
    MfgOrderScheduledStartTime: 'time',
    MfgOrderScheduledEndDate: 'date',
    MfgOrderScheduledEndTime: 'time',
    MfgOrderActualReleaseDate: 'date',
    ProductionUnit: 'S3',
    ProductionUnitISOCode: 'S3',
    TotalQuantity: 'D13,3',
    MfgOrderPlannedScrapQty: 'D13,3',
    MfgOrderConfirmedYieldQty: 'D13,3',
    OrderLongText: 'S0',
  },
};
const operation: Entity = {
  set: 'A_ProductionOrderOperation_2',
  type: 'A_ProductionOrderOperation_2Type',
  keys: ['OrderInternalBillOfOperations', 'OrderIntBillOfOperationsItem'],
  fields: {
    OrderInternalBillOfOperations: 'S10',
    OrderIntBillOfOperationsItem: 'S8',
    ManufacturingOrder: 'S12',
    ManufacturingOrderSequence: 'S6',
    ManufacturingOrderOperation: 'S4',
    MfgOrderOperationText: 'S40',
    OperationIsCreated: 'X',
    OperationIsReleased: 'X',
    OperationIsConfirmed: 'X',
    OperationIsPartiallyConfirmed: 'X',
    OperationIsDeleted: 'X',
    OperationIsTechlyCompleted: 'X',
    OperationIsClosed: 'X',
    ProductionPlant: 'S4',
    WorkCenter: 'S8',
    OperationControlProfile: 'S4',
    OpErlstSchedldExecStrtDte: 'date',
    OpErlstSchedldExecStrtTme: 'time',
    OpErlstSchedldExecEndDte: 'date',
    OpErlstSchedldExecEndTme: 'time',
    OpActualExecutionStartDate: 'date',
    OpActualExecutionStartTime: 'time',
    OpActualExecutionEndDate: 'date',
    OpActualExecutionEndTime: 'time',
    OperationUnit: 'S3',
    OperationUnitISOCode: 'S3',
    OpPlannedTotalQuantity: 'D13,3',
    OpTotalConfirmedYieldQty: 'D13,3',
    LastChangeDateTime: 'S14',
  },
};
const component: Entity = {
  set: 'A_ProductionOrderComponent_2',
  type: 'A_ProductionOrderComponent_2Type',
  keys: ['Reservation', 'ReservationItem'],
  fields: {
    Reservation: 'S10',
    ReservationItem: 'S4',
    Material: 'S40',
    Plant: 'S4',
    ManufacturingOrder: 'S12',
    ManufacturingOrderOperation: 'S4',
    ProductionPlant: 'S4',
    MatlCompRequirementDate: 'date',
    MatlCompRequirementTime: 'time',
    ReservationIsFinallyIssued: 'bool',
    BOMItemDescription: 'S40',
    StorageLocation: 'S4',
    Batch: 'S10',
    BaseUnit: 'S3',
    BaseUnitISOCode: 'S3',
    RequiredQuantity: 'D13,3',
    WithdrawnQuantity: 'D13,3',
    ConfirmedAvailableQuantity: 'D15,3',
  },
};
const stock: Entity = {
  set: 'A_MatlStkInAcctMod',
  type: 'A_MatlStkInAcctModType',
  keys: [
    'Material',
    'Plant',
    'StorageLocation',
    'Batch',
    'Supplier',
    'Customer',
    'WBSElementInternalID',
    'SDDocument',
    'SDDocumentItem',
    'InventorySpecialStockType',
    'InventoryStockType',
  ],
  fields: {
    Material: 'S40',
    Plant: 'S4',
    StorageLocation: 'S4',
    Batch: 'S10',
    Supplier: 'S10',
    Customer: 'S10',
    WBSElementInternalID: 'S24',
    SDDocument: 'S10',
    SDDocumentItem: 'S6',
    InventorySpecialStockType: 'S1',
    InventoryStockType: 'S2',
    MaterialBaseUnit: 'S3',
    MatlWrhsStkQtyInMatlBaseUnit: 'D31,14',
  },
};
const notification: Entity = {
  set: 'MaintenanceNotification',
  type: 'MaintenanceNotificationType',
  keys: ['MaintenanceNotification'],
  fields: {
    MaintenanceNotification: 'S12',
    NotificationText: 'S40',
    NotificationType: 'S2',
    MaintPriority: 'S1',
    NotifProcessingPhase: 'S1',
    NotifProcessingPhaseDesc: 'S60',
    CreationDate: 'date',
    CreationTime: 'time',
    LastChangeDateTime: 'stamp',
    MalfunctionStartDate: 'date',
    MalfunctionStartTime: 'time',
    MalfunctionEndDate: 'date',
    MalfunctionEndTime: 'time',
    NotificationTimeZone: 'S6',
    RequiredStartDate: 'date',
    RequiredStartTime: 'time',
    RequiredEndDate: 'date',
    RequiredEndTime: 'time',
    MaintenanceObjectIsDown: 'bool',
    TechnicalObject: 'S40',
    TechObjIsEquipOrFuncnlLoc: 'S20',
    FunctionalLocation: 'S30',
    MainWorkCenterPlant: 'S4',
    MainWorkCenter: 'S8',
    MaintenancePlant: 'S4',
    MaintenanceOrder: 'S12',
    MaintObjDowntimeDurationUnit: 'S3',
    MaintObjectDowntimeDuration: 'double',
    NotificationReferenceDate: 'date',
    NotificationReferenceTime: 'time',
    NotificationCompletionDate: 'date',
    CompletionTime: 'time',
  },
};

/** The parts of SAP S/4HANA's services that a plant like this one would open. Field names, lengths and keys are SAP's. */
export const services: readonly Service[] = [
  {
    name: 'API_PRODUCTION_ORDER_2_SRV',
    namespace: 'API_PRODUCTION_ORDER_2_SRV',
    entities: [orderHeader, operation, component],
  },
  { name: 'API_MATERIAL_STOCK_SRV', namespace: 'API_MATERIAL_STOCK_SRV', entities: [stock] },
  { name: 'API_MAINTNOTIFICATION', namespace: 'cds_api_maintnotification', entities: [notification] },
];

const edmType = (type: Type): string => {
  if (type === 'X') return 'Type="Edm.String" MaxLength="1"';
  if (type === 'S0') return 'Type="Edm.String"';
  if (type.startsWith('S')) return `Type="Edm.String" MaxLength="${type.slice(1)}"`;
  if (type.startsWith('D')) {
    const [precision, scale] = type.slice(1).split(',');
    return `Type="Edm.Decimal" Precision="${precision}" Scale="${scale}"`;
  }
  if (type === 'date') return 'Type="Edm.DateTime" Precision="0" sap:display-format="Date"';
  if (type === 'time') return 'Type="Edm.Time" Precision="0"';
  if (type === 'stamp') return 'Type="Edm.DateTimeOffset" Precision="7"';
  return type === 'bool' ? 'Type="Edm.Boolean"' : 'Type="Edm.Double"';
};

/** `$metadata` of a service as EDMX, OData v2. */
export function edmx(service: Service): string {
  const types = service.entities.map(({ type, keys, fields }) => {
    const references = keys.map((key) => `<PropertyRef Name="${key}"/>`).join('');
    const properties = Object.entries(fields).map(
      ([name, kind]) =>
        `<Property Name="${name}" ${edmType(kind)} Nullable="${keys.includes(name) ? 'false' : 'true'}"/>`,
    );
    return `<EntityType Name="${type}"><Key>${references}</Key>${properties.join('')}</EntityType>`;
  });
  const sets = service.entities.map(
    ({ set, type }) => `<EntitySet Name="${set}" EntityType="${service.namespace}.${type}"/>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices m:DataServiceVersion="2.0"><Schema Namespace="${service.namespace}" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">${types.join('')}<EntityContainer Name="${service.namespace}_Entities" m:IsDefaultEntityContainer="true">${sets.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
`;
}
