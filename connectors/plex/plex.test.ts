import { describe, expect, test } from 'vitest';
import { servePlex } from '../../simulator/serve/plex.ts';
import { smallWorld } from '../../simulator/testing/small-world.ts';
import { testConnector } from '../contract.ts';
import { batchesOf, contextOf } from '../testing/read.ts';
import plex from './index.ts';

const start = Date.parse('2026-11-20T13:00:00Z');
const minute = 60_000;
const apiKey = 'a-consumer-key';

testConnector({
  name: 'plex',
  connector: plex,
  module: new URL('index.ts', import.meta.url).href,
  overlap: 2,
  async start() {
    const world = smallWorld(start);
    const server = await servePlex(world, { port: 0, apiKey });
    let running = true;
    const options = { url: server.url, apiKey, workcenters: { LINE3: 'line-3' }, tries: 1, perSecond: 100 };
    return {
      plant: world.plant,
      clock: () => start,
      options,
      refused: { ...options, apiKey: 'another-key' },
      has: [
        'downtime_event/LINE3@2026-11-20T12:10:00.000Z',
        'scrap/LINE3@2026-11-20T12:15:00.000Z',
        'order/1000130',
        'lot/L-2211',
      ],
      async change() {
        const [lot] = world.mes.lots;
        if (!lot) throw new Error('the small world lost its lot');
        world.mes.lots[0] = { ...lot, status: 'OK', changedAt: start };
        world.mes.scrap.push({ line: 'line-3', at: start - minute, quantity: 4, reason: null, order: null });
        return ['lot/L-2211', `scrap/LINE3@${new Date(start - minute).toISOString()}`];
      },
      async stop() {
        if (running) await server.close();
        running = false;
      },
    };
  },
});

describe('plex', () => {
  const open = async (change: (world: ReturnType<typeof smallWorld>) => void = () => {}) => {
    const world = smallWorld(start);
    for (const line of world.plant.lines) line.crew = 4;
    change(world);
    let now = start;
    const server = await servePlex(world, { port: 0, apiKey });
    const source = await plex.open(
      plex.options.parse({
        url: server.url,
        apiKey,
        workcenters: { LINE3: 'line-3' },
        tries: 1,
        perSecond: 100,
      }),
      contextOf('mes', world.plant, () => now),
    );
    let checkpoint: Record<string, unknown> | null = null;
    return {
      world,
      pass: (ms: number) => {
        now += ms;
      },
      async read() {
        const batches = await batchesOf(source, checkpoint);
        checkpoint = batches.findLast((batch) => batch.checkpoint !== null)?.checkpoint ?? checkpoint;
        return batches.flatMap(({ records }) => records);
      },
      async [Symbol.asyncDispose]() {
        await source.close();
        await server.close();
      },
    };
  };

  test('gives the status in the words of Plex, its category, and never a reason', async () => {
    await using mes = await open();
    const events = (await mes.read()).filter(({ kind }) => kind === 'downtime_event');
    expect(events).toMatchObject([
      { status: 'Production', category: 'production', version: '86400' },
      { status: 'Down - Mechanical', category: 'downtime', to: '2026-11-20T12:20:00.000Z', order: '1000130' },
      { status: 'Production', version: 'open', to: null, operators: 2 },
    ]);
    for (const event of events) expect(event).toMatchObject({ reason: null });
  });

  test('people are counted when their number changes, and the least seen stays with the entry', async () => {
    await using mes = await open();
    expect((await mes.read()).filter(({ kind }) => kind === 'crew')).toMatchObject([
      { present: 2, planned: 4 },
    ]);
    mes.pass(minute);
    expect((await mes.read()).filter(({ kind }) => kind === 'crew')).toEqual([]);
    Object.assign(mes.world.mes.operators, { 'line-3': 0 });
    mes.pass(minute);
    expect((await mes.read()).filter(({ kind }) => kind === 'crew')).toMatchObject([
      { present: 0, key: 'LINE3@2026-11-20T13:02:00.000Z' },
    ]);
    const running = mes.world.mes.entries.at(-1);
    if (!running) throw new Error('the small world lost its entry');
    mes.world.mes.entries[mes.world.mes.entries.length - 1] = { ...running, until: start + 3 * minute };
    mes.pass(2 * minute);
    expect((await mes.read()).find(({ kind }) => kind === 'downtime_event')).toMatchObject({
      version: '2580',
      operators: 0,
    });
  });

  test('a running entry older than the window is found again when it ends', async () => {
    await using mes = await open();
    await mes.read();
    mes.pass(5 * 60 * minute);
    await mes.read();
    const running = mes.world.mes.entries.at(-1);
    if (!running) throw new Error('the small world lost its entry');
    mes.world.mes.entries[mes.world.mes.entries.length - 1] = { ...running, until: start + 6 * 60 * minute };
    mes.pass(2 * 60 * minute);
    expect(await mes.read()).toMatchObject([
      { kind: 'downtime_event', to: new Date(start + 6 * 60 * minute).toISOString() },
    ]);
  });

  test('a lot on hold is held', async () => {
    await using mes = await open();
    expect((await mes.read()).find(({ kind }) => kind === 'lot')).toMatchObject({
      lot: 'L-2211',
      held: true,
      status: 'Hold',
      equipment: 'line-3',
    });
  });
});
