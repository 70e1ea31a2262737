/** A stop that was none: what people saw is told, a slow run or values that did not come. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordBatch } from '../memory/floor/record-batch.ts';
import type { Memory } from '../memory/open.ts';
import { openTestMemory } from '../memory/test-database.ts';
import { batch, type Batch } from '../plant/record.ts';
import { sentencesIn } from '../plant/say/index.ts';
import { iso } from '../plant/time.ts';
import { clock, floorOfToday } from './testing/floor.ts';
import { allUp, testNow, testPlant } from './testing/plant.ts';
import explainStop from './tools/explain-stop.ts';

let memory: Memory;
beforeEach(async () => {
  memory = await openTestMemory({ clock: () => testNow });
  for (const one of floorOfToday()) await recordBatch(memory.pool, one, testNow);
});
afterEach(() => memory.close());

const asked = async (times: { at: string } | { from: string; to: string } | Record<string, never>) => {
  const inIso = Object.fromEntries(Object.entries(times).map(([key, time]) => [key, iso(clock(time))]));
  const context = { pool: memory.pool, plant: testPlant, people: [], now: testNow, health: allUp };
  const more = { decisions: { pool: memory.pool }, say: sentencesIn('en') };
  return explainStop.run({ line: 'line 3', ...inIso }, { ...context, ...more });
};
const machines = (more: object): Promise<unknown> =>
  recordBatch(memory.pool, batch.parse({ source: 'machines', records: [], ...more }), testNow);
/** Of the packer, by which the line is judged, a value a minute from 10:00. */
const values = (signal: string, of: (minute: number) => number): Batch['readings'] =>
  Array.from({ length: 120 }, (_, minute) => ({
    equipment: 'line-3.packer',
    signal,
    at: clock('10:00') + minute * 60_000,
    value: of(minute),
  }));
const slowFrom11To1125 = (minute: number) => (minute >= 60 && minute < 86 ? 51 : 80);

it.each([
  ['its speed', () => values('speed', slowFrom11To1125), '51 instead of the usual 80, from 11:00 to 11:25'],
  [
    'what it counted',
    () => values('good_count', (minute) => 80 * minute - 29 * Math.max(0, Math.min(minute - 60, 26))),
    /\d\d a minute instead of the usual 80, from 11:0\d to 11:2\d/,
  ],
])('tells that the line ran slowly, by %s', async (_, readings, said) => {
  await machines({ readings: readings() });
  const { first_line: firstLine, text, outcome, evidence, claims } = await asked({ at: '11:10' });
  expect(outcome).toBe('ran');
  expect(firstLine).toMatch(/^Line 3 did not stop at 11:10: it ran, but slowly, at /);
  expect(firstLine).toMatch(said);
  expect(text).toContain('It had been running since 06:00.');
  const ids = evidence.map(({ id }) => id);
  const rest = claims[0]?.evidence.filter((id) => id.includes('/signal/line-3.packer/'));
  expect(rest).toHaveLength(1);
  expect(ids).toEqual(expect.arrayContaining(rest ?? ['none']));
  expect((await asked({ at: '11:45' })).first_line).toMatch(/it was running\./);
});

it('tells that it still runs slowly', async () => {
  const later = values('speed', (minute) => (minute >= 60 ? 51 : 80));
  await machines({ readings: later.map((one) => ({ ...one, at: one.at + 2.5 * 3_600_000 })) });
  const { first_line: firstLine } = await asked({ from: '13:20', to: '14:29' });
  expect(firstLine).toMatch(/it ran, but slowly, at 51 instead of the usual 80, since 13:30\./);
});

it('names the source that failed, and tells no rate of values that did not come', async () => {
  const gap = { source: 'machines', equipment: null, observedAt: iso(testNow), kind: 'gap', key: '*@b' };
  const span = { at: iso(clock('11:05')), from: iso(clock('11:05')), to: iso(clock('11:15')) };
  const records = [{ ...gap, ...span, reason: 'connection refused', only: 'values' }];
  await machines({ records, readings: values('speed', slowFrom11To1125) });
  const { first_line: firstLine } = await asked({ at: '11:20' });
  expect(firstLine).toBe(
    'Line 3 did not stop at 11:20: it was running. OPC UA gave no data from 11:05 to 11:15, which can look like a stop.',
  );
});

it('names the system that went down; one of the MES stops no machine’s values', async () => {
  const system = { source: 'machines', equipment: 'line-3', observedAt: iso(testNow), kind: 'system' };
  const down = { ...system, key: 's', at: iso(clock('11:06')), component: 'edge-3', event: 'down' };
  const mes = { source: 'mes', equipment: null, observedAt: iso(testNow), kind: 'gap', key: '*@c' };
  const span = { at: iso(clock('11:00')), from: iso(clock('11:00')), to: iso(clock('11:30')) };
  await machines({ records: [down] });
  const gap = batch.parse({ source: 'mes', records: [{ ...mes, ...span, reason: 'timeout' }] });
  await recordBatch(memory.pool, gap, testNow);
  const { first_line: firstLine } = await asked({ at: '11:10' });
  expect(firstLine).toMatch(/it was running\. edge-3 went down at 11:06, which can look like a stop\.$/);
});
