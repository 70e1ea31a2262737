/** A plant in the test's hand: stops with a known cause, servers that go away and come back, and the product looking on. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { clientOverHttp } from '../../mcp-server/testing/clients.ts';
import { listenTo, type Listening } from './listen.ts';
import { startPlant, type TestPlant } from './start-plant.ts';
import {
  preparedData,
  removeFolder,
  shortLife,
  sourceOf,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('live');
const line = 'line-3';
const cause = 'quality_hold';
let plant: TestPlant;
let product: Product;
let page: Listening;
let mcp: Client;

beforeAll(async () => {
  // A whole minute, as every past of the plant.
  const pastEndsAt = (Math.floor(Date.now() / 60_000) - 2) * 60_000;
  // The plant sleeps until the product looks on, however long that takes, then makes up for the time at once.
  plant = await startPlant(folder, [], {
    asleep: true,
    plant: new URL('quick-plant.ts', import.meta.url).href,
    pastEndsAt,
  });
  product = await startProduct({
    config: plant.config,
    data: await preparedData(folder),
    env: plant.env,
    flags: shortLife,
  });
  page = await listenTo(product);
  mcp = await clientOverHttp(`${product.url}/mcp`);
  await until(
    'all sources',
    () => product.get('/readyz'),
    ({ text }) => (text.match(/"up"/g) ?? []).length === 4,
  );
  // Line 3 stopped a while ago; in a minute it will run again.
  const inSeconds = Math.round((Date.now() - pastEndsAt) / 1000) - 100;
  await plant.simulator.control({ command: 'schedule-stop', line, inSeconds, cause });
});
afterAll(async () => {
  page?.close();
  await mcp?.close();
  await product?.stop('SIGKILL');
  await plant?.simulator.close();
  removeFolder(folder);
});

type Result = { structuredContent: Record<string, unknown> & { completeness: { missing: string[] } } };
async function call<T>(
  name: string,
  input: Record<string, unknown>,
): Promise<T & Result['structuredContent']> {
  const result = (await mcp.callTool({ name, arguments: input })) as unknown as Result;
  return result.structuredContent as T & Result['structuredContent'];
}
const source = (name: string) => sourceOf(product, name);
const isState =
  (...states: string[]) =>
  (seen: Awaited<ReturnType<typeof source>>) =>
    states.includes(seen?.state ?? '');
const newestReading = async (equipment: string): Promise<number> => {
  const { signals } = await call<{ signals: { last_at: string }[] }>('read_signals', {
    equipment,
    signals: ['speed', 'good_count'],
    points: 0,
  });
  return Math.max(0, ...signals.map(({ last_at: at }) => Date.parse(at)));
};
const freshReading = (after: number) =>
  until(
    'a value that is newer',
    () => newestReading('line-1.filler'),
    (at) => at > after,
  );
type Stops = { stops: { line: string; from: string; to: string | null }[] };
const stopsOf = async () => (await call<Stops>('list_stops', { line })).stops;
const alertsOf = () => page.alerts.filter((one) => one.line === line);

describe('a stop with a known cause', () => {
  test('is told once, with its true cause and place', async () => {
    // The MES and the ERP may be read a little later than the machines: the same alert then says more.
    await until('the alert with its cause', alertsOf, (seen) =>
      seen.some(({ firstLine }) => /^Line 3 stopped at \d\d:\d\d because .*hold/.test(firstLine)),
    );
    const [truth] = await plant.truth();
    expect(truth).toMatchObject({ cause, line });
    const answer = await product.ask('why did line 3 stop?');
    expect(answer.diagnosis).toMatchObject({ cause: truth?.cause, place: truth?.place, abstained: false });
    expect(new Set(answer.evidence.map(({ system }) => system)).size).toBeGreaterThanOrEqual(2);
    expect(new Set(alertsOf().map(({ key }) => key)).size).toBe(1);
  });

  test('also while the ERP is gone: health says so, answers name the gap, the rest goes on', async () => {
    await plant.simulator.control({ command: 'stop-erp' });
    // The tests that follow need it again, whatever comes of this one.
    onTestFinished(async () => {
      await plant.simulator.control({ command: 'start-erp' });
    });
    const down = await until('the ERP to be missed', () => source('erp'), isState('down'));
    expect(down?.problem).toMatch(/does not answer|cannot be reached|refuse/i);
    await freshReading(Date.now());
    await until('the machines to be up', () => source('machines'), isState('up'));
    const answer = await product.ask('what order is running on line 3?');
    expect(answer.missing.join(' ')).toMatch(/\berp\b|SAP/i);
    expect((await product.ask('which sources are down?')).answer).toMatch(/\berp\b|SAP/i);
    const why = await product.ask('why did line 3 stop?');
    expect(why.diagnosis?.cause, why.answer).toBe(cause);
  });

  test('and is changed in place when it ends', async () => {
    const over = await until(
      'the end of the stop',
      () => alertsOf().find(({ state }) => state === 'resolved'),
      Boolean,
      180_000,
    );
    expect(new Set(alertsOf().map(({ key }) => key)).size).toBe(1);
    const versions = alertsOf().map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    const [stop] = await stopsOf();
    expect(stop?.to).not.toBeNull();
    expect(over?.endedAt).toBe(stop?.to);
    await product.printed(/\[over\] Line 3 /);
    // A terminal cannot change a line in place, but says nothing twice in the same words.
    const told = product.output().match(/\[(alert|over)\] Line 3 .*/g) ?? [];
    expect(new Set(told).size).toBe(told.length);
    expect(told.filter((one) => one.startsWith('[over]'))).toHaveLength(1);
  });
});

describe('what goes away', () => {
  test('the OPC UA sessions: made anew, values go on', async () => {
    await until('one session', plant.status, ({ sessions }) => sessions === 1);
    expect(await plant.simulator.control({ command: 'drop-opcua-sessions' })).toBe(1);
    const at = Date.now();
    await freshReading(at + 2_000);
    await until('a new session', plant.status, ({ sessions }) => sessions === 1);
    await until('the machines to be up', () => source('machines'), isState('up'));
  });

  test('the OPC UA server: told with from and to, and nothing later is lost', async () => {
    await plant.simulator.control({ command: 'stop-opcua' });
    const gone = Date.now();
    await until('the machines to be missed', () => source('machines'), isState('down', 'degraded'));
    const blind = await product.ask('why did line 3 stop just now?');
    expect(blind.missing.join(' ')).toMatch(/machines|OPC UA/i);
    // A stop begins that nobody sees.
    await plant.simulator.control({ command: 'schedule-stop', line, inSeconds: 1, cause });
    const hidden = await until('the hidden stop', plant.truth, (all) => all.length === 2);
    await until('the stop to begin', plant.status, ({ now }) => now > (hidden[1]?.at ?? 0) + 2_000);

    const back = Date.now();
    await plant.simulator.control({ command: 'start-opcua' });
    await until('the machines to answer again', () => source('machines'), isState('up'));
    await freshReading(Date.now());

    const stops = await until('the stop that began meanwhile', stopsOf, (all) => all.length === 2);
    const begun = Date.parse(stops[0]?.from ?? '');
    expect(Math.abs(begun - (hidden[1]?.at ?? 0))).toBeLessThan(15_000);

    const { evidence, completeness } = await call<{ evidence: Gap[] }>('list_stops', { line });
    const gap = evidence
      .filter(({ kind }) => kind === 'gap')
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .at(-1);
    expect(gap).toMatchObject({ source: 'machines' });
    expect(completeness.missing.join(' ')).toMatch(/\d\d:\d\d.*\d\d:\d\d/);
    const { record } = await product.getJson<{ record: { from: string; to: string } }>(
      `/api/record?id=${encodeURIComponent(gap?.id ?? '')}`,
    );
    expect(Date.parse(record.from)).toBeLessThanOrEqual(gone);
    expect(Date.parse(record.to)).toBeGreaterThan(back);
  });

  test('and the ERP, gone in between, is read again', async () => {
    // After a longer absence it is asked after longer pauses.
    await until('the ERP to answer again', () => source('erp'), isState('up'), 240_000);
    expect((await product.ask('what order is running on line 3?')).missing.join(' ')).not.toMatch(
      /(erp|SAP)[^.]*does not answer/i,
    );
  });
});
type Gap = { id: string; kind: string; source: string; at: string };
