import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openHttp } from './http.ts';
import { readEdmx } from './http/edmx.ts';
import { localMillis } from './http/local-time.ts';
import {
  isSet,
  literal,
  localPair,
  millisOf,
  numberOf,
  oneOf,
  readPages,
  readSchema,
  timeLiteral,
  type Query,
  type Version,
} from './odata.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('values', () => {
  test('a quote in text cannot end the literal', () => {
    expect(literal("x' or 1 eq 1")).toBe("'x'' or 1 eq 1'");
    expect(oneOf('Material', ["O'Ring", 'B'])).toBe("(Material eq 'O''Ring' or Material eq 'B')");
  });

  test('moments are written as the field’s type asks', () => {
    const at = Date.parse('2026-11-20T13:00:00Z');
    expect(timeLiteral(at, 'Edm.DateTime', 'v2')).toBe("datetime'2026-11-20T13:00:00'");
    expect(timeLiteral(at, 'Edm.DateTimeOffset', 'v2')).toBe("datetimeoffset'2026-11-20T13:00:00.000Z'");
    expect(timeLiteral(at, 'Edm.DateTimeOffset', 'v4')).toBe('2026-11-20T13:00:00.000Z');
  });

  test.each([
    ['/Date(1795132800000)/', '2026-11-20T00:00:00.000Z'],
    ['/Date(1795132800000+0000)/', '2026-11-20T00:00:00.000Z'],
    ['20261120130509', '2026-11-20T13:05:09.000Z'],
    ['2026-11-20T13:05:09', '2026-11-20T13:05:09.000Z'],
    ['2026-11-20T14:05:09+01:00', '2026-11-20T13:05:09.000Z'],
    ['1900-01-01T00:00:00Z', null],
    ['/Date(-62135596800000)/', null],
    ['00000000000000', null],
    ['', null],
    [null, null],
  ])('%s is the moment %s', (value, expected) => {
    expect(iso(millisOf(value))).toBe(expected);
  });

  test('numbers come as numbers or text', () => {
    expect([
      numberOf('1000.000'),
      numberOf(12.5),
      numberOf('1'),
      numberOf(''),
      numberOf('x'),
      numberOf(null),
    ]).toEqual([1000, 12.5, 1, null, null, null]);
    expect([isSet('X'), isSet(true), isSet(''), isSet(false)]).toEqual([true, true, false, false]);
  });

  test.each([
    ['/Date(1795132800000)/', 'PT14H00M00S', '2026-11-20T13:00:00.000Z'],
    ['2026-11-20', '14:00:00', '2026-11-20T13:00:00.000Z'],
    ['2026-07-01', 'PT6H', '2026-07-01T04:00:00.000Z'],
    // Clocks go back on 2026-10-25 at 03:00: the hour from 02:00 comes twice, its first time is meant.
    ['2026-10-25', '02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00:00', '2026-10-25T02:00:00.000Z'],
    // Clocks go forward on 2026-03-29 at 02:00: 02:30 does not exist and moves on by the hour left out.
    ['2026-03-29', '02:30:00', '2026-03-29T01:30:00.000Z'],
    ['1900-01-01', '00:00:00', null],
    [null, 'PT00H00M00S', null],
  ])('%s and %s in Berlin is %s', (date, time, expected) => {
    expect(iso(localPair(date, time, 'Europe/Berlin'))).toBe(expected);
  });

  test('zones half an hour and a day away, and dates that do not exist', () => {
    expect(iso(localMillis('2026-11-20', '00:15', 'Asia/Kolkata'))).toBe('2026-11-19T18:45:00.000Z');
    expect(iso(localMillis('2026-11-20', '00:15', 'Pacific/Kiritimati'))).toBe('2026-11-19T10:15:00.000Z');
    expect(localMillis('2026-02-30', '00:15', 'UTC')).toBeNull();
    expect(() => localMillis('2026-11-20', '00:15', 'Mars/Olympus')).toThrow(
      'The time zone "Mars/Olympus" is not known.',
    );
  });
});

/** A server that answers with what the test says, by request path. */
async function serve(reply: (url: URL, count: number, origin: string) => unknown, type = 'application/json') {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const url = new URL(request.url ?? '/', origin);
    asked.push(url);
    const body = reply(url, asked.length, origin);
    if (typeof body === 'number') response.writeHead(body).end();
    else
      response
        .writeHead(200, { 'content-type': type })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = openHttp({ url, name: 'erp', headers: {}, clock: Date.now, tries: 1, perSecond: 1000 });
  const read = async (version: Version = 'v2', more: Partial<Query> = {}) => {
    const rows = [];
    const query = { path: 'svc/Orders', select: ['A'], orderby: 'A', version, pageSize: 2, ...more };
    for await (const page of readPages(http, query)) rows.push(...page);
    return rows;
  };
  return {
    http,
    asked,
    read,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
const row = (a: unknown) => ({ A: a });

describe('pages', () => {
  test('follows the links of v2, with counts as text', async () => {
    await using erp = await serve((url, _count, origin) =>
      url.searchParams.get('$skiptoken') === '2'
        ? { d: { results: [row(3)], __count: '3' } }
        : { d: { results: [row(1), row(2)], __count: '3', __next: `${origin}/svc/Orders?$skiptoken=2` } },
    );
    expect(await erp.read()).toEqual([row(1), row(2), row(3)]);
  });

  test('follows relative links of v4', async () => {
    await using erp = await serve((url) =>
      url.searchParams.get('$skiptoken')
        ? { value: [row(3)] }
        : { value: [row(1), row(2)], '@odata.nextLink': 'Orders?$skiptoken=1' },
    );
    expect(await erp.read('v4')).toHaveLength(3);
    expect(erp.asked[1]?.pathname).toBe('/svc/Orders');
  });

  test('goes on by $skip where a server cuts pages without a link', async () => {
    const all = [1, 2, 3, 4, 5].map(row);
    await using erp = await serve((url) => {
      const skip = Number(url.searchParams.get('$skip') ?? 0);
      return { d: { results: all.slice(skip, skip + 1), __count: 5 } };
    });
    expect(await erp.read()).toEqual(all);
  });

  test('refuses a link to another host', async () => {
    await using other = await serve(() => ({ d: { results: [] } }));
    await using erp = await serve(() => ({
      d: { results: [row(1)], __next: `${other.http.origin}/svc/Orders?x=1` },
    }));
    await expect(erp.read()).rejects.toMatchObject({ code: 'bad_upstream' });
    expect(other.asked).toHaveLength(0);
  });

  test.each([
    ['the same link again', 'svc/Orders?$skiptoken=1', () => row(Math.random())],
    ['the same rows under new links', null, () => row(1)],
  ])('notices pages that go round: %s', async (_name, link, make) => {
    await using erp = await serve((_url, count, origin) => ({
      d: { results: [make()], __next: `${origin}/${link ?? `svc/Orders?$skiptoken=${count}`}` },
    }));
    await expect(erp.read()).rejects.toMatchObject({
      code: 'bad_upstream',
      message: 'The pages of Orders go round in circles.',
    });
    expect(erp.asked.length).toBeLessThan(5);
  });

  test('an empty page with a link is followed, many are not', async () => {
    await using erp = await serve((_url, count, origin) =>
      count === 3
        ? { d: { results: [row(1)] } }
        : { d: { results: [], __next: `${origin}/svc/Orders?$skiptoken=${count}` } },
    );
    expect(await erp.read()).toEqual([row(1)]);
    await using endless = await serve((_url, count, origin) => ({
      d: { results: [], __next: `${origin}/svc/Orders?$skiptoken=${count}` },
    }));
    await expect(endless.read()).rejects.toMatchObject({ code: 'bad_upstream' });
  });

  test('401 in the middle ends the read as unauthorised', async () => {
    await using erp = await serve((_url, count, origin) =>
      count === 1 ? { d: { results: [row(1)], __next: `${origin}/svc/Orders?$skiptoken=1` } } : 401,
    );
    await expect(erp.read()).rejects.toMatchObject({ code: 'unauthorised' });
  });

  test('caps rows and pages', async () => {
    await using erp = await serve((_url, count, origin) => ({
      d: { results: [row(count)], __next: `${origin}/svc/Orders?$skiptoken=${count}` },
    }));
    await expect(erp.read('v2', { maxRows: 3 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(erp.read('v2', { maxPages: 3 })).rejects.toMatchObject({ code: 'too_large' });
  });

  test('JSON that is no page says so', async () => {
    await using erp = await serve(() => ({ error: { message: 'secret' } }));
    await expect(erp.read()).rejects.toMatchObject({ code: 'bad_upstream' });
  });
});

const edmx = `<?xml version="1.0"?><edmx:Edmx><edmx:DataServices><Schema Namespace="S">
<EntityType Name="Base"><Property Name="Id" Type="Edm.String"/></EntityType>
<EntityType Name="OrderType" BaseType="S.Base"><Property Name="Changed" Type="Edm.DateTimeOffset" Nullable="true"></Property></EntityType>
<EntityType Name="Empty"/>
<EntityContainer Name="C"><EntitySet Name="Orders" EntityType="S.OrderType"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('$metadata', () => {
  test('fields of a set, inherited ones too', () => {
    expect([...(readEdmx(edmx).get('Orders') ?? [])]).toEqual([
      ['Id', 'Edm.String'],
      ['Changed', 'Edm.DateTimeOffset'],
    ]);
  });

  test('refuses with the list of what is missing', async () => {
    await using erp = await serve(() => edmx, 'application/xml');
    await expect(readSchema(erp.http, 'sap/SVC', { Orders: ['Id', 'Changed'] })).resolves.toBeInstanceOf(Map);
    await expect(
      readSchema(erp.http, 'sap/SVC', { Orders: ['Id', 'Plant'], Stock: ['X'] }),
    ).rejects.toMatchObject({
      code: 'bad_upstream',
      message: 'The service SVC lacks what Andon reads: Orders.Plant, Stock.',
    });
  });
});
