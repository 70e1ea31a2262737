import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { causeRecord } from '../../plant/cause-record.ts';
import { iso } from '../../plant/time.ts';
import {
  causeRecords,
  correctionById,
  decideCorrection,
  keepCauseRecord,
  lapseCorrections,
  proposeCorrection,
} from '../corrections.ts';
import type { Memory } from '../open.ts';
import { openTestMemory } from '../test-database.ts';
import { gapsIn } from './gaps.ts';
import { framingRecords } from './states.ts';
import { recordBatch } from './record-batch.ts';
import { readSignals } from './signals.ts';
import { batchOf, recordAt, smallPlant } from './testing.ts';
import { retention, rollUpMinutes, tidy } from './upkeep.ts';

const now = Date.parse('2026-11-20T10:00:30Z');
const minute = 60_000;
const day = 86_400_000;
const equipment = 'line-1.filler';
const reading = (at: number, value: number) => ({ equipment, signal: 'torque', at, value });

describe('upkeep', () => {
  let memory: Memory;
  beforeEach(async () => {
    memory = await openTestMemory({ clock: () => now });
  });
  afterEach(() => memory.close());
  const record = (readings: ReturnType<typeof reading>[], at = now) =>
    recordBatch(memory.pool, batchOf('machines', { readings }), at);
  const minutes = async () =>
    (
      await memory.pool.query(
        `select date_part('epoch', at) * 1000 as at, value, low, high, count from signal_minute order by at`,
      )
    ).rows;

  it('makes minutes of raw values once, and again where older values arrive', async () => {
    const first = Date.parse('2026-11-20T09:00:00Z');
    await record([reading(first, 1), reading(first + 30_000, 3), reading(first + minute, 10)]);
    await record([reading(now, 99)]);
    expect(await rollUpMinutes(memory.pool, now)).toBe(2);
    expect(await rollUpMinutes(memory.pool, now)).toBe(0);
    expect(await minutes()).toEqual([
      { at: first, value: 2, low: 1, high: 3, count: 2 },
      { at: first + minute, value: 10, low: 10, high: 10, count: 1 },
    ]);
    // Fourteen hours late, another day's partition, and one more value of a minute that is made already.
    await record([reading(first - 14 * 3_600_000, 5), reading(first + 40_000, 8)]);
    await rollUpMinutes(memory.pool, now);
    expect(await minutes()).toEqual([
      { at: first - 14 * 3_600_000, value: 5, low: 5, high: 5, count: 1 },
      { at: first, value: 4, low: 1, high: 8, count: 3 },
      { at: first + minute, value: 10, low: 10, high: 10, count: 1 },
    ]);
    // The minute that runs is made when it is over.
    await rollUpMinutes(memory.pool, now + minute);
    expect((await minutes()).at(-1)).toMatchObject({ at: Math.floor(now / minute) * minute, value: 99 });
  });

  it('leaves a minute that its source made from more values', async () => {
    const at = now - (now % minute) - 10 * minute;
    const given = { equipment, signal: 'torque', at, value: 7, low: 1, high: 9, count: 60 };
    await recordBatch(
      memory.pool,
      batchOf('machines', { minutes: [given], readings: [reading(at, 100)] }),
      now,
    );
    await rollUpMinutes(memory.pool, now);
    expect(await minutes()).toEqual([{ at, value: 7, low: 1, high: 9, count: 60 }]);
  });

  it('lets go of what is old: whole partitions, single records, but never of what still holds', async () => {
    const old = now - 40 * day;
    await record([reading(old, 1), reading(now - day, 2)], now);
    await recordBatch(
      memory.pool,
      batchOf('machines', {
        minutes: [{ equipment, signal: 'torque', at: now - 100 * day, value: 7, low: 1, high: 9, count: 60 }],
        records: [
          recordAt({ kind: 'state', equipment, state: 'Held', at: old - 1000 }),
          recordAt({ kind: 'state', equipment, state: 'Execute', at: old }),
          recordAt({ kind: 'note', text: 'old', at: old }),
          recordAt({ kind: 'note', text: 'new', at: now - day }),
        ],
      }),
      now,
    );
    const done = await retention(memory.pool, now, { rawDays: 30, minuteDays: 60, eventDays: 30 });
    expect(done).toEqual({ partitions: ['signal_20261011', 'signal_minute_202608'], events: 2 });
    const left = await memory.pool.query(
      `select coalesce(body->>'state', body->>'text') as what from event order by at`,
    );
    expect(left.rows).toEqual([{ what: 'Execute' }, { what: 'new' }]);
    // A partition that was dropped is made again when its day is recorded again.
    expect(await record([reading(old, 1)], now)).toEqual({ recorded: 1, repeated: 0 });
    const parts = await memory.pool.query(`select tableoid::regclass::text as part from signal order by at`);
    expect(parts.rows[0]).toEqual({ part: 'signal_20261011' });
    await tidy(memory.pool);
  });

  it('of a stock and a lot keeps the newest version of each, however old', async () => {
    const lot = (key: string, status: string, at: number) =>
      recordAt({ kind: 'lot', key, version: status, lot: key, material: 'CAP', status, at });
    const records = [
      lot('A', 'Hold', now - 50 * day),
      lot('A', 'Released', now - day),
      lot('B', 'Hold', now - 50 * day),
    ];
    await recordBatch(memory.pool, batchOf('mes', { records }), now);
    const done = await retention(memory.pool, now, { rawDays: 30, minuteDays: 60, eventDays: 30 });
    expect(done.events).toBe(1);
    const left = await memory.pool.query(`select key || ' ' || version as what from event order by key`);
    expect(left.rows).toEqual([{ what: 'A Released' }, { what: 'B Hold' }]);
  });

  it('keeps what was confirmed of causes, and lets go of drafts that never were', async () => {
    const by = { role: 'maintenance', person: 'mia' };
    const [before, old] = [now - 40 * day, iso(now - 40 * day)];
    const say = (words: string, at: string) =>
      proposeCorrection(
        memory.pool,
        {
          line: 'line-1',
          stop: `line-1@${old}`,
          stopFrom: old,
          alert: null,
          place: 'line-1.filler',
          cause: 'other',
          words,
          was: { place: null, cause: 'unknown', words: '' },
        },
        by,
        at,
      );
    const right = await say('the foil sensor was taped over', old);
    const { id, version } = await decideCorrection(memory.pool, right, 'confirmed', by, iso(before + 1000));
    const record = causeRecord.parse({
      stop: `line-1@${old}`,
      d2_problem: {
        line: 'line-1',
        machine: 'line-1.packer',
        start: old,
        end: null,
        observed_loss: 'breakdown',
        units_lost: null,
        order: null,
      },
      d3_containment: [],
      attributed_to: { place: 'line-1.filler', class: null },
      first_alarms: [],
      hypotheses: [],
      d4_root: {
        cause_id: 'other',
        class: null,
        place: 'line-1.filler',
        at: null,
        status: 'confirmed',
        confirmed_by: 'maintenance',
        confirmed_at: old,
        instead_of: null,
        whys: [],
        escape_point: null,
      },
      d4_further: [],
      d5_choice: null,
      d6_outcome: null,
      d7_prevent: null,
      d8_closed_by: null,
    });
    await keepCauseRecord(memory.pool, { record, correction: id }, old);
    const never = await say('no idea', iso(before + 2000));
    const open = await say('the belt', iso(now));
    await lapseCorrections(memory.pool, now);
    await retention(memory.pool, now, { rawDays: 30, minuteDays: 60, eventDays: 30 });
    expect(await correctionById(memory.pool, id)).toMatchObject({ words: right.words, version });
    expect(await causeRecords(memory.pool, [record.stop])).toEqual([record]);
    expect(await correctionById(memory.pool, never.id)).toBeNull();
    expect(await correctionById(memory.pool, open.id)).toMatchObject({ status: 'proposed' });
  });

  it('reads signals raw or by the minute, and says when the limit cut some off', async () => {
    await record(Array.from({ length: 100 }, (_, n) => reading(now - 100_000 + n * 1000, n)));
    const whole = await readSignals(memory.pool, smallPlant, {
      equipment: [equipment],
      from: now - 100_000,
      to: now,
    });
    expect(whole).toMatchObject({
      resolution: 'raw',
      truncated: false,
      series: [{ signal: 'torque', unit: 'Nm', source: 'machines' }],
    });
    expect(whole.series[0]?.points).toHaveLength(100);
    expect(whole.series[0]?.points[0]).toEqual({ at: now - 100_000, value: 0, low: null, high: null });
    const cut = await readSignals(memory.pool, smallPlant, {
      equipment: [equipment],
      from: now - 100_000,
      to: now,
      limit: 10,
    });
    expect(cut.truncated).toBe(true);
    expect(cut.series[0]?.points.map((point) => point.value)).toEqual([
      90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]);
    await rollUpMinutes(memory.pool, now);
    const long = await readSignals(memory.pool, smallPlant, {
      equipment: [equipment],
      signals: ['torque'],
      from: now - 3_600_000,
      to: now,
    });
    expect(long.resolution).toBe('minute');
    expect(long.series[0]?.points.length).toBe(2);
    expect(
      (await readSignals(memory.pool, smallPlant, { equipment: ['nothing'], from: 0, to: now })).series,
    ).toEqual([]);
  });

  it('knows gaps by their newest version', async () => {
    const from = new Date(now - 600_000).toISOString();
    const gap = (to: string | null, seen: number) =>
      recordAt({
        kind: 'gap',
        key: `*@${from}`,
        version: to ?? 'open',
        at: now - 600_000,
        from,
        to,
        reason: 'server gone',
        observedAt: new Date(seen).toISOString(),
      });
    await recordBatch(memory.pool, batchOf('machines', { records: [gap(null, now - 600_000)] }), now);
    expect(await gapsIn(memory.pool, { from: now, to: now }, [])).toHaveLength(1);
    await recordBatch(
      memory.pool,
      batchOf('machines', { records: [gap(new Date(now - 300_000).toISOString(), now - 300_000)] }),
      now,
    );
    expect(await gapsIn(memory.pool, { from: now, to: now }, [])).toEqual([]);
    expect(await gapsIn(memory.pool, { from: now - 400_000, to: now }, [])).toMatchObject([
      { from, reason: 'server gone' },
    ]);
    expect(await gapsIn(memory.pool, { from: now - 4_000_000, to: now - 3_000_000 }, [])).toEqual([]);

    // Filled later: nothing of it is missing but at one machine.
    const filled = { ...gap(from, now - 100), version: new Date(now - 100).toISOString() };
    const left = {
      ...gap(new Date(now - 300_000).toISOString(), now - 100),
      key: `line-1.filler@${from}`,
      equipment: 'line-1.filler',
    };
    await recordBatch(memory.pool, batchOf('machines', { records: [filled, left] }), now);
    const window = { from: now - 700_000, to: now };
    expect(await gapsIn(memory.pool, window, ['line-1.capper'])).toEqual([]);
    expect(await gapsIn(memory.pool, window, ['line-1.capper', 'line-1.filler'])).toMatchObject([
      { equipment: 'line-1.filler' },
    ]);

    // Of a stop only those gaps matter in which states are missing.
    const values = { ...left, key: `line-1.filler@${from}`, version: 'v', only: 'values' as const };
    const framing = async (): Promise<string[]> =>
      (await framingRecords(memory.pool, smallPlant.lines[0]!, window.from, now)).flatMap((one) =>
        one.kind === 'gap' && one.equipment !== null ? one.equipment : [],
      );
    expect(await framing()).toEqual(['line-1.filler']);
    await recordBatch(memory.pool, batchOf('machines', { records: [values] }), now);
    expect(await gapsIn(memory.pool, window, ['line-1.filler'])).toMatchObject([{ only: 'values' }]);
    expect(await framing()).toEqual([]);
  });
});
