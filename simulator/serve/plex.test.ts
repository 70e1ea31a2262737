import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import type { HttpServer } from './http.ts';
import { servePlex } from './plex.ts';

const start = Date.parse('2026-11-20T12:00:00Z');
const world = smallWorld(start);
let server: HttpServer;
beforeAll(async () => {
  server = await servePlex(world, { port: 0, apiKey: 'key' });
});
afterAll(() => server.close());

const get = (path: string, key = 'key') =>
  fetch(`${server.url}/${path}`, { headers: { 'X-Plex-Connect-Api-Key': key } });
const read = async <T = Record<string, unknown>[]>(path: string): Promise<T> =>
  (await (await get(path)).json()) as T;
const window = `beginDate=${new Date(start - 3_600_000).toISOString()}&endDate=${new Date(start).toISOString()}`;
const entries = 'production/v1/production-history/workcenter-status-entries';

describe('the MES in the shapes of Plex', () => {
  it('leads from a line to its work center and what it does now', async () => {
    const [line] = await read('production/v1/production-definitions/production-lines');
    expect(line?.code).toBe('LINE3');
    const [center] = await read(
      `production/v1/production-definitions/production-lines/${line?.id}/workcenters`,
    );
    expect(center).toMatchObject({
      workcenterCode: 'LINE3',
      workcenterId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/),
    });
    const now = await read<Record<string, unknown>>(
      `production/v1/control/workcenters/${center?.workcenterId}`,
    );
    expect(now).toMatchObject({
      statusDescription: 'Production',
      jobNumber: '1000130',
      operationCode: '0020',
      productionLineId: line?.id,
    });
    expect(now.operators).toHaveLength(2);
    const again = await servePlex(smallWorld(start + 1), { port: 0, apiKey: 'key' });
    const [other] = (await (
      await fetch(`${again.url}/production/v1/production-definitions/production-lines`, {
        headers: { 'X-Plex-Connect-Api-Key': 'key' },
      })
    ).json()) as { id: string }[];
    expect(other?.id).toBe(line?.id);
    await again.close();
  });

  it('gives the status entries of a window with status and seconds, no reason, and none beyond it', async () => {
    const found = await read(`${entries}?${window}&limit=1`);
    expect(found).toMatchObject([
      {
        workcenterCode: 'LINE3',
        workcenterStatus: 'Down - Mechanical',
        duration: 600,
        logDate: '2026-11-20T11:10:00.000Z',
        partNumber: 'FG-COLA-05',
      },
      { workcenterStatus: 'Production', duration: null },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/reason|event/i);
    expect(await read(`${entries}?${window}&workcenterId=none`)).toEqual([]);
    const meanings = await read('production/v1/production-definitions/workcenter-statuses');
    expect(meanings.find(({ description }) => description === 'Down - Mechanical')).toMatchObject({
      downtimeStatus: true,
      productionStatus: false,
    });
  });

  it('gives jobs, their operations in hours, scrap, containers and lots on hold', async () => {
    const jobs = await read('scheduling/v1/jobs');
    const job = jobs.at(-1);
    expect(job).toMatchObject({ jobNumber: '1000130', jobStatus: 'Started', quantityCompleted: 4200.5 });
    const operations = await read(`scheduling/v1/jobs/${job?.id}/operations`);
    expect(operations).toMatchObject([
      { setupTime: 0.5, runTime: 0 },
      { setupTime: 0, runTime: 2, completedDate: null },
    ]);
    expect(await read(`production/v1/production-history/scrap-entries?${window}`)).toMatchObject([
      { quantity: 17, scrapReason: 'Crushed' },
    ]);
    expect(await read('inventory/v1/inventory-tracking/containers')).toMatchObject([
      { lotNo: 'L-2211', containerStatus: 'Hold' },
    ]);
    expect(await read('inventory/v1/inventory-tracking/lots')).toMatchObject([
      { lotNo: 'L-2211', lotStatus: 'Hold' },
    ]);
  });

  it('refuses as Plex does', async () => {
    for (const [path, key, status, code] of [
      ['scheduling/v1/jobs', 'wrong', 401, 'REQUEST_NOT_AUTHENTICATED'],
      ['nothing/v1/here', 'key', 404, 'RESOURCE_NOT_FOUND'],
      ['scheduling/v1/jobs/none/operations', 'key', 404, 'RESOURCE_NOT_FOUND'],
      [entries, 'key', 400, 'ARGUMENT_INVALID'],
      [`${entries}?beginDate=2026-11-20&endDate=2026-11-21`, 'key', 400, 'ARGUMENT_INVALID'],
    ] as const) {
      const reply = await get(path, key);
      expect([path, reply.status]).toEqual([path, status]);
      expect(await reply.json()).toEqual({ code, message: expect.any(String), errors: [] });
    }
  });
});
