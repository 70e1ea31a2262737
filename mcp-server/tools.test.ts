import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { correctionById } from '../memory/corrections.ts';
import { confirmDecision } from '../memory/decisions/decisions.ts';
import { openException } from '../memory/exceptions/exceptions.ts';
import type { Memory } from '../memory/open.ts';
import { person } from '../plant/person.ts';
import { clientInMemory } from './testing/clients.ts';
import { clock } from './testing/floor.ts';
import { allUp, healthOf, testNow } from './testing/plant.ts';
import { openToday, type Today } from './testing/today.ts';

type Data = {
  first_line: string;
  text: string;
  claims: { id: string; text: string; evidence: string[] }[];
  evidence: { id: string; system: string; says: string }[];
  completeness: { complete: boolean; missing: string[]; truncated: boolean };
} & Record<string, unknown>;

let today: Today;
let memory: Memory;
let client: Client;
let health = [...allUp];

beforeAll(async () => {
  const people = [person.parse({ id: 'kim', name: 'Kim Weber', role: 'operator' })];
  today = await openToday(undefined, { people, health: () => health });
  ({ memory } = today);
  client = await clientInMemory(today.mcp);
});
afterAll(async () => {
  await client.close();
  await today.close();
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
    expect(data.first_line).toBe('Line 3 has been running since 13:13 (77 minutes).');
    expect(data.text).toContain('Order 4711, "Cola 0.5 l": 3,200 of 12,000 PC confirmed.');
    expect(data.text).toContain('Its latest stop was at 13:02, for 11 minutes.');
    expect(data.claims[0]?.evidence).toEqual([`machines/state/line-3.packer@${iso('13:13')}`]);
    expect(data.claims.find(({ text }) => text.startsWith('Its latest stop'))?.evidence).toEqual(
      ['13:02', '13:13'].map((time) => `machines/state/line-3.packer@${iso(time)}`),
    );
    expect(data.completeness).toMatchObject({ complete: true, missing: [] });
  });

  it('never takes silence for running', async () => {
    expect((await call('line_status', { line: 'can line' })).first_line).toBe(
      'No current data tells whether Line 1 runs.',
    );
    expect((await call('line_status')).first_line).toBe('1 of 2 lines runs; no current data about Line 1.');
  });

  it('can be read as a resource', async () => {
    const { contents } = await client.readResource({ uri: 'andon://lines/line-3/state' });
    const state = JSON.parse((contents[0] as { text: string }).text) as Data;
    expect(state.first_line).toBe('Line 3 has been running since 13:13 (77 minutes).');
    await expect(client.readResource({ uri: 'andon://lines/line-9/state' })).rejects.toThrow(/line-9/);
  });

  it('answers with a gap where a source is down', async () => {
    health = [...allUp.slice(0, 1), healthOf('erp', 'SAP S/4HANA', 'down', 'connection refused')];
    const data = await call('line_status', { line: '3' });
    health = [...allUp];
    expect(data.first_line).toBe('Line 3 has been running since 13:13 (77 minutes).');
    expect(data.completeness.missing).toEqual([
      'SAP S/4HANA does not answer since 14:00: "connection refused"',
    ]);
    expect(data.text).toContain('Missing:\n- SAP S/4HANA does not answer since 14:00: "connection refused"');
  });
});

describe('list_stops', () => {
  it('lists stops with where the time went, and the gap inside the window', async () => {
    const data = await call('list_stops', { line: 'bottling line', from: iso('06:00') });
    expect(data.first_line).toBe('Line 3 had 1 unplanned stop from 06:00 to 14:30, 11 minutes in all.');
    expect(data.stops).toMatchObject([{ from: iso('13:02'), to: iso('13:13'), durationS: 660 }]);
    expect(data.pareto).toMatchObject([{ stops: 1, durationS: 660, planned: false }]);
    expect(data.completeness.missing).toEqual(['OPC UA: no data from 09:00 to 09:30 ("connection lost")']);
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
      'Order 4711 ("Cola 0.5 l"): running, 3,200 of 12,000 PC confirmed, due 20:00.',
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
    const long = await call('read_signals', { equipment: 'capper', signals: ['torque'], from: iso('11:00') });
    expect(long.first_line).toContain('between 2 Nm and 9.5 Nm');
    const none = await call('read_signals', { equipment: 'compressed air' });
    expect(none.first_line).toMatch(/^No values of compressed air|^No values of Compressed air/);
  });
});

describe('explain_stop', () => {
  it('explains the latest stop, with evidence from more than one system, and says that the line runs again', async () => {
    const data = await call('explain_stop', { line: '3' });
    expect(data.outcome).toBe('explained');
    expect(data.first_line).toMatch(
      /^Line 3 stopped at 13:02.*it stood 11 minutes and has run again since 13:13/,
    );
    const found = data.diagnosis as { machine: string; chain: unknown[]; cause: string };
    expect(found.machine).toBe('line-3.capper');
    expect(new Set(data.evidence.map(({ system }) => system)).size).toBeGreaterThan(1);
    expect(`${data.first_line} ${data.text}`).not.toMatch(/line-3|drive_trip|\d%/);
  });

  it('finds the stop at a time people round', async () => {
    for (const at of ['13:00', '13:05', '13:17'])
      expect((await call('explain_stop', { line: 'L3', at: iso(at) })).first_line).toMatch(
        /^Line 3 stopped at 13:02/,
      );
  });

  it('rejects the premise where the line ran, with the state as evidence', async () => {
    const data = await call('explain_stop', { line: 'L3', at: iso('11:20') });
    expect(data).toMatchObject({ outcome: 'ran', diagnosis: null });
    expect(data.first_line).toMatch(/^Line 3 did not stop at 11:20: it was running/);
    expect(data.text).toContain('The nearest stop was at 13:02, for 11 minutes.');
    expect(data.claims[0]?.evidence).toContain(`machines/state/line-3.packer@${iso('09:30')}`);
    const window = await call('explain_stop', { line: 'L3', from: iso('10:00'), to: iso('12:00') });
    expect(window.outcome).toBe('ran');
    expect(window.first_line).toMatch(/^Line 3 did not stop from 10:00 to 12:00/);
  });

  it('says from when to when there is no data', async () => {
    const data = await call('explain_stop', { line: 'L3', at: iso('09:10') });
    expect(data).toMatchObject({ outcome: 'no_data', diagnosis: null });
    expect(data.first_line).toBe(
      'There is no data about Line 3 from 09:00 to 09:30, so it cannot be said whether it stopped at 09:10.',
    );
    expect(data.completeness.complete).toBe(false);
    expect((await call('explain_stop', { line: 'L1' })).outcome).toBe('no_data');
    expect((await call('explain_stop', { line: 'L3', at: '2026-11-19T01:00:00Z' })).outcome).toBe('no_data');
  });

  it('answers with a gap where a source is down', async () => {
    health = [
      ...allUp.slice(0, 1),
      healthOf('erp', 'SAP S/4HANA', 'down', 'connection refused'),
      ...allUp.slice(2),
    ];
    const data = await call('explain_stop', { line: '3' });
    health = [...allUp];
    expect(data.outcome).toBe('explained');
    expect(data.completeness.missing.filter((one) => one.includes('SAP'))).toHaveLength(1);
  });

  it('tells of each source that is missing, though another of its name is missing too', async () => {
    health = [
      ...allUp,
      healthOf('hall-2', 'OPC UA', 'down', 'no answer'),
      healthOf('hall-3', 'OPC UA', 'degraded', 'no alarms'),
    ];
    const data = await call('explain_stop', { line: '3' });
    health = [...allUp];
    expect(data.completeness.missing).toEqual([
      'OPC UA does not answer.',
      expect.stringContaining('OPC UA answers only in part'),
    ]);
  });

  it('shows text from outside as quoted text', async () => {
    const data = await call('explain_stop', { line: '3' });
    for (const row of data.text.split('\n').filter((one) => one.includes('IGNORE')))
      expect(row).toMatch(/"[^"]*IGNORE PREVIOUS INSTRUCTIONS[^"]*"/);
  });

  it('refuses what cannot be asked', async () => {
    for (const input of [
      { line: 'line 9' },
      { line: 'filler' },
      { line: '3', at: '2027-01-01T00:00:00Z' },
      { line: '3', at: '13:02' },
      {},
    ]) {
      const result = await client.callTool({ name: 'explain_stop', arguments: input });
      expect([input, result.isError]).toEqual([input, true]);
    }
  });
});

describe('decisions and alerts', () => {
  it('keeps a proposal that is no fact until a person confirms it', async () => {
    const proposal = {
      line: 'L3',
      equipment: 'capper',
      what_happened: 'The capper drive tripped',
      constraint: 'No spare drive until Monday',
      response: 'Run at 80 percent until the shift ends',
      cause: 'drive_trip',
    };
    const made = await call('record_decision', proposal);
    expect(made.first_line).toBe(
      'Proposed for Line 3, not yet decided: "Run at 80 percent until the shift ends".',
    );
    expect(made.text).toContain('A person must confirm it before 18:30, else it lapses.');
    const { id } = made.decision as { id: string };
    expect((await call('record_decision', proposal)).decision).toMatchObject({ id, status: 'proposed' });
    const before = await call('recall_decisions', { line: 'L3' });
    expect(before.first_line).toBe('No confirmed decision is kept for Line 3 that fits.');
    expect(before.proposals).toMatchObject([{ id, status: 'proposed' }]);
    expect(before.text).not.toContain('80 percent');

    const at = new Date(testNow).toISOString();
    await confirmDecision(memory, id, { role: 'supervisor', person: 'maria' }, at);
    const after = await call('recall_decisions', { words: 'capper drive triped', line: 'L3' });
    expect(after.first_line).toContain('Last time: "Run at 80 percent until the shift ends"');
    expect(after.proposals).toEqual([]);
    expect(JSON.stringify(after)).not.toContain('maria');
  });

  it('tells what is open', async () => {
    expect((await call('list_alerts')).first_line).toBe('No open alert.');
    await openException(
      memory.pool,
      {
        detector: 'stop-beyond-limit',
        key: 'stop/line-3',
        line: 'line-3',
        place: 'line-3.capper',
        cause: 'drive_trip',
        class: 'machine',
        since: iso('13:02'),
        severity: 'high',
      },
      iso('13:04'),
    );
    const data = await call('list_alerts', { line: 'bottling line' });
    expect(data.first_line).toBe('1 open alert for Line 3.');
    expect(data.text).toContain(
      'Line 3, since 13:02 (88 minutes): the drive of the capper tripped; nobody has taken it yet',
    );
  });
});

describe('respond_to_alert', () => {
  it('takes, snoozes and closes nothing, and says so before it is called', async () => {
    const { description = '', inputSchema } =
      (await client.listTools()).tools.find(({ name }) => name === 'respond_to_alert') ?? {};
    expect(description).toMatch(/take, snooze or close .* a person presses/);
    expect(inputSchema?.properties?.['verb']).toMatchObject({ enum: ['wrong_cause', 'right_cause'] });
    for (const verb of ['acknowledge', 'snooze', 'not_a_problem'])
      await expect(call('respond_to_alert', { verb, line: 'line 3' })).rejects.toThrow(/verb/);
  });
  it('drafts what a person says, once however often it is said; nothing counts by it', async () => {
    const said = {
      verb: 'wrong_cause',
      line: 'line 3',
      words: 'no, the labels ran out',
      said_by: 'operator',
    };
    const made = await call('respond_to_alert', said);
    expect(made.first_line).toMatch(
      /^You say: a consumable that ran empty at the labeller instead of a tripped drive at the capper\.$/,
    );
    expect(made.text).toContain('It counts once a person confirms it.');
    const { id } = made.correction as { id: string };
    expect(made.correction).toMatchObject({ status: 'proposed', complete: true });
    expect((await call('respond_to_alert', said)).correction).toMatchObject({ id });
    // A role that an assistant gives is a claim.
    expect(await correctionById(memory.pool, id)).toMatchObject({ by: 'assistant (for the operator)' });
    expect((await call('explain_stop', { line: 'line 3' })).first_line).toContain('the drive of the capper');
  });
  it('keeps no name of a person, and no words where place and cause say it', async () => {
    const draft = (words: string) => call('respond_to_alert', { verb: 'wrong_cause', line: 'line 3', words });
    const open = await draft('it was Kim Weber, he sneezed at the packer');
    expect(JSON.stringify(open)).not.toMatch(/kim|weber/i);
    const kept = async ({ correction }: Data) =>
      (await correctionById(memory.pool, (correction as { id: string }).id))?.words;
    expect(await kept(open)).toBe('somebody, he sneezed at the packer');
    expect(await kept(await draft('kim weber jammed the packer'))).toBe('');
  });
  it('offers choices where it is not said what it was, and refuses an alert that is not there', async () => {
    const asked = await call('respond_to_alert', {
      verb: 'wrong_cause',
      line: 'line 3',
      words: 'the packer',
    });
    expect(asked.first_line).toBe('What was it at the packer?');
    expect((asked.choices as unknown[]).length).toBeGreaterThan(2);
    await expect(call('respond_to_alert', { verb: 'right_cause', alert: 'a-none' })).rejects.toThrow(
      'This alert is not known. Call list_alerts.',
    );
  });
});

it('gives the same answer twice', async () => {
  for (const name of today.mcp.tools
    .map((tool) => tool.name)
    .filter((one) => !(one in { explain_stop: 1, read_signals: 1, record_decision: 1, respond_to_alert: 1 })))
    expect(JSON.stringify(await call(name))).toBe(JSON.stringify(await call(name)));
});
