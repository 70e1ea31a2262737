import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttributeIds, OPCUAClient } from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AndonError } from '../plant/errors.ts';
import { minuteReading } from '../plant/record.ts';
import { lives } from '../check/product/processes.ts';
import type { Status } from './protocol.ts';
import { gatherBatches, splitBatch } from './records/batches.ts';
import { startSimulator, type Simulator } from './start.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const plant = new URL('testing/small-plant.ts', import.meta.url).href;
let folder: string;
let simulator: Simulator;
const logged: string[] = [];
const start = (more = {}) =>
  startSimulator({
    seed: 7,
    folder,
    log: (sentence) => logged.push(sentence),
    now,
    historyDays: 3,
    plant,
    ...more,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'andon-plant-'));
  simulator = await start();
});
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** Waits for what becomes true by itself, at most two minutes. */
async function until<T>(look: () => Promise<T> | T, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)} after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const status = async () => (await simulator.control({ command: 'status' })) as Status;
const erp = (path = '/sap/opu/odata/sap/API_MATERIAL_STOCK_SRV/$metadata') =>
  fetch(`${simulator.addresses.erp}${path}`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${simulator.credentials.erpUser}:${simulator.credentials.erpPassword}`).toString('base64')}`,
    },
  });
async function stateOverOpcua(): Promise<string> {
  const client = OPCUAClient.create({ connectionStrategy: { maxRetry: 0 } });
  try {
    await client.connect(simulator.addresses.opcua);
    const session = await client.createSession();
    const namespaces = await session.readNamespaceArray();
    const node = `ns=${namespaces.indexOf('urn:andon:demo-plant')};s=Line3.Filler.State`;
    const { value } = await session.read({ nodeId: node, attributeId: AttributeIds.Value });
    await session.close();
    return value.value;
  } finally {
    await client.disconnect();
  }
}

describe('a batch too large for one message', () => {
  it('is cut into parts that hold every row once, in order, the checkpoint with the last', () => {
    const minute = minuteReading.parse({
      equipment: 'a',
      signal: 's',
      at: 0,
      value: 1,
      low: 1,
      high: 1,
      count: 1,
    });
    const whole = {
      source: 'machines',
      records: [],
      readings: Array.from({ length: 7 }, (_, at) => ({ equipment: 'a', signal: 's', at, value: at })),
      minutes: [0, 1, 2, 3, 4].map((at) => ({ ...minute, at })),
      checkpoint: { at: 9 },
    };
    const parts = [...splitBatch(whole, 5)];
    expect(parts.map(({ readings, minutes }) => readings.length + minutes.length)).toEqual([5, 5, 2]);
    expect(parts.flatMap(({ readings }) => readings)).toEqual(whole.readings);
    expect(parts.flatMap(({ minutes }) => minutes)).toEqual(whole.minutes);
    expect(parts.map(({ checkpoint }) => checkpoint)).toEqual([null, null, { at: 9 }]);
  });
});

describe('small batches', () => {
  it('are put together per source up to the limit, with the last checkpoint', async () => {
    const small = (source: string, at: number) => ({
      source,
      records: [],
      readings: [{ equipment: 'a', signal: 's', at, value: at }],
      minutes: [],
      checkpoint: { at },
    });
    const given = [1, 2, 3, 4, 5].flatMap((at) => [small('machines', at), small('erp', at)]);
    const got = await Array.fromAsync(gatherBatches(given, 3));
    expect(
      got.map(({ source, readings, checkpoint }) => [source, readings.map(({ at }) => at), checkpoint]),
    ).toEqual([
      ['machines', [1, 2, 3], { at: 3 }],
      ['erp', [1, 2, 3], { at: 3 }],
      ['machines', [4, 5], { at: 5 }],
      ['erp', [4, 5], { at: 5 }],
    ]);
  });
});

describe('the demo plant as a process of its own', () => {
  it('hands over its past in small batches, then lives', async () => {
    expect((await status()).live).toBe(false);
    let rows = 0;
    for await (const batch of simulator.history()) {
      const size = batch.readings.length + batch.records.length;
      expect(size).toBeLessThanOrEqual(5000);
      rows += size;
    }
    expect(rows).toBe(3 * 12_000 + 1);
    // What it was told to tell of its past took time, too: it makes up for that.
    const living = await until(
      status,
      ({ now: time, behindMs }) => time >= now + 1000 && Math.abs(behindMs) < 2000,
    );
    expect(living).toMatchObject({ live: true, opcua: true, erp: true });
    const notes = await readFile(simulator.addresses.notes, 'utf8');
    expect(notes).toBe(
      'id,time,line,machine,role,text\nn-1,2026-11-20T11:58:00.000Z,line-3,line-3.capper,operator,"capper ""head 4"", slips again"\n',
    );
  });

  it('answers on every server that it tells the address of', async () => {
    expect(await stateOverOpcua()).toBe('Execute');
    expect((await erp()).status).toBe(200);
    const lines = await fetch(
      `${simulator.addresses.mes}/production/v1/production-definitions/production-lines`,
      {
        headers: { 'X-Plex-Connect-Api-Key': simulator.credentials.mesKey },
      },
    );
    expect(await lines.json()).toMatchObject([{ code: 'LINE3' }]);
  });

  it('stops and starts its servers on the same ports when told to', async () => {
    await simulator.control({ command: 'stop-opcua' });
    await simulator.control({ command: 'stop-erp' });
    await expect(stateOverOpcua()).rejects.toThrow(/ECONNREFUSED|connection/i);
    await expect(erp()).rejects.toThrow('fetch failed');
    expect(await status()).toMatchObject({ opcua: false, erp: false });
    await simulator.control({ command: 'start-opcua' });
    await simulator.control({ command: 'start-erp' });
    expect(await stateOverOpcua()).toBe('Execute');
    expect((await erp()).status).toBe(200);
  });

  it('forgets the sessions of its clients when told to', async () => {
    const client = OPCUAClient.create({ connectionStrategy: { maxRetry: 0 } });
    await client.connect(simulator.addresses.opcua);
    const session = await client.createSession();
    expect(await simulator.control({ command: 'drop-opcua-sessions' })).toBe(1);
    expect((await status()).sessions).toBe(0);
    // The library makes itself a new session when the server says BadSessionIdInvalid.
    const before = session.sessionId.toString();
    await session.read({ nodeId: 'i=2258', attributeId: AttributeIds.Value });
    expect(session.sessionId.toString()).not.toBe(before);
    await session.close();
    await client.disconnect();
  });

  it('plans a stop and tells the truth of it, and refuses a line that is not there', async () => {
    await simulator.control({ command: 'schedule-stop', line: 'line-3', inSeconds: 30, cause: 'infeed_jam' });
    const truth = (await simulator.control({ command: 'truth' })) as { at: number }[];
    expect(truth).toMatchObject([{ line: 'line-3', cause: 'infeed_jam' }]);
    expect(truth[0]?.at).toBeGreaterThan(now + 29_000);
    await expect(
      simulator.control({ command: 'schedule-stop', line: 'line-9', inSeconds: 1, cause: 'infeed_jam' }),
    ).rejects.toThrow('no such line: line-9');
  });

  it('ends with close, leaving no process, and again takes up its keys and notes', async () => {
    await simulator.close();
    expect(lives(simulator.pid)).toBe(false);
    await expect(simulator.control({ command: 'status' })).rejects.toBeInstanceOf(AndonError);
    const key = join(folder, 'opcua', 'pki', 'own', 'private', 'private_key.pem');
    const before = await readFile(key, 'utf8');
    simulator = await start();
    await simulator.control({ command: 'go-live' });
    await until(status, ({ live }) => live);
    expect(await readFile(key, 'utf8')).toBe(before);
    expect((await readFile(simulator.addresses.notes, 'utf8')).split('\n')).toHaveLength(3);
  });

  it('ends when its parent is killed', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        `import { startSimulator } from ${JSON.stringify(new URL('start.ts', import.meta.url).href)};
         const simulator = await startSimulator(${JSON.stringify({ seed: 7, folder: join(folder, 'other'), now, plant })});
         console.log(simulator.pid);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
    );
    expect(lives(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(
      () => lives(pid),
      (alive) => !alive,
    );
  });

  it('says why it cannot start', async () => {
    const missing = new URL('no-such-plant.ts', import.meta.url).href;
    await expect(start({ plant: missing })).rejects.toThrow(/The demo plant stopped: .*no-such-plant/);
  });
});
