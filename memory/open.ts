import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool, PoolConfig } from 'pg';
import { AndonError, sentenceOf } from '../plant/errors.ts';
import type { Clock } from '../plant/time.ts';
import type { Lock } from './lock.ts';
import { takeLock } from './lock.ts';
import { migrate } from './migrate.ts';
import type { EmbeddedDatabase } from './pglite/start.ts';

export type { Db } from './db.ts';
export { readHolder } from './lock.ts';

/** Texts to vectors of one model, in the same order. `modelId` stands on every stored vector. */
export type Embed = ((texts: readonly string[]) => Promise<readonly (readonly number[])[]>) & {
  modelId?: string;
};

export type MemoryOptions = {
  /** The data folder; the database lies in `db` inside it. null without `databaseUrl`: in memory, gone at close. */
  folder: string | null;
  /** A real PostgreSQL, 15 or newer; null: the embedded one. */
  databaseUrl: string | null;
  clock: Clock;
  log: (sentence: string) => void;
  embed?: Embed | undefined;
  /** A dumped database folder to begin with (embedded, in memory); for tests. */
  load?: string | undefined;
  /** An embedded database that is open already, and stays open: whoever brings it closes it; for tests. */
  embedded?: EmbeddedDatabase | undefined;
};

export type Memory = {
  pool: Pool;
  /** A pool whose connections live in the schema `bullmq`, made at the first call. */
  queuePool(): Promise<Pool>;
  kind: 'embedded' | 'postgres';
  /** False where the server has no `vector` extension: recall goes without the vector arm. */
  vector: boolean;
  embed: Embed | null;
  clock: Clock;
  /** Writes the HTTP address into the lock file, where `npm run ask` finds it. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
};

/** PGlite 0.5.14 is PostgreSQL 18. */
const embeddedMajor = '18';

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const stamp = join(folder, 'db', 'PG_VERSION');
  if (!existsSync(stamp)) return;
  const major = (await readFile(stamp, 'utf8')).trim();
  if (major !== embeddedMajor)
    throw new AndonError(
      'incompatible',
      `The data folder ${folder} was written by PostgreSQL ${major}; this Andon carries ${embeddedMajor}.`,
      'Make a backup with the version that wrote it (npm run backup) and restore it into a new folder with this one (npm run restore).',
    );
}

function watchPool(pool: Pool, log: (sentence: string) => void): Pool {
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => log(`A database connection was lost: ${sentenceOf(error)}`));
  return pool;
}

/** A database without lock and schema, for backup and restore: a server, or the embedded one in exactly `folder`. */
export async function openPlain(
  databaseUrl: string | null,
  folder: string | null = null,
  given?: EmbeddedDatabase,
): Promise<{ pool: Pool; close(): Promise<void> }> {
  const { default: pg } = await import('pg');
  const { base, embedded } = await connectTo(databaseUrl, folder, null, given);
  const pool = watchPool(new pg.Pool({ ...base, application_name: 'andon upkeep', max: 4 }), () => {});
  const close = async (): Promise<void> => {
    await pool.end();
    if (!given) await embedded?.close();
  };
  try {
    await reach(pool, databaseUrl);
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, close };
}

type Opened = { base: PoolConfig; embedded: EmbeddedDatabase | null };

async function connectTo(
  databaseUrl: string | null,
  folder: string | null,
  load: string | null,
  given?: EmbeddedDatabase,
): Promise<Opened> {
  if (databaseUrl !== null)
    return { base: { connectionString: databaseUrl, connectionTimeoutMillis: 10_000 }, embedded: null };
  const { startPglite } = await import('./pglite/start.ts');
  const embedded = given ?? (await startPglite({ folder, load, waitMs: null }));
  return {
    base: {
      host: 'embedded',
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      stream: () => embedded.stream(),
    },
    embedded,
  };
}

/**
 * Opens the one database: takes the folder's lock, brings the schema up to date. Throws `busy` when another
 * process holds the folder, `incompatible` for data of another major version or a newer schema,
 * `unreachable` when the server does not answer.
 */
export async function openMemory(options: MemoryOptions): Promise<Memory> {
  let lock: Lock | null = null;
  let opened: Opened | null = null;
  const pools: Pool[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
    if (!options.embedded) await opened?.embedded?.close();
    await lock?.release();
  };
  try {
    const { folder, databaseUrl, log } = options;
    if (folder !== null) {
      await prepareFolder(folder);
      lock = await takeLock(folder, options.clock);
    }
    const { default: pg } = await import('pg');
    const db = folder === null ? null : join(folder, 'db');
    opened = await connectTo(databaseUrl, db, options.load ?? null, options.embedded);
    const { base, embedded } = opened;
    const pool = watchPool(new pg.Pool({ ...base, application_name: 'andon', max: 10 }), log);
    pools.push(pool);
    await reach(pool, databaseUrl);
    const { vector } = await migrate(pool);
    if (!vector) log('The database has no vector extension: decisions are recalled by words alone.');
    let queue: Promise<Pool> | null = null;
    const openQueue = async (): Promise<Pool> => {
      const made = await queuePoolOf(pool, base, log);
      pools.push(made);
      return made;
    };
    return {
      pool,
      queuePool: () => (queue ??= openQueue()),
      kind: embedded ? 'embedded' : 'postgres',
      vector,
      embed: options.embed ?? null,
      clock: options.clock,
      announce: async (address) => lock?.announce(address),
      close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

/** For the queue of jobs, which keeps its tables in a schema of its own. */
async function queuePoolOf(pool: Pool, base: PoolConfig, log: (sentence: string) => void): Promise<Pool> {
  const { default: pg } = await import('pg');
  await pool.query('create schema if not exists bullmq');
  const made = watchPool(
    new pg.Pool({ ...base, application_name: 'andon queue', max: 16, options: '-c search_path=bullmq' }),
    log,
  );
  made.setMaxListeners(50);
  return made;
}

async function reach(pool: Pool, url: string | null): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (error) {
    if (url === null) throw error;
    const { host } = new URL(url);
    throw new AndonError(
      'unreachable',
      `The database at ${host} does not answer: ${sentenceOf(error).slice(0, 200)}`,
      'Check DATABASE_URL and that the server runs.',
      { cause: error },
    );
  }
}
