/** Between a past that was handed over and live reading there must be no seam: both name the same facts alike. */
import { expect, test } from 'vitest';
import type { PlantRecord } from '../plant/record.ts';
import { openRecorder } from '../simulator/records/recorder.ts';
import { servePlex } from '../simulator/serve/plex.ts';
import { serveSap } from '../simulator/serve/sap.ts';
import { smallWorld } from '../simulator/testing/small-world.ts';
import plex from './plex/index.ts';
import sap from './sap/index.ts';
import { contextOf, recordsOf } from './testing/read.ts';

const start = Date.parse('2026-11-20T13:00:00Z');

const names = (records: readonly PlantRecord[], kinds: readonly string[]) =>
  records
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, key, version, equipment, at }) => `${kind}/${key}@${version} ${equipment} ${at}`)
    .toSorted();
test('orders, operations, changeovers and maintenance of the past are those of live reading', async () => {
  const world = smallWorld(start);
  // Orders without operations have no line in SAP.
  world.erp.orders.splice(0, world.erp.orders.length - 2);
  const past = openRecorder(world);
  past.books(start);
  const server = await serveSap(world, { port: 0, user: 'u', password: 'p' });
  const source = await sap.open(
    sap.options.parse({
      url: server.url,
      user: 'u',
      password: 'p',
      plant: '1010',
      workCenters: { LINE3: 'line-3' },
    }),
    contextOf('erp', world.plant, () => start),
  );
  const live = await recordsOf(source);
  await source.close();
  await server.close();
  const recorded = past.take().filter(({ source: id }) => id === 'erp');
  const kinds = ['order', 'operation', 'calendar', 'maintenance'];
  expect(names(live, kinds)).toEqual(names(recorded, kinds));
  expect(names(live, kinds).length).toBeGreaterThan(8);
  const requirements = (records: readonly PlantRecord[]) =>
    records.flatMap(({ kind, key, version }) => (kind === 'material_requirement' ? `${key}@${version}` : []));
  expect(requirements(live)).toEqual(requirements(recorded));
});

test('status entries, scrap and lots of the past are those of live reading', async () => {
  const world = smallWorld(start);
  for (const line of world.plant.lines) line.crew = 4;
  const past = openRecorder(world);
  past.books(start);
  const server = await servePlex(world, { port: 0, apiKey: 'k' });
  const source = await plex.open(
    plex.options.parse({ url: server.url, apiKey: 'k', workcenters: { LINE3: 'line-3' }, perSecond: 100 }),
    contextOf('mes', world.plant, () => start),
  );
  const live = await recordsOf(source);
  await source.close();
  await server.close();
  const recorded = past.take().filter(({ source: id }) => id === 'mes');
  const kinds = ['downtime_event', 'scrap', 'lot', 'crew'];
  expect(names(live, kinds)).toEqual(names(recorded, kinds));
  expect(names(live, kinds).length).toBeGreaterThan(5);
});
