/** Which line, which place and which stop cost most: two lines of one day, asked of `list_stops`. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batch } from '../plant/record.ts';
import { clientInMemory } from './testing/clients.ts';
import { clock, floorOfToday } from './testing/floor.ts';
import { openToday, type Today } from './testing/today.ts';

let opened: Today;
let client: Client;
const iso = (time: string): string => new Date(clock(time)).toISOString();

const change = (equipment: string, time: string, state: string, waiting: string | null = null) => ({
  kind: 'state',
  source: 'machines',
  key: `${equipment}@${iso(time)}`,
  at: iso(time),
  observedAt: iso(time),
  equipment,
  state,
  waiting,
  raw: state,
});
const jam = (equipment: string, time: string) => ({
  kind: 'alarm',
  source: 'machines',
  key: `${equipment}/jam@${iso(time)}/on`,
  at: iso(time),
  observedAt: iso(time),
  equipment,
  alarm: 'jam',
  text: 'Jam at infeed',
  active: true,
  severity: 700,
});
const breaks = (equipment: string, from: string, to: string | null) => [
  change(equipment, from, 'Aborted'),
  jam(equipment, from),
  ...(to ? [change(equipment, to, 'Execute')] : []),
];
/** Line 1 stops four times for a minute; line 3 at 10:00 and since 14:20, besides its capper's trip from 13:02 to 13:13. */
const restOfTheDay = () =>
  batch.parse({
    source: 'machines',
    records: [
      ...['filler', 'seamer', 'packer'].map((name) => change(`line-1.${name}`, '06:00', 'Execute')),
      ...['07:10', '08:10', '11:10', '12:10'].flatMap((from) =>
        breaks('line-1.packer', from, from.replace(/10$/, '11')),
      ),
      ...breaks('line-3.packer', '10:00', '10:06'),
      ...breaks('line-3.packer', '14:20', null),
    ],
  });

beforeAll(async () => {
  opened = await openToday([...floorOfToday(), restOfTheDay()]);
  client = await clientInMemory(opened.mcp);
});
afterAll(async () => {
  await client.close();
  await opened.close();
});

type Data = {
  first_line: string;
  text: string;
  table: { columns: string[]; rows: string[][] } | null;
  ranking: { line: string | null; place: string | null; seconds: number; stops: number; going_on: boolean }[];
  claims: { evidence: string[] }[];
  evidence: { id: string }[];
  completeness: { missing: string[] };
};
async function stops(input: Record<string, unknown>): Promise<Data> {
  const result = await client.callTool({ name: 'list_stops', arguments: input });
  if (result.isError) throw new Error(JSON.stringify(result.content));
  const data = result.structuredContent as Data;
  const ids = new Set(data.evidence.map(({ id }) => id));
  expect(data.claims.flatMap(({ evidence }) => evidence).filter((id) => !ids.has(id))).toEqual([]);
  return data;
}
const today = { from: iso('00:00') };

test('which line stopped most: by minutes, and by count where that is another one', async () => {
  const data = await stops({ ...today, rank_by: 'line' });
  expect(data.first_line).toBe(
    'Line 3 stood longest today until 14:30: 27 minutes in 3 unplanned stops, one still going on; Line 1 stopped most often, 4 times for 4 minutes in all.',
  );
  expect(data.table).toEqual({
    columns: ['Line', 'Stood', 'Stops', 'Longest', 'Standing now'],
    rows: [
      ['Line 3', '27 minutes', '3', '11 minutes', 'since 14:20'],
      ['Line 1', '4 minutes', '4', '60 seconds', '-'],
    ],
  });
  expect(data.ranking).toMatchObject([
    { line: 'line-3', seconds: 27 * 60, stops: 3, going_on: true },
    { line: 'line-1', seconds: 4 * 60, stops: 4, going_on: false },
  ]);
});

test('what stopped us most: the places where the stops began, with what it was', async () => {
  const data = await stops({ ...today, rank_by: 'place' });
  expect(data.first_line).toMatch(
    /^Most time was lost at the packer of Line 3 today until 14:30: 16 minutes in 2 of 7 unplanned stops, one still going on, cause not clear\.$/,
  );
  expect(data.table?.rows.map(([where, long, count]) => [where, long, count])).toEqual([
    ['Packer of Line 3', '16 minutes', '2'],
    ['Capper of Line 3', '11 minutes', '1'],
    ['Packer of Line 1', '4 minutes', '4'],
  ]);
  expect(data.ranking.map(({ place }) => place)).toEqual(['line-3.packer', 'line-3.capper', 'line-1.packer']);
  expect(data.text).toContain('- The capper of Line 3: 11 minutes in 1 stop, a tripped drive');
});

test('the longest stops, each with its cause, and what is going on is said', async () => {
  const data = await stops({ ...today, line: 'L3', rank_by: 'stop', limit: 2 });
  expect(data.first_line).toBe(
    'The longest of 3 unplanned stops of Line 3 today until 14:30 was the one from 13:02 to 13:13: 11 minutes, a tripped drive at the capper.',
  );
  expect(data.text).toContain('The 2 longest took 21 minutes of 27 minutes.');
  expect(data.text).toMatch(/- 14:20 and still standing, 10 minutes: /);
  expect(data.table?.rows).toHaveLength(2);
  const one = await stops({ from: iso('14:00'), rank_by: 'stop' });
  expect(one.first_line).toMatch(
    /^The only unplanned stop in the late shift until 14:30 is on Line 3 since 14:20: 10 minutes so far, began at the packer of Line 3, cause not clear\.$/,
  );
});

test('a stop counts for what of it lies in the time asked about', async () => {
  const data = await stops({ from: iso('13:10'), to: iso('14:25'), rank_by: 'line' });
  expect(data.first_line).toMatch(
    /^Line 3 stood longest from 13:10 to 14:25: 8 minutes in 2 unplanned stops/,
  );
  expect(data.text).toContain('A stop that began before 13:10 counts from then.');
  const plain = await stops({ from: iso('13:10'), to: iso('14:25'), line: 'L3' });
  expect(plain.first_line).toBe(
    'Line 3 had 2 unplanned stops from 13:10 to 14:25, 8 minutes in all, one still going on.',
  );
});

test('shorter stops are left out, and nothing is ranked where nothing stopped', async () => {
  expect((await stops({ ...today, line: 'L1', min_seconds: 300, rank_by: 'stop' })).first_line).toBe(
    'Line 1: no unplanned stop is recorded today until 14:30.',
  );
  expect((await stops({ ...today, line: 'L1', loss: 'minor_stop' })).first_line).toBe(
    'Line 1 had 4 short stops today until 14:30, 4 minutes in all.',
  );
});

test('two times are compared over the same stretch', async () => {
  const data = await stops({
    line: 'L3',
    from: iso('14:00'),
    than_from: iso('06:00'),
    than_to: iso('14:00'),
  });
  expect(data.first_line).toBe(
    'Line 3 stood longer in the late shift until 14:30 than in the early shift until 06:30: 10 minutes in 1 unplanned stop, still going on, against no unplanned stop.',
  );
  expect(data.text).toContain('In the early shift as a whole: 17 minutes in 2 unplanned stops.');
});

test('a line whose state nobody recorded is not one without stops', async () => {
  const early = { from: iso('05:00'), to: iso('05:30') };
  const data = await stops({ ...early, line: 'L1', rank_by: 'stop' });
  expect(data.first_line).toBe('No data tells whether Line 1 stood from 05:00 to 05:30.');
  expect((await stops({ ...early, rank_by: 'line' })).first_line).toBe(
    'No data tells whether any line stood from 05:00 to 05:30.',
  );
});
