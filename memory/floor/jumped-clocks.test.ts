import { describe, expect, it } from 'vitest';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import { plant as plantShape } from '../../plant/equipment.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import { openTestMemory } from '../test-database.ts';
import { recordBatch } from './record-batch.ts';
import { gatherStopCase } from './stop-case.ts';
import { listStops } from './stops.ts';
import { batchOf, recordAt, smallPlant } from './testing.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const min = (minutes: number): number => now - minutes * minuteMs;
const state = (machine: string, minutes: number, name: string, more: object = {}) =>
  recordAt({ kind: 'state', equipment: machine, state: name, at: min(minutes), ...more });
const alarm = (machine: string, minutes: number, more: object) =>
  recordAt({ kind: 'alarm', equipment: machine, active: true, at: min(minutes), ...more });

/** A clock that was `byS` seconds off between two times, minutes ago. */
type Jump = { byS: number; since: number; until?: number };
const right: Jump = { byS: 0, since: 0 };
const stamped = (at: number, { byS, since, until = 0 }: Jump): number =>
  at + (at > min(since) && at <= min(until) ? byS * 1_000 : 0);
const seen = (record: PlantRecord, jump: Jump): PlantRecord =>
  record.source === 'machines' ? { ...record, at: iso(stamped(Date.parse(record.at), jump)) } : record;

/** Ten hours in which each machine told every ten minutes how it was; the filler jammed 12 minutes ago. */
const shift = [
  ...Array.from({ length: 58 }, (_, index) => 600 - index * 10).flatMap((minutes) => [
    state('line-1.filler', minutes, 'Execute'),
    state('line-1.packer', minutes + 3, 'Execute'),
  ]),
  alarm('line-1.filler', 95, { alarm: 'T1', text: 'Drive over temperature' }),
  recordAt({ kind: 'note', source: 'mes', equipment: 'line-1.filler', at: min(90), text: 'Drive is hot' }),
  state('line-1.filler', 12, 'Held'),
  alarm('line-1.filler', 11.4, { alarm: 'J1', text: 'Jam at infeed' }),
  state('line-1.packer', 10, 'Suspended', { waiting: 'starved' }),
  state('line-1.filler', 5, 'Execute'),
  state('line-1.packer', 4, 'Execute'),
];
/** The torque: low while the filler stood. */
const torque = Array.from({ length: 1_200 }, (_, index) => {
  const at = now - 600 * minuteMs + index * 30_000;
  const stood = at >= min(12) && at < min(5);
  return { at, value: stood ? 0 : 20 + (index % 3) };
});

async function played(
  jump: Jump,
  records: readonly PlantRecord[],
  plant: Plant,
  { from, to }: { from: number; to: number },
) {
  const memory = await openTestMemory({ clock: () => now });
  try {
    const { pool } = memory;
    const readings = torque.map(({ at, value }) => ({
      equipment: 'line-1.filler',
      signal: 'torque',
      at: stamped(at, jump),
      value,
    }));
    const all = records.map((record) => seen(record, jump));
    await recordBatch(pool, batchOf('machines', { records: all, readings }), now);
    const stops = await listStops(pool, plant, ['line-1'], { from, to }, now);
    const stop = stops.at(-1);
    const gathered =
      stop && (await gatherStopCase(pool, plant, { line: 'line-1', stop }, { now, health: [] }));
    const id = stop?.id ?? '';
    const byId = await gatherStopCase(pool, plant, { line: 'line-1', stop: id }, { now, health: [] });
    return { stops, found: gathered ?? null, byId };
  } finally {
    await memory.close();
  }
}

type Played = Awaited<ReturnType<typeof played>>;

/** What of it may not depend on a clock. */
function toldOf({ stops, found, byId }: Played) {
  if (!found || !byId) throw new Error(`no case of the stop: ${JSON.stringify({ stops, byId: !!byId })}`);
  const { machine, cause } = diagnose(found);
  return {
    stops,
    machine,
    cause,
    byId: { stop: byId.stop, keys: byId.records.map(({ key }) => key) },
    window: found.window,
    truncated: found.truncated,
    records: found.records.map(({ kind, key, at }) => ({ kind, key, at })),
  };
}

const day = { from: now - 24 * hourMs, to: now };
const lastHour = { from: now - hourMs, to: now };
const putRight = /its times .*put right/;

describe('a source whose clock jumped', () => {
  it.each([
    { byS: 3_600, since: 302 },
    { byS: -3_600, since: 302 },
    { byS: 3_600, since: 32 },
    { byS: -3_600, since: 32 },
    { byS: 3_600, since: 11.7 },
    { byS: -3_600, since: 11.7 },
    { byS: 3_600, since: 302, until: 8 },
    { byS: -3_600, since: 302, until: 8 },
    { byS: 3_600, since: 302, until: 182 },
    { byS: -3_600, since: 302, until: 182 },
  ])('by $byS s $since minutes ago: the same stop, records and cause', async (jump) => {
    for (const window of [day, lastHour]) {
      const without = await played(right, shift, smallPlant, window);
      const jumped = await played(jump, shift, smallPlant, window);
      expect(without.found && diagnose(without.found)).toMatchObject({
        machine: 'line-1.filler',
        cause: 'infeed_jam',
      });
      expect(toldOf(jumped)).toEqual(toldOf(without));
      const missing = jumped.found ? diagnose(jumped.found).completeness.missing.join(' ') : '';
      expect(putRight.test(missing)).toBe(jump.until !== 182);
    }
  });

  it.each([3_600, -3_600])(
    'by %i s hours ago: values and what is usual are of the right minutes',
    async (byS) => {
      const without = await played(right, shift, smallPlant, day);
      const jumped = await played({ byS, since: 302 }, shift, smallPlant, day);
      expect(jumped.found?.signals).toEqual(without.found?.signals);
      expect(jumped.found?.signals[0]?.points.length).toBeGreaterThan(60);
    },
  );

  it.each([3_600, -3_600])('by %i s: a fault in a break is not told as the break', async (byS) => {
    const plant = plantShape.parse({
      ...smallPlant,
      shifts: [
        { id: 'day', name: 'Day', from: '00:00', to: '00:00', breaks: [{ from: '10:50', to: '11:20' }] },
      ],
    });
    const records = [
      ...shift.filter(({ at }) => Date.parse(at) < min(15)),
      state('line-1.filler', 9, 'Stopped'),
      state('line-1.packer', 9, 'Stopped'),
      alarm('line-1.packer', 8.9, { alarm: 'E17', text: 'Drive fault', severity: 800 }),
    ];
    for (const jump of [right, { byS, since: 302 }, { byS, since: 152 }]) {
      const { stops } = await played(jump, records, plant, day);
      expect(stops.map(({ from, planned }) => ({ from, planned }))).toEqual([
        { from: iso(min(9)), planned: false },
      ]);
    }
    const quiet = records.filter(({ kind }) => kind !== 'alarm');
    for (const jump of [right, { byS, since: 152 }]) {
      const { stops } = await played(jump, quiet, plant, day);
      expect(stops.map(({ planned }) => planned)).toEqual([true]);
    }
  });

  it('asks the database no more than once for states where no clock jumped', async () => {
    const memory = await openTestMemory({ clock: () => now });
    try {
      await recordBatch(memory.pool, batchOf('machines', { records: shift }), now);
      const asked: string[] = [];
      const db = {
        query: (question: { name?: string }) => {
          asked.push(question.name ?? '');
          return memory.pool.query(question as never);
        },
      } as unknown as typeof memory.pool;
      const [stop] = await listStops(db, smallPlant, ['line-1'], day, now);
      expect(asked).toEqual(['state_records', 'framing_records']);
      if (!stop) throw new Error('no stop was found');
      const found = await gatherStopCase(db, smallPlant, { line: 'line-1', stop }, { now, health: [] });
      expect(asked).not.toContain('states_around');
      expect(asked.filter((name) => name === 'state_records')).toHaveLength(1);
      expect(found).not.toHaveProperty('jumps');
    } finally {
      await memory.close();
    }
  });
});
