/** What every step of reading SAP needs, and how rows are asked for. */
import type { AndonError } from '../../plant/errors.ts';
import type { SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import type { Schema } from '../odata/edmx.ts';
import { readPages, readSchema, type Row } from '../odata.ts';
import { openClosedParts, type ClosedParts } from '../source/closed-parts.ts';
import { openLookup, type EquipmentLookup } from '../source/equipment.ts';
import type { SapOptions } from './options.ts';
import type { Mapping } from './records.ts';
import { entitiesOf, type Entity } from './services.ts';

export type Reader = {
  readonly http: Http;
  readonly chosen: SapOptions;
  readonly context: SourceContext;
  readonly lookup: EquipmentLookup;
  /** By service; read once. */
  readonly schemas: Map<string, Schema>;
  /** Stock and maintenance may be closed to our user: then the rest goes on and health says so. */
  readonly parts: ClosedParts;
};

export function openReader(http: Http, chosen: SapOptions, context: SourceContext): Reader {
  return {
    http,
    chosen,
    context,
    lookup: openLookup(context.plant, chosen.equipment),
    schemas: new Map(),
    parts: openClosedParts(context.clock, (error) => (isRefusal(error) ? error.message : null)),
  };
}

/** Not allowed, not there, or without the fields: the service is closed to us, the system lives. */
const isRefusal = ({ code, details }: AndonError): boolean =>
  (code === 'unauthorised' && details['status'] === 403) ||
  (code === 'bad_upstream' && (details['status'] === 404 || Array.isArray(details['missing'])));

/** What is missing although SAP answered; null: nothing. */
export const problemOf = ({ parts }: Reader): string | null => parts.problems().join(' ') || null;

/** Which fields a service has. Throws `bad_upstream` with the list of those that are missing. */
export const askSchema = (http: Http, service: string, signal: AbortSignal): Promise<Schema> =>
  readSchema(
    http,
    service,
    Object.fromEntries((entitiesOf.get(service) ?? []).map(({ set, fields }) => [set, fields])),
    signal,
  );

export async function schemaOf(
  { http, schemas }: Reader,
  service: string,
  signal: AbortSignal,
): Promise<Schema> {
  const schema = schemas.get(service) ?? (await askSchema(http, service, signal));
  schemas.set(service, schema);
  return schema;
}

/** All rows of an entity that fit the filter. */
export async function rowsOf(
  reader: Reader,
  entity: Entity,
  filter: string,
  signal: AbortSignal,
): Promise<Row[]> {
  const { service, set, fields, extra, orderby } = entity;
  const have = (await schemaOf(reader, service, signal)).get(set);
  const select = [...fields, ...extra.filter((field) => have?.has(field))];
  const query = { path: `${service}/${set}`, select, filter, orderby, version: 'v2', signal } as const;
  const rows: Row[] = [];
  for await (const page of readPages(reader.http, query)) rows.push(...page);
  return rows;
}

/** What rows are turned into records by, as of now. */
export function mappingNow({ chosen, context, lookup }: Reader): Mapping {
  const setup = chosen.setupTexts.map((text) => text.toLowerCase());
  return {
    source: context.id,
    plant: context.plant,
    zone: chosen.timezone ?? context.plant.timezone,
    lines: new Map(Object.entries(chosen.workCenters).map(([key, line]) => [key.toUpperCase(), line])),
    lookup,
    isSetup: (text) => setup.some((word) => text.toLowerCase().startsWith(word)),
    observedAt: context.clock(),
  };
}
