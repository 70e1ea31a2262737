/** A part of a system that is closed to our user, or lacks a field, must not silence the rest. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Source } from '../plant/source.ts';
import { servePlex } from '../simulator/serve/plex.ts';
import { serveSap } from '../simulator/serve/sap.ts';
import { smallWorld, type SmallWorld } from '../simulator/testing/small-world.ts';
import plex from './plex/index.ts';
import sap from './sap/index.ts';
import { contextOf, recordsOf } from './testing/read.ts';

const start = Date.parse('2026-11-20T13:00:00Z');
type Change = (path: string, body: string) => { status?: number; body?: string } | undefined;

/** Stands before a server and changes some of its answers. */
async function front(target: string, change: Change) {
  const passing = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const pass = (async () => {
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' && name !== 'host' && name !== 'connection'
          ? [[name, value] as [string, string]]
          : [],
      );
      const answer = await fetch(new URL(request.url ?? '/', target), { headers });
      const body = await answer.text();
      const changed = change(request.url ?? '/', body);
      response.writeHead(changed?.status ?? answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
      });
      response.end(changed?.body ?? body);
    })();
    passing.add(pass);
    void pass.catch(() => response.destroy()).then(() => passing.delete(pass));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      // What is on its way may have outlived its reader; it ends before the server behind does.
      await Promise.allSettled(passing);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
/** A source that reads the small world through `change`. */
async function openBehind(
  change: Change,
  serve: (world: SmallWorld) => Promise<{ url: string; close(): Promise<void> }>,
  open: (url: string, world: SmallWorld) => Promise<Source>,
) {
  const world = smallWorld(start);
  const server = await serve(world);
  const before = await front(server.url, change);
  const source = await open(before.url, world);
  return {
    source,
    async [Symbol.asyncDispose]() {
      await source.close();
      await before[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

const openSap = (change: Change) =>
  openBehind(
    change,
    (world) => serveSap(world, { port: 0, user: 'u', password: 'p', pageSize: 1000 }),
    (url, { plant }) =>
      sap.open(
        sap.options.parse({
          url,
          user: 'u',
          password: 'p',
          plant: '1010',
          workCenters: { LINE3: 'line-3' },
          tries: 1,
        }),
        contextOf('erp', plant, () => start),
      ),
  );

const openPlex = (change: Change) =>
  openBehind(
    change,
    (world) => servePlex(world, { port: 0, apiKey: 'k' }),
    (url, { plant }) =>
      plex.open(
        plex.options.parse({
          url,
          apiKey: 'k',
          workcenters: { LINE3: 'line-3' },
          tries: 1,
          perSecond: 100,
        }),
        contextOf('mes', plant, () => start),
      ),
  );

test('stock that our user may not read leaves orders and maintenance, and health says so', async () => {
  await using erp = await openSap((path) => (path.includes('MATERIAL_STOCK') ? { status: 403 } : undefined));
  const kinds = new Set((await recordsOf(erp.source)).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['order', 'operation', 'calendar', 'material_requirement', 'maintenance']));
  expect(erp.source.health()).toMatchObject({
    state: 'degraded',
    problem: 'erp does not let our user read this (HTTP 403).',
  });
});

test('orders without a field that is read refuse the source, with the list', async () => {
  await using erp = await openSap((path, body) =>
    path.includes('$metadata')
      ? { body: body.replaceAll('Name="TotalQuantity"', 'Name="Other"') }
      : undefined,
  );
  await expect(recordsOf(erp.source)).rejects.toMatchObject({
    code: 'bad_upstream',
    details: { missing: ['A_ProductionOrder_2.TotalQuantity'] },
  });
  expect(erp.source.health().state).toBe('down');
});

test('quantities as numbers instead of text make no difference', async () => {
  const quantity = /"(\w*Quantity|\w*Qty)":"([\d.]+)"/g;
  await using plain = await openSap(() => undefined);
  await using swapped = await openSap((_path, body) => ({ body: body.replaceAll(quantity, '"$1":$2') }));
  const wanted = await recordsOf(plain.source);
  expect(wanted.length).toBeGreaterThan(8);
  expect(await recordsOf(swapped.source)).toEqual(wanted);
});

test('inventory that is not subscribed leaves the floor of Plex readable', async () => {
  await using mes = await openPlex((path) => (path.startsWith('/inventory') ? { status: 401 } : undefined));
  const kinds = new Set((await recordsOf(mes.source)).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['downtime_event', 'scrap', 'order']));
  expect(mes.source.health()).toMatchObject({
    state: 'degraded',
    problem: "Plex's lots are closed to us. Plex's containers are closed to us.",
  });
});

test('status entries without a start refuse the source by the name of the field', async () => {
  await using mes = await openPlex((path, body) =>
    path.includes('status-entries') ? { body: body.replaceAll('logDate', 'loggedOn') } : undefined,
  );
  await expect(recordsOf(mes.source)).rejects.toMatchObject({
    code: 'bad_upstream',
    message: "Plex's status entries lack the field logDate.",
  });
});
