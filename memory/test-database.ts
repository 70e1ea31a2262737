import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../plant/time.ts';
import { forgetKinds } from './floor/record-batch.ts';
import { forgetSeries } from './floor/series.ts';
import { migrations } from './migrate.ts';
import type { Embed, Memory } from './open.ts';
import { openMemory, openPlain } from './open.ts';
import { startPglite, type EmbeddedDatabase } from './pglite/start.ts';
import { backToBeginning, beginningOf, type Beginning } from './test-reset.ts';

type TestMemoryOptions = { clock?: Clock; embed?: Embed; log?: (sentence: string) => void };

/** The server the suite runs on a second time; null: the embedded database. */
export const testDatabaseUrl = process.env['TEST_DATABASE_URL'] ?? null;

/**
 * An empty memory with the schema of this version: embedded, at first from a dump made once per schema (0.3 s), then
 * in the same database, emptied at close (0.1 s); or a database of its own on the server of `TEST_DATABASE_URL`.
 */
export async function openTestMemory(options: TestMemoryOptions = {}): Promise<Memory> {
  const { clock = Date.now, embed, log = () => {} } = options;
  if (testDatabaseUrl !== null) return openOnServer(testDatabaseUrl, { clock, embed, log });
  const embedded =
    idle.pop() ?? (await startPglite({ folder: null, load: await migratedDump(), waitMs: null }));
  embedded.keepsAlive(true);
  const memory = await openMemory({ folder: null, databaseUrl: null, clock, log, embed, embedded });
  const begun = (beginning ??= await beginningOf(memory.pool));
  let left: Promise<void> | null = null;
  return { ...memory, close: () => (left ??= leave(memory, embedded, begun, log)) };
}

/** Open, empty, and used by nobody; they end with the process. */
const idle: EmbeddedDatabase[] = [];
let beginning: Beginning | null = null;

/** Throws where it could not be emptied: else each test would only take longer, and nobody would see why. */
async function leave(
  memory: Memory,
  embedded: EmbeddedDatabase,
  begun: Beginning,
  log: (sentence: string) => void,
): Promise<void> {
  let empty = false;
  try {
    await memory.close();
    // A pool of its own: what the memory's connections left open is gone with them.
    const { pool, close } = await openPlain(null, null, embedded);
    try {
      empty = await backToBeginning(pool, begun);
    } finally {
      await close();
    }
    if (!empty) log('The test changed the schema: its database is not used again.');
  } finally {
    if (empty) {
      embedded.keepsAlive(false);
      idle.push(embedded);
    } else await embedded.close();
  }
}

/** Empties the floor of a test memory: a tenth of what a new one costs. Decisions, alerts and people stay. */
export async function emptyFloor({ pool }: Memory): Promise<void> {
  await pool.query(
    'truncate event, checkpoint, source_kind, signal_series, signal, signal_minute, confirmed_cause',
  );
  forgetSeries(pool);
  forgetKinds(pool);
}

let dump: Promise<string> | null = null;

/** The dumped folder of a migrated database, shared by all test processes of one user. */
export function migratedDump(): Promise<string> {
  return (dump ??= makeDump());
}

async function makeDump(): Promise<string> {
  const steps = await migrations();
  const schema = createHash('sha256')
    .update(steps.map((one) => one.hash).join())
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `andon-test-${process.getuid?.() ?? 0}`);
  const file = join(folder, `schema-${schema}.tar`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Who comes second waits for the first: test processes begin together, and each would spend 5 s of CPU on the same bytes.
  const claim = `${file}.making`;
  while (!existsSync(file) && !(await claimed(claim))) await sleep(100);
  try {
    if (!existsSync(file)) await dumpInto(file);
  } finally {
    await rm(claim, { recursive: true, force: true });
  }
  return file;
}

async function dumpInto(file: string): Promise<void> {
  const empty = await startPglite({ folder: null, load: null, waitMs: null });
  try {
    const { default: pg } = await import('pg');
    const { migrate } = await import('./migrate.ts');
    const pool = new pg.Pool({
      host: 'embedded',
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      stream: () => empty.stream(),
    });
    await migrate(pool);
    await pool.end();
    const own = `${file}.${randomBytes(6).toString('hex')}`;
    await writeFile(own, await empty.dump(), { mode: 0o600 });
    await rename(own, file);
  } finally {
    await empty.close();
  }
}

/** True for one of many; for another one when that one has died over it. */
async function claimed(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const held = await stat(folder).catch(() => null);
    if (held && Date.now() - held.mtimeMs > 120_000) await rm(folder, { recursive: true, force: true });
    return false;
  }
}

async function openOnServer(
  url: string,
  options: { clock: Clock; embed: Embed | undefined; log: (sentence: string) => void },
): Promise<Memory> {
  const { default: pg } = await import('pg');
  const name = `andon_test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const memory = await openMemory({ folder: null, databaseUrl: own.href, ...options });
  return {
    ...memory,
    close: async () => {
      await memory.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
}
