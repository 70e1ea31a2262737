import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openHttp } from '../../http.ts';
import { allUp, testNow, testPlant } from '../../mcp-server/testing/plant.ts';
import { openToday } from '../../mcp-server/testing/today.ts';
import type { Finding } from '../../plant/source.ts';
import { completed, type Examined } from './completed.ts';
import { askRunning } from './running.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const none = { sentence: '', sources: null };
const ok: Finding = { check: 'orders', state: 'ok', text: 'readable', next: '' };
const examine = (options: unknown, more: Partial<Examined> = {}, own: readonly Finding[] = [ok]) =>
  completed(own, { id: 'erp', options, plant: testPlant, running: none, now: testNow, ...more });
const stateOf = (findings: readonly Finding[], check: string) =>
  findings.find((one) => one.check === check)?.state;

/** Answers each request; `date` writes what it tells of its clock. */
async function serve(date: () => string | null): Promise<string> {
  const server: Server = createServer((_, response) => {
    const told = date();
    response.sendDate = false;
    if (told !== null) response.setHeader('date', told);
    response.writeHead(401).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => server.close(done)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('an HTTP source answers the same questions as any other', async () => {
  const url = await serve(() => new Date().toUTCString());
  const lines = Object.fromEntries(testPlant.lines.map(({ id }) => [id.toUpperCase(), id]));
  const findings = await examine({ url, workCenters: lines });
  expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual([
    'reachable ok',
    'certificate ok',
    'rights ok',
    'clock ok',
    'orders ok',
    'equipment ok',
  ]);
});

test('a clock that is off, no clock, lines without a work center', async () => {
  const late = await examine({ url: await serve(() => 'Thu, 01 Jan 2026 00:00:00 GMT'), workcenters: {} });
  expect(late.find(({ check }) => check === 'clock')?.text).toMatch(/^Its clock is \d+ s behind ours\.$/);
  expect(late.find(({ check }) => check === 'equipment')?.text).toContain(testPlant.lines[0]?.id);
  expect(stateOf(await examine({ url: await serve(() => null) }), 'clock')).toBe('warn');
});

test('what does not answer gets no praise', async () => {
  const fail: Finding = { check: 'orders', state: 'fail', text: 'does not answer', next: '' };
  const findings = await examine({ url: 'https://erp.invalid' }, {}, [fail]);
  expect(findings.filter(({ state }) => state === 'ok')).toEqual([]);
  expect(stateOf(await examine({ url: 'http://erp.invalid' }, {}, [fail]), 'certificate')).toBe('warn');
});

test('a running Andon tells when it last recorded something, and is left as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'andon-doctor-test-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  expect((await askRunning({ dataFolder: folder, token: null })).sources).toBeNull();

  const { mcp, close } = await openToday([]);
  closing.push(close);
  const http = await openHttp({
    host: '127.0.0.1',
    port: 0,
    token: 'secret',
    people: [],
    pagePerson: null,
    log: () => {},
  });
  closing.push(() => http.close());
  http.route({ method: 'ANY', path: '/mcp', own: true, handle: mcp.handleHttp });
  const holder = {
    pid: process.pid,
    started: null,
    since: new Date(testNow).toISOString(),
    address: http.url,
  };
  await writeFile(join(folder, 'andon.lock'), JSON.stringify(holder));

  const refused = await askRunning({ dataFolder: folder, token: null });
  expect(refused.sources).toBeNull();
  expect(refused.sentence).toContain('401');
  // The first call loads the server's packages, which takes a busy machine longer than a person would wait.
  const running = await askRunning({ dataFolder: folder, token: 'secret' }, 60_000);
  expect(running.sentence).toContain(http.url);
  const [first] = allUp;
  expect(running.sources?.get(first?.source ?? '')?.last_record_at).toBe(first?.lastRecordAt);
  const findings = await examine({}, { id: first?.source ?? '', running });
  expect(findings.find(({ check }) => check === 'last recorded')?.text).toMatch(/is of /);
});
