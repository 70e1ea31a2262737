import { createHash } from 'node:crypto';
import { iso, type Millis } from '../../plant/time.ts';
import { workCenterOf } from '../names.ts';
import type { OperationRow, OrderRow, World } from '../world.ts';
import { json, serveHttp, type HttpServer, type Reply } from './http.ts';

type PlexOptions = { port: number; apiKey: string };

/** The MES of the plant over HTTP on 127.0.0.1, in the REST shapes of Plex; read only, no paging, no reason codes. */
export function servePlex(world: World, options: PlexOptions): Promise<HttpServer> {
  return serveHttp(options.port, (url, headers, method) => {
    if (headers['x-plex-connect-api-key'] !== options.apiKey)
      return failure(401, 'REQUEST_NOT_AUTHENTICATED', 'The request could not be authenticated.');
    const parts = url.pathname.split('/').filter((part) => part !== '');
    const match = method === 'GET' ? routes.find(([path]) => fits(path, parts)) : undefined;
    if (!match) return failure(404, 'RESOURCE_NOT_FOUND', 'The requested resource could not be found.');
    const [path, answer] = match;
    const id = parts[path.indexOf('*')] ?? '';
    try {
      const found = answer(world, url.searchParams, id);
      return found === null
        ? failure(404, 'RESOURCE_NOT_FOUND', 'The requested resource could not be found.')
        : json(200, found);
    } catch (error) {
      if (error instanceof ArgumentInvalid) return failure(400, 'ARGUMENT_INVALID', error.message);
      throw error;
    }
  });
}

class ArgumentInvalid extends Error {}
const failure = (status: number, code: string, message: string): Reply =>
  json(status, { code, message, errors: [] });

/** Plex keys are UUIDs; the same thing has the same one in every run. */
function plexId(kind: string, name: string): string {
  const hash = createHash('sha256').update(`${kind}/${name}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
const lineId = (line: string) => plexId('production-line', line);
const workcenterId = (line: string) => plexId('workcenter', line);
const jobId = (order: string | null) => (order === null ? null : plexId('job', order));
const lineOf = (world: World, workcenter: string) =>
  world.plant.lines.find(({ id }) => workcenterId(id) === workcenter);

type Answer = (world: World, query: URLSearchParams, id: string) => unknown;
/** `*` stands for one id. A null answer is 404. Unknown query parameters are ignored, as Plex ignores them. */
const routes: readonly (readonly [readonly string[], Answer])[] = (
  [
    ['production/v1/production-definitions/production-lines', productionLines],
    ['production/v1/production-definitions/production-lines/*/workcenters', workcentersOfLine],
    ['production/v1/production-definitions/workcenters', (world) => world.plant.lines.map(workcenter)],
    ['production/v1/production-definitions/workcenter-statuses', statuses],
    ['production/v1/control/workcenters/*', control],
    ['production/v1/production-history/workcenter-status-entries', statusEntries],
    ['production/v1/production-history/scrap-entries', scrapEntries],
    ['scheduling/v1/jobs', jobs],
    ['scheduling/v1/jobs/*/operations', jobOperations],
    ['inventory/v1/inventory-tracking/containers', containers],
    ['inventory/v1/inventory-tracking/lots', lots],
  ] satisfies [string, Answer][]
).map(([path, answer]) => [path.split('/'), answer]);
const fits = (path: readonly string[], parts: readonly string[]): boolean =>
  path.length === parts.length && path.every((part, index) => part === '*' || part === parts[index]);

const fullIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
function timeIn(query: URLSearchParams, name: string): Millis {
  const text = query.get(name);
  const time = text !== null && fullIso.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new ArgumentInvalid(`The value of '${name}' is not a valid date time.`);
  return time;
}

type Line = World['plant']['lines'][number];
function productionLines(world: World) {
  return world.plant.lines.map(({ id, name }) => ({ id: lineId(id), code: workCenterOf(id), name }));
}
const workcenter = ({ id, name }: Line) => ({
  workcenterId: workcenterId(id),
  workcenterCode: workCenterOf(id),
  name,
  workcenterType: 'Production',
  productionLineId: lineId(id),
  productionLineStatusDriver: true,
});
function workcentersOfLine(world: World, _query: URLSearchParams, id: string) {
  const line = world.plant.lines.find((candidate) => lineId(candidate.id) === id);
  return line ? [workcenter(line)] : null;
}

function statuses(world: World) {
  return world.mes.statuses.map(({ status, means }) => ({
    id: plexId('workcenter-status', status),
    description: status,
    productionStatus: means === 'production',
    setupStatus: means === 'setup',
    maintenanceStatus: means === 'maintenance',
    idleStatus: means === 'idle',
    downtimeStatus: means === 'downtime',
  }));
}

/** What the work center does now. Of the operators only how many there are is of use. */
function control(world: World, _query: URLSearchParams, id: string) {
  const line = lineOf(world, id);
  if (!line) return null;
  const entry = world.mes.entries.findLast((candidate) => candidate.line === line.id);
  const order = world.erp.orders.find((candidate) => candidate.order === entry?.order);
  const operation = world.erp.operations.findLast(
    (candidate) => candidate.order === order?.order && candidate.status === 'started',
  );
  return {
    workcenterId: id,
    workcenterCode: workCenterOf(line.id),
    productionLineId: lineId(line.id),
    statusId: entry ? plexId('workcenter-status', entry.status) : null,
    statusDescription: entry?.status ?? null,
    jobId: jobId(order?.order ?? null),
    jobNumber: order?.order ?? null,
    operationCode: operation?.operation ?? null,
    jobOperationQuantity: order?.planned ?? null,
    operators: Array.from({ length: world.mes.operators[line.id] ?? 0 }, (_, index) => ({
      operatorId: plexId('operator', `${line.id}/${index}`),
    })),
  };
}

/** Entries by their `logDate`; the running one has no duration yet. */
function statusEntries(world: World, query: URLSearchParams) {
  const from = timeIn(query, 'beginDate');
  const to = timeIn(query, 'endDate');
  const wanted = query.get('workcenterId');
  const materials = new Map(world.erp.orders.map(({ order, material }) => [order, material]));
  return world.mes.entries
    .filter((entry) => entry.from >= from && entry.from <= to)
    .filter((entry) => wanted === null || workcenterId(entry.line) === wanted)
    .map((entry) => ({
      id: plexId('status-entry', `${entry.line}/${entry.from}`),
      workcenterId: workcenterId(entry.line),
      workcenterCode: workCenterOf(entry.line),
      logDate: iso(entry.from),
      workcenterStatus: entry.status,
      duration: entry.until === null ? null : Math.round((entry.until - entry.from) / 1000),
      jobId: jobId(entry.order),
      jobNumber: entry.order,
      partNumber: entry.order === null ? null : (materials.get(entry.order) ?? null),
      operationCode: null,
    }));
}

function scrapEntries(world: World, query: URLSearchParams) {
  const from = timeIn(query, 'beginDate');
  const to = timeIn(query, 'endDate');
  const wanted = query.get('workcenterId');
  return world.mes.scrap
    .filter((entry) => entry.at >= from && entry.at <= to)
    .filter((entry) => wanted === null || workcenterId(entry.line) === wanted)
    .map((entry) => ({
      id: plexId('scrap-entry', `${entry.line}/${entry.at}`),
      workcenterId: workcenterId(entry.line),
      workcenterCode: workCenterOf(entry.line),
      scrapDate: iso(entry.at),
      scrapReason: entry.reason,
      quantity: entry.quantity,
      jobId: jobId(entry.order),
      jobNumber: entry.order,
    }));
}

const jobStatuses: Readonly<Record<OrderRow['status'], string>> = {
  created: 'Planned',
  released: 'Scheduled',
  started: 'Started',
  held: 'Hold',
  completed: 'Completed',
};
function jobs(world: World) {
  return world.erp.orders.map((order) => ({
    id: jobId(order.order),
    jobNumber: order.order,
    jobStatus: jobStatuses[order.status],
    partNumber: order.material,
    partDescription: order.description,
    unitOfMeasure: order.unit,
    quantity: order.planned,
    quantityCompleted: order.confirmed,
    priority: 50,
    dueDate: iso(order.due),
  }));
}
function jobOperations(world: World, _query: URLSearchParams, id: string) {
  const order = world.erp.orders.find((candidate) => jobId(candidate.order) === id);
  if (!order) return null;
  const hours = (operation: OperationRow): number => operation.plannedS / 3600;
  return world.erp.operations
    .filter((operation) => operation.order === order.order)
    .map((operation) => ({
      id: plexId('job-operation', `${operation.order}/${operation.operation}`),
      operationCode: operation.operation,
      description: operation.description,
      workcenterId: workcenterId(operation.line),
      scheduledStartDate: iso(operation.start ?? order.start),
      dueDate: iso(order.due),
      completedDate: operation.end === null ? null : iso(operation.end),
      quantity: operation.planned,
      unitOfMeasure: operation.unit,
      setupTime: operation.setup ? hours(operation) : 0,
      runTime: operation.setup ? 0 : hours(operation),
    }));
}

function containers(world: World) {
  return world.mes.lots.map((lot) => ({
    id: plexId('container', lot.lot),
    serialNo: `S-${lot.lot}`,
    partNo: lot.material,
    quantity: lot.quantity,
    quantityInventoryUnit: lot.unit,
    containerStatus: lot.status,
    location: workCenterOf(lot.line),
    lotNo: lot.lot,
    inventoryType: lot.supplier === null ? 'Production' : 'Purchased',
    lastUpdatedDate: iso(lot.changedAt),
  }));
}
function lots(world: World) {
  return world.mes.lots.map((lot) => ({
    id: plexId('lot', lot.lot),
    lotNo: lot.lot,
    partNo: lot.material,
    lotStatus: lot.status,
    supplierCode: lot.supplier,
    quantity: lot.quantity,
    location: workCenterOf(lot.line),
    modifiedDate: iso(lot.changedAt),
  }));
}
