import { describe, expect, test } from 'vitest';
import { isProducing } from '../../plant/state.ts';
import { openLive } from '../live-world.ts';
import { demoPlant } from '../plants/demo.ts';
import { everydayFaults, faults } from './catalogue.ts';

const start = Date.parse('2026-11-20T06:00:00Z');

/** Line 3 with one fault that is to stop it two hours after the start; steps until it has stood and runs again. */
function play(cause: string, place?: string) {
  const live = openLive(demoPlant, `test/${cause}`, start);
  const line = live.floor.lines[2]!;
  const stopAt = start + 7_200_000;
  live.scheduler.add({
    kind: 'fault',
    line: line.id,
    at: stopAt,
    cause,
    durationS: 700,
    ...(place ? { place } : {}),
  });
  while (live.floor.now < stopAt - 600_000) live.minute();
  live.world.takeAlarms();
  const firstStood = new Map<string, { at: number; state: string; starved: boolean; blocked: boolean }>();
  let stood: number | null = null;
  let again: number | null = null;
  const limit = stopAt + 3 * 3_600_000;
  const sick: {
    erpBlocked: boolean;
    held: boolean;
    crew: number;
    pressure: number;
    magazine: number;
    bin: number;
  }[] = [];
  while (live.floor.now < limit && again === null) {
    live.world.step();
    const t = live.floor.now;
    for (const machine of line.machines) {
      if (!isProducing(machine.state) && !firstStood.has(machine.id) && t > stopAt - 400_000) {
        firstStood.set(machine.id, {
          at: t,
          state: machine.state,
          starved: machine.starved,
          blocked: machine.blocked,
        });
      }
    }
    const runs = isProducing(line.reference.state);
    if (!runs && t > stopAt - 120_000) stood ??= t;
    if (stood !== null && t === stood + 20_000) {
      sick.push({
        erpBlocked: live.world.erp.stock.some((row) => row.stock === 'blocked' && row.quantity > 0),
        held: live.world.mes.lots.some((lot) => lot.line === line.id && lot.status === 'Hold'),
        crew: live.world.mes.operators[line.id] ?? 0,
        pressure: live.floor.air.pressure,
        magazine: line.machines.find((machine) => machine.id === place)?.magazine?.quantity ?? -1,
        bin: line.warehouse[0]!.quantity,
      });
    }
    if (stood !== null && runs && t > stood + 60_000) again = t;
  }
  return { live, line, stopAt, stood, again, firstStood, at: sick[0], alarms: live.world.takeAlarms() };
}

describe.each(everydayFaults.map((fault) => fault.cause))('%s', (cause) => {
  test('stops the line near the planned time, and the line runs again by itself', () => {
    const { stood, again, stopAt } = play(cause);
    expect(stood).not.toBeNull();
    expect(Math.abs((stood ?? 0) - stopAt)).toBeLessThan(90_000);
    expect(again).not.toBeNull();
  });
});

const demoLine = openLive(demoPlant, 'places', start).floor;
const seldom = faults.filter(
  (fault) => !fault.everyday && !fault.nature && fault.places(demoLine, demoLine.lines[2]!).length > 0,
);

describe.each(seldom.map((fault) => fault.cause))('%s', (cause) => {
  test('stops a line of the demo too, about when it is told to, and the line runs again', () => {
    const { stood, again, stopAt } = play(cause);
    expect(stood).not.toBeNull();
    expect(Math.abs((stood ?? 0) - stopAt)).toBeLessThan(420_000);
    expect(again).not.toBeNull();
  });
});

test('a jam in the middle starves downstream and blocks upstream, one machine after the other', () => {
  const { firstStood, alarms } = play('infeed_jam', 'line-3.labeller');
  const at = (name: string) => firstStood.get(`line-3.${name}`)!;
  expect(at('labeller').state).toBe('Holding');
  expect([at('packer').starved, at('palletizer').starved]).toEqual([true, true]);
  expect([at('capper').blocked, at('filler').blocked, at('rinser').blocked]).toEqual([true, true, true]);
  expect(at('packer').at).toBeGreaterThan(at('labeller').at + 10_000);
  expect(at('palletizer').at).toBeGreaterThan(at('packer').at);
  expect(at('filler').at).toBeGreaterThanOrEqual(at('capper').at);
  expect(at('rinser').at).toBeGreaterThan(at('filler').at);
  expect(
    alarms.some((alarm) => alarm.machine === 'line-3.labeller' && alarm.severity === 700 && alarm.active),
  ).toBe(true);
});

test('an empty cap chute stops the capper while the warehouse is full of caps', () => {
  const { line, at } = play('consumable_empty', 'line-3.capper');
  const caps = line.warehouse.find((bin) => bin.description === 'Caps')!;
  expect(at?.magazine).toBeLessThan(1);
  expect(caps.quantity).toBeGreaterThan(caps.capacity * 0.1);
});

test('out of stock: bin and staging are empty, the ERP says so', () => {
  const { live, line, at } = play('component_stockout');
  expect(at?.bin).toBeLessThan(1);
  const order = live.world.erp.orders.find((row) => row.line === line.id && row.status === 'started')!;
  const need = live.world.erp.components.find(
    (row) => row.order === order.order && row.material === line.warehouse[0]!.material,
  )!;
  expect(need.required - need.withdrawn).toBeGreaterThan(0);
});

test('a hold blocks the lot in MES and ERP before the machines go idle, without an alarm of severity', () => {
  const { at, firstStood, alarms, stopAt } = play('quality_hold');
  expect([at?.held, at?.erpBlocked]).toEqual([true, true]);
  expect([...firstStood.values()].every((one) => one.state === 'Stopping')).toBe(true);
  expect(
    alarms.filter((alarm) => alarm.severity >= 600 && alarm.active && Math.abs(alarm.at - stopAt) < 30_000),
  ).toEqual([]);
});

test('air: pressure falls, several machines hold within seconds, each with its own alarm', () => {
  const { at, firstStood, alarms } = play('compressed_air_low');
  expect(at?.pressure).toBeLessThan(5.6);
  const held = [...firstStood.values()].filter((one) => one.state === 'Holding').map((one) => one.at);
  expect(held.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...held.slice(0, 3)) - Math.min(...held)).toBeLessThan(20_000);
  expect(
    new Set(alarms.filter((alarm) => alarm.severity === 700 && alarm.active).map((alarm) => alarm.machine))
      .size,
  ).toBeGreaterThan(2);
});

test('nobody there: one fewer signed on, and nothing is acknowledged until somebody comes', () => {
  const { at, alarms, stood } = play('no_operator', 'line-3.labeller');
  expect(at?.crew).toBe(3);
  const acknowledged = alarms.find(
    (one) => one.machine === 'line-3.labeller' && one.active && one.acknowledged && one.severity === 700,
  );
  expect(acknowledged!.at - (stood ?? 0)).toBeGreaterThan(240_000);
});

test('a full dock blocks the last machine first, then the wave runs upstream', () => {
  const { firstStood } = play('dispatch_full');
  const order = [...firstStood.entries()].toSorted((a, b) => a[1].at - b[1].at);
  expect(order[0]?.[0]).toBe('line-3.palletizer');
  expect(order.every(([, one]) => one.blocked)).toBe(true);
});
