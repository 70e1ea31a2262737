import { expect, test } from 'vitest';
import type { PlantRecord } from '../../plant/record.ts';
import { millis } from '../../plant/time.ts';
import { makeCase } from '../case.ts';
import { random } from '../random.ts';
import { clearDials } from '../testing/clear-dials.ts';
import { drawDials, drawScript } from './draw.ts';
import type { Case, CaseOptions, Dials } from './types.ts';

const records = (one: Case): PlantRecord[] => one.batches.flatMap((batch) => batch.records);
const of = (one: Case, kind: string) => records(one).filter((record) => record.kind === kind);
const cast = (seed: string, dials: Partial<Dials>, more: Partial<CaseOptions> = {}) =>
  makeCase({ seed, cause: 'infeed_jam', ...more, dials: { ...clearDials, ...dials } });

test('mix and dials are drawn as they are meant to be, each on its own', () => {
  const drawn = Array.from({ length: 2000 }, (_, i) => {
    const rng = random(`draw/${i}`);
    return { kind: drawScript(rng.fork('script'), {}).kind, dials: drawDials(rng.fork('dials')) };
  });
  const share = (test: (one: (typeof drawn)[number]) => boolean) => drawn.filter(test).length / drawn.length;
  expect(share(({ kind }) => kind === 'single')).toBeCloseTo(0.6, 1);
  for (const kind of ['compound', 'planned', 'no_stop', 'unanswerable'] as const)
    expect(Math.abs(share((one) => one.kind === kind) - 0.1)).toBeLessThan(0.03);
  expect(Math.abs(share(({ dials }) => dials.silentRoot) - 0.2)).toBeLessThan(0.03);
  expect(Math.abs(share(({ dials }) => dials.reason === 'missing') - 0.5)).toBeLessThan(0.04);
  expect(Math.abs(share(({ dials }) => dials.reason === 'wrong') - 0.15)).toBeLessThan(0.03);
  expect(Math.abs(share(({ dials }) => dials.wrongStock) - 0.1)).toBeLessThan(0.03);
  const uniform: [(dials: Dials) => number, number][] = [
    [(dials) => dials.clockSkewS, 60],
    [(dials) => dials.genericShare, 0.6],
    [(dials) => dials.lateLabS, 5400],
    [(dials) => dials.decoys, 1],
    [(dials) => dials.alarmNoise, 1],
  ];
  for (const [value, most] of uniform)
    for (const third of [1, 2]) {
      expect(Math.abs(share(({ dials }) => value(dials) < (most * third) / 3) - third / 3)).toBeLessThan(
        0.04,
      );
    }
  const high = share(({ dials }) => dials.decoys > 0.5 && dials.alarmNoise > 0.5);
  expect(Math.abs(high - 0.25)).toBeLessThan(0.04);
});

test('clocks: a source is ahead by what the dial says at most, its keys with it, and the seeing stays', () => {
  const straight = cast('skew', {});
  const skewed = cast('skew', { clockSkewS: 50 });
  // What was seen in the same order, whatever the clocks say.
  const asSeen = (one: Case) =>
    records(one)
      .map((record) => ({
        record,
        name: [
          record.observedAt,
          record.source,
          record.kind,
          record.key.replace(/\d{4}-[\dT:.-]+Z/, ''),
          record.version.replace(/\d{4}-[\dT:.-]+Z/, ''),
        ].join(),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map(({ record }) => record);
  const [before, after] = [asSeen(straight), asSeen(skewed)];
  expect(after.length).toBe(before.length);
  const byClock = new Map<string, Set<number>>();
  for (const [i, one] of before.entries()) {
    const name = one.source === 'machines' ? `machines/${one.equipment}` : one.source;
    const shift = millis(after[i]!.at) - millis(one.at);
    byClock.set(name, (byClock.get(name) ?? new Set()).add(shift));
    expect(after[i]!.observedAt).toBe(one.observedAt);
  }
  const all = [...byClock.values()].map((offsets) => [...offsets]);
  expect(all.every((offsets) => offsets.length === 1 && Math.abs(offsets[0]!) <= 50_000)).toBe(true);
  const controllers = new Set(
    [...byClock].flatMap(([name, offsets]) => (name.includes('/') ? [...offsets] : [])),
  );
  expect(controllers.size).toBeGreaterThan(2);
  const states = after.filter((one) => one.kind === 'state');
  expect(states.every((one) => one.key.endsWith(`@${one.at}`))).toBe(true);
  const ids = new Set(after.map((one) => `${one.source}/${one.kind}/${one.key}`));
  const named = skewed.truth.evidence.filter(({ id }) => !id.includes('/signal/'));
  expect(named.filter(({ id }) => !ids.has(id))).toEqual([]);
});

test('plain machines say only whether they run, in their own words', () => {
  const one = cast('plain', { genericShare: 0.6 });
  const plain = of(one, 'state').filter((state) => state.kind === 'state' && state.plain);
  const machines = new Set(plain.map((state) => state.equipment));
  expect(machines.size).toBe(Math.round(0.6 * one.plant.lines[0]!.machines.length));
  for (const state of plain) expect(state).toMatchObject({ waiting: null, mode: null });
  expect(new Set(plain.map((state) => (state.kind === 'state' ? state.state : ''))).size).toBeLessThanOrEqual(
    2,
  );
});

test('dark machines leave nothing; a missing source leaves nothing', () => {
  const one = cast('dark', {
    darkMachines: 2,
    sources: { erp: false, mes: true, notes: true, utilities: false },
  });
  const dark = one.plant.lines[0]!.machines.filter((machine) => !machine.connected).map(({ id }) => id);
  expect(dark).toHaveLength(2);
  const own = records(one).filter(
    (record) => dark.includes(record.equipment ?? '') && record.source === 'machines',
  );
  expect(own).toEqual([]);
  expect(
    one.batches.flatMap(({ readings }) => readings).some(({ equipment }) => dark.includes(equipment)),
  ).toBe(false);
  expect(new Set(one.batches.map(({ source }) => source))).not.toContain('erp');
  const supplies = one.plant.utilities.map(({ id }) => id);
  expect(
    one.batches.flatMap(({ readings }) => readings).some(({ equipment }) => supplies.includes(equipment)),
  ).toBe(false);
});

test('a silent root gives no alarm; noise gives more of them, near twice the measured rate', () => {
  const alarms = (one: Case) => of(one, 'alarm').filter((alarm) => alarm.kind === 'alarm' && alarm.active);
  const loud = cast('alarms', {});
  const silent = cast('alarms', { silentRoot: true });
  const noisy = cast('alarms', { alarmNoise: 1 });
  expect(alarms(loud).some(({ equipment }) => equipment === loud.truth.machine)).toBe(true);
  expect(alarms(silent).some(({ equipment }) => equipment === loud.truth.machine)).toBe(false);
  const hours =
    (noisy.askedAt - Math.min(...noisy.batches.flatMap(({ minutes }) => minutes.map(({ at }) => at)))) /
    3_600_000;
  const perMachineDay =
    ((alarms(noisy).length - alarms(loud).length) * 24) / hours / noisy.plant.lines[0]!.machines.length;
  expect(perMachineDay).toBeGreaterThan(20);
  expect(perMachineDay).toBeLessThan(500);
});

test('reasons: none, the true one, or another, and a wrong one is told to be misleading', () => {
  const text = (one: Case) =>
    of(one, 'note')
      .map((note) => (note.kind === 'note' ? note.text : ''))
      .join('\n');
  expect(text(cast('reason', { reason: 'right' }))).toMatch(/jam/);
  expect(text(cast('reason', { reason: 'wrong' }))).not.toMatch(/jammed at the infeed/);
  expect(cast('reason', { reason: 'wrong' }).truth.evidence.some(({ role }) => role === 'misleading')).toBe(
    true,
  );
  expect(text(cast('reason', { reason: 'right', noteStyle: 'spanish' }))).toMatch(/atasco/);
  expect(text(cast('reason', { reason: 'right', noteStyle: 'german' }))).toMatch(/Stau/);
  expect(text(cast('reason', { reason: 'right', noteStyle: 'instruction' }))).toMatch(
    /gnore|SYSTEM|assistant|IMPORTANT/,
  );
});

test('wrong stock contradicts the warehouse; late laboratory values are not there yet', () => {
  const right = cast('stock', {}, { cause: 'component_stockout' });
  expect(right.truth.answerable).toBe('yes');
  const books = (one: Case) => JSON.stringify(of(one, 'stock'));
  expect(books(cast('stock', { wrongStock: true }, { cause: 'component_stockout' }))).not.toBe(books(right));
  const lab = (lateLabS: number) => of(cast('lab', { lateLabS }, { cause: 'valve_leak' }), 'inspection');
  expect(lab(0)).toHaveLength(1);
  expect(lab(5400)).toHaveLength(0);
});

test('decoys are true records that have nothing to do with it', () => {
  const count = (decoys: number) =>
    ['a', 'b', 'c'].reduce(
      (sum, seed) =>
        sum + cast(seed, { decoys }).truth.evidence.filter(({ role }) => role === 'misleading').length,
      0,
    );
  expect(count(0)).toBe(0);
  expect(count(1)).toBeGreaterThan(3);
});

test('the same day without the fault has no stop; the same stop without stock has another cause', () => {
  const options = { seed: 'pair', cause: 'consumable_empty', dials: clearDials };
  const [fault, none, empty] = [
    makeCase(options),
    makeCase({ ...options, without: 'fault' }),
    makeCase({ ...options, stock: 'absent' }),
  ];
  expect(none!.plant).toEqual(fault!.plant);
  expect(none!.askedAt).toBe(fault!.askedAt);
  expect(none!.truth).toMatchObject({ kind: 'no_stop', cause: 'none', stop: null, causes: [] });
  expect(fault!.truth).toMatchObject({ cause: 'consumable_empty', machine: expect.any(String) });
  expect(empty!.plant).toEqual(fault!.plant);
  expect(empty!.truth).toMatchObject({ cause: 'component_stockout', machine: null, answerable: 'yes' });
  expect(empty!.truth.chain.map(({ to }) => to)).toContain(fault!.truth.machine);
});

test('unanswerable: nobody who has only the records could tell', () => {
  for (const cause of [
    'drive_trip',
    'quality_hold',
    'compressed_air_low',
    'overheating',
    'no_order',
    'system_no_answer',
  ]) {
    const one = makeCase({ seed: `blind-${cause}`, cause, kind: 'unanswerable' });
    expect(one.truth.kind).toBe('unanswerable');
    expect(one.truth.answerable).not.toBe('yes');
    expect(one.truth.evidence.filter(({ role }) => role === 'necessary')).toEqual([]);
  }
});
