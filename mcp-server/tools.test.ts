import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { recordBatch } from '../memory/floor/record-batch.ts';
import { openMemory } from '../memory/open.ts';
import type { Memory } from '../memory/open.ts';
import { openMcpServer } from './server.ts';
import type { OpenMcp } from './server.ts';
import { clientInMemory } from './testing/clients.ts';
import { clock, floorOfToday } from './testing/floor.ts';
import { allUp, healthOf, testNow, testPlant } from './testing/plant.ts';

type Data = {
  first_line: string;
  text: string;
  claims: { id: string; text: string; evidence: string[] }[];
  evidence: { id: string; system: string; says: string }[];
  completeness: { complete: boolean; missing: string[]; truncated: boolean };
} & Record<string, unknown>;

let memory: Memory;
let mcp: OpenMcp;
let client: Client;
let health = [...allUp];

beforeAll(async () => {
  memory = await openMemory({ folder: null, databaseUrl: null, clock: () => testNow, log: () => {} });
  for (const batch of floorOfToday()) await recordBatch(memory.pool, batch, testNow);
  mcp = await openMcpServer({ memory, plant: testPlant, clock: () => testNow, health: () => health });
  client = await clientInMemory(mcp);
});
afterAll(async () => {
  await client.close();
  await mcp.close();
  await memory.close();
});

async function call(name: string, input: Record<string, unknown> = {}): Promise<Data> {
  const result = await client.callTool({ name, arguments: input });
  if (result.isError) throw new Error(JSON.stringify(result.content));
  const data = result.structuredContent as Data;
  const ids = new Set(data.evidence.map(({ id }) => id));
  for (const claim of data.claims)
    expect([claim.text, claim.evidence.filter((id) => !ids.has(id))]).toEqual([claim.text, []]);
  return data;
}

const iso = (time: string): string => new Date(clock(time)).toISOString();

describe('line_status', () => {
  it('says how a line is, with the record that says so', async () => {
    const data = await call('line_status', { line: 'L3' });
    expect(data.first_line).toBe('Line 3 runs since 13:13 (77 minutes).');
    expect(data.text).toContain('Order 4711, Cola 0.5 l: 3,200 of 12,000 PC confirmed.');
    expect(data.text).toContain('Its latest stop was at 13:02, for 11 minutes.');
    expect(data.claims[0]?.evidence).toEqual([`machines/state/line-3.packer@${iso('13:13')}`]);
    expect(data.completeness).toMatchObject({ complete: true, missing: [] });
  });

  it('never takes silence for running', async () => {
    expect((await call('line_status', { line: 'can line' })).first_line).toBe(
      'No current data tells whether Line 1 runs.',
    );
    expect((await call('line_status')).first_line).toBe('1 of 2 lines runs.');
  });

  it('answers with a gap where a source is down', async () => {
    health = [...allUp.slice(0, 1), healthOf('erp', 'SAP S/4HANA', 'down', 'connection refused')];
    const data = await call('line_status', { line: '3' });
    health = [...allUp];
    expect(data.first_line).toBe('Line 3 runs since 13:13 (77 minutes).');
    expect(data.completeness.missing).toEqual([
      'SAP S/4HANA does not answer since 14:00: connection refused',
    ]);
    expect(data.text).toContain('Missing:\n- SAP S/4HANA does not answer since 14:00: connection refused');
  });
});

describe('list_stops', () => {
  it('lists stops with where the time went, and the gap inside the window', async () => {
    const data = await call('list_stops', { line: 'bottling line', from: iso('06:00') });
    expect(data.first_line).toBe('Line 3 had 1 unplanned stop from 06:00 to 14:30, 11 minutes in all.');
    expect(data.stops).toMatchObject([{ from: iso('13:02'), to: iso('13:13'), durationS: 660 }]);
    expect(data.pareto).toMatchObject([{ stops: 1, durationS: 660, planned: false }]);
    expect(data.completeness.missing).toEqual(['OPC UA: no data from 09:00 to 09:30 (connection lost)']);
    expect(data.completeness.complete).toBe(false);
  });

  it('refuses windows that mean nothing', async () => {
    for (const input of [
      { from: '2027-01-01T00:00:00Z' },
      { from: iso('10:00'), to: iso('09:00') },
      { from: '2026-01-01T00:00:00Z' },
      { from: 'yesterday' },
    ]) {
      const result = await client.callTool({ name: 'list_stops', arguments: input });
      expect([input, result.isError]).toEqual([input, true]);
    }
  });
});

describe('list_orders and read_signals', () => {
  it('names the running order first and says what was cut off', async () => {
    const data = await call('list_orders', { line: 'line 3', limit: 1 });
    expect(data.first_line).toBe(
      'Order 4711 (Cola 0.5 l): running, 3,200 of 12,000 PC confirmed, due 20:00.',
    );
    expect(data.completeness).toMatchObject({ truncated: true, missing: ['Shown are 1 of 2.'] });
    expect(data.text).toContain('To see the rest');
  });

  it('boils a signal down to what can be said', async () => {
    const data = await call('read_signals', { equipment: 'capper', from: iso('12:40'), to: iso('13:05') });
    expect(data.first_line).toContain('torque 9.5 Nm (13:05); between 2 Nm and 9.5 Nm');
    const [signal] = data.signals as { points: unknown[]; high: number }[];
    expect(signal?.points.length).toBeLessThanOrEqual(30);
    expect(signal?.high).toBe(9.5);
    const none = await call('read_signals', { equipment: 'compressed air' });
    expect(none.first_line).toMatch(/^No values of compressed air|^No values of Compressed air/);
  });
});

it('gives the same answer twice', async () => {
  for (const name of ['line_status', 'list_stops', 'list_orders', 'source_health', 'find_equipment'])
    expect(JSON.stringify(await call(name))).toBe(JSON.stringify(await call(name)));
});
