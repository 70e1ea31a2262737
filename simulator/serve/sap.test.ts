import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import type { HttpServer } from './http.ts';
import { services } from './sap-schema.ts';
import { serveSap } from './sap.ts';

// Sunday 25 October 2026, 01:30 UTC is 02:30 in Berlin for the second time: the hour that the clock repeats.
const start = Date.parse('2026-10-25T01:30:00Z');
const world = smallWorld(start);
let server: HttpServer;
beforeAll(async () => {
  server = await serveSap(world, { port: 0, user: 'andon', password: 'secret', pageSize: 50 });
});
afterAll(() => server.close());

const authorization = `Basic ${Buffer.from('andon:secret').toString('base64')}`;
const get = (path: string, headers: Record<string, string> = { authorization }) =>
  fetch(path.startsWith('http') ? path : `${server.url}/sap/opu/odata/sap/${path}`, { headers });
type Body = { d: { results: Record<string, unknown>[]; __count?: string; __next?: string } };
const rows = async (path: string): Promise<Body['d']> => ((await (await get(path)).json()) as Body).d;
const orders = 'API_PRODUCTION_ORDER_2_SRV/A_ProductionOrder_2';
const operations = 'API_PRODUCTION_ORDER_2_SRV/A_ProductionOrderOperation_2';

describe('the ERP in the dress of SAP', () => {
  it('pages by __next until every order came once', async () => {
    const seen: unknown[] = [];
    let pages = 0;
    for (let next: string | undefined = `${orders}?$inlinecount=allpages`; next; pages += 1) {
      const page: Body['d'] = await rows(next);
      expect(page.__count).toBe('130');
      seen.push(...page.results.map((row) => row.ManufacturingOrder));
      next = page.__next;
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(130);
    expect(seen[0]).toBe('000001000001');
    const some = await rows(`${orders}?$top=60&$skip=100`);
    expect(some.results).toHaveLength(30);
    expect(some.__next).toBeUndefined();
    expect((await rows(`${orders}?$top=60`)).__next).toBeDefined();
  });

  it('writes flags, decimals, dates, times and change stamps as SAP does', async () => {
    const changed = "LastChangeDateTime gt '20261025000000' and OrderIsPartiallyConfirmed eq 'X'";
    const { results } = await rows(`${orders}?$filter=${encodeURIComponent(changed)}`);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      ManufacturingOrder: '000001000130',
      OrderIsReleased: 'X',
      OrderIsTechnicallyCompleted: '',
      LastChangeDateTime: '20261025012959',
      TotalQuantity: '12000.000',
      MfgOrderConfirmedYieldQty: '4200.500',
      // The order starts at 23:30 UTC on the 24th: 01:30 of the 25th in the plant.
      MfgOrderScheduledStartDate: `/Date(${Date.parse('2026-10-25T00:00:00Z')})/`,
      MfgOrderScheduledStartTime: 'PT01H30M00S',
      MfgOrderPlannedEndTime: 'PT03H00M00S',
    });
  });

  it('finds the operations of a work center, the changeover as one of its own', async () => {
    const filter = encodeURIComponent(
      "WorkCenter eq 'LINE3' and (MfgOrderOperationText eq 'Changeover' or substringof('pack',MfgOrderOperationText))",
    );
    const { results } = await rows(
      `${operations}?$filter=${filter}&$select=ManufacturingOrder,MfgOrderOperationText&$orderby=ManufacturingOrder desc`,
    );
    expect(
      results
        .map(({ MfgOrderOperationText }) => MfgOrderOperationText)
        .map(String)
        .toSorted(),
    ).toEqual(['Changeover', 'Changeover', 'Fill and pack', 'Fill and pack']);
    expect(Object.keys(results[0] ?? {})).toEqual([
      '__metadata',
      'ManufacturingOrder',
      'MfgOrderOperationText',
    ]);
    expect(results[0]?.ManufacturingOrder).toBe('000001000130');
    const none = await rows(`${operations}?$filter=${encodeURIComponent("WorkCenter eq 'LINE9'")}`);
    expect(none.results).toEqual([]);
  });

  it('shows components, stock in inspection and open maintenance', async () => {
    const components = await rows('API_PRODUCTION_ORDER_2_SRV/A_ProductionOrderComponent_2');
    expect(components.results[0]).toMatchObject({
      RequiredQuantity: '12000.000',
      ConfirmedAvailableQuantity: '900.000',
    });
    const stock = await rows(
      `API_MATERIAL_STOCK_SRV/A_MatlStkInAcctMod?$filter=${encodeURIComponent("InventoryStockType eq '02' and MatlWrhsStkQtyInMatlBaseUnit gt 23999.5M")}`,
    );
    expect(stock.results).toMatchObject([
      { Batch: 'B-77', MatlWrhsStkQtyInMatlBaseUnit: '24000.00000000000000' },
    ]);
    const since = new Date(start - 30 * 60_000).toISOString();
    const notifications = await rows(
      `API_MAINTNOTIFICATION/MaintenanceNotification?$filter=${encodeURIComponent(`LastChangeDateTime ge datetimeoffset'${since}'`)}`,
    );
    expect(notifications.results).toMatchObject([
      {
        TechnicalObject: 'LINE3-CAPPER',
        MaintenanceObjectIsDown: true,
        NotifProcessingPhase: '3',
        NotificationTimeZone: 'CET',
      },
    ]);
    const later = encodeURIComponent(
      `LastChangeDateTime gt datetimeoffset'${new Date(start).toISOString()}'`,
    );
    expect((await rows(`API_MAINTNOTIFICATION/MaintenanceNotification?$filter=${later}`)).results).toEqual(
      [],
    );
  });

  it('reads one by its key, and serves only fields that $metadata names', async () => {
    const found = (await (await get(`${orders}('000001000007')`)).json()) as { d: Record<string, unknown> };
    expect(found.d).toMatchObject({
      ManufacturingOrder: '000001000007',
      OrderLongText: "Cola 0.5 l 'classic'",
    });
    expect((await get(`${orders}('9')`)).status).toBe(404);
    for (const service of services) {
      const edmx = await (await get(`${service.name}/$metadata`)).text();
      for (const { set, type, keys } of service.entities) {
        const declared = edmx.split(`<EntityType Name="${type}"`)[1]?.split('</EntityType>')[0] ?? '';
        const names = [...declared.matchAll(/<Property Name="(\w+)"/g)].map(([, name]) => name);
        const [row = {}] = (await rows(`${service.name}/${set}`)).results;
        expect(
          Object.keys(row)
            .filter((name) => name !== '__metadata')
            .map(String)
            .toSorted(),
        ).toEqual(names.map(String).toSorted());
        for (const key of keys) expect(row[key]).toBeTypeOf('string');
      }
    }
  });

  it('answers errors as SAP does: HTML for a failed logon, a coded body for the rest', async () => {
    const refused = await get(orders, {});
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toContain('text/html');
    for (const [path, status] of [
      [`${orders}?$filter=Nothing eq 1`, 400],
      [`${orders}?$filter=Material eq`, 400],
      [`${orders}?$select=Nothing`, 400],
      [`${orders}?$top=x`, 400],
      ['API_PRODUCTION_ORDER_2_SRV/A_Nothing', 404],
      ['API_NOTHING_SRV/A_ProductionOrder_2', 403],
    ] as const) {
      const reply = await get(path);
      expect([path, reply.status]).toEqual([path, status]);
      expect(await reply.json()).toMatchObject({
        error: { code: expect.any(String), message: { lang: 'en', value: expect.any(String) } },
      });
    }
  });
});
