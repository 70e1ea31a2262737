import { describe, expect, test } from 'vitest';
import { serveSap } from '../../simulator/serve/sap.ts';
import { smallWorld } from '../../simulator/testing/small-world.ts';
import { testConnector } from '../contract.ts';
import { batchesOf, contextOf } from '../testing/read.ts';
import sap from './index.ts';
import { confirmMore, sapContent } from './test-content.ts';

const start = Date.parse('2026-11-20T13:00:00Z');
const credentials = { user: 'reader', password: 'correct horse' };

testConnector({
  name: 'sap',
  connector: sap,
  module: new URL('index.ts', import.meta.url).href,
  overlap: 8,
  async start() {
    const world = smallWorld(start);
    const server = await serveSap(world, { port: 0, ...credentials, pageSize: 20 });
    let running = true;
    const options = {
      url: server.url,
      ...credentials,
      plant: '1010',
      workCenters: { LINE3: 'line-3' },
      tries: 1,
    };
    return {
      plant: world.plant,
      clock: () => start,
      options,
      refused: { ...options, password: 'wrong battery' },
      has: sapContent,
      async change() {
        const stock = world.erp.stock[1];
        if (!stock) throw new Error('the small world lost its stock');
        world.erp.stock[1] = { ...stock, quantity: 3 };
        return [confirmMore(world, start + 1000), 'stock/CAP-28-RED/RM01/-/free'];
      },
      async stop() {
        if (running) await server.close();
        running = false;
      },
    };
  },
});

describe('sap', () => {
  const open = async (
    change: (world: ReturnType<typeof smallWorld>) => void = () => {},
    more: object = {},
  ) => {
    const world = smallWorld(start);
    change(world);
    const server = await serveSap(world, { port: 0, ...credentials, pageSize: 20 });
    const source = await sap.open(
      sap.options.parse({
        url: server.url,
        ...credentials,
        plant: '1010',
        workCenters: { LINE3: 'line-3' },
        tries: 1,
        ...more,
      }),
      contextOf('erp', world.plant, world.now),
    );
    return {
      world,
      source,
      async read(since: Record<string, unknown> | null = null) {
        const batches = await batchesOf(source, since);
        return {
          records: batches.flatMap(({ records }) => records),
          checkpoint: batches.at(-1)?.checkpoint ?? null,
        };
      },
      async [Symbol.asyncDispose]() {
        await source.close();
        await server.close();
      },
    };
  };

  test('maps flags, quantities and plant-local pairs', async () => {
    await using erp = await open();
    const { records } = await erp.read();
    expect(records.find(({ kind, key }) => kind === 'order' && key === '1000130')).toMatchObject({
      equipment: 'line-3',
      version: '20261120125959',
      material: 'FG-COLA-05',
      confirmed: 4200.5,
      status: 'started',
      start: '2026-11-20T11:00:00.000Z',
      end: null,
      due: '2026-11-20T13:30:00.000Z',
    });
    expect(records.find(({ kind, key }) => kind === 'calendar' && key === '1000130/0010')).toMatchObject({
      activity: 'changeover',
      from: '2026-11-20T10:30:00.000Z',
      to: '2026-11-20T11:00:00.000Z',
      standardS: 1800,
      order: '1000130',
    });
    expect(records.find(({ kind }) => kind === 'maintenance')).toMatchObject({
      equipment: 'line-3.capper',
      status: 'in_progress',
      requested: '2026-11-20T12:20:00.000Z',
      arrived: null,
    });
    expect(records.find(({ kind }) => kind === 'stock')).toMatchObject({ stock: 'free', quantity: 12.5 });
  });

  test('the standard time written in the plant wins over what SAP scheduled', async () => {
    await using erp = await open((world) => {
      const [line] = world.plant.lines;
      if (line) line.standardS = { changeover: 1500 };
    });
    const { records } = await erp.read();
    expect(records.find(({ kind }) => kind === 'calendar')).toMatchObject({ standardS: 1500 });
  });

  test('stock that is not listed any more is at zero, once', async () => {
    await using erp = await open();
    const first = await erp.read();
    erp.world.erp.stock.splice(0, 1);
    const second = await erp.read(first.checkpoint);
    expect(second.records.filter(({ kind }) => kind === 'stock')).toMatchObject([
      { key: 'CAP-28-RED/RM01/B-77/inspection', quantity: 0, batch: 'B-77', stock: 'inspection' },
    ]);
    const third = await erp.read(second.checkpoint);
    expect(third.records).toEqual([]);
  });

  test('a second read repeats nothing although it overlaps', async () => {
    await using erp = await open();
    const { checkpoint } = await erp.read();
    expect((await erp.read(checkpoint)).records).toEqual([]);
  });

  test('an equipment id that the plant does not have refuses the start', async () => {
    await expect(open(() => {}, { workCenters: { LINE3: 'line-9' } })).rejects.toThrow(
      'line-9 is not in the plant',
    );
  });

  test('the doctor names work centers without operations', async () => {
    await using erp = await open(() => {}, { workCenters: { LINE3: 'line-3', LINE9: 'line-3' } });
    const findings = await erp.source.examine(AbortSignal.timeout(60_000));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'work centers', state: 'warn', text: 'no operations at LINE9' }),
    );
  });
});
