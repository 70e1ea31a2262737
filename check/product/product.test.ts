/** The whole product as a newcomer starts it: `node main.ts` with the demo plant, asked from outside. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMemory } from '../../memory/open.ts';
import { lives } from './processes.ts';
import { pastEndOf, samePlant } from './start-plant.ts';
import {
  demoYaml,
  npmRun,
  quickAlerts,
  removeFolder,
  shortPast,
  startProduct,
  temporaryFolder,
  until,
  type Asked,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('product');
const data = join(folder, 'data');
const why = 'why did line 3 stop?';
const stableKeys = ['answer', 'diagnosis', 'claims', 'evidence', 'missing', 'model', 'ms'];
const diagnosisKeys = [
  'stop',
  'planned',
  'machine',
  'place',
  'cause',
  'class',
  'p',
  'chain',
  'ruled_out',
  'unknown',
  'next_check',
  'abstained',
];
let config: string;
let product: Product;
/** What was answered before the restart; compared with what is known after it. */
let before: Asked;

beforeAll(async () => {
  config = demoYaml(folder, [shortPast, quickAlerts]);
  product = await startProduct({ config, data });
});
afterAll(async () => {
  await product?.stop('SIGKILL');
  removeFolder(folder);
});

describe('the first start', () => {
  test('records the past before it says where it is, and how the lines are', () => {
    expect(product.output()).toMatch(/rows recorded in \d+ s/);
    expect(product.output()).toMatch(/Demo plant: Line 1, Line 2, Line 3, Line 4\.\n\d of 4 lines run\./);
  });

  test('serves the page and its files, under a content security policy', async () => {
    const page = await fetch(product.url);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect((await product.get(file)).status, file).toBe(200);
    expect(html).not.toMatch(/<script(?![^>]*src=)|style="|https?:\/\//);
  });

  test('answers with one JSON object and nothing else on standard output', async () => {
    const { code, out, err } = await npmRun('ask', ['--json', why], {
      ANDON_CONFIG: config,
      ANDON_DATA: data,
    });
    expect(err).toBe('');
    expect(code).toBe(0);
    before = JSON.parse(out) as Asked;
    expect(Object.keys(before)).toEqual(stableKeys);
    expect(Object.keys(before.diagnosis ?? {})).toEqual(expect.arrayContaining(diagnosisKeys));
    expect(before.answer).toMatch(/^Line 3 stopped at \d\d:\d\d/);
    expect(before.model).toBe('offline');
  });

  test('with at least three pieces of evidence of at least two systems, each a record that opens', async () => {
    expect(before.evidence.length).toBeGreaterThanOrEqual(3);
    expect(new Set(before.evidence.map(({ system }) => system)).size).toBeGreaterThanOrEqual(2);
    const ids = new Set(before.evidence.map(({ id }) => id));
    for (const claim of before.claims)
      expect(
        claim.evidence.filter((id) => !ids.has(id)),
        claim.text,
      ).toEqual([]);
    for (const { id } of before.evidence)
      expect((await product.get(`/api/record?id=${encodeURIComponent(id)}`)).status, id).toBe(200);
  });

  test('says the same over HTTP', async () => {
    const asked = await product.ask(why);
    expect(Object.keys(asked)).toEqual(stableKeys);
    expect(asked.diagnosis?.stop.line).toBe('line-3');
  });

  test('lives, is ready once every source has reported, and counts', async () => {
    expect(await product.get('/healthz')).toEqual({ status: 200, text: '{"alive":true}' });
    const ready = await until(
      'ready',
      () => product.get('/readyz'),
      ({ status }) => status === 200,
    );
    const { sources } = JSON.parse(ready.text) as { sources: { source: string; state: string }[] };
    expect(sources.map(({ source }) => source)).toEqual(['machines', 'erp', 'mes', 'notes']);
    const { text } = await until(
      'all up',
      () => product.get('/metrics'),
      (seen) =>
        ['machines', 'erp', 'mes', 'notes'].every((name) =>
          new RegExp(`^andon_source_up\\{source="${name}",system="[^"]+"\\} 1$`, 'm').test(seen.text),
        ),
    );
    expect(text).toMatch(/^andon_questions_total\{surface="web",model="offline"\} [1-9]/m);
    expect(text).toMatch(/^andon_readings_total\{source="machines"\} [1-9]/m);
  });

  test('tells the live stop of line 3 on the terminal, with its cause, before anyone asks', async () => {
    // Where a system is read later than the machines, the same alert is told again with the cause.
    const [told] = await product.printed(/\[alert\] Line 3 stopped at [^\n]*because [^\n]*/, 240_000);
    expect(told).toMatch(/^\[alert\] Line 3 stopped at \d\d:\d\d[ ,]/);
  });
});

describe('the end and the second start', () => {
  test('SIGTERM closes everything in order: no process, no lock, no word on failures', async () => {
    const children = product.children();
    expect(children.length).toBeGreaterThan(0);
    expect(await product.stop()).toEqual({ code: 0, signal: null });
    expect([product.pid, ...children].filter(lives)).toEqual([]);
    expect(existsSync(join(data, 'andon.lock'))).toBe(false);
    expect(product.output().trimEnd()).toMatch(/\nClosing\.$/);
  });

  test('the answer was the truth: machine and cause as they happened', async () => {
    const memory = await openMemory({ folder: data, databaseUrl: null, clock: Date.now, log: () => {} });
    const pastEnd = await pastEndOf(memory);
    await memory.close();
    const plant = await samePlant({ config, data, pastEnd, pastDays: 1 });
    for (const _ of plant.unseen());
    const stop = before.diagnosis?.stop;
    const from = Date.parse(stop?.from ?? '');
    // Where writing the past down took more than a minute, the first live stop was asked about.
    while (plant.world.now() < from + 60_000) plant.world.step();
    const truth = plant
      .happenings()
      .filter(({ line, at, until: over }) => line === 'line-3' && at <= from + 60_000 && over >= from);
    expect(truth).toMatchObject([{ cause: before.diagnosis?.cause, place: before.diagnosis?.place }]);
  });

  test('without a running Andon, the question starts one for itself and closes it', async () => {
    const at = before.diagnosis?.stop.from ?? '';
    const clock = new Date(at).toLocaleTimeString('en-GB', {
      timeZone: 'Europe/Berlin',
      timeStyle: 'short',
    });
    const { code, out, err } = await npmRun('ask', ['--json', `why did line 3 stop at ${clock}?`], {
      ANDON_CONFIG: config,
      ANDON_DATA: data,
    });
    expect(code).toBe(0);
    expect(err).toMatch(/^Andon is not running here; starting it for this question\./);
    // The past is there already: it is not recorded again, and what was known then is known now.
    expect(err).not.toMatch(/rows recorded/);
    const again = JSON.parse(out) as Asked;
    expect(Object.keys(again)).toEqual(stableKeys);
    expect(again.diagnosis).toMatchObject({
      stop: { from: at, line: 'line-3' },
      cause: before.diagnosis?.cause,
      place: before.diagnosis?.place,
    });
    expect(existsSync(join(data, 'andon.lock'))).toBe(false);
  });
});
