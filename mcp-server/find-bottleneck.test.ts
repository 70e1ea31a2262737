/** Which machine held a line back, asked as an assistant asks, and what is said where that cannot be told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../memory/db.ts';
import { batch, type Batch } from '../plant/record.ts';
import { plant as plantSchema } from '../plant/equipment.ts';
import { sentencesIn } from '../plant/say/index.ts';
import { clientInMemory } from './testing/clients.ts';
import { clock, floorOfToday } from './testing/floor.ts';
import { allUp, testNow, testPlant } from './testing/plant.ts';
import { openToday, type Today } from './testing/today.ts';
import findBottleneck from './tools/find-bottleneck.ts';

const iso = (time: string): string => new Date(clock(time)).toISOString();

/** `10:00 Held, 10:06 Execute`; what is stopped here is being set up. */
const states = (equipment: string, told: string) =>
  told.split(', ').map((one) => {
    const [time = '', word = ''] = one.split(' ');
    const [state = '', waiting = null] = word.split('/');
    const mode = state === 'Stopped' ? 'Setup' : 'Production';
    const at = iso(time);
    const source = 'machines';
    const key = `${equipment}@${at}`;
    return { source, kind: 'state', key, equipment, at, observedAt: at, state, waiting, mode, raw: state };
  });

/** The filler of Line 1 stands three times; the seamer waits for it, and tells of itself alone besides. */
const seamerWaits = (): Batch =>
  batch.parse({
    source: 'machines',
    records: [
      ...states(
        'line-1.filler',
        '06:00 Execute, 08:00 Held, 08:10 Execute, 10:00 Held, 10:10 Execute, 12:00 Aborted, 12:15 Execute',
      ),
      ...states(
        'line-1.seamer',
        '06:00 Execute, 08:01 Suspended/starved, 08:11 Execute, 10:01 Suspended/starved, 10:11 Execute, 12:01 Suspended/starved, 12:16 Execute',
      ),
      ...['a', 'b'].flatMap((id) => states(`set-up.${id}`, '06:00 Execute, 08:00 Stopped, 08:40 Execute')),
      ...states('press.one', '06:00 Execute, 08:00 Held, 08:10 Execute'),
    ],
  });
const plant = plantSchema.parse({
  ...testPlant,
  lines: [
    ...testPlant.lines,
    { id: 'press', name: 'Press', machines: [{ id: 'press.one', name: 'Press 1' }] },
    ...['bare', 'set-up'].map((line, index) => ({
      id: line,
      name: `Line ${9 - index}`,
      machines: ['a', 'b'].map((id) => ({ id: `${line}.${id}`, name: id.toUpperCase() })),
    })),
  ],
});

let today: Today;
let client: Awaited<ReturnType<typeof clientInMemory>>;
beforeAll(async () => {
  today = await openToday([...floorOfToday(), seamerWaits()], { plant });
  client = await clientInMemory(today.mcp);
});
afterAll(async () => {
  await client.close();
  await today.close();
});

type Data = {
  first_line: string;
  text: string;
  facts: { label: string; value: string }[];
  table: { rows: string[][] } | null;
  lines: { line: string; machine: string | null; agree: number; dark: string[] }[];
  claims: { text: string; evidence: string[] }[];
  evidence: { id: string; says: string }[];
  completeness: { missing: string[] };
};
async function find(input: Record<string, unknown>): Promise<Data> {
  const result = await client.callTool({ name: 'find_bottleneck', arguments: input });
  if (result.isError) throw new Error(JSON.stringify(result.content));
  return result.structuredContent as Data;
}
const today6 = { from: iso('06:00') };

test('names the machine for which the others wait, and how sure that is', async () => {
  const data = await find({ line: 'L1', ...today6 });
  expect(data.first_line).toBe(
    'The filler held Line 1 back most from 06:00 to 14:30: it stood by itself 3 times, for 35 minutes in all; the seamer waited 35 minutes for product.',
  );
  expect(data.text).toBe(
    [
      'All three ways of reckoning name the filler:',
      '- Busy longest without a wait, on average: the filler, 4 hours at a time',
      '- Busy longest at the moment, for most of the time: the filler, for 8 hours',
      '- Where waiting turns from no room to no product: the filler, which did not wait',
      '',
      'The packer tells no state and was left out.',
      '',
      'Missing:',
      '- OPC UA: no data from 09:00 to 09:30 ("connection lost")',
    ].join('\n'),
  );
  expect(data.facts).toEqual([{ label: 'Bottleneck', value: 'filler, by 3 of 3 ways of reckoning' }]);
  expect(data.lines).toMatchObject([
    { line: 'line-1', machine: 'line-1.filler', agree: 3, dark: ['line-1.packer'] },
  ]);
  expect(data.table?.rows[1]).toEqual(['Seamer', '7 hours 25 minutes', '-', '35 minutes', '-', '89 minutes']);
});

test('every figure stands in a record that is handed over', async () => {
  for (const input of [{ line: 'L1', ...today6 }, { line: 'L3', ...today6 }, {}]) {
    const { claims, evidence } = await find(input);
    const says = new Map(evidence.map((one) => [one.id, one.says]));
    for (const { text, evidence: ids } of claims) {
      const told = ids.map((id) => says.get(id)).join(' ');
      const figures = text.match(/\d+ (?:hours?(?: \d+ minutes?)?|minutes?|seconds?)|\d+ times/g) ?? [];
      expect([text, figures.filter((one) => !told.includes(one) && one !== '24 hours')]).toEqual([text, []]);
    }
  }
  expect((await find({ line: 'L1', ...today6 })).evidence.map(({ id }) => id)).toContain(
    `machines/state/line-1.seamer@${iso('12:01')}`,
  );
});

test('every line is told where none is named', async () => {
  const { first_line, text } = await find({});
  expect(first_line).toMatch(
    /^Held back most in the last 24 hours: Line 1 by the filler and Line 3 by the capper; on 3 other lines/,
  );
  expect(text).toContain('- The filler held Line 1 back most in the last 24 hours');
  expect(text).toContain('- Press is one machine');
});

test('says what is missing where it cannot tell', async () => {
  expect((await find({ line: 'Press' })).first_line).toBe(
    'Press is one machine: no other of the line can wait for it, so it has no bottleneck to find.',
  );
  expect((await find({ line: 'Line 9', ...today6 })).first_line).toBe(
    'No machine of Line 9 told its state from 06:00 to 14:30, so it cannot be said which one held it back.',
  );
  const before = await find({ line: 'L3', from: '2026-11-01T05:00:00Z', to: '2026-11-02T05:00:00Z' });
  expect(before.first_line).toMatch(/^No machine of Line 3 told its state from Sunday 1 Nov 06:00/);
  const partly = await find({ line: 'L3', from: iso('04:00'), to: iso('08:00') });
  expect(partly.first_line).toBe(
    'No machine held Line 3 back from 04:00 to 08:00: none of those that tell their state waited for another.',
  );
  expect(partly.completeness.missing).toEqual(['No data tells whether Line 3 stood from 04:00 to 06:00.']);
});

test('of several lines the states of one are read at a time', async () => {
  let [reading, most] = [0, 0];
  const query = async (...asked: Parameters<Db['query']>) => {
    most = Math.max(most, (reading += 1));
    try {
      return await (today.memory.pool as Db).query(...asked);
    } finally {
      reading -= 1;
    }
  };
  const pool = { query } as Db;
  const context = { pool, plant, people: [], now: testNow, health: allUp, decisions: { pool } };
  const found = await findBottleneck.run({}, { ...context, say: sentencesIn('en') });
  expect(found.lines).toHaveLength(plant.lines.length);
  expect(most).toBe(1);
});

test('a changeover of the line is nobody’s doing', async () => {
  const { first_line, table } = await find({ line: 'Line 8', ...today6 });
  expect(first_line).toMatch(/^No machine held Line 8 back/);
  expect(table?.rows.map(([, , stood]) => stood)).toEqual(['-', '-']);
});

test('refuses windows that mean nothing and lines that are not there', async () => {
  for (const input of [
    { line: 'Line 77' },
    { line: 'L3', from: '2027-01-01T00:00:00Z' },
    { line: 'L3', from: iso('10:00'), to: iso('09:00') },
    { line: 'L3', since: iso('10:00') },
  ]) {
    const result = await client.callTool({ name: 'find_bottleneck', arguments: input });
    expect([input, result.isError]).toEqual([input, true]);
  }
});
