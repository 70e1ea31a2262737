import { describe, expect, test } from 'vitest';
import { batch, type Reading, type RecordOf } from '../../plant/record.ts';
import { isProducing } from '../../plant/state.ts';
import { millis } from '../../plant/time.ts';
import { makeCase } from '../case.ts';
import { faults } from '../faults/catalogue.ts';
import { clearDials } from '../testing/clear-dials.ts';
import { kindOf } from './draw.ts';
import type { Case } from './types.ts';

const known = new Map<string, Case>();
function clear(cause: string): Case {
  const one = known.get(cause) ?? makeCase({ seed: `clear-${cause}`, cause, dials: clearDials });
  known.set(cause, one);
  return one;
}
const recordsOf = <K extends string>(one: Case, kind: K) =>
  one.batches.flatMap(({ records }) => records).filter((record) => record.kind === kind) as Extract<
    RecordOf<
      | 'state'
      | 'alarm'
      | 'lot'
      | 'quality'
      | 'gap'
      | 'crew'
      | 'order'
      | 'maintenance'
      | 'calendar'
      | 'downtime_event'
    >,
    { kind: K }
  >[];
const values = (one: Case, equipment: string, signal: string, from = -Infinity, to = Infinity): number[] =>
  one.batches
    .flatMap(({ readings }) => readings)
    .filter(
      (row: Reading) =>
        row.equipment === equipment && row.signal === signal && row.at >= from && row.at <= to,
    )
    .map((row) => row.value);
const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
const minute = 60_000;
const t0 = (one: Case) => millis(one.truth.causes[0]!.t0);

describe.each([...faults.map((fault) => fault.cause), 'break', 'nothing', 'lane_down'])('%s', (cause) => {
  test('is what connectors give, with a truth that fits the machines', () => {
    const one = clear(cause);
    const { truth } = one;
    const line = one.plant.lines[0]!;
    expect(line.machines.length).toBeGreaterThanOrEqual(4);
    expect(line.machines.length).toBeLessThanOrEqual(9);
    for (const whole of one.batches) expect(batch.parse(whole)).toEqual(whole);
    const kind = kindOf(cause);
    expect(truth).toMatchObject({ kind, answerable: 'yes' });
    // The name of this one is also a word of the records.
    const named = cause.includes('_') && cause !== 'parameter_changed';
    expect(named && JSON.stringify([one.plant, one.batches]).includes(cause)).toBe(false);
    const stands = recordsOf(one, 'state').filter(
      (state) => state.equipment === line.reference && !isProducing(state.state),
    );
    const none = { stop: null, chain: [], cause: cause === 'sensor_outage' ? cause : 'none' };
    expect(truth).toMatchObject(kind === 'no_stop' ? none : { cause });
    const seen = kind === 'no_stop' ? stands.filter((state) => state.raw !== 'Offline') : [];
    expect(seen).toEqual([]);
    if (kind === 'no_stop') return;
    expect(stands.some((state) => state.at === truth.stop!.from)).toBe(true);
    expect(millis(truth.stop!.from)).toBeLessThan(one.askedAt);
    expect(truth.chain[0]?.from ?? line.reference).toBe(truth.place);
    expect(truth.chain.at(-1)?.to ?? truth.place).toBe(line.reference);
    const times = [truth.causes[0]!.t0, ...truth.chain.map(({ at }) => at), truth.stop!.from].map(millis);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const [i, link] of truth.chain.entries())
      expect(link.from).toBe(truth.chain[i - 1]?.to ?? truth.place);
  });
  test('where the chain says starved, the buffer before the machine is empty', () => {
    const one = clear(cause);
    for (const link of one.truth.chain) {
      const edge = one.plant.lines[0]!.flow.find(({ from, to }) => from === link.from && to === link.to);
      if (link.kind !== 'starved' || !edge?.level) continue;
      const near = values(one, link.to, 'infeed_level', millis(link.at) - 11_000, millis(link.at) + 60_000);
      expect(Math.min(...near, edge.capacity)).toBeLessThan(Math.max(4, edge.capacity * 0.12));
    }
  });
});

test('a wedged piece loads the drive, a dirty light barrier does not', () => {
  const peak = (cause: string) => {
    const one = clear(cause);
    const { place } = one.truth;
    const usual = values(one, place, 'torque', t0(one) - 15 * minute, t0(one) - 11 * minute).filter(
      (it) => it > 0,
    );
    const then = values(one, place, 'torque', t0(one) - 10_000, t0(one) + 5 * minute);
    return Math.max(...then) / mean(usual);
  };
  expect(peak('sensor_dirty')).toBeLessThan(1.15);
  expect(peak('infeed_jam')).toBeGreaterThan(1.15);
  const held = recordsOf(clear('sensor_dirty'), 'state').filter(
    (state) => state.equipment === clear('sensor_dirty').truth.place && state.state === 'Held',
  );
  expect(held.length).toBeGreaterThan(4);
});

test('temperature: heat that does not get away, a heater that is weak, water that warms two machines', () => {
  const change = (one: Case, machine: string) =>
    mean(values(one, machine, 'temperature', t0(one) - 40_000, t0(one) + 20_000)) /
    mean(values(one, machine, 'temperature', t0(one) - 20 * minute, t0(one) - 17 * minute));
  expect(change(clear('overheating'), clear('overheating').truth.place)).toBeGreaterThan(1.08);
  expect(change(clear('temperature_low'), clear('temperature_low').truth.place)).toBeLessThan(0.97);
  const warm = clear('cooling_warm');
  const served = warm.plant.utilities.find(({ id }) => id === 'chilled-water')!.serves;
  expect(served.filter((machine) => change(warm, machine) > 1.05).length).toBeGreaterThanOrEqual(2);
  const water = values(warm, 'chilled-water', 'supply_temperature', -Infinity, t0(warm));
  expect(water.at(-1)! - water[0]!).toBeGreaterThan(4);
});

test('rejects: a leak costs pressure, a scale that is off shifts its weight, a setting was written down', () => {
  for (const cause of ['valve_leak', 'inspection_drift', 'parameter_changed']) {
    const one = clear(cause);
    const rejects = values(one, one.truth.place, 'reject_count', -Infinity, t0(one) + minute);
    expect(rejects.at(-1)! - rejects[0]!).toBeGreaterThan(7);
  }
  const leak = clear('valve_leak');
  const pressure = (from: number, to: number) =>
    mean(values(leak, leak.truth.place, 'pressure', t0(leak) - from * minute, t0(leak) - to * minute));
  expect(pressure(2, 0) / pressure(20, 17)).toBeLessThan(0.97);
  const audit = recordsOf(clear('parameter_changed'), 'quality').find(
    ({ event }) => event === 'parameter_changed',
  );
  expect(t0(clear('parameter_changed')) - millis(audit!.at)).toBeGreaterThan(10 * minute);
});

test('power: everything drops out within a second, then nothing is heard, and the voltage shows it', () => {
  const one = clear('power_dip');
  const down = recordsOf(one, 'state').filter(
    (state) => state.state === 'Aborting' && Math.abs(millis(state.at) - t0(one)) < 2000,
  );
  expect(down.length).toBe(one.plant.lines[0]!.machines.length);
  expect(recordsOf(one, 'gap')).toHaveLength(1);
  expect(recordsOf(one, 'crew').every(({ present, planned }) => present === planned)).toBe(true);
  expect(Math.min(...values(one, 'power', 'voltage'))).toBeLessThan(320);
});

test('a lost bus leaves a gap of values, not zeros; a hung gateway the last values', () => {
  const bus = clear('comms_loss');
  expect(recordsOf(bus, 'gap')[0]).toMatchObject({ equipment: bus.truth.place });
  expect(values(bus, bus.truth.place, 'torque', t0(bus) + 5000, t0(bus) + 60_000)).toEqual([]);
  const hung = clear('sensor_outage');
  const counts = values(
    hung,
    hung.plant.lines[0]!.reference!,
    'good_count',
    t0(hung) + minute,
    t0(hung) + 8 * minute,
  );
  expect(new Set(counts).size).toBe(1);
  expect(
    recordsOf(hung, 'downtime_event').some(({ category, to }) => category === 'production' && to === null),
  ).toBe(true);
});

test('material, quality and people stand in the books', () => {
  const lots = (cause: string) =>
    recordsOf(clear(cause), 'lot').filter(({ equipment }) => equipment === clear(cause).truth.place);
  expect(lots('bad_lot').some(({ event, supplier }) => event === 'started' && supplier !== null)).toBe(true);
  expect(new Set(lots('wrong_material').map(({ material }) => material)).size).toBeGreaterThanOrEqual(1);
  const late = clear('upstream_late');
  expect(
    recordsOf(late, 'lot').some(
      ({ equipment, status }) => equipment === late.truth.place && status !== 'Released',
    ),
  ).toBe(true);
  const wait = recordsOf(clear('waiting_for_maintenance'), 'maintenance').filter(
    ({ equipment }) => equipment === clear('waiting_for_maintenance').truth.place,
  );
  const [called] = wait.filter(({ status }) => status === 'requested').slice(-1);
  const came = wait.findLast(({ arrived }) => arrived !== null);
  const waited = came ? millis(came.arrived!) - millis(called!.at) : Infinity;
  expect(waited).toBeGreaterThan(9 * minute);
  const orders = recordsOf(clear('no_order'), 'order');
  const at = millis(clear('no_order').truth.stop!.from) + minute;
  const last = new Map(orders.filter((one) => millis(one.at) <= at).map((one) => [one.order, one.status]));
  expect([...last.values()]).not.toContain('started');
  expect([...last.values()]).not.toContain('released');
});

test('planned is planned: within its standard; an overrun is beyond it', () => {
  for (const [within, beyond, activity] of [
    ['changeover', 'changeover_overrun', 'changeover'],
    ['cleaning', 'cleaning_overrun', 'cleaning'],
  ] as const) {
    const lasts = (one: Case) => {
      const found = recordsOf(one, 'calendar').filter(
        (it) => it.activity === activity && millis(it.from) > t0(one) - 20 * minute,
      );
      const entry = found.at(-1)!;
      return (
        (millis(entry.to ?? new Date(one.askedAt).toISOString()) - millis(entry.from)) /
        1000 /
        entry.standardS!
      );
    };
    expect(lasts(clear(within))).toBeLessThanOrEqual(1);
    expect(lasts(clear(beyond))).toBeGreaterThan(1);
  }
});

test('two at once are both told, in order', () => {
  for (const cause of ['compressed_air_low', 'bad_lot']) {
    const { truth, askedAt } = makeCase({
      seed: `both-${cause}`,
      kind: 'compound',
      cause,
      dials: clearDials,
    });
    expect(truth.kind).toBe('compound');
    expect(truth.causes).toHaveLength(2);
    expect(truth.causes[0]).toMatchObject({ cause });
    expect(millis(truth.causes[0]!.t0)).toBeLessThan(millis(truth.causes[1]!.t0));
    expect(millis(truth.causes[1]!.t0)).toBeLessThan(askedAt);
  }
});
