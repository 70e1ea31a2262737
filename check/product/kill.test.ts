/** `kill -9` at the worst moments: nothing that was acknowledged is lost, nothing is there twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOverHttp } from '../../mcp-server/testing/clients.ts';
import { openMemory, type Memory } from '../../memory/open.ts';
import { lives } from './processes.ts';
import { pastEndOf, samePlant } from './start-plant.ts';
import {
  demoYaml,
  preparedData,
  removeFolder,
  shortLife,
  shortPast,
  spawnProduct,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('kill');
let start: { config: string; data: string; flags: readonly string[] };
let product: Product | null = null;

beforeAll(async () => {
  start = { config: demoYaml(folder, [shortPast]), data: await preparedData(folder), flags: shortLife };
});
afterAll(async () => {
  await product?.stop('SIGKILL');
  removeFolder(folder);
});

/** The folder as the dead left it. */
async function inMemory<T>(look: (memory: Memory) => Promise<T>): Promise<T> {
  const memory = await openMemory({ folder: start.data, databaseUrl: null, clock: Date.now, log: () => {} });
  try {
    return await look(memory);
  } finally {
    await memory.close();
  }
}
const count = async ({ pool }: Memory, sql: string, values: unknown[] = []): Promise<number> =>
  (await pool.query<{ count: number }>(`select count(*)::int as count from ${sql}`, values)).rows[0]?.count ??
  0;
const allRows = async (memory: Memory) =>
  (await count(memory, 'event')) + (await count(memory, 'signal')) + (await count(memory, 'signal_minute'));
/** Ends it without a chance to say goodbye; its plant must not outlive it. */
async function kill(one: Pick<Product, 'children' | 'stop'>): Promise<void> {
  const children = one.children();
  expect(await one.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await until(
    'the end of its plant',
    () => children.filter(lives),
    (alive) => alive.length === 0,
  );
}

/** Killed while the past was written down; then as soon as the machines of the second start talk. */
let pastEnd = 0;
let seen: Newest[] = [];

test('killed while the past is written down: what it said was recorded is there', async () => {
  const first = spawnProduct(start);
  // Of 130,000 rows the first 100,000 are told of: the rest takes seconds.
  const [, said = ''] = await first.printed(/([\d,]+) rows recorded\n/, 240_000);
  await kill(first);
  expect(first.output()).not.toMatch(/rows recorded in/);
  await inMemory(async (memory) => {
    expect(await allRows(memory)).toBeGreaterThanOrEqual(Number(said.replaceAll(',', '')));
    pastEnd = await pastEndOf(memory);
  });
});

test('the next start takes up the same past, and the machines talk', async () => {
  product = await startProduct(start);
  expect(product.output()).toMatch(/rows recorded in \d+ s/);
  await until('values to be recorded', readings, (count) => count > 500);
  seen = await newest(product);
  expect(seen.length).toBeGreaterThan(100);
  await kill(product);
});

test('that past is there whole and once', async () => {
  const plant = await samePlant({ ...start, pastEnd, pastDays: 1 });
  const states = new Set<string>();
  for (const batch of plant.history())
    for (const { kind, key } of batch.records) if (kind === 'state') states.add(key);
  await inMemory(async (memory) => {
    expect(await pastEndOf(memory)).toBe(pastEnd);
    const end = Math.floor(pastEnd / 60_000) * 60_000;
    const { rows } = await memory.pool.query<{ key: string; at: Date }>(
      `select key, at from event where source = 'machines' and kind = 'state' and at <= $1`,
      [new Date(end)],
    );
    const recorded = new Set(rows.map(({ key }) => key));
    expect([...states].filter((key) => !recorded.has(key))).toEqual([]);
    // At its very end the live machines begin to talk.
    const strange = rows.filter(({ key, at }) => at.getTime() < end && !states.has(key));
    expect(strange).toEqual([]);
  });
});

test('killed while the machines talk: what a reader could see is there', async () => {
  await inMemory(async (memory) => {
    const { rows } = await memory.pool.query<Newest>(
      `select w.* from unnest($1::text[], $2::text[], $3::timestamptz[]) as w(equipment, signal, at)
       where not exists (
         select 1 from signal_series s where s.equipment = w.equipment and s.signal = w.signal and (
           exists (select 1 from signal v where v.series = s.id and v.at = w.at) or
           exists (select 1 from signal_minute m where m.series = s.id and m.at = w.at)))`,
      [seen.map((one) => one.equipment), seen.map((one) => one.signal), seen.map((one) => one.at)],
    );
    expect(rows).toEqual([]);
    expect(await count(memory, `checkpoint where source = 'machines'`)).toBe(1);
  });
});

test('and the start after it goes on', async () => {
  product = await startProduct(start);
  expect(product.output()).not.toMatch(/rows recorded/);
  await until('new values', readings);
  await until(
    'all sources',
    () => running().get('/readyz'),
    ({ status }) => status === 200,
  );
  expect((await product.ask('how are the lines?')).answer).toMatch(/^\d of 4 lines run/);
});

const running = () => product as Product;

/** How many values it recorded since its start. */
async function readings(): Promise<number> {
  const { text } = await running().get('/metrics');
  const lines = text.matchAll(/^andon_readings_total\{[^}]*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** The newest values that any reader can already see: they are acknowledged. */
async function newest(one: Product): Promise<Newest[]> {
  const { lines } = await one.getJson<{ lines: { machines: { machine: string }[] }[] }>('/api/floor');
  const client = await clientOverHttp(`${one.url}/mcp`);
  const read = async ({ machine }: { machine: string }): Promise<Newest[]> => {
    const { structuredContent } = (await client.callTool({
      name: 'read_signals',
      arguments: { equipment: machine, points: 0 },
    })) as { structuredContent?: { signals: { signal: string; last_at: string }[] } };
    return (structuredContent?.signals ?? []).map(({ signal, last_at: at }) => ({
      equipment: machine,
      signal,
      at,
    }));
  };
  return (await Promise.all(lines.flatMap((line) => line.machines).map(read))).flat();
}
type Newest = { equipment: string; signal: string; at: string };
