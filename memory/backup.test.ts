import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, backupFrom, restore } from './backup.ts';
import { confirmDecision, proposeDecision } from './decisions/decisions.ts';
import { recallDecisions } from './decisions/recall.ts';
import { recordBatch } from './floor/record-batch.ts';
import { batchOf, recordAt } from './floor/testing.ts';
import { openMemory } from './open.ts';
import { openTestMemory, testDatabaseUrl } from './test-database.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'andon-backup-'));
  file = join(folder, 'saved.gz');
  const memory = await openTestMemory();
  await recordBatch(
    memory.pool,
    batchOf('machines', {
      records: [recordAt({ kind: 'note', at: now, text: 'Ünïcode "quoted" \\ 😀' })],
      readings: Array.from({ length: 6_000 }, (_, n) => ({
        equipment: 'e',
        signal: 's',
        at: now - n * 60_000,
        value: n / 3,
      })),
      checkpoint: { upTo: 7 },
    }),
    now,
  );
  const by = { role: 'supervisor', person: 'anna' };
  const { id } = await proposeDecision(
    memory,
    {
      line: 'line-3',
      whatHappened: 'Cartons jammed.',
      constraint: '',
      response: 'Widen the guide.',
      source: { surface: 'page', place: null, link: null },
    },
    by,
    new Date(now).toISOString(),
  );
  await confirmDecision(memory, id, by, new Date(now).toISOString());
  await backupFrom(memory.pool, file, new Date(now).toISOString());
  await memory.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('backup and restore', () => {
  it('carry everything into a new folder, and from there into the same file again', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const at = { folder: join(folder, 'new'), databaseUrl: null };
    await restore(file, at);
    await expect(restore(file, at)).rejects.toMatchObject({ code: 'conflict' });
    const memory = await openMemory({ ...at, clock: () => now, log: () => {} });
    await expect(backup(at, join(folder, 'no.gz'))).rejects.toMatchObject({ code: 'busy' });
    const answer = await memory.pool.query(
      `select (select count(*)::int from signal) as values, (select body->>'text' from event) as text,
        (select value from checkpoint) as checkpoint, (select value from signal order by at limit 1) as oldest,
        (select count(distinct tableoid)::int from signal) as days`,
    );
    expect(answer.rows).toEqual([
      { values: 6_000, text: 'Ünïcode "quoted" \\ 😀', checkpoint: { upTo: 7 }, oldest: 5_999 / 3, days: 5 },
    ]);
    expect(await recallDecisions(memory, { text: 'carton guides' })).toHaveLength(1);
    // Numbers go on after those restored, and repeats are known.
    const again = batchOf('machines', {
      records: [
        recordAt({ kind: 'note', at: now, text: 'x' }),
        recordAt({ kind: 'note', at: now + 1, text: 'y' }),
      ],
    });
    expect(await recordBatch(memory.pool, again, now)).toEqual({ recorded: 1, repeated: 1 });
    await memory.close();
    await backup(at, join(folder, 'second.gz'));
    const second = gunzipSync(await readFile(join(folder, 'second.gz'))).toString();
    const firstLines = gunzipSync(await readFile(file))
      .toString()
      .split('\n');
    const others = (lines: string[], table: string): string[] =>
      lines.filter((line) => line.startsWith(`{"table":"${table}"`));
    for (const table of ['signal', 'decision', 'decision_person', 'posting', 'checkpoint'])
      expect(others(second.split('\n'), table)).toEqual(others(firstLines, table));
    expect(second).toContain('"text": "y"');
  });

  it('refuse what is not whole, newer, or not there', async () => {
    const at = { folder: join(folder, 'refused'), databaseUrl: null };
    const whole = gunzipSync(await readFile(file)).toString();
    const cases: [string, Buffer, string][] = [
      ['text', Buffer.from('hello'), 'bad_input'],
      ['cut', (await readFile(file)).subarray(0, 2_000), 'bad_input'],
      ['short', gzipSync(whole.split('\n').slice(0, 2).join('\n')), 'bad_input'],
      ['newer', gzipSync(whole.replace('004-people.sql', '999-future.sql')), 'incompatible'],
    ];
    for (const [name, bytes, code] of cases) {
      await writeFile(join(folder, name), bytes);
      await expect(restore(join(folder, name), at)).rejects.toMatchObject({ code });
    }
    await expect(restore(join(folder, 'none'), at)).rejects.toMatchObject({ code: 'not_found' });
    await expect(backup({ folder: join(folder, 'nothing'), databaseUrl: null }, file)).rejects.toMatchObject({
      code: 'not_found',
    });
    // A refusal leaves nothing behind.
    expect(existsSync(at.folder)).toBe(false);
  });

  it.skipIf(testDatabaseUrl === null)(
    'go into an empty database of a server, and into no other',
    async () => {
      const url = new URL(testDatabaseUrl ?? '');
      const admin = new pg.Client({ connectionString: url.href });
      await admin.connect();
      await admin.query('create database andon_test_restore');
      url.pathname = '/andon_test_restore';
      try {
        const at = { folder: join(folder, 'unused'), databaseUrl: url.href };
        await restore(file, at);
        await expect(restore(file, at)).rejects.toMatchObject({ code: 'conflict' });
        await backup(at, join(folder, 'server.gz'));
        expect(gunzipSync(await readFile(join(folder, 'server.gz'))).toString()).toContain(
          '"response": "Widen the guide."',
        );
      } finally {
        await admin.query('drop database andon_test_restore with (force)');
        await admin.end();
      }
    },
  );
});
