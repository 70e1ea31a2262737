import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedDump } from '../test-database.ts';
import type { EmbeddedDatabase } from './start.ts';
import { startPglite } from './start.ts';

const config = (database: EmbeddedDatabase, extra: pg.PoolConfig = {}): pg.PoolConfig => ({
  host: 'embedded',
  user: 'postgres',
  database: 'postgres',
  ssl: false,
  stream: () => database.stream(),
  ...extra,
});

describe('pg on the embedded database', () => {
  let embedded: EmbeddedDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    embedded = await startPglite({ folder: null, load: await migratedDump(), waitMs: null });
    pool = new pg.Pool(config(embedded, { max: 5 }));
    pool.on('error', () => {});
    await pool.query('create table t (id int primary key, v text)');
  });
  afterAll(async () => {
    await pool.end();
    await embedded.close();
  });

  it('answers after an error, with the error that belongs to the query', async () => {
    await expect(pool.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' });
    await expect(pool.query('select $1::int as a', ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect((await pool.query('select 1 as a, 9007199254740993::int8 as b')).rows).toEqual([
      { a: 1, b: '9007199254740993' },
    ]);
  });

  it('keeps transactions of two clients apart: the second waits for the first', async () => {
    const one = await pool.connect();
    const two = await pool.connect();
    const order: string[] = [];
    await one.query('begin');
    await one.query(`insert into t values (1, 'one')`);
    const second = two.query('select count(*)::int as n from t').then((answer) => {
      order.push('read');
      return answer.rows;
    });
    await one.query('select 1');
    order.push('rollback');
    await one.query('rollback');
    expect(await second).toEqual([{ n: 0 }]);
    expect(order).toEqual(['rollback', 'read']);
    one.release();
    two.release();
  });

  it('undoes what a client began that is destroyed in its transaction', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query(`insert into t values (2, 'two')`);
    client.release(true);
    expect((await pool.query('select count(*)::int as n from t')).rows).toEqual([{ n: 0 }]);
  });

  it('undoes it too when the connection is cut instead of closed', async () => {
    const client = new pg.Client(config(embedded) as pg.ClientConfig);
    client.on('error', () => {});
    await client.connect();
    await client.query('begin');
    await client.query(`insert into t values (3, 'three')`);
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await pool.query('select count(*)::int as n from t')).rows).toEqual([{ n: 0 }]);
  });

  it('delivers a notification to other clients that listen, and to no others', async () => {
    const listener = await pool.connect();
    const deaf = await pool.connect();
    const heard: string[] = [];
    const wrong: string[] = [];
    deaf.on('notification', (message) => wrong.push(message.channel));
    const got = new Promise<void>((resolve) => {
      listener.on('notification', (message) => {
        heard.push(`${message.channel}:${message.payload}`);
        resolve();
      });
    });
    await listener.query('listen news');
    await deaf.query('listen "Other"');
    await pool.query(`select pg_notify('news', 'hello')`);
    await got;
    // One that stops listening does not make the others deaf.
    await deaf.query('listen news');
    await deaf.query('unlisten news');
    const again = new Promise<void>((resolve) => {
      listener.once('notification', () => resolve());
    });
    await pool.query(`notify news, 'again'`);
    await again;
    expect(heard).toEqual(['news:hello', 'news:again']);
    expect(wrong).toEqual([]);
    listener.release(true);
    deaf.release(true);
  });

  it('honours search_path per client', async () => {
    await pool.query(
      'create schema bullmq; create table bullmq.job (id int); create table public.job (id text)',
    );
    const queue = new pg.Pool(config(embedded, { options: '-c search_path=bullmq', max: 2 }));
    const typeOf = async (from: pg.Pool): Promise<string> =>
      (await from.query<{ t: string }>(`select pg_typeof(max(id))::text as t from job`)).rows[0]?.t ?? '';
    expect(await Promise.all([typeOf(queue), typeOf(pool), typeOf(queue), typeOf(pool)])).toEqual([
      'integer',
      'text',
      'integer',
      'text',
    ]);
    await queue.end();
  });

  it('keeps the names of prepared statements apart', async () => {
    const one = await pool.connect();
    const two = await pool.connect();
    const run = async (client: pg.PoolClient, text: string): Promise<unknown> =>
      (await client.query({ name: 'same', text })).rows[0];
    expect(await run(one, 'select 1 as a')).toEqual({ a: 1 });
    expect(await run(two, 'select 2 as a')).toEqual({ a: 2 });
    expect(await run(one, 'select 1 as a')).toEqual({ a: 1 });
    one.release(true);
    expect(await run(two, 'select 2 as a')).toEqual({ a: 2 });
    two.release();
  });

  it('answers 3,000 queries at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 3_000 }, (_, index) => pool.query<{ n: number }>('select $1::int as n', [index])),
    );
    expect(answers.map((answer) => answer.rows[0]?.n)).toEqual(
      Array.from({ length: 3_000 }, (_, index) => index),
    );
  });

  it('carries a parameter of 20 MB both ways', async () => {
    const long = 'ä'.repeat(10_000_000);
    const answer = await pool.query<{ text: string; bytes: number }>(
      'select $1::text as text, octet_length($1::text) as bytes',
      [long],
    );
    expect(answer.rows[0]?.bytes).toBe(20_000_000);
    expect(answer.rows[0]?.text === long).toBe(true);
  });

  it('refuses COPY with a sentence, and goes on', async () => {
    await expect(pool.query('copy t from stdin')).rejects.toMatchObject({ code: '0A000' });
    const client = await pool.connect();
    await client.query('begin');
    await expect(client.query('copy t to stdout')).rejects.toThrow(/COPY is not available/);
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    client.release();
    expect((await pool.query('select 1 as a')).rows).toEqual([{ a: 1 }]);
  });

  it('runs the vector extension', async () => {
    expect((await pool.query(`select '[1,0]'::vector <=> '[0,1]'::vector as d`)).rows).toEqual([{ d: 1 }]);
  });

  it('keeps the main thread free while a query runs', async () => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    const began = performance.now();
    await pool.query('select count(*) from generate_series(1, 1500000) as a (n) where n % 7 = 3');
    const took = performance.now() - began;
    clearInterval(timer);
    // The same query in this thread would stop it for as long as it takes.
    expect(longest).toBeLessThan(took / 2);
  });
});

// In a database of its own: where others wait for each other in earnest, a busy machine may need longer than this.
it('names who holds the database when the wait is too long', async () => {
  const impatient = await startPglite({ folder: null, load: await migratedDump(), waitMs: 100 });
  const connect = async (name: string): Promise<pg.Client> => {
    const client = new pg.Client(config(impatient, { application_name: name }) as pg.ClientConfig);
    await client.connect();
    return client;
  };
  const holder = await connect('the holder');
  const waiter = await connect('who waits');
  await holder.query('begin');
  await holder.query('select 42 as forgotten');
  await expect(waiter.query('select 1')).rejects.toThrow(
    /the holder \(connection \d+\) has held it .*42 as forgotten/,
  );
  await holder.query('commit');
  expect((await waiter.query('select 1 as a')).rows).toEqual([{ a: 1 }]);
  await Promise.all([holder.end(), waiter.end()]);
  await impatient.close();
});
