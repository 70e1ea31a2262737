/** Reads what changed since a position, entity by entity, and moves the position on. */
import type { AndonError } from '../../plant/errors.ts';
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import type { SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import type { Schema } from '../http/edmx.ts';
import { literal, millisOf, oneOf, readPages, readSchema, textOf, timeLiteral, type Row } from '../odata.ts';
import { openClosedParts } from '../source/closed-parts.ts';
import type { SapOptions } from './options.ts';
import type { Position } from './position.ts';
import {
  maintenanceRecord,
  operationRecords,
  orderNumber,
  orderRecord,
  requirementRecords,
  type Mapping,
} from './records.ts';
import * as sap from './services.ts';
import { stockChanges, stockRecords } from './stock.ts';

/** Rows that changed shortly before the newest one may have been committed after it: they are read again. */
const overlapMs = 10 * 60_000;
/** Values in one filter: keeps the URL under 2,000 characters. */
const chunkSize = 20;
const openLimit = 400;

export type Step = 'orders' | 'requirements' | 'stock' | 'maintenance';
type Read = (position: Position, mapping: Mapping, signal: AbortSignal) => Promise<PlantRecord[]>;
type Reader = Record<Step, Read> & { problem(): string | null };

export function openReader(http: Http, chosen: SapOptions, context: SourceContext): Reader {
  const schemas = new Map<string, Schema>();
  const parts = openClosedParts(context.clock, (error) => (isRefusal(error) ? error.message : null));

  const schemaOf = async (entities: readonly sap.Entity[], signal: AbortSignal): Promise<Schema> => {
    const service = entities[0]?.service ?? '';
    let schema = schemas.get(service);
    if (!schema) {
      const wanted = Object.fromEntries(entities.map(({ set, fields }) => [set, fields]));
      schema = await readSchema(http, service, wanted, signal);
      schemas.set(service, schema);
    }
    return schema;
  };

  const rowsOf = async (entity: sap.Entity, filter: string, schema: Schema, signal: AbortSignal) => {
    const have = schema.get(entity.set);
    const select = [...entity.fields, ...entity.extra.filter((field) => have?.has(field))];
    const rows: Row[] = [];
    const query = { path: `${entity.service}/${entity.set}`, select, filter, orderby: entity.orderby };
    for await (const page of readPages(http, { ...query, version: 'v2', signal })) rows.push(...page);
    return rows;
  };

  /** Stock and maintenance may be closed to our user: then the rest goes on and health says so. */
  const optional = (
    entity: sap.Entity,
    read: (schema: Schema) => Promise<PlantRecord[]>,
    signal: AbortSignal,
  ) => parts.read(entity.service, async () => read(await schemaOf([entity], signal)));

  const orders: Read = async (position, mapping, signal) => {
    const schema = await schemaOf([sap.orders, sap.operations, sap.components], signal);
    const plant = `ProductionPlant eq ${literal(chosen.plant)}`;
    const since = (stamp: string) =>
      `LastChangeDateTime gt ${literal(stampBefore(stamp, context.clock(), chosen.backfillDays))}`;
    const centers = oneOf('WorkCenter', Object.keys(chosen.workCenters));
    const changed = await rowsOf(sap.orders, `${plant} and ${since(position.orders)}`, schema, signal);
    const moved = await rowsOf(
      sap.operations,
      `${plant} and ${centers} and ${since(position.operations)}`,
      schema,
      signal,
    );
    const operations = new Map(moved.map((row) => [operationKey(row), row]));
    const numbers = [...new Set(changed.map((row) => textOf(row['ManufacturingOrder'])))];
    for (const some of chunks(numbers)) {
      const filter = `${plant} and ${centers} and ${oneOf('ManufacturingOrder', some)}`;
      for (const row of await rowsOf(sap.operations, filter, schema, signal))
        operations.set(operationKey(row), row);
    }
    const all = [...operations.values()];
    const ofOrder = Map.groupBy(all, (row) => textOf(row['ManufacturingOrder']));
    const records: PlantRecord[] = [];
    for (const row of changed) {
      const number = textOf(row['ManufacturingOrder']);
      const own = ofOrder.get(number) ?? [];
      // An order without an operation at one of our lines is none of ours.
      if (own.length === 0 && position.open[number] === undefined) continue;
      const record = orderRecord(row, own, mapping);
      records.push(record);
      follow(position, number, record);
    }
    records.push(...all.flatMap((row) => operationRecords(row, mapping)));
    position.orders = newest(position.orders, changed);
    position.operations = newest(position.operations, moved);
    return records;
  };

  const requirements: Read = async (position, mapping, signal) => {
    const schema = await schemaOf([sap.orders, sap.operations, sap.components], signal);
    const found: RecordOf<'material_requirement'>[] = [];
    const lines = new Map(Object.entries(position.open).map(([number, line]) => [orderNumber(number), line]));
    for (const some of chunks(Object.keys(position.open))) {
      const rows = await rowsOf(sap.components, oneOf('ManufacturingOrder', some), schema, signal);
      found.push(...requirementRecords(rows, (order) => lines.get(order) ?? null, mapping));
    }
    const fresh = found.filter(({ key, version }) => position.requirements[key] !== version);
    position.requirements = Object.fromEntries(found.map(({ key, version }) => [key, version]));
    return fresh;
  };

  const stock: Read = (position, mapping, signal) =>
    optional(
      sap.stock,
      async (schema) => {
        const needed = Object.keys(position.requirements).map((key) => key.slice(key.indexOf('/') + 1));
        const materials = [...new Set([...chosen.materials, ...needed])];
        const found: RecordOf<'stock'>[] = [];
        for (const some of chunks(materials)) {
          const filter = `Plant eq ${literal(chosen.plant)} and ${oneOf('Material', some)}`;
          found.push(...stockRecords(await rowsOf(sap.stock, filter, schema, signal), mapping));
        }
        return stockChanges(position, found, new Set(materials), mapping);
      },
      signal,
    );

  const maintenance: Read = (position, mapping, signal) =>
    optional(
      sap.notifications,
      async (schema) => {
        const from = Math.max(
          position.notifications - overlapMs,
          position.notifications === 0 ? context.clock() - chosen.backfillDays * 86_400_000 : 0,
        );
        const type = schema.get(sap.notifications.set)?.get('LastChangeDateTime') ?? 'Edm.DateTimeOffset';
        const filter = `MaintenancePlant eq ${literal(chosen.plant)} and LastChangeDateTime gt ${timeLiteral(from, type, 'v2')}`;
        const rows = await rowsOf(sap.notifications, filter, schema, signal);
        const stamps = rows.flatMap((row) => millisOf(row['LastChangeDateTime']) ?? []);
        position.notifications = Math.max(position.notifications, ...stamps);
        return rows.flatMap((row) => maintenanceRecord(row, mapping) ?? []);
      },
      signal,
    );

  return {
    orders,
    requirements,
    stock,
    maintenance,
    problem: () => parts.problems().join(' ') || null,
  };
}

/** Not allowed, not there, or without the fields: the service is closed to us, the system lives. */
const isRefusal = ({ code, details }: AndonError): boolean =>
  (code === 'unauthorised' && details['status'] === 403) ||
  (code === 'bad_upstream' && (details['status'] === 404 || Array.isArray(details['missing'])));

const operationKey = (row: Row): string =>
  `${textOf(row['OrderInternalBillOfOperations'])}/${textOf(row['OrderIntBillOfOperationsItem'])}`;

function follow(position: Position, number: string, record: RecordOf<'order'>): void {
  const isOver = ['completed', 'closed', 'cancelled'].includes(record.status);
  if (isOver) delete position.open[number];
  else if (number in position.open || Object.keys(position.open).length < openLimit)
    position.open[number] = record.equipment;
}

const stampOf = (at: number): string => new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
function stampBefore(stamp: string, now: number, backfillDays: number): string {
  const at = millisOf(stamp);
  return stampOf(at === null ? now - backfillDays * 86_400_000 : at - overlapMs);
}
const newest = (stamp: string, rows: readonly Row[]): string =>
  rows.reduce((last, row) => {
    const own = textOf(row['LastChangeDateTime']);
    return own > last ? own : last;
  }, stamp);

function* chunks(values: readonly string[]): Generator<string[]> {
  for (let from = 0; from < values.length; from += chunkSize) yield values.slice(from, from + chunkSize);
}
