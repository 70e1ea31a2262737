/** The cause record of a stop, read by an assistant. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepCauseRecord } from '../memory/corrections.ts';
import { recordBatch } from '../memory/floor/record-batch.ts';
import { openTestMemory } from '../memory/test-database.ts';
import type { Memory } from '../memory/open.ts';
import { confirmed, type CauseRecord } from '../plant/cause-record.ts';
import { iso } from '../plant/time.ts';
import { openMcpServer, type OpenMcp } from './server.ts';
import { clientInMemory } from './testing/clients.ts';
import { floorOfToday } from './testing/floor.ts';
import { allUp, testNow, testPlant } from './testing/plant.ts';

let memory: Memory;
let mcp: OpenMcp;
let client: Client;
beforeAll(async () => {
  memory = await openTestMemory({ clock: () => testNow });
  for (const batch of floorOfToday()) await recordBatch(memory.pool, batch, testNow);
  mcp = await openMcpServer({
    memory,
    plant: testPlant,
    people: [],
    clock: () => testNow,
    health: () => allUp,
  });
  client = await clientInMemory(mcp);
});
afterAll(async () => {
  await client.close();
  await mcp.close();
  await memory.close();
});

const stopId = async (): Promise<string> => {
  const { structuredContent } = await client.callTool({
    name: 'explain_stop',
    arguments: { line: 'line 3' },
  });
  return (structuredContent as { diagnosis: { stop: { id: string } } }).diagnosis.stop.id;
};
const read = async (stop: string) => {
  const { contents } = await client.readResource({ uri: `andon://stops/${stop}/cause-record` });
  return JSON.parse((contents[0] as { text: string }).text) as {
    first_line: string;
    whys: { because: string | null; evidence: string | null }[];
    entries: { label: string; text: string }[];
    record: CauseRecord;
    evidence: { id: string }[];
    completeness: { missing: string[] };
  };
};

test('is offered by its template', async () => {
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(
    'andon://stops/{stop}/cause-record',
  );
});

test.each([
  ['as it is', (id: string) => id],
  ['escaped', encodeURIComponent],
])('is a proposal with the evidence of its whys; the id %s', async (_, written) => {
  const id = await stopId();
  const { first_line, whys, entries, record, evidence, completeness } = await read(written(id));
  expect(first_line).toBe('A proposal: nobody has confirmed it yet.');
  expect(record).toMatchObject({
    stop: id,
    d2_problem: { line: 'line-3', order: '4711' },
    d4_root: { cause_id: 'drive_trip', status: 'proposed', confirmed_by: null },
  });
  const ids = evidence.map((one) => one.id);
  expect(whys.length).toBeGreaterThan(2);
  expect(whys.every((why) => why.because === null || ids.includes(why.evidence ?? ''))).toBe(true);
  expect(entries).toContainEqual({ label: 'Order', text: '"4711"' });
  expect(completeness.missing).toEqual([]);
});

test.each(['line-9@2026-11-20T12:02:00Z', 'line-3@2026-11-20T07:00:00Z', 'line-3', 'line-3@yesterday'])(
  'there is none of %s',
  async (stop) => {
    await expect(read(stop)).rejects.toThrow(/no stop/);
  },
);

test('of a kept record what its whys rested on is read again, or told to be gone', async () => {
  const id = await stopId();
  const { record } = await read(id);
  const { cause_id: cause, place, whys } = record.d4_root;
  const at = iso(testNow);
  const then = (cited: string): CauseRecord => ({
    ...record,
    d4_root: {
      ...record.d4_root,
      whys: whys.map((one) => ({ ...one, because: 'it was so', evidence_id: cited })),
    },
  });
  const shown = async (cited: string) => {
    const kept = confirmed(then(cited), { cause, place, by: 'supervisor', at });
    await keepCauseRecord(memory.pool, { record: kept, correction: 'c-1' }, at);
    const now = await read(id);
    return { why: now.whys[0], evidence: now.evidence.filter((one) => one.id === cited) };
  };
  const state = 'machines/state/line-3.capper@2026-11-20T08:30:00.000Z';
  expect(await shown(state)).toMatchObject({
    why: { because: 'It was so', evidence: state },
    evidence: [{ system: 'OPC UA', says: 'Capper: runs (Execute)' }],
  });
  const value = 'machines/signal/line-3.capper/torque@2026-11-20T11:30:00.000Z';
  expect(await shown(value)).toMatchObject({
    why: { because: 'It was so', evidence: value },
    evidence: [{ kind: 'signal', says: 'Capper: torque 2 Nm' }],
  });
  expect(await shown('machines/state/line-3.capper@2025-11-20T08:30:00.000Z')).toMatchObject({
    why: { because: 'It was so (its record is no longer kept)', evidence: null },
    evidence: [],
  });
});
