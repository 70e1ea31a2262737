import { expect, it } from 'vitest';
import { openTestMemory, testDatabaseUrl } from './test-database.ts';
import { backToBeginning, beginningOf } from './test-reset.ts';

const series = `insert into signal_series (source, equipment, signal) values ('machines', 'a', 'speed')`;
const rowsOf = async (memory: Awaited<ReturnType<typeof openTestMemory>>) => beginningOf(memory.pool);
const backend = async (memory: Awaited<ReturnType<typeof openTestMemory>>) => {
  const { rows } = await memory.pool.query<{ at: Date }>('select pg_postmaster_start_time() as at');
  return rows[0]?.at.getTime();
};

it.skipIf(testDatabaseUrl !== null)('a database that is used again is as new', async () => {
  const first = await openTestMemory();
  const [fresh, process] = [await rowsOf(first), await backend(first)];
  await first.pool.query(
    `insert into source_kind (source, kind) values ('machines', 'state');
     insert into checkpoint (source, value, recorded_at) values ('machines', '{}', now());
     ${series};
     create schema more; create table more.one (id int); create table two (id int)`,
  );
  await first.close();
  const second = await openTestMemory();
  expect(await backend(second)).toBe(process);
  expect(await rowsOf(second)).toEqual(fresh);
  expect((await second.pool.query(`${series} returning id`)).rows).toEqual([{ id: 1 }]);
  await second.close();
});

it.skipIf(testDatabaseUrl !== null).each([
  ['a column', 'alter table event add column more int'],
  ['a default', `alter table event alter column quality set default 'bad'`],
  ['a check', 'alter table event add check (length(key) > 0)'],
  ['an index', 'create index more on event (key, version)'],
  [
    'a trigger',
    `create function more() returns trigger language plpgsql as 'begin return new; end';
     create trigger more before insert on event for each row execute function more()`,
  ],
])('%s that a test added is not undone by emptying, and this is seen', async (_, sql) => {
  const memory = await openTestMemory();
  const client = await memory.pool.connect();
  try {
    const beginning = await beginningOf(client);
    expect(await backToBeginning(client, beginning)).toBe(true);
    await client.query(`begin; ${sql}`);
    expect(await backToBeginning(client, beginning)).toBe(false);
    await client.query('rollback');
  } finally {
    client.release();
    await memory.close();
  }
});

it.skipIf(testDatabaseUrl !== null)(
  'one with another schema is not used again, and this is said',
  async () => {
    const said: string[] = [];
    const first = await openTestMemory({ log: (sentence) => said.push(sentence) });
    await first.pool.query('alter table event add column more int');
    await first.close();
    expect(said).toContain('The test changed the schema: its database is not used again.');
    const second = await openTestMemory();
    const { rows } = await second.pool.query(
      `select 1 from pg_attribute where attrelid = 'event'::regclass and attname = 'more'`,
    );
    expect(rows).toEqual([]);
    await second.close();
  },
);

it.skipIf(testDatabaseUrl !== null)('one that cannot be emptied fails its test', async () => {
  const memory = await openTestMemory();
  await memory.pool.query(
    `create function never() returns trigger language plpgsql as 'begin raise exception ''never''; end';
     create trigger never before truncate on event for each statement execute function never()`,
  );
  await expect(memory.close()).rejects.toThrow('never');
});
