import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readHolder, takeLock } from './lock.ts';
import type { Memory } from './open.ts';
import { openMemory } from './open.ts';
import { migratedDump, openTestMemory, testDatabaseUrl } from './test-database.ts';

const folders: string[] = [];
const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'andon-open-'));
  folders.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(folders.splice(0).map((one) => rm(one, { recursive: true, force: true })));
});
const clock = (): number => Date.parse('2026-11-20T10:00:00Z');
/** `load`: begin with a dumped folder, which is quicker than making one. */
const open = (at: string, load?: string): Promise<Memory> =>
  openMemory({ folder: at, databaseUrl: null, clock, log: () => {}, load });

describe('a data folder', () => {
  it('is private, keeps what was written, and tells who holds it', async () => {
    const at = join(await folder(), 'data');
    const first = await open(at, await migratedDump());
    expect(first.kind).toBe('embedded');
    expect(first.vector).toBe(true);
    expect((await stat(at)).mode & 0o777).toBe(0o700);
    expect((await stat(join(at, 'andon.lock'))).mode & 0o777).toBe(0o600);
    await first.announce('http://127.0.0.1:7410');
    expect(await readHolder(at)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:7410' });
    await expect(open(at)).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(new RegExp(`process ${process.pid} \\(http://127.0.0.1:7410\\)`)),
      details: { pid: process.pid, address: 'http://127.0.0.1:7410' },
    });
    await first.pool.query(`insert into keep values ('a', '1', now())`);
    await first.close();
    expect(await readHolder(at)).toBe(null);

    // The same folder, as another major version would have left it.
    await writeFile(join(at, 'db', 'PG_VERSION'), '17\n');
    await expect(open(at)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('PostgreSQL 17'),
      next: expect.stringContaining('npm run restore'),
    });
    await writeFile(join(at, 'db', 'PG_VERSION'), '18\n');

    const again = await open(at);
    expect((await again.pool.query('select value from keep')).rows).toEqual([{ value: 1 }]);
    await again.pool.query(`insert into migration (name, hash) values ('999-future.sql', 'x')`);
    await again.close();
    await expect(open(at)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('999-future.sql'),
    });
    // A refusal leaves no lock behind.
    expect(await readHolder(at)).toBe(null);
  });

  it('is taken over from a process that died, never from one that lives', async () => {
    const at = await folder();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const file = join(at, 'andon.lock');
    const held = { pid: child.pid, started: null, since: 'x', address: 'http://127.0.0.1:1' };
    await writeFile(file, JSON.stringify(held));
    await expect(takeLock(at, clock)).rejects.toMatchObject({ code: 'busy' });
    expect(await readHolder(at)).toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(at, clock)));
    const won = takers.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
    await won[0]?.value.release();
  });

  it('is taken over when the pid belongs to another process by now', async () => {
    const at = await folder();
    await mkdir(at, { recursive: true });
    await writeFile(
      join(at, 'andon.lock'),
      JSON.stringify({ pid: process.pid, started: '1', since: 'x', address: null }),
    );
    expect(await readHolder(at)).toBe(null);
    const lock = await takeLock(at, clock);
    expect(await readHolder(at)).toMatchObject({ pid: process.pid });
    await lock.release();
  });
});

describe('a memory', () => {
  it('has a second pool for the queue in a schema of its own', async () => {
    const memory = await openTestMemory();
    const queue = await memory.queuePool();
    expect(await memory.queuePool()).toBe(queue);
    await queue.query('create table job (id int)');
    expect((await queue.query(`select to_regclass('bullmq.job') is not null as there`)).rows).toEqual([
      { there: true },
    ]);
    expect((await memory.pool.query(`select to_regclass('job') as seen`)).rows).toEqual([{ seen: null }]);
    expect(queue.getMaxListeners()).toBe(50);
    await memory.close();
  });

  it('says that a server does not answer', async () => {
    await expect(
      openMemory({ folder: null, databaseUrl: 'postgres://u:secret@127.0.0.1:1/x', clock, log: () => {} }),
    ).rejects.toMatchObject({ code: 'unreachable', message: expect.not.stringContaining('secret') });
  });

  it.skipIf(testDatabaseUrl === null)('goes on without vectors where the server has none', async () => {
    const said: string[] = [];
    const memory = await openTestMemory({ log: (sentence) => said.push(sentence) });
    const there = await memory.pool.query(`select 1 from pg_available_extensions where name = 'vector'`);
    expect(memory.vector).toBe(there.rowCount === 1);
    expect(said).toHaveLength(memory.vector ? 0 : 1);
    await memory.close();
  });
});
