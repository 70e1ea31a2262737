import { expect, test } from 'vitest';
import { batch, type Batch } from '../plant/record.ts';
import { isProducing } from '../plant/state.ts';
import { everydayFaults } from './faults/catalogue.ts';
import { openLive } from './live-world.ts';
import { openPlant, type OpenPlant } from './open-plant.ts';
import { demoPlant } from './plants/demo.ts';

const now = Date.parse('2026-11-20T13:20:00Z');
const rowsOf = (batches: readonly Batch[]) =>
  batches.reduce((sum, one) => sum + one.records.length + one.readings.length + one.minutes.length, 0);

test('conservation: what a machine put out either lies in the buffer or was taken by the next', () => {
  const live = openLive(demoPlant, 'conservation', now);
  const edges = live.floor.lines.flatMap((line) => line.edges);
  const before = edges.map((edge) => ({
    level: edge.level,
    out: edge.from.good,
    taken: edge.to.good + edge.to.rejected,
  }));
  live.scheduler.add({
    kind: 'fault',
    line: 'line-3',
    at: now + 3_600_000,
    cause: 'infeed_jam',
    durationS: 400,
  });
  live.scheduler.add({ kind: 'changeover', line: 'line-2', at: now + 3_600_000, durationS: 900 });
  for (let i = 0; i < 180; i += 1) live.minute();
  for (const [i, edge] of edges.entries()) {
    const was = before[i]!;
    const made = edge.from.good - was.out;
    const taken = edge.to.good + edge.to.rejected - was.taken;
    expect(made).toBeGreaterThan(1000);
    expect(Math.abs(made - taken - (edge.level - was.level))).toBeLessThan(0.01);
    expect(edge.level).toBeGreaterThan(-0.01);
    expect(edge.level).toBeLessThan(edge.capacity + 0.01);
  }
});

test('fourteen days: about forty stops a line, at most a million rows, and the world goes on from there', () => {
  const began = performance.now();
  const plant = openPlant({ seed: 5, now });
  const batches = [...plant.history()];
  process.stderr.write(
    `fourteen days in ${Math.round(performance.now() - began)} ms, ${rowsOf(batches)} rows\n`,
  );
  expect(rowsOf(batches)).toBeGreaterThan(300_000);
  expect(rowsOf(batches)).toBeLessThanOrEqual(1_000_000);
  for (const one of batches.slice(0, 12)) batch.parse(one);
  const records = batches.flatMap((one) => one.records);
  const names = records.map((one) => `${one.source}/${one.kind}/${one.key}/${one.version}`);
  expect(new Set(names).size).toBe(names.length);
  for (const line of plant.world.plant.lines) {
    const own = records
      .filter((one) => one.kind === 'state')
      .filter((one) => one.equipment === line.reference);
    const stops = own.filter(
      (one, i) => !isProducing(one.state) && isProducing(own[i - 1]?.state ?? 'Execute'),
    );
    expect(stops.length).toBeGreaterThan(30);
    expect(stops.length).toBeLessThan(60);
  }
  const causes = new Set(plant.happenings().map((one) => one.cause));
  expect(causes.size).toBe(everydayFaults.length);

  // An order ends with its quantity: what a minute makes goes over it, no more.
  const { orders } = plant.world.erp;
  for (const one of orders)
    expect([one.order, one.confirmed / one.planned < 1.02]).toEqual([one.order, true]);
  for (const { id } of plant.world.plant.lines)
    expect(orders.filter((one) => one.line === id && one.status === 'started')).toHaveLength(1);

  // The seam: the last state told is the state the live world is in, and its clock goes on.
  expect(plant.world.now()).toBe(now);
  for (const machine of plant.world.machines.values()) {
    const last = records
      .filter((one) => one.kind === 'state')
      .findLast((one) => one.equipment === machine.id);
    expect(last?.state).toBe(machine.state);
    const counted = batches
      .flatMap((one) => one.readings)
      .findLast((one) => one.equipment === machine.id && one.signal === 'good_count');
    expect(machine.values['good_count']).toBeGreaterThanOrEqual(counted?.value ?? Infinity);
  }
  expect(plant.world.now()).toBe(now);
  plant.world.step();
  expect(plant.world.now()).toBe(now + 1000);
});

test('a past that nobody writes down leaves the plant as it would have been', () => {
  const end = (pass: (plant: OpenPlant) => void) => {
    const plant = openPlant({ seed: 5, now, pastDays: 1 });
    pass(plant);
    const { world } = plant;
    expect(world.now()).toBe(now);
    const machines = [...world.machines.values()].map(({ id, state, since, values }) => [
      id,
      state,
      since,
      values['good_count'],
    ]);
    const { orders, operations, stock, notifications } = world.erp;
    const { entries, lots } = world.mes;
    return { machines, orders, operations, stock, notifications, entries, lots, notes: world.notes };
  };
  const on = new Map<string, boolean>();
  const seen = new Map<string, boolean>();
  const unseen = end((plant) => {
    for (const alarms of plant.unseen())
      for (const { machine, alarm, active } of alarms) on.set(`${machine}/${alarm}`, active);
  });
  const written = end((plant) => {
    for (const { records } of plant.history())
      for (const one of records)
        if (one.kind === 'alarm') seen.set(`${one.equipment}/${one.alarm}`, one.active);
  });
  expect(unseen).toEqual(written);
  expect(on.size).toBeGreaterThan(3);
  expect(on).toEqual(seen);
});

test.each(['2026-11-20T13:20:00Z', '2026-11-20T13:03:00Z', '2026-11-20T02:40:00Z'])(
  'at %s: line 3 stood and runs again for twenty minutes, then stands within a minute',
  (iso) => {
    const at = Date.parse(iso);
    for (const seed of [2, 5, 9]) {
      const plant = openPlant({ seed, now: at, pastDays: 0 });
      const reference = plant.world.machines.get('line-3.palletizer')!;
      plant.world.step();
      const [before] = plant.happenings().toSorted((a, b) => a.at - b.at);
      expect(before?.line).toBe('line-3');
      expect(before?.until).toBeLessThan(at - 18 * 60_000);
      expect(reference.state).toBe('Execute');
      let s = 1;
      while (isProducing(reference.state) && s < 120) {
        plant.world.step();
        s += 1;
      }
      expect(s).toBeGreaterThan(20);
      expect(s).toBeLessThan(60);
    }
  },
);
