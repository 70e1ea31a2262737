import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { batch } from '../plant/record.ts';
import { clientInMemory } from './testing/clients.ts';
import { clock, floorOfToday } from './testing/floor.ts';
import { openToday, type Today } from './testing/today.ts';

let today: Today;
let client: Client;
const iso = (time: string): string => new Date(clock(time)).toISOString();

/** A time in which some machines told nothing; `only: 'values'`: but for their states. */
const gaps = (
  names: string[],
  from: string,
  to: string,
  more: { reason: string; only?: 'values' | 'alarms' },
) =>
  batch.parse({
    source: 'machines',
    records: names.map((name) => ({
      kind: 'gap',
      source: 'machines',
      key: `line-3.${name}@${iso(from)}`,
      version: iso(to),
      equipment: `line-3.${name}`,
      at: iso(from),
      observedAt: iso(to),
      quality: 'good',
      from: iso(from),
      to: iso(to),
      ...more,
    })),
  });

beforeAll(async () => {
  const states = gaps(['packer'], '11:00', '11:30', { reason: 'no connection' });
  const every = ['filler', 'capper', 'labeller', 'packer'];
  const values = gaps(every, '10:00', '10:30', { reason: 'no values', only: 'values' });
  const alarms = gaps(['packer'], '12:00', '12:30', { reason: 'alarms not seen', only: 'alarms' });
  today = await openToday([...floorOfToday(), states, values, alarms]);
  client = await clientInMemory(today.mcp);
});
afterAll(async () => {
  await client.close();
  await today.close();
});

async function call(name: string, input: Record<string, unknown>) {
  const { structuredContent } = await client.callTool({ name, arguments: input });
  return structuredContent as { outcome: string; completeness: { missing: string[] } };
}

it('a time of which the states are known is not one without data, though values are missing', async () => {
  const known = await call('explain_stop', { line: 'L3', at: iso('10:10') });
  expect(known.outcome).toBe('ran');
  const quiet = await call('explain_stop', { line: 'L3', at: iso('12:10') });
  expect(quiet.outcome).toBe('ran');
  const unknown = await call('explain_stop', { line: 'L3', at: iso('11:10') });
  expect(unknown.outcome).toBe('no_data');
});

it('machines that miss the same time are told together, by name', async () => {
  const { completeness } = await call('list_stops', { line: 'L3', from: iso('09:45') });
  expect(completeness.missing).toEqual([
    'OPC UA: no data of the packer of Line 3 from 11:00 to 11:30 ("no connection")',
    'OPC UA: no values and alarms of the capper of Line 3, the filler of Line 3, the labeller of Line 3 and the packer of Line 3 from 10:00 to 10:30 ("no values")',
    'OPC UA: no alarms of the packer of Line 3 from 12:00 to 12:30 ("alarms not seen")',
  ]);
});
