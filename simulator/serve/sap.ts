import type { World } from '../world.ts';
import { json, serveHttp, type HttpServer, type Reply } from './http.ts';
import { FilterError, parseFilter, type Row } from './odata-filter.ts';
import { rowsOf } from './sap-rows.ts';
import { edmx, services, type Entity, type Service } from './sap-schema.ts';

const root = '/sap/opu/odata/sap/';
type SapOptions = {
  port: number;
  user: string;
  password: string;
  /** Rows per page before the server gives a `__next` link. */
  pageSize?: number;
};

/** The ERP of the plant over HTTP on 127.0.0.1, in the dress of SAP S/4HANA's OData v2 services; read only. */
export function serveSap(world: World, options: SapOptions): Promise<HttpServer> {
  const expected = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
  return serveHttp(options.port, (url, headers, method) => {
    // SAP answers a failed logon with a page of HTML, whatever was asked for.
    if (headers.authorization !== expected)
      return {
        status: 401,
        type: 'text/html; charset=utf-8',
        body: '<html><head><title>Logon Error Message</title></head><body>Anmeldung fehlgeschlagen</body></html>',
        headers: { 'www-authenticate': 'Basic realm="SAP NetWeaver Application Server"' },
      };
    const token: Record<string, string> =
      String(headers['x-csrf-token']).toLowerCase() === 'fetch' ? { 'x-csrf-token': 'c2ltdWxhdGVk' } : {};
    if (method !== 'GET' && method !== 'HEAD')
      return failure(405, 'Method not allowed for this demo plant: it is read only.');
    const reply = answer(url, world, options.pageSize ?? 100);
    return { ...reply, headers: { dataserviceversion: '2.0', ...token } };
  });
}

function answer(url: URL, world: World, pageSize: number): Reply {
  if (!url.pathname.startsWith(root)) return failure(404, 'The requested resource does not exist.');
  const [serviceName = '', resource = '', extra] = url.pathname.slice(root.length).split('/');
  const service = services.find(({ name }) => name === serviceName.split(';')[0]);
  if (!service)
    return failure(403, `No service found for namespace '', name '${serviceName}', version '0001'`);
  if (resource === '') return json(200, { d: { EntitySets: service.entities.map(({ set }) => set) } });
  if (resource === '$metadata') return { status: 200, type: 'application/xml', body: edmx(service) };
  const [set = '', key] = decodeURIComponent(resource).split(/\((.*)\)$/s);
  const entity = service.entities.find((candidate) => candidate.set === set);
  if (!entity) return failure(404, `Resource not found for the segment '${set}'.`);
  const at = `${url.origin}${root}${service.name}/`;
  const rows = rowsOf(entity.set, world);
  try {
    if (key !== undefined) return one(entity, service, rows, key, at);
    if (extra === '$count')
      return { status: 200, type: 'text/plain', body: String(selected(entity, rows, url).length) };
    return many(entity, service, selected(entity, rows, url), url, at, pageSize);
  } catch (error) {
    if (error instanceof FilterError) return failure(400, error.message);
    throw error;
  }
}

/** The error body of SAP Gateway, OData v2. */
const failure = (status: number, value: string): Reply =>
  json(status, {
    error: {
      code: status === 404 ? '/IWFND/CM_MGW/004' : '/IWBEP/CM_MGW_RT/020',
      message: { lang: 'en', value },
      innererror: { transactionid: '4A1B2C3D4E5F0000', errordetails: [] },
    },
  });

function selected(entity: Entity, rows: Row[], url: URL): Row[] {
  const filter = url.searchParams.get('$filter');
  const kept = filter ? rows.filter(parseFilter(filter, new Set(Object.keys(entity.fields)))) : rows;
  const orderBy = url.searchParams.get('$orderby');
  const by = (orderBy ?? entity.keys.join(',')).split(',').map((part) => part.trim().split(/\s+/));
  for (const [field = ''] of by)
    if (!(field in entity.fields)) throw new FilterError(`Property ${field} not found.`);
  return kept.toSorted((a, b) => {
    for (const [field = '', direction] of by) {
      const [x, y] = [a[field] ?? '', b[field] ?? ''];
      if (x !== y) return (x < y ? -1 : 1) * (direction === 'desc' ? -1 : 1);
    }
    return 0;
  });
}

const wholeNumber = (url: URL, name: string): number | null => {
  const text = url.searchParams.get(name);
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw new FilterError(`Invalid system query option value: ${name}.`);
  return Number(text);
};

function many(entity: Entity, service: Service, rows: Row[], url: URL, at: string, pageSize: number): Reply {
  if (url.searchParams.has('$expand'))
    throw new FilterError('System query option $expand is not supported here.');
  const skip = wholeNumber(url, '$skip') ?? 0;
  const top = wholeNumber(url, '$top') ?? Number.POSITIVE_INFINITY;
  const from = wholeNumber(url, '$skiptoken') ?? 0;
  const wanted = rows.slice(skip, skip + top);
  const page = wanted.slice(from, from + pageSize);
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(from + pageSize));
  return json(200, {
    d: {
      ...(url.searchParams.get('$inlinecount') === 'allpages' ? { __count: String(rows.length) } : {}),
      results: page.map((row) => shown(entity, service, row, at, selectOf(entity, url))),
      ...(from + pageSize < wanted.length ? { __next: next.href } : {}),
    },
  });
}

function one(entity: Entity, service: Service, rows: Row[], key: string, at: string): Reply {
  const literal = /^'((?:[^']|'')*)'$/.exec(key);
  const filter = literal
    ? `${entity.keys[0]} eq ${key}`
    : key.replaceAll(/=(?=')/g, ' eq ').replaceAll(/',/g, "' and ");
  const row = rows.find(parseFilter(filter, new Set(entity.keys)));
  return row
    ? json(200, { d: shown(entity, service, row, at, null) })
    : failure(404, `Resource not found for segment '${entity.type}'.`);
}

function selectOf(entity: Entity, url: URL): string[] | null {
  const select = url.searchParams.get('$select');
  if (select === null || select.trim() === '*') return null;
  const fields = select.split(',').map((field) => field.trim());
  const unknown = fields.find((field) => !(field in entity.fields));
  if (unknown !== undefined) throw new FilterError(`Property ${unknown} not found in type '${entity.type}'.`);
  return fields;
}

function shown(entity: Entity, service: Service, row: Row, at: string, select: string[] | null): unknown {
  const keys = entity.keys.map((key) => `${key}='${encodeURIComponent(String(row[key]))}'`);
  const [single = ''] = keys;
  const id = `${at}${entity.set}(${keys.length === 1 ? single.slice(single.indexOf('=') + 1) : keys.join(',')})`;
  const fields = select ? Object.fromEntries(select.map((field) => [field, row[field]])) : row;
  return { __metadata: { id, uri: id, type: `${service.namespace}.${entity.type}` }, ...fields };
}
