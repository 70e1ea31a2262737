import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import { plant as plantShape } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import type { Memory } from '../open.ts';
import { openTestMemory } from '../test-database.ts';
import { gapsIn } from './gaps.ts';
import { recordBatch } from './record-batch.ts';
import { gatherStopCase } from './stop-case.ts';
import { listStops } from './stops.ts';
import { batchOf, recordAt, smallPlant } from './testing.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Ten o'clock in Berlin. */
const from = Date.parse('2026-11-20T09:00:00Z');
const plant = plantShape.parse({
  ...smallPlant,
  shifts: [{ id: 'day', name: 'Day', from: '00:00', to: '00:00', breaks: [{ from: '10:00', to: '10:30' }] }],
});

describe('what frames a stop', () => {
  let memory: Memory;
  beforeEach(async () => {
    memory = await openTestMemory({ clock: () => from });
  });
  afterEach(() => memory.close());

  const record = (...records: PlantRecord[]) => recordBatch(memory.pool, batchOf('mes', { records }), from);
  const state = (at: number, name: string, more: object = {}) =>
    ['line-1.filler', 'line-1.packer'].map((equipment) =>
      recordAt({ kind: 'state', equipment, state: name, at, ...more }),
    );
  const entry = (at: number, to: number | null, more: object = {}) =>
    recordAt({
      kind: 'downtime_event',
      source: 'mes',
      equipment: 'line-1',
      at,
      version: to === null ? 'open' : iso(to),
      observedAt: iso(to ?? at),
      status: 'Planned maintenance',
      category: 'maintenance',
      from: iso(at),
      to: to === null ? null : iso(to),
      ...more,
    });
  /** The stop that goes on, as a list tells it and as it is explained. */
  const going = async (now: number, hours = 24) => {
    const window = { from: now - hours * hourMs, to: now };
    const stop = (await listStops(memory.pool, plant, ['line-1'], window, now)).find(({ to }) => to === null);
    const found =
      stop && (await gatherStopCase(memory.pool, plant, { line: 'line-1', stop }, { now, health: [] }));
    return { listed: stop?.planned, explained: found && diagnose(found).planned };
  };
  const planned = { listed: true, explained: true };
  const notPlanned = { listed: false, explained: false };

  it('holds a plan for as long as it goes on, and no longer than until its end is told', async () => {
    await record(...state(from - hourMs, 'Execute'), ...state(from, 'Stopped'), entry(from, null));
    for (const hours of [1, 58, 62, 200]) expect(await going(from + hours * hourMs)).toEqual(planned);
    await record(entry(from, from + 10 * hourMs));
    expect(await going(from + 12 * hourMs)).toEqual(notPlanned);
    expect(await going(from + 62 * hourMs)).toEqual(notPlanned);
  });

  it('holds a plan that came in many entries, the first of them long over', async () => {
    const shifts = Array.from({ length: 20 }, (_, shift) => from + shift * 8 * hourMs);
    await record(
      ...state(from - hourMs, 'Execute'),
      ...state(from, 'Stopped'),
      ...shifts.map((at) => entry(at, at + 8 * hourMs)),
    );
    expect(await going(from + 159 * hourMs)).toEqual(planned);
  });

  it('sees in a calendar of days why a line stands anew on the last of them', async () => {
    const holiday = { activity: 'no_shift', from: iso(from), to: iso(from + 96 * hourMs) };
    await record(
      recordAt({ kind: 'calendar', source: 'erp', equipment: 'line-1', at: from, ...holiday }),
      ...state(from - hourMs, 'Execute'),
      ...state(from, 'Stopped'),
      ...state(from + 70 * hourMs, 'Execute'),
      ...state(from + 71 * hourMs, 'Stopped'),
    );
    expect(await going(from + 90 * hourMs)).toEqual(planned);
  });

  it('does not take a fault in a break for the break, wherever the window begins', async () => {
    await record(...state(from - hourMs, 'Execute'), ...state(from + minuteMs, 'Stopped'));
    expect(await going(from + 20 * minuteMs)).toEqual(planned);
    const fault = { alarm: 'E17', text: 'Drive fault', severity: 800 };
    const alarm = (at: number, active: boolean) =>
      recordAt({ kind: 'alarm', equipment: 'line-1.filler', at, key: `E17@${at}`, active, ...fault });
    // One that went before the line stopped says nothing.
    await record(alarm(from - 40_000, true), alarm(from - 20_000, false));
    expect(await going(from + 20 * minuteMs)).toEqual(planned);
    await memory.pool.query(`delete from event where kind = 'alarm'`);
    await record(alarm(from + minuteMs, true));
    expect(await going(from + 20 * minuteMs)).toEqual(notPlanned);
    expect(await going(from + 20 * minuteMs, 0.1)).toEqual(notPlanned);
  });

  it('does not take a hold in a break for the break', async () => {
    const held = { lot: 'L7', material: 'JUICE', status: 'Hold', held: true };
    await record(
      ...state(from - hourMs, 'Execute'),
      ...state(from + minuteMs, 'Stopped'),
      recordAt({ kind: 'lot', source: 'mes', equipment: 'line-1', at: from, ...held }),
    );
    expect((await going(from + 20 * minuteMs)).listed).toBe(false);
  });

  it('takes a changeover that somebody picked as a reason for one, where the next order was begun', async () => {
    const order = { order: '101', material: 'JUICE', planned: 1000, status: 'started' };
    const picked = { status: 'Down', category: 'downtime', reason: 'Changeover' };
    await record(
      ...state(from - 3 * hourMs, 'Execute'),
      ...state(from - hourMs, 'Stopped'),
      entry(from - hourMs, null, picked),
      recordAt({
        kind: 'order',
        source: 'erp',
        equipment: 'line-1',
        at: from - 60_000,
        start: iso(from - 30 * minuteMs),
        ...order,
      }),
    );
    expect(await going(from)).toEqual(planned);
  });

  it('knows a gap that goes on, however long ago it began', async () => {
    const gap = {
      kind: 'gap' as const,
      at: from,
      version: 'open',
      from: iso(from),
      to: null,
      reason: 'no answer',
    };
    await record(recordAt(gap));
    const later = { from: from + 900 * hourMs, to: from + 901 * hourMs };
    expect(await gapsIn(memory.pool, later, ['line-1'])).toMatchObject([{ from: iso(from), to: null }]);
    const end = iso(from + 10 * hourMs);
    await record(recordAt({ ...gap, version: end, to: end, observedAt: end }));
    expect(await gapsIn(memory.pool, later, ['line-1'])).toEqual([]);
    // The version that was open, handed over late or again, opens nothing.
    await record(recordAt({ ...gap, version: 'opened' }), recordAt(gap));
    expect(await gapsIn(memory.pool, later, ['line-1'])).toEqual([]);
  });
});
