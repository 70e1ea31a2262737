/** A stop that was none: what people saw is told, a slow run or values that did not come. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordBatch } from '../memory/floor/record-batch.ts';
import type { Memory } from '../memory/open.ts';
import { openTestMemory } from '../memory/test-database.ts';
import { plant as plantSchema } from '../plant/equipment.ts';
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

const asked = async (
  times: { at: string } | { from: string; to: string } | Record<string, never>,
  plant = testPlant,
) => {
  const inIso = Object.fromEntries(Object.entries(times).map(([key, time]) => [key, iso(clock(time))]));
  const context = { pool: memory.pool, plant, people: [], now: testNow, health: allUp };
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

/** `11:00 Held, 11:00:40 Execute` of a machine of Line 3. */
const states = (machine: string, told: string) => {
  const equipment = `line-3.${machine}`;
  const records = told.split(', ').map((one) => {
    const [time = '', state = '', waiting = null] = one.split(' ');
    const at = iso(clock(time));
    const key = `${equipment}@${at}`;
    return {
      source: 'machines',
      kind: 'state',
      key,
      equipment,
      at,
      observedAt: at,
      state,
      waiting,
      raw: state,
    };
  });
  return machines({ records });
};
const says = ({ evidence }: { evidence: readonly { id: string; says: string }[] }, ids: readonly string[]) =>
  ids.map((id) => evidence.find((one) => one.id === id)?.says);

it('tells of a machine that stood shorter than the buffer behind it lasted', async () => {
  await states('filler', '11:00 Held, 11:00:40 Execute');
  const told = await asked({ at: '11:02' });
  expect(told.first_line).toBe(
    'Line 3 did not stop at 11:02: it was running. The filler stood 40 seconds from 11:00; the buffer behind it carried the line.',
  );
  expect(told.text).toContain('It had been running since 06:00.');
  expect(says(told, told.claims[0]?.evidence ?? [])).toEqual(
    expect.arrayContaining(['Filler: held, needs a hand (Held)', 'Filler: runs (Execute)']),
  );
  expect((await asked({ at: '11:20' })).first_line).not.toContain('filler');
  const window = await asked({ from: '10:00', to: '12:00' });
  expect(window.first_line).toContain('from 10:00 to 12:00: it was running. The filler stood 40 seconds');
});

it('says that buffers carried the line only where it ran on, and no machine’s wait is its stand', async () => {
  // The capper of 13:00 stopped the line at 13:02.
  await states('labeller', '12:55 Held, 12:55:30 Execute');
  await states('capper', '12:54 Suspended blocked, 12:55 Execute');
  const told = await asked({ at: '12:54' });
  expect(told.first_line).toMatch(/it was running\. The labeller stood 30 seconds from 12:55\.$/);
  expect(told.text).not.toMatch(/[Cc]apper/);
});

it('tells that a lane beside the machine carried the line', async () => {
  const [from, beside, also, to] = ['filler', 'capper', 'labeller', 'packer'].map((id) => `line-3.${id}`);
  const ways = [
    { from, to: beside },
    { from, to: also },
    { from: beside, to },
    { from: also, to },
  ].map((edge) => ({ ...edge, capacity: 60 }));
  const lines = testPlant.lines.map((line) => (line.id === 'line-3' ? { ...line, flow: ways } : line));
  await states('capper', '11:00 Held, 11:12 Execute');
  expect((await asked({ at: '11:05' }, plantSchema.parse({ ...testPlant, lines }))).first_line).toMatch(
    /The capper stood 12 minutes from 11:00; the lane beside it carried the line\.$/,
  );
});

it('tells who waited where the machine that stood tells nothing', async () => {
  await states('filler', '11:00 Suspended blocked, 11:00:50 Execute');
  const told = await asked({ at: '11:00' });
  expect(told.first_line).toMatch(
    /The filler waited 50 seconds for room to discharge from 11:00; the line ran on\.$/,
  );
});

it('tells what still stands, and a stand of the last machine that is too short for a stop', async () => {
  await states('filler', '14:29:30 Aborted');
  const now = await asked({ from: '14:00', to: '14:30' });
  expect(now.first_line).toMatch(
    /it was running\. The filler has been standing since 14:29 \(30 seconds\); the buffer behind it carries the line so far\.$/,
  );
  await states('packer', '12:00 Held, 12:00:20 Execute');
  expect((await asked({ at: '12:01' })).first_line).toMatch(
    /The packer stood 20 seconds from 12:00, too short to count as a stop\.$/,
  );
});

it('tells the end of a long stand by the record of it', async () => {
  await states('capper', '09:40 Held, 12:00 Execute');
  const told = await asked({ at: '10:30' });
  expect(told.first_line).toMatch(/The capper stood 2 hours 20 minutes from 09:40; /);
  expect(says(told, told.claims[0]?.evidence ?? [])).toEqual(
    expect.arrayContaining(['Capper: held, needs a hand (Held)', 'Capper: runs (Execute)']),
  );
});

it.each([
  ['12:00', '12:30'],
  ['10:05', '10:30'],
])('ends no stand in a gap of the machine from %s to %s', async (from, to) => {
  const equipment = 'line-3.capper';
  const span = { at: iso(clock(from)), from: iso(clock(from)), to: iso(clock(to)) };
  const gap = { source: 'machines', observedAt: iso(testNow), kind: 'gap', key: `${equipment}@${span.at}` };
  await machines({ records: [{ ...gap, ...span, equipment, reason: 'timeout' }] });
  await states('capper', '10:00 Held, 12:40 Execute');
  const { first_line: firstLine, text } = await asked({ at: '10:02' });
  expect(firstLine).toMatch(/it was running\. The capper stood from 10:00 on\.$/);
  expect(text).not.toContain('carried');
  // Behind the gap it stood as well; since when is not told.
  expect((await asked({ at: '12:36' })).first_line).not.toMatch(/capper stood \d/);
});

it('says that nothing carried the line where the line itself was silent for a while', async () => {
  const equipment = 'line-3.packer';
  const span = { at: iso(clock('11:08')), from: iso(clock('11:08')), to: iso(clock('11:12')) };
  const gap = { source: 'machines', observedAt: iso(testNow), kind: 'gap', key: `${equipment}@${span.at}` };
  await machines({ records: [{ ...gap, ...span, equipment, reason: 'timeout' }] });
  await states('filler', '11:00 Held, 11:05 Execute');
  expect((await asked({ at: '11:02' })).first_line).toMatch(/The filler stood 5 minutes from 11:00\.$/);
});

it('gives the records on which the nearest stop and the longest of several rest', async () => {
  const ran = await asked({ at: '11:20' });
  const nearest = ran.claims.find(({ text }) => text === 'The nearest stop was at 13:02, for 11 minutes.');
  const [begin, end] = ['13:02', '13:13'].map((time) => `machines/state/line-3.packer@${iso(clock(time))}`);
  expect(nearest?.evidence).toEqual([begin, end]);
  const none = await asked({ at: '09:10' });
  expect(none.claims.find(({ text }) => text.startsWith('The nearest stop'))?.evidence).toEqual([begin, end]);
  await states('packer', '11:00 Held, 11:02 Execute');
  const several = await asked({ from: '10:00', to: '14:00' });
  const longest = several.claims.find(({ text }) =>
    text.startsWith('It is the longest of 2 unplanned stops'),
  );
  expect(longest?.evidence).toHaveLength(4);
  for (const { claims, evidence } of [ran, none, several])
    expect(claims.flatMap((one) => says({ evidence }, one.evidence))).not.toContain(undefined);
});

it('cites of many stops the longest and the next longest, each record once', async () => {
  // Twenty stops, each a little longer than the one before.
  const minutes = (all: number): string =>
    `${String(10 + Math.floor(all / 60)).padStart(2, '0')}:${String(Math.floor(all) % 60).padStart(2, '0')}`;
  const told = Array.from({ length: 20 }, (_, index) => {
    const from = minutes(index * 8);
    return `${from} Held, ${minutes(index * 8 + 2)}:${String(10 + index)} Execute`;
  });
  await states('packer', told.join(', '));
  const { claims, evidence } = await asked({ from: '09:45', to: '12:55' });
  const longest = claims.find(({ text }) => text.startsWith('It is the longest of 20 unplanned stops'));
  const began = (index: number) => `machines/state/line-3.packer@${iso(clock(minutes(index * 8)))}`;
  const wanted = Array.from({ length: 10 }, (_, index) => began(19 - index));
  expect(longest?.evidence).toHaveLength(20);
  expect(longest?.evidence).toEqual(expect.arrayContaining(wanted));
  expect(longest?.evidence[0]).toBe(began(19));
  const ids = evidence.map(({ id }) => id);
  expect(ids).toHaveLength(new Set(ids).size);
  expect(ids.filter((id) => id.startsWith('machines/state/line-3.packer@')).length).toBeLessThan(24);
});
