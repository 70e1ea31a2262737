/** `kill -9` at the worst moments: nothing that was acknowledged is lost, nothing is there twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOverHttp } from '../../mcp-server/testing/clients.ts';
import { openMemory, type Memory } from '../../memory/open.ts';
import { pastEndOf, samePlant } from './start-plant.ts';
import {
  demoYaml,
  lives,
  removeFolder,
  spawnProduct,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('kill');
const data = `${folder}/data`;
/** Of 130,000 rows a day, the first 100,000 are told of: the kill comes while the second day is written. */
const pastDays = 2;
let config: string;
let product: Product | null = null;

beforeAll(() => {
  config = demoYaml(folder, [[/^(simulator: \{ seed: \d+)/gm, `$1, historyDays: ${pastDays}`]]);
});
afterAll(async () => {
  await product?.stop('SIGKILL');
  removeFolder(folder);
});

/** The folder as the dead left it. */
async function inMemory<T>(look: (memory: Memory) => Promise<T>): Promise<T> {
  const memory = await openMemory({ folder: data, databaseUrl: null, clock: Date.now, log: () => {} });
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

describe('killed while the past is written down', () => {
  let pastEnd = 0;
  test('what it said was recorded is there', { timeout: 120_000 }, async () => {
    const first = spawnProduct({ config, data });
    const [, said = ''] = await first.printed(/([\d,]+) rows recorded\n/, 90_000);
    await kill(first);
    await inMemory(async (memory) => {
      expect(await allRows(memory)).toBeGreaterThanOrEqual(Number(said.replaceAll(',', '')));
      pastEnd = await pastEndOf(memory);
    });
  });

  test('the next start takes up the same past, whole and once', { timeout: 120_000 }, async () => {
    product = await startProduct({ config, data });
    expect(product.output()).toMatch(/rows recorded in \d+ s/);
    await kill(product);
    const plant = await samePlant({ config, data, pastEnd, pastDays });
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
});

type Newest = { equipment: string; signal: string; at: string };

describe('killed while the machines talk', () => {
  const running = () => product as Product;
  const machines = () => running().getJson<{ lines: { machines: { machine: string }[] }[] }>('/api/floor');
  const counted = async (name: string) => {
    const { text } = await running().get('/metrics');
    const lines = text.matchAll(new RegExp(`^andon_${name}_total\\{[^}]*\\} (\\d+)$`, 'gm'));
    return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
  };
  /** The newest values that any reader can already see: they are acknowledged. */
  async function newest(): Promise<Newest[]> {
    const { lines } = await machines();
    const client = await clientOverHttp(`${running().url}/mcp`);
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

  test('what a reader could see is there, and the next start goes on', { timeout: 180_000 }, async () => {
    product = await startProduct({ config, data });
    expect(product.output()).not.toMatch(/rows recorded/);
    await until(
      'values to be recorded',
      () => counted('readings'),
      (seen) => seen > 500,
    );
    const seen = await newest();
    await kill(product);
    expect(seen.length).toBeGreaterThan(100);
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

    product = await startProduct({ config, data });
    await until(
      'new values',
      () => counted('readings'),
      (now) => now > 0,
    );
    await until(
      'all sources',
      () => running().get('/readyz'),
      ({ status }) => status === 200,
    );
    expect((await product.ask('how are the lines?')).answer).toMatch(/^\d of 4 lines run/);
  });
});
