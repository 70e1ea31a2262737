import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Pool } from 'pg';
import { AndonError } from '../plant/errors.ts';
import type { Db } from './db.ts';
import { makePartitions } from './floor/partitions.ts';
import { takeLock } from './lock.ts';
import { appliedMigrations, migrate, migrations } from './migrate.ts';
import type { MemoryOptions } from './open.ts';
import { openMemory, openPlain } from './open.ts';

/** Where a memory lies: the data folder, or the server of `databaseUrl`. */
type Place = { folder: string; databaseUrl: string | null };

/** Parents before children; each page is read in the order of its key. */
const tables: readonly { name: string; order: string }[] = [
  { name: 'event', order: 'id' },
  { name: 'checkpoint', order: 'source' },
  { name: 'source_kind', order: 'source, kind' },
  { name: 'signal_series', order: 'id' },
  { name: 'signal', order: 'series, at' },
  { name: 'signal_minute', order: 'series, at' },
  { name: 'roll_up', order: 'id' },
  { name: 'decision', order: 'id, revision' },
  { name: 'decision_person', order: 'decision_id, revision, part' },
  { name: 'posting', order: 'term, decision_id' },
  { name: 'posting_total', order: 'id' },
  { name: 'spelling', order: 'variant, term' },
  { name: 'confirmed_cause', order: 'id' },
  { name: 'correction', order: 'id' },
  { name: 'cause_record', order: 'id' },
  { name: 'exception', order: 'id' },
  { name: 'alert', order: 'id' },
  { name: 'alert_history', order: 'id' },
  { name: 'thread', order: 'surface, thread' },
  { name: 'outbox', order: 'id' },
  { name: 'message_copy', order: 'message_key, surface, place' },
  { name: 'seen_event', order: 'surface, event_id' },
  { name: 'keep', order: 'key' },
  { name: 'decision_embedding', order: 'decision_id, revision, model_id' },
];
const rowsAtOnce = 5_000;
const format = 'andon-backup-1';
const theEnd = '{"end":true}';

type Head = { format: string; migrations: string[]; at: string };

const exists = async (db: Db, table: string): Promise<boolean> =>
  (await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])).rows[0]
    ?.there ?? false;

/**
 * Everything Andon remembers as one gzip file of JSON lines: a head with the schema's steps, then per table its
 * rows. It is logical, so that it goes from the embedded database to a server and back, and across versions of
 * Postgres. Jobs of the queue are left out: they are made again from the rows. Written beside its name first.
 */
export async function backupFrom(pool: Pool, file: string, at: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const zip = createGzip({ level: 6 });
  const out = createWriteStream(part, { mode: 0o600 });
  const written = pipeline(zip, out);
  const line = async (value: string): Promise<void> => {
    if (!zip.write(`${value}\n`)) await Promise.race([once(zip, 'drain'), written]);
  };
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const applied = await appliedMigrations(client);
    const head: Head = { format, migrations: [...applied.keys()], at };
    await line(JSON.stringify(head));
    for (const { name, order } of tables) {
      if (!(await exists(client, name))) continue;
      await client.query(
        `declare pages no scroll cursor for select row_to_json(t)::text as row from ${name} t order by ${order}`,
      );
      for (;;) {
        const page = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from pages`);
        if (page.rows.length === 0) break;
        await line(`{"table":"${name}","rows":[${page.rows.map((one) => one.row).join(',')}]}`);
      }
      await client.query('close pages');
    }
    await client.query('commit');
    await line(theEnd);
    zip.end();
    await written;
    await rename(part, file);
  } catch (error) {
    await client.query('rollback').catch(() => {});
    zip.destroy();
    await written.catch(() => {});
    await finished(out).catch(() => {});
    await rm(part, { force: true });
    throw error;
  } finally {
    client.release();
  }
}

const optionsOf = (place: Place): MemoryOptions => ({
  folder: place.folder,
  databaseUrl: place.databaseUrl,
  clock: Date.now,
  log: () => {},
});

/**
 * Saves a memory that nobody has open (a server may be in use). Throws `busy`, naming the process, where
 * one holds the folder, and `not_found` where there is nothing.
 */
export async function backup(place: Place, file: string): Promise<void> {
  if (place.databaseUrl === null && !existsSync(join(place.folder, 'db')))
    throw new AndonError(
      'not_found',
      `There is no data in ${place.folder}.`,
      'Name the folder in ANDON_DATA.',
    );
  const opened =
    place.databaseUrl === null ? await openMemory(optionsOf(place)) : await openPlain(place.databaseUrl);
  try {
    await backupFrom(opened.pool, file, new Date().toISOString());
  } finally {
    await opened.close();
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const zip = createGunzip();
  const failed = pipeline(source, zip).catch((error: unknown) => {
    zip.destroy();
    throw error;
  });
  const done = failed.catch(() => {});
  for await (const line of createInterface({ input: zip, crlfDelay: Infinity })) yield line;
  await done;
  await failed;
}

const damaged = (file: string, cause?: unknown): AndonError =>
  new AndonError('bad_input', `${file} is not a whole backup of Andon.`, 'Take another file.', { cause });

function readHead(file: string, line: string): Head {
  try {
    const head = JSON.parse(line) as Head;
    if (head.format === format && Array.isArray(head.migrations)) return head;
  } catch {
    // Said below: whatever it is, it is no head.
  }
  throw damaged(file);
}

async function insertRows(pool: Pool, table: string, rows: Record<string, unknown>[]): Promise<void> {
  if (!tables.some((one) => one.name === table) || !(await exists(pool, table))) return;
  if (table === 'signal' || table === 'signal_minute') {
    const times = rows.map((row) => ({ at: Date.parse(String(row['at'])) }));
    await makePartitions(pool, table, times, Date.now());
  }
  await pool.query(
    `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Generated numbers go on after the highest one restored. */
async function setSequences(pool: Pool): Promise<void> {
  for (const table of [
    'event',
    'signal_series',
    'confirmed_cause',
    'cause_record',
    'alert_history',
    'outbox',
  ])
    await pool.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), greatest((select max(id) from ${table}), 1))`,
    );
}

/** Reads the file to its end before anything is written: what is cut off or newer is refused as a whole. */
async function check(file: string): Promise<Head> {
  const known = new Set((await migrations()).map((one) => one.name));
  let head: Head | null = null;
  let last = '';
  try {
    for await (const line of linesOf(file)) {
      head ??= readHead(file, line);
      last = line;
    }
  } catch (error) {
    throw error instanceof AndonError ? error : damaged(file, error);
  }
  if (head === null || last !== theEnd) throw damaged(file);
  const unknown = head.migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new AndonError(
      'incompatible',
      `${file} was written by a newer Andon (its schema has ${unknown}).`,
      'Restore it with that version or a later one.',
    );
  return head;
}

async function load(pool: Pool, file: string, head: Head): Promise<void> {
  // The schema as it was then takes the rows, the later steps bring them up to date.
  await migrate(pool, new Set(head.migrations));
  if (((await pool.query('select 1 from event limit 1')).rowCount ?? 0) > 0)
    throw new AndonError(
      'conflict',
      'There is data already where the backup should go.',
      'Name an empty folder or database.',
    );
  await pool.query('delete from roll_up');
  await pool.query('delete from posting_total');
  for await (const line of linesOf(file)) {
    const part = JSON.parse(line) as { table?: string; rows?: Record<string, unknown>[] };
    if (part.table && part.rows) await insertRows(pool, part.table, part.rows);
  }
  await setSequences(pool);
  await migrate(pool);
}

/**
 * Puts a backup where nothing is yet. A folder is made beside its place and moved there when it is whole; on a
 * server the database must be empty. Throws `conflict` where there is data, `incompatible` for a newer schema,
 * `bad_input` for a file that is no whole backup.
 */
export async function restore(file: string, place: Place): Promise<void> {
  if (!existsSync(file)) throw new AndonError('not_found', `There is no file ${file}.`, 'Check the name.');
  const head = await check(file);
  if (place.databaseUrl !== null) {
    const opened = await openPlain(place.databaseUrl);
    try {
      await load(opened.pool, file, head);
    } finally {
      await opened.close();
    }
    return;
  }
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const target = join(place.folder, 'db');
  const lock = await takeLock(place.folder, Date.now);
  const part = join(place.folder, 'db.restoring');
  try {
    if (existsSync(target))
      throw new AndonError(
        'conflict',
        `There is data in ${place.folder} already.`,
        'Name an empty folder in ANDON_DATA.',
      );
    await rm(part, { recursive: true, force: true });
    const opened = await openPlain(null, part);
    try {
      await load(opened.pool, file, head);
    } finally {
      await opened.close();
    }
    await rename(part, target);
  } finally {
    await rm(part, { recursive: true, force: true });
    await lock.release();
  }
}
