import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { confirmCause } from '../causes.ts';
import type { Memory } from '../open.ts';
import { openTestMemory } from '../test-database.ts';
import { recordById } from './evidence.ts';
import { lineState } from './line-state.ts';
import { listOrders } from './orders.ts';
import { recordBatch } from './record-batch.ts';
import { scopeOf } from './scope.ts';
import { gatherStopCase } from './stop-case.ts';
import { listStops } from './stops.ts';
import { batchOf, recordAt, smallPlant } from './testing.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const min = (minutes: number): number => now - minutes * 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const state = (machine: string, minutes: number, name: string, more: object = {}) =>
  recordAt({ kind: 'state', equipment: machine, state: name, at: min(minutes), ...more });
const order = (confirmed: number, minutes: number) =>
  recordAt({
    kind: 'order',
    source: 'erp',
    key: '100',
    version: iso(min(minutes)),
    equipment: 'line-1',
    at: min(minutes),
    order: '100',
    material: 'JUICE',
    planned: 1000,
    confirmed,
    unit: 'pc',
    status: 'started',
    due: iso(min(-5)),
  });
const stock = (quantity: number, minutes: number, material = 'CAP') =>
  recordAt({
    kind: 'stock',
    source: 'erp',
    key: `${material}/A/-/free`,
    version: `${quantity}`,
    at: min(minutes),
    material,
    location: 'A',
    stock: 'free',
    quantity,
  });
const health: SourceHealth[] = [
  {
    source: 'erp',
    system: 'SAP S/4HANA',
    state: 'down',
    lastOkAt: null,
    lastRecordAt: null,
    clockOffsetMs: 1500,
    problem: 'no answer',
  },
];

describe('the records of a stop', () => {
  let memory: Memory;
  beforeAll(async () => {
    memory = await openTestMemory({ clock: () => now });
    const machines = [
      state('line-1.filler', 900, 'Execute'),
      state('line-1.packer', 900, 'Execute'),
      state('line-1.packer', 300, 'Suspended', { waiting: 'starved' }),
      state('line-1.packer', 290, 'Execute'),
      state('line-1.filler', 12, 'Held'),
      state('line-1.packer', 10, 'Suspended', { waiting: 'starved' }),
      state('line-2.packer', 10, 'Held'),
      recordAt({
        kind: 'alarm',
        equipment: 'line-1.filler',
        alarm: 'JAM',
        text: 'Infeed jam',
        active: true,
        at: min(12),
      }),
      recordAt({
        kind: 'alarm',
        equipment: 'line-1.filler',
        alarm: 'OLD',
        text: 'Old',
        active: true,
        at: min(500),
        key: 'old',
      }),
      recordAt({
        kind: 'system',
        equipment: 'label-server',
        component: 'label-server',
        event: 'up',
        at: min(400),
      }),
      recordAt({
        kind: 'gap',
        source: 'mes',
        from: iso(min(15)),
        to: iso(min(11)),
        reason: 'no answer',
        at: min(15),
      }),
    ];
    const readings = Array.from({ length: 3_600 }, (_, second) => ({
      equipment: second % 2 ? 'line-1.filler' : 'compressed-air',
      signal: second % 2 ? 'torque' : 'pressure',
      at: min(60) + second * 1000,
      value: 6 + (second % 3) * 0.1,
    }));
    const minutes = Array.from({ length: 120 }, (_, n) => ({
      equipment: 'line-1.filler',
      signal: 'torque',
      at: min(160) + n * 60_000,
      value: 10 + (n % 3),
      low: 9,
      high: 13,
      count: 60,
    }));
    await recordBatch(memory.pool, batchOf('machines', { records: machines, readings, minutes }), now);
    await recordBatch(
      memory.pool,
      batchOf('erp', {
        records: [
          order(10, 2_000),
          order(900, 60),
          order(950, 11),
          recordAt({
            kind: 'material_requirement',
            source: 'erp',
            key: '100/CAP',
            equipment: 'line-1',
            at: min(100),
            order: '100',
            material: 'CAP',
            required: 100,
            withdrawn: 20,
            available: 5,
          }),
          stock(500, 5_000),
          stock(0, 4_000),
          stock(40, 5),
          stock(7, 50, 'OTHER'),
        ],
      }),
      now,
    );
    await recordBatch(
      memory.pool,
      batchOf('mes', {
        records: ['open', '600'].map((version, index) =>
          recordAt({
            kind: 'downtime_event',
            source: 'mes',
            key: 'L1',
            version,
            equipment: 'line-1',
            at: min(10),
            status: 'Down',
            category: 'downtime',
            from: iso(min(10)),
            to: index ? iso(now) : null,
            observedAt: iso(min(9 - index)),
          }),
        ),
      }),
      now,
    );
    const cause = {
      line: 'line-1',
      machine: 'line-1.filler',
      machineClass: 'filler',
      firstAlarm: 'JAM',
      cause: 'infeed_jam',
    };
    await confirmCause(memory.pool, { ...cause, at: min(300), stop: 'line-1@x' }, now);
    await confirmCause(memory.pool, { ...cause, cause: 'drive_trip', at: min(300), stop: 'line-1@x' }, now);
    await confirmCause(memory.pool, { ...cause, at: min(1), stop: 'later' }, now);
  });
  afterAll(() => memory.close());

  it('finds the stops', async () => {
    const stops = await listStops(memory.pool, smallPlant, ['line-1'], { from: min(600), to: now }, now);
    expect(stops.map((stop) => [stop.from, stop.to])).toEqual([
      [iso(min(300)), iso(min(290))],
      [iso(min(10)), null],
    ]);
    await expect(
      listStops(memory.pool, smallPlant, ['line-9'], { from: 0, to: now }, now),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('opens a confirmed cause by the name under which a diagnosis cites it', async () => {
    expect(await recordById(memory.pool, 'andon/cause/line-1@x')).toMatchObject({
      kind: 'cause',
      confirmed: { cause: 'drive_trip', machine: 'line-1.filler', stop: 'line-1@x' },
      record: null,
    });
    expect(await recordById(memory.pool, 'andon/cause/line-1@y')).toBe(null);
  });

  it('hands on what a source cannot read and how far it is trusted', async () => {
    const told = health.map((one) => ({ ...one, closed: ['stock' as const], trust: 0.5 }));
    const found = await gatherStopCase(memory.pool, smallPlant, { line: 'line-1' }, { now, health: told });
    expect(found?.coverage.find(({ source }) => source === 'erp')).toMatchObject({
      closed: ['stock'],
      trust: 0.5,
    });
  });

  it('gathers what is known around the latest stop', async () => {
    const found = await gatherStopCase(memory.pool, smallPlant, { line: 'line-1' }, { now, health });
    if (!found) throw new Error('no case');
    expect(found.stop.id).toBe(`line-1@${iso(min(10))}`);
    expect(found.window).toEqual({ from: min(40), to: now });
    const ids = found.records.map((record) => `${record.kind}/${record.key}/${record.version}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found.records.map((record) => Date.parse(record.at))).toEqual(
      found.records.map((record) => Date.parse(record.at)).toSorted((a, b) => a - b),
    );
    const said = (kind: string) =>
      found.records
        .filter((record) => record.kind === kind)
        .map((record) => {
          switch (record.kind) {
            case 'state':
              return `${record.equipment} ${record.state}`;
            case 'order':
              return record.confirmed;
            case 'stock':
              return `${record.material} ${record.quantity}`;
            case 'downtime_event':
              return record.version;
            default:
              return record.key;
          }
        });
    // The last state before the window, and all inside it; not another line's.
    expect(said('state')).toEqual([
      'line-1.filler Execute',
      'line-1.packer Execute',
      'line-1.filler Held',
      'line-1.packer Suspended',
    ]);
    expect(said('alarm')).toHaveLength(1);
    // The version that held when the window began, and each change in it; entries in their newest only.
    expect(said('order')).toEqual([900, 950]);
    expect(said('stock')).toEqual(['CAP 0', 'CAP 40']);
    expect(said('downtime_event')).toEqual(['600']);
    expect(said('system')).toHaveLength(1);
    expect(found.truncated).toBe(false);
    expect(found.confirmed).toMatchObject([{ cause: 'drive_trip' }]);
    expect(found.coverage).toMatchObject([
      {
        source: 'erp',
        system: 'SAP S/4HANA',
        state: 'down',
        clockOffsetMs: 1500,
        lastRecordAt: min(5),
        kinds: ['material_requirement', 'order', 'stock'],
      },
      { source: 'machines', state: 'up', lastRecordAt: now - 1000, gaps: [] },
      { source: 'mes', gaps: [{ from: min(15), to: min(11), equipment: null, reason: 'no answer' }] },
    ]);
  });

  it('tells what is usual for a signal while its machine produced', async () => {
    const found = await gatherStopCase(memory.pool, smallPlant, { line: 'line-1' }, { now, health: [] });
    const torque = found?.signals.find((one) => one.signal === 'torque');
    expect(torque).toMatchObject({
      equipment: 'line-1.filler',
      unit: 'Nm',
      source: 'machines',
      baseline: { median: 11, mad: 1 },
    });
    // Minutes would end at the window; raw values before the stop fill it, one per ten seconds, then each.
    const at = torque?.points.map(([time]) => time) ?? [];
    expect(at[0]).toBeLessThanOrEqual(min(40) + 10_000);
    expect(at.filter((time) => time >= min(13) && time <= min(8))).toHaveLength(150);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    const air = found?.signals.find((one) => one.signal === 'pressure');
    expect(air?.baseline?.median).toBeCloseTo(6.1, 5);
  });

  it('takes the stop that is named, that held at a time, or none', async () => {
    const at = async (query: object) =>
      (await gatherStopCase(memory.pool, smallPlant, { line: 'line-1', ...query }, { now, health: [] }))?.stop
        .from ?? null;
    expect(await at({ at: min(295) })).toBe(iso(min(300)));
    expect(await at({ at: min(200) })).toBe(iso(min(300)));
    expect(await at({ stop: `line-1@${iso(min(300))}` })).toBe(iso(min(300)));
    expect(await at({ stop: `line-1@${iso(min(299))}` })).toBe(null);
    expect(await at({ stop: 'line-1@nonsense' })).toBe(null);
    expect(await at({ at: min(400) })).toBe(null);
  });

  it('tells how a line stands', async () => {
    const found = await lineState(memory.pool, smallPlant, 'line-1', now);
    expect(found).toMatchObject({
      state: 'stopped',
      since: iso(min(10)),
      reference: 'line-1.packer',
      lastStop: { to: null },
    });
    expect(found.machines.map((one) => [one.machine, one.state, one.waiting])).toEqual([
      ['line-1.filler', 'Held', null],
      ['line-1.packer', 'Suspended', 'starved'],
    ]);
    expect(found.order?.order.confirmed).toBe(950);
    expect(found.signals.map((one) => one.signal)).toEqual(['torque']);
    expect(await lineState(memory.pool, smallPlant, 'line-1', min(100))).toMatchObject({
      state: 'running',
      stop: null,
      since: iso(min(290)),
    });
    expect((await lineState(memory.pool, smallPlant, 'line-1', min(5_000))).state).toBe('unknown');
  });

  it('lists orders with what makes them late or short', async () => {
    const [only] = await listOrders(memory.pool, smallPlant, { line: 'line-1', open: true }, now);
    expect(only).toMatchObject({ line: 'line-1', remaining: 50, dueInS: 300, neededS: 50, late: false });
    expect(only?.short.map((one) => one.material)).toEqual(['CAP']);
    const [later] = await listOrders(memory.pool, smallPlant, {}, now + 280_000);
    expect(later?.late).toBe(true);
    expect(await listOrders(memory.pool, smallPlant, { line: 'line-2' }, now)).toEqual([]);
    const [earlier] = await listOrders(memory.pool, smallPlant, { order: '100' }, min(30));
    expect(earlier?.order.confirmed).toBe(900);
  });

  it('takes an order that ERP and MES tell of as one', async () => {
    const [own] = await listOrders(memory.pool, smallPlant, { line: 'line-1', open: true }, now);
    if (!own) throw new Error('no order');
    const seen = iso(now - 1_000);
    const job: PlantRecord = {
      ...own.order,
      source: 'plex',
      key: 'job-1',
      order: `000${own.order.order}`,
      due: null,
      status: 'held',
      at: seen,
      observedAt: seen,
    };
    const batch = { source: 'plex', records: [job], readings: [], minutes: [], checkpoint: null };
    await recordBatch(memory.pool, batch, now);
    const all = await listOrders(memory.pool, smallPlant, { line: 'line-1', open: true }, now);
    expect(all.map(({ order }) => [order.order, order.due, order.status])).toEqual([
      [own.order.order, own.order.due, 'held'],
    ]);
  });

  it('takes the same number at another line as another order, in every list', async () => {
    const plant = {
      ...smallPlant,
      lines: smallPlant.lines.flatMap((line) => [line, { ...line, id: 'line-9' }]),
    };
    const [own] = await listOrders(memory.pool, plant, { line: 'line-1', open: true }, now);
    if (!own) throw new Error('no order');
    const seen = iso(now - 1_000);
    const told = { source: 'plex', at: seen, observedAt: seen, equipment: 'line-9' };
    const number = `000${own.order.order}`;
    const job: PlantRecord = { ...own.order, ...told, key: 'job-9', order: number };
    const step: PlantRecord = {
      ...own.order,
      ...told,
      kind: 'operation',
      key: 'job-9/10',
      order: own.order.order,
      operation: '10',
      status: 'started',
    };
    const batch = { source: 'plex', records: [job, step], readings: [], minutes: [], checkpoint: null };
    await recordBatch(memory.pool, batch, now);
    const seenAt = async (query: Parameters<typeof listOrders>[2]) =>
      (await listOrders(memory.pool, plant, query, now))
        .map(({ line, order, operations, short }) => [line, order.order, operations.length, short.length])
        .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
    const here = ['line-1', own.order.order, own.operations.length, own.short.length];
    const there = ['line-9', number, 1, 0];
    expect(await seenAt({ open: true })).toEqual([here, there]);
    expect(await seenAt({ order: own.order.order })).toEqual([here, there]);
    expect(await seenAt({ order: `0${number}` })).toEqual([here, there]);
    expect(await seenAt({ line: 'line-1' })).toEqual([here]);
    expect(await seenAt({ line: 'line-9' })).toEqual([there]);
  });

  it('takes a utility that names nobody for one that serves every machine', async () => {
    const utilities = smallPlant.utilities.map((one) => ({ ...one, serves: [] }));
    const plant = { ...smallPlant, utilities };
    const found = await gatherStopCase(
      memory.pool,
      plant,
      { line: 'line-1', at: min(5) },
      { now, health: [] },
    );
    const signals = found?.signals.map(({ equipment, signal }) => `${equipment}/${signal}`);
    expect(signals).toContain('compressed-air/pressure');
    for (const line of plant.lines) expect(scopeOf(plant, line).shared).toContain('compressed-air');
    expect(scopeOf(plant, plant.lines[1]!).shared).not.toContain('label-server');
  });
});

describe('a source whose clock jumped', () => {
  const seen = (record: PlantRecord, bySeconds: number): PlantRecord => ({
    ...record,
    at: iso(Date.parse(record.at) + (Date.parse(record.at) > min(11.5) ? bySeconds * 1_000 : 0)),
    observedAt: record.at,
  });
  const machines = [
    ...[40, 30, 25, 20].map((minutes) => state('line-1.filler', minutes, 'Execute', { mode: null })),
    state('line-1.packer', 60, 'Execute'),
    state('line-1.filler', 12, 'Held'),
    recordAt({
      kind: 'alarm',
      equipment: 'line-1.filler',
      alarm: 'J1',
      active: true,
      text: 'Jam at infeed',
      at: min(11.4),
    }),
    state('line-1.packer', 10, 'Suspended', { waiting: 'starved' }),
    state('line-1.filler', 5, 'Execute'),
    state('line-1.packer', 4, 'Execute'),
  ];
  it.each([3_600, -3_600, -300])(
    'by %i s: its stops are listed and explained by their right time',
    async (by) => {
      const memory = await openTestMemory({ clock: () => now });
      try {
        const records = machines.map((record) => seen(record, by));
        await recordBatch(memory.pool, batchOf('machines', { records }), now);
        const window = { from: min(60), to: now };
        const stops = await listStops(memory.pool, smallPlant, ['line-1'], window, now);
        expect(stops.map(({ from, to }) => ({ from, to }))).toEqual([
          { from: iso(min(10)), to: iso(min(4)) },
        ]);
        const found = await gatherStopCase(
          memory.pool,
          smallPlant,
          { line: 'line-1', at: min(7) },
          { now, health: [] },
        );
        if (!found) throw new Error('no stop was found');
        expect(found.records.filter(({ kind }) => kind === 'alarm')).toHaveLength(1);
        const { machine, cause, completeness } = diagnose(found);
        expect({ machine, cause }).toEqual({ machine: 'line-1.filler', cause: 'infeed_jam' });
        expect(completeness.missing.join(' ')).toContain('its times since then were put right');
      } finally {
        await memory.close();
      }
    },
  );
});
