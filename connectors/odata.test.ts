import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openHttp } from './http.ts';
import { literal, oneOf, readPages, readSchema, timeLiteral, type Query, type Version } from './odata.ts';
import { readEdmx } from './odata/edmx.ts';

describe('literals', () => {
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
