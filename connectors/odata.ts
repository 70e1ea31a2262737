/** OData v2 and v4: literals, pages and `$metadata`. */
import { z } from 'zod';
import { AndonError } from '../plant/errors.ts';
import type { Http } from './http.ts';
import { readEdmx, type Schema } from './odata/edmx.ts';
import { numberOf } from './source/values.ts';

export type Version = 'v2' | 'v4';
export type Row = Readonly<Record<string, unknown>>;

/** A value as it stands in `$filter`. Quotes in text are doubled, so text cannot end the literal. */
export function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** A moment as it stands in `$filter`, in the form that the field's type asks for. */
export function timeLiteral(at: number, type: string, version: Version): string {
  const text = new Date(at).toISOString();
  if (version === 'v4') return text;
  return type === 'Edm.DateTime' ? `datetime'${text.slice(0, 19)}'` : `datetimeoffset'${text}'`;
}

/** `F eq 'a' or F eq 'b'` in brackets; v4 servers often lack `in`. */
export const oneOf = (field: string, values: readonly string[]): string =>
  `(${values.map((value) => `${field} eq ${literal(value)}`).join(' or ')})`;

/** Reads `$metadata` and refuses with the list of what is missing. `wanted`: entity set -> fields. */
export async function readSchema(
  http: Http,
  service: string,
  wanted: Readonly<Record<string, readonly string[]>>,
  signal?: AbortSignal,
): Promise<Schema> {
  const { text } = await http.get(`${service}/$metadata`, { accept: 'xml', ...(signal ? { signal } : {}) });
  const schema = readEdmx(text);
  const missing = Object.entries(wanted).flatMap(([set, fields]) => {
    const have = schema.get(set);
    return have ? fields.filter((field) => !have.has(field)).map((field) => `${set}.${field}`) : [set];
  });
  if (missing.length === 0) return schema;
  throw new AndonError(
    'bad_upstream',
    `The service ${service.slice(service.lastIndexOf('/') + 1)} lacks what Andon reads: ${missing.join(', ')}.`,
    'Check the release of that system, or the authorisation of the service.',
    { details: { missing } },
  );
}

export type Query = {
  /** Entity set with its service path, relative to the source's url. */
  path: string;
  select: readonly string[];
  filter?: string;
  /** Needed, so that pages neither repeat nor skip rows. */
  orderby: string;
  version: Version;
  pageSize?: number;
  maxPages?: number;
  maxRows?: number;
  signal?: AbortSignal;
};

const rows = z.array(z.record(z.string(), z.unknown()));
const v2Page = z.object({
  d: z.union([
    rows,
    z.object({ results: rows, __next: z.string().optional(), __count: z.unknown().optional() }),
  ]),
});
const v4Page = z.object({
  value: rows,
  '@odata.nextLink': z.string().optional(),
  '@odata.count': z.unknown().optional(),
});
type Page = { rows: Row[]; next: string | null; count: number | null };

function readPage(json: unknown, version: Version): Page {
  if (version === 'v4') {
    const page = v4Page.safeParse(json);
    if (!page.success) throw noPage();
    return {
      rows: page.data.value,
      next: page.data['@odata.nextLink'] ?? null,
      count: numberOf(page.data['@odata.count']),
    };
  }
  const page = v2Page.safeParse(json);
  if (!page.success) throw noPage();
  const { d } = page.data;
  return Array.isArray(d)
    ? { rows: d, next: null, count: null }
    : { rows: d.results, next: d.__next ?? null, count: numberOf(d.__count) };
}

/** Rows of one page; some 1 MB, far below the cap of the client on one answer. */
const pageSize = 1000;
/** A plant changes some thousand rows in the longest first read: more means that a server ignored the filter. */
const maxRows = 200_000;
/** Servers may cut pages smaller than they are asked for. */
const maxPages = 500;
/** So many pages without rows in a row may have a link onward; more lead nowhere. */
const emptyPages = 3;

/** All rows, page by page: follows the server's own links, else `$skip`, until the count is reached or a page is short. */
export async function* readPages(http: Http, query: Query): AsyncGenerator<Row[]> {
  const size = query.pageSize ?? pageSize;
  const seen = new Set<string>();
  let target: string | URL = firstUrl(query, size, 0);
  let last = '';
  let empty = 0;
  let read = 0;
  for (let number = 1; ; number += 1) {
    if (number > (query.maxPages ?? maxPages)) throw tooMuch(query, 'pages');
    const { json, url } = await http.getJson(target, query.signal ? { signal: query.signal } : {});
    const page = readPage(json, query.version);
    const print = JSON.stringify(page.rows);
    if (page.rows.length > 0 && print === last) throw repeated(query);
    last = print;
    empty = page.rows.length === 0 ? empty + 1 : 0;
    read += page.rows.length;
    if (read > (query.maxRows ?? maxRows)) throw tooMuch(query, 'rows');
    if (page.rows.length > 0) yield page.rows;
    if (page.next !== null) {
      const next = new URL(page.next, url);
      if (seen.has(next.href) || empty > emptyPages) throw repeated(query);
      seen.add(next.href);
      target = next;
    } else {
      const more = page.count === null ? page.rows.length >= size : read < page.count;
      if (!more || page.rows.length === 0) return;
      target = firstUrl(query, size, read);
    }
  }
}

function firstUrl(query: Query, size: number, skip: number): string {
  const parts = [
    `$select=${query.select.join(',')}`,
    ...(query.filter ? [`$filter=${encodeURIComponent(query.filter)}`] : []),
    `$orderby=${encodeURIComponent(query.orderby)}`,
    `$top=${size}`,
    ...(skip > 0 ? [`$skip=${skip}`] : []),
    ...(query.version === 'v2' ? ['$inlinecount=allpages', '$format=json'] : ['$count=true']),
  ];
  return `${query.path}?${parts.join('&')}`;
}

const setOf = (query: Query) => query.path.slice(query.path.lastIndexOf('/') + 1);
const noPage = () =>
  new AndonError(
    'bad_upstream',
    'The answer is JSON, but no page of rows as OData promises it.',
    'Check the url and the service of this source.',
  );
const repeated = (query: Query) =>
  new AndonError(
    'bad_upstream',
    `The pages of ${setOf(query)} go round in circles.`,
    'Tell whoever runs that system; nothing was recorded twice.',
  );
const tooMuch = (query: Query, what: string) =>
  new AndonError(
    'too_large',
    `${setOf(query)} has more ${what} than Andon reads at once.`,
    'Ask for less: fewer work centers, or a shorter time.',
  );
