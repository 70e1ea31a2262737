import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { Pool, PoolClient } from 'pg';
import { AndonError } from '../plant/errors.ts';

const folder = new URL('./migrations/', import.meta.url);

type Migration = { name: string; hash: string; needsVector: boolean; sql: string };

/** The migrations of this version in the order of their names. */
export async function migrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16);
      return { name, hash, needsVector: /^-- needs: vector$/m.test(sql), sql };
    }),
  );
}

/** Postgres 15 is the oldest whose SQL this room is tested on. */
async function checkServer(client: PoolClient): Promise<void> {
  const answer = await client.query<{ v: number }>(`select current_setting('server_version_num')::int as v`);
  const version = answer.rows[0]?.v ?? 0;
  if (version < 150_000)
    throw new AndonError(
      'incompatible',
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; Andon needs 15 or newer.`,
      'Point DATABASE_URL at a newer server.',
    );
}

/** True where the extension is there or could be created. Its absence only turns the vector arm off. */
async function makeVector(client: PoolClient): Promise<boolean> {
  try {
    await client.query('create extension if not exists vector');
    return true;
  } catch {
    return false;
  }
}

function refuse(applied: ReadonlyMap<string, string>, known: readonly Migration[]): void {
  const names = new Map(known.map((one) => [one.name, one.hash]));
  for (const [name, hash] of applied) {
    if (!names.has(name))
      throw new AndonError(
        'incompatible',
        `The data was written by a newer Andon (its schema has ${name}, which this version does not know).`,
        'Start that version again, or restore a backup of this version into a new folder with npm run restore.',
      );
    if (names.get(name) !== hash)
      throw new AndonError(
        'incompatible',
        `The schema step ${name} of this data differs from the one of this version.`,
        'Make a backup with the version that wrote the data (npm run backup) and restore it with this one (npm run restore).',
      );
  }
}

/** Recorded names, oldest first; empty on a new database. */
export async function appliedMigrations(client: Pick<PoolClient, 'query'>): Promise<Map<string, string>> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('migration') is not null as there`,
  );
  if (!there.rows[0]?.there) return new Map();
  const rows = await client.query<{ name: string; hash: string }>(
    'select name, hash from migration order by name',
  );
  return new Map(rows.rows.map((row) => [row.name, row.hash]));
}

/**
 * Brings the schema to this version, one transaction per step. `only`: just these steps (a restore of older data).
 * Throws `incompatible` for data of a newer version. Says whether vectors can be stored.
 */
export async function migrate(
  pool: Pool,
  only: ReadonlySet<string> | null = null,
): Promise<{ vector: boolean }> {
  const client = await pool.connect();
  try {
    await checkServer(client);
    const known = await migrations();
    refuse(await appliedMigrations(client), known);
    const vector = await makeVector(client);
    await client.query('begin');
    // Two processes starting on one server take turns; an embedded database has one process anyway.
    await client.query('select pg_advisory_xact_lock(74105)');
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
    await client.query('commit');
    for (const one of known) {
      if (one.needsVector && !vector) continue;
      if (only && !only.has(one.name)) continue;
      await client.query('begin');
      try {
        await client.query('select pg_advisory_xact_lock(74105)');
        const done = await client.query('select 1 from migration where name = $1', [one.name]);
        if (done.rowCount === 0) {
          await client.query(one.sql);
          await client.query('insert into migration (name, hash) values ($1, $2)', [one.name, one.hash]);
        }
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    }
    const table = await client.query<{ there: boolean }>(
      `select to_regclass('decision_embedding') is not null as there`,
    );
    return { vector: vector && (table.rows[0]?.there ?? false) };
  } finally {
    client.release();
  }
}
