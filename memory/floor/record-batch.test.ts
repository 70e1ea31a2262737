import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Memory } from '../open.ts';
import { openMemory } from '../open.ts';
import { migratedDump, openTestMemory } from '../test-database.ts';
import { recordById } from './evidence.ts';
import { checkpointOf, recordBatch } from './record-batch.ts';
import { batchOf, recordAt, smallPlant } from './testing.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const count = async (memory: Memory, table: string): Promise<number> =>
  Number((await memory.pool.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);

describe('recordBatch', () => {
  let memory: Memory;
  beforeAll(async () => {
    memory = await openTestMemory({ clock: () => now });
  });
  afterAll(() => memory.close());

  it('records a batch with its checkpoint, and the same one again changes nothing', async () => {
    const readings = Array.from({ length: 1_500 }, (_, second) => ({
      equipment: 'line-1.filler',
      signal: 'torque',
      at: now - 3_600_000 + second * 1000 + 123,
      value: 1 / 3 + second,
    }));
    const minutes = [
      {
        equipment: 'line-1.filler',
        signal: 'speed',
        at: now - 86_400_000,
        value: 2,
        low: 1,
        high: 3,
        count: 60,
      },
    ];
    const records = [recordAt({ kind: 'state', equipment: 'line-1.filler', state: 'Held', at: now - 1000 })];
    const made = batchOf('machines', { records, readings, minutes, checkpoint: { upTo: 1 } });
    expect(await recordBatch(memory.pool, made, now)).toEqual({ recorded: 1_502, repeated: 0 });
    expect(await recordBatch(memory.pool, made, now)).toEqual({ recorded: 0, repeated: 1_502 });
    const overlapping = batchOf('machines', {
      readings: [...readings, { equipment: 'line-1.filler', signal: 'torque', at: now, value: 7 }],
      checkpoint: { upTo: 2 },
    });
    expect(await recordBatch(memory.pool, overlapping, now)).toEqual({ recorded: 1, repeated: 1_500 });
    expect(await checkpointOf(memory.pool, 'machines')).toEqual({ upTo: 2 });
    expect(await checkpointOf(memory.pool, 'other')).toBe(null);
    // Times and values come back to the last digit; each day lies in its own partition.
    const stored = await memory.pool.query(
      `select tableoid::regclass::text as part, date_part('epoch', at) * 1000 as at, value from signal order by at limit 1`,
    );
    expect(stored.rows).toEqual([{ part: 'signal_20261120', at: now - 3_600_000 + 123, value: 1 / 3 }]);
    const found = await recordById(
      memory.pool,
      `machines/signal/line-1.filler/torque@${new Date(now).toISOString()}`,
      smallPlant,
    );
    expect(found).toMatchObject({ kind: 'signal', value: 7, unit: 'Nm' });
  });

  it('keeps all versions and knows the newest, whatever their text order', async () => {
    const entry = (version: string, seen: number, to: string | null) =>
      recordAt({
        kind: 'downtime_event',
        source: 'mes',
        key: 'LINE1@x',
        version,
        equipment: 'line-1',
        at: now,
        status: 'Down',
        category: 'downtime',
        from: new Date(now).toISOString(),
        to,
        observedAt: new Date(seen).toISOString(),
      });
    await recordBatch(memory.pool, batchOf('mes', { records: [entry('open', now, null)] }), now);
    await recordBatch(
      memory.pool,
      batchOf('mes', { records: [entry('120', now + 120_000, new Date(now + 120_000).toISOString())] }),
      now,
    );
    await recordBatch(memory.pool, batchOf('mes', { records: [entry('open', now, null)] }), now);
    const found = await recordById(memory.pool, 'mes/downtime_event/LINE1@x');
    expect(found).toMatchObject({ kind: 'record', versions: 2, record: { version: '120' } });
    expect(await recordById(memory.pool, 'mes/downtime_event/nothing')).toBe(null);
    expect(await recordById(memory.pool, 'nonsense')).toBe(null);
  });

  it('keeps texts that no database takes as they are', async () => {
    const text = 'zero \0, half \ud83d, whole 😀, typed \\u0000, "quoted"';
    await recordBatch(
      memory.pool,
      batchOf('notes', {
        records: [recordAt({ kind: 'note', source: 'notes', key: 'n\0/1', at: now, text })],
      }),
      now,
    );
    const rows = await memory.pool.query<{ text: string }>(
      `select body->>'text' as text from event where kind = 'note'`,
    );
    expect(rows.rows).toEqual([{ text: 'zero \ufffd, half \ufffd, whole 😀, typed \\u0000, "quoted"' }]);
  });

  it('records nothing of a batch that fails, the checkpoint neither', async () => {
    const before = await count(memory, 'event');
    const good = recordAt({ kind: 'note', source: 'notes', key: 'good', at: now, text: 'x' });
    const bad = { ...good, key: 'bad', at: 'never' };
    const broken = batchOf('notes', { records: [good, bad], checkpoint: { upTo: 9 } });
    await expect(recordBatch(memory.pool, broken, now)).rejects.toMatchObject({ code: '22007' });
    expect(await count(memory, 'event')).toBe(before);
    expect(await checkpointOf(memory.pool, 'notes')).toBe(null);
  });

  it('puts values of a wrong clock aside instead of failing', async () => {
    const at = Date.parse('2061-01-01T00:00:00Z');
    const readings = [{ equipment: 'line-1.filler', signal: 'torque', at, value: 1 }];
    expect(await recordBatch(memory.pool, batchOf('machines', { readings }), now)).toEqual({
      recorded: 1,
      repeated: 0,
    });
    expect(await count(memory, 'signal_default')).toBe(1);
  });

  it('records batches of several sources at once', async () => {
    const batches = Array.from({ length: 20 }, (_, n) =>
      batchOf(`source-${n % 4}`, {
        records: [recordAt({ kind: 'note', source: `source-${n % 4}`, key: `k${n}`, at: now, text: 'x' })],
        readings: [{ equipment: `e-${n}`, signal: 'v', at: now - 40 * 86_400_000 + n, value: n }],
        checkpoint: { n },
      }),
    );
    const done = await Promise.all(batches.map((one) => recordBatch(memory.pool, one, now)));
    expect(done.reduce((sum, one) => sum + one.recorded, 0)).toBe(40);
  });
});

describe('kill -9 while recording', () => {
  it('loses no batch that was acknowledged, and tears none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'andon-kill-'));
    try {
      const load = await migratedDump();
      await (await openMemory({ folder, databaseUrl: null, clock: () => now, log: () => {}, load })).close();
      let acknowledged = -1;
      for (let round = 0; round < 3; round++) {
        const child = fork(new URL('./kill.testing.ts', import.meta.url), [folder, String(acknowledged + 1)]);
        const wanted = acknowledged + 6 + round * 3;
        child.on('message', (n: number) => {
          acknowledged = Math.max(acknowledged, n);
          if (n >= wanted) child.kill('SIGKILL');
        });
        await once(child, 'exit');
      }
      expect(acknowledged).toBeGreaterThan(15);
      const memory = await openMemory({ folder, databaseUrl: null, clock: () => now, log: () => {} });
      const upTo = Number((await checkpointOf(memory.pool, 'machines'))?.['n']);
      expect(upTo).toBeGreaterThanOrEqual(acknowledged);
      expect(await count(memory, 'event')).toBe((upTo + 1) * 20);
      expect(await count(memory, 'signal')).toBe((upTo + 1) * 300);
      await memory.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
