import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { findStops } from './frame.ts';
import { alarm, at, draw, recordOf, startOfDrawing } from '../testing/drawing.ts';
import { bottlingPlant, lineIn, lineOf, plantOf } from '../testing/plants.ts';

function stopsOf(records: PlantRecord[], plant = bottlingPlant(), hours = 4, nowS = hours * 3600) {
  const from = startOfDrawing;
  const line = plant.lines[0]?.id ?? '';
  return findStops({
    plant,
    line: lineIn(plant, line),
    records,
    window: { from, to: from + hours * 3_600_000 },
    now: from + nowS * 1000,
  });
}

describe('findStops', () => {
  it('finds stands of the last machine longer than 30 s and passes over shorter ones', () => {
    const stops = stopsOf(draw('line-3', 'palletizer EEESSEEEEEHHHHEEEE'));
    expect(stops.map(({ from, to, durationS, loss }) => ({ from, to, durationS, loss }))).toEqual([
      { from: at(100), to: at(140), durationS: 40, loss: 'minor_stop' },
    ]);
  });

  it('joins stands around a short try to start', () => {
    const stops = stopsOf(draw('line-3', 'palletizer EEEEHHHHHHHHHHEHHHHHHHHHHHEEE', { stepS: 5 }));
    expect(stops).toHaveLength(1);
    expect(stops[0]?.durationS).toBe(110);
  });

  it('keeps an open stop open and measures it up to now', () => {
    const stops = stopsOf(draw('line-3', 'palletizer EEESSS'), bottlingPlant(), 1, 1000);
    expect(stops[0]).toMatchObject({ to: null, durationS: 970, loss: 'waiting', planned: false });
  });

  it('takes the last machine that tells its state where the reference tells none', () => {
    const stops = stopsOf(draw('line-3', 'packer EEEEHHHHHHHHHE\nfiller EEBBBBBBBBBBBBBBBBBBE'));
    expect(stops.map((stop) => stop.from)).toEqual([at(40)]);
  });

  it('reads plain vendor words and never counts an unknown word as running', () => {
    expect(stopsOf(draw('line-3', 'palletizer RRRRXXXXXXRRR'))).toHaveLength(1);
    expect(stopsOf(draw('line-3', 'palletizer RRRRQQQQQQRRR'))).toHaveLength(1);
  });

  it('uses MES entries where no machine tells its state, and forgives an end before the start', () => {
    const event = (s: number, to: number | null, status: string, category: 'production' | 'downtime') =>
      recordOf('downtime_event', s, 'line-3', {
        from: at(s),
        to: to === null ? null : at(to),
        status,
        category,
      });
    const stops = stopsOf([
      event(0, 600, 'Running', 'production'),
      event(600, 1200, 'Down', 'downtime'),
      event(1200, 1100, 'Running', 'production'),
      event(2000, 1990, 'Down', 'downtime'),
    ]);
    expect(stops.map((stop) => [stop.from, stop.durationS])).toEqual([[at(600), 600]]);
  });

  it('marks a stop over a gap of its source as uncertain', () => {
    const gap = recordOf('gap', 60, null, { from: at(60), to: at(120), reason: 'no connection' });
    const [sure] = stopsOf(draw('line-3', 'palletizer EEEESSSSSSSSSE'));
    const [unsure] = stopsOf([...draw('line-3', 'palletizer EEEESSSSSSSSSE'), gap]);
    expect([sure?.uncertain, unsure?.uncertain]).toEqual([false, true]);
  });

  it('gives the same stops for any order of the records', () => {
    const records = draw('line-3', 'palletizer EEESSSSEEEHHHHHHHE');
    expect(stopsOf(records.toReversed())).toEqual(stopsOf(records));
  });
});

describe('planned stops', () => {
  // 09:30 plant time is second 0.
  const shifts = [
    { id: 'early', name: 'Early', from: '06:00', to: '14:00', breaks: [{ from: '10:00', to: '10:15' }] },
    { id: 'late', name: 'Late', from: '14:00', to: '22:00', breaks: [] },
  ];
  const minutes = (before: number, stopped: number): string =>
    `palletizer ${'E'.repeat(before)}${'T'.repeat(stopped)}EEE`;

  it('knows a break of the shift plan in plant time', () => {
    const plant = bottlingPlant({ shifts });
    expect(stopsOf(draw('line-3', minutes(30, 17), { stepS: 60 }), plant)[0]).toMatchObject({
      planned: true,
      loss: 'planned',
    });
  });

  it('does not excuse a stop that outlasts the break, nor one just after it', () => {
    const plant = bottlingPlant({ shifts });
    expect(stopsOf(draw('line-3', minutes(30, 40), { stepS: 60 }), plant)[0]?.planned).toBe(false);
    expect(stopsOf(draw('line-3', minutes(46, 3), { stepS: 60 }), plant)[0]?.planned).toBe(false);
  });

  it.each([
    ['a machine that held itself as people left', 'packer', 'H', 30],
    ['a line whose machines all wait for each other', 'packer', 'S', 30],
    ['a line that worked through the break for six minutes', 'packer', 'T', 36],
  ])('does not take %s for the break', (_, machine, letter, before) => {
    const plant = bottlingPlant({ shifts });
    const rows = `${machine} ${'E'.repeat(before)}${letter.repeat(8)}EEE
      palletizer ${'E'.repeat(before)}${letter === 'T' ? 'T'.repeat(8) : 'S'.repeat(8)}EEE`;
    expect(stopsOf(draw('line-3', rows, { stepS: 60 }), plant)[0]?.planned).toBe(false);
  });

  it.each([
    [
      'a lot was put on hold',
      recordOf('lot', 1810, 'line-3', { source: 'mes', lot: 'L', material: 'X', status: 'Hold', held: true }),
    ],
    [
      'the MES calls it down',
      recordOf('downtime_event', 1800, 'line-3', {
        source: 'mes',
        status: 'Down',
        category: 'downtime',
        from: at(1800),
        to: null,
      }),
    ],
  ])('does not take a stop for the break where %s at that moment', (_, record) => {
    const plant = bottlingPlant({ shifts });
    const records = [...draw('line-3', minutes(30, 8), { stepS: 60 }), record];
    expect(stopsOf(records, plant)[0]?.planned).toBe(false);
  });

  it('takes a break for one although an alarm chatters and a fault was over before, and somebody picked "Setup"', () => {
    const plant = bottlingPlant({ shifts });
    const chatter = [900, 1300, 1790].flatMap((s) => alarm(s, 'line-3.packer', 'G1', 'Guard', s + 5));
    const picked = recordOf('downtime_event', 1800, 'line-3', {
      source: 'mes',
      status: 'Standby',
      category: 'idle',
      reason: 'Setup / plan',
      from: at(1800),
      to: at(2700),
    });
    const rows = `${minutes(30, 15)}
      capper ${'E'.repeat(27)}HEE${'T'.repeat(15)}EEE`;
    const [stop] = stopsOf([...draw('line-3', rows, { stepS: 60 }), ...chatter, picked], plant);
    expect(stop).toMatchObject({ planned: true, loss: 'planned' });
  });

  it.each([
    ['picked as a reason', { status: 'Standby', category: 'idle', reason: 'Setup / plan' }, false],
    ['booked by the system', { status: 'Setup', category: 'setup', reason: null }, true],
  ] as const)('a changeover that was %s, with no word of another order', (_, entry, planned) => {
    const span = { from: at(600), to: at(1500) };
    const booked = recordOf('downtime_event', 600, 'line-3', { source: 'mes', ...entry, ...span });
    expect(stopsOf([...draw('line-3', minutes(10, 15), { stepS: 60 }), booked])[0]?.planned).toBe(planned);
  });

  it('does not take a picked reason for a changeover where the order was done and no other began', () => {
    const picked = recordOf('downtime_event', 600, 'line-3', {
      source: 'mes',
      status: 'Standby',
      category: 'idle',
      reason: 'Setup / plan',
      from: at(600),
      to: at(1500),
    });
    const order = (number: string, status: 'completed' | 'started', times: Record<string, string | null>) =>
      recordOf('order', 600, 'line-3', {
        key: number,
        order: number,
        material: 'M',
        planned: 9,
        status,
        ...times,
      });
    const done = order('1', 'completed', { start: at(-9000), end: at(560) });
    const records = [...draw('line-3', minutes(10, 15), { stepS: 60 }), picked, done];
    expect(stopsOf(records)[0]?.planned).toBe(false);
    const next = order('2', 'started', { start: at(900), end: null });
    expect(stopsOf([...records, next])[0]).toMatchObject({ planned: true, loss: 'setup' });
  });

  it('sees a cleaning where half of the machines that tell a mode are in it', () => {
    const told = draw('line-3', `filler ${'E'.repeat(10)}${'L'.repeat(9)}EEE`, { stepS: 60 });
    const plain = draw(
      'line-3',
      `capper ${'R'.repeat(10)}${'X'.repeat(9)}RRR\nlabeller ${'R'.repeat(10)}${'X'.repeat(9)}RRR`,
      { stepS: 60 },
    );
    const reference = draw('line-3', `palletizer ${'R'.repeat(10)}${'X'.repeat(9)}RRR`, { stepS: 60 });
    expect(stopsOf([...told, ...plain, ...reference])[0]?.planned).toBe(true);
  });

  it('knows that nobody is meant to work outside the shifts', () => {
    const plant = bottlingPlant({ shifts: shifts.map((shift) => ({ ...shift, breaks: [] })) });
    const records = draw('line-3', `palletizer ${'E'.repeat(25)}${'T'.repeat(14)}`, { stepS: 1800 });
    expect(stopsOf(records, plant, 20)[0]).toMatchObject({ from: at(12.5 * 3600), planned: true });
  });

  it('takes a changeover within its standard as planned and one beyond it as not', () => {
    const changeover = (to: number) =>
      recordOf('calendar', 600, 'line-3', {
        activity: 'changeover',
        from: at(600),
        to: at(to),
        standardS: 1200,
        order: '1001',
      });
    const within = stopsOf([...draw('line-3', minutes(10, 21), { stepS: 60 }), changeover(1800)]);
    const beyond = stopsOf([...draw('line-3', minutes(10, 40), { stepS: 60 }), changeover(2940)]);
    expect(within[0]).toMatchObject({ planned: true, loss: 'setup' });
    expect(beyond[0]).toMatchObject({ planned: false, loss: 'setup' });
  });

  it('does not believe a typed reason against a machine that reports a fault', () => {
    const typed = recordOf('downtime_event', 600, 'line-3', {
      from: at(600),
      to: at(1260),
      status: 'Lunch break',
      category: 'idle',
    });
    const calm = draw('line-3', minutes(10, 11), { stepS: 60 });
    const fault = draw('line-3', `capper ${'E'.repeat(10)}AAAAAAAAAAAE`, { stepS: 60 });
    expect(stopsOf([...calm, typed])[0]?.planned).toBe(true);
    expect(stopsOf([...calm, ...fault, typed])[0]?.planned).toBe(false);
  });

  it('answers a plant with one machine and nothing else', () => {
    const plant = plantOf([lineOf('cell', 'press')], { utilities: [], systems: [] });
    expect(stopsOf(draw('cell', 'press EEEEAAAAAAE'), plant)).toHaveLength(1);
  });
});
