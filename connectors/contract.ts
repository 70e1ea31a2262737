/** The test that every polled connector must pass. Each connector's test hands in a running system with known content. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { AndonError } from '../plant/errors.ts';
import type { Plant } from '../plant/equipment.ts';
import { batch as batchSchema, type Batch } from '../plant/record.ts';
import type { Checkpoint, Connector, Source, SourceContext } from '../plant/source.ts';
import type { Clock } from '../plant/time.ts';
import { unknownIds } from './source/equipment.ts';
import { packagesLoadedBy } from './testing/packages-loaded.ts';
import { batchesOf } from './testing/read.ts';

/** A system with known content that a test may change and take away. */
type RunningSystem = {
  plant: Plant;
  clock: Clock;
  /** As in the YAML. */
  options: Readonly<Record<string, unknown>>;
  /** The same with credentials or rights that are refused; null where the system has none. */
  refused: Readonly<Record<string, unknown>> | null;
  /** `kind/key` of records that must be among what is read. */
  has: readonly string[];
  /** Something happens there; returns `kind/key` of what must come with the next read. */
  change(): Promise<string[]>;
  /** The system is gone. May be called twice. */
  stop(): Promise<void>;
};

type ContractOptions<Options extends z.ZodType> = {
  name: string;
  connector: Connector<Options>;
  /** Path of the module that exports `connector` by default. */
  module: string;
  start: () => Promise<RunningSystem>;
  /** Records that an overlap may repeat after a checkpoint, at most. */
  overlap?: number;
};

/** Half of what one request may take (http.ts): whoever waits for an answer is later. */
const promptlyMs = 15_000;

export function testConnector<Options extends z.ZodType>(contract: ContractOptions<Options>): void {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });
  const start = () => startSystem(contract, closing);
  describe(`${contract.name}: the contract of connectors`, () => {
    testReading(start);
    testGoingOn(start, contract.overlap ?? 0);
    testFailing(start);
    testClosing(start);
    test('loads its options without anything heavy', async () => {
      expect(await packagesLoadedBy(contract.module)).toEqual(['zod']);
    });
  });
}

/** A running system, and sources opened on it. What is to be closed after the test is added to `closing`. */
async function startSystem<Options extends z.ZodType>(
  contract: ContractOptions<Options>,
  closing: (() => Promise<unknown>)[],
) {
  const system = await contract.start();
  const folder = await mkdtemp(join(tmpdir(), 'andon-contract-'));
  closing.push(() => rm(folder, { recursive: true, force: true }), system.stop);
  const { plant, clock } = system;
  const context: SourceContext = { id: 'contract', plant, clock, folder, log: () => {} };
  const open = async (options = system.options): Promise<Source> => {
    const source = await contract.connector.open(contract.connector.options.parse(options), context);
    closing.push(() => source.close());
    return source;
  };
  return { system, open };
}
type Start = () => ReturnType<typeof startSystem>;

function testReading(start: Start): void {
  test('yields valid batches with known content and equipment of the plant', async () => {
    const { system, open } = await start();
    const source = await open();
    const batches = await batchesOf(source);
    for (const one of batches) expect(batchSchema.parse(one).source).toBe('contract');
    const records = batches.flatMap((one) => one.records);
    expect(records.map(nameOf)).toEqual(expect.arrayContaining([...system.has]));
    const ids = records.flatMap(({ equipment }) => equipment ?? []);
    expect(unknownIds(system.plant, ids)).toBeNull();
    for (const { kind } of records) expect(source.kinds).toContain(kind);
    expect(source.health()).toMatchObject({ source: 'contract', state: 'up', problem: null });
    expect(batches.at(-1)?.checkpoint).not.toBeNull();
  });

  test('gives the same keys and versions when it is read again', async () => {
    const { open } = await start();
    const first = versionsOf(await batchesOf(await open()));
    const source = await open();
    expect(versionsOf(await batchesOf(source))).toEqual(first);
    expect(versionsOf(await batchesOf(source))).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });
}

function testGoingOn(start: Start, overlap: number): void {
  test('goes on from any checkpoint without loss, and from the last one with what is new', async () => {
    const { system, open } = await start();
    const batches = await batchesOf(await open());
    const all = new Set(versionsOf(batches));
    for (const [index, one] of batches.entries()) {
      if (one.checkpoint === null) continue;
      const before = versionsOf(batches.slice(0, index + 1));
      const rest = versionsOf(await batchesOf(await open(), stored(one.checkpoint)));
      expect(new Set([...before, ...rest])).toEqual(all);
    }
    const last = stored(batches.findLast(({ checkpoint }) => checkpoint !== null)?.checkpoint ?? null);
    const again = await batchesOf(await open(), last);
    expect(versionsOf(again).length).toBeLessThanOrEqual(overlap);
    const expected = await system.change();
    const fresh = (await batchesOf(await open(), last)).flatMap((one) => one.records.map(nameOf));
    expect(fresh).toEqual(expect.arrayContaining(expected));
  });
}

function testFailing(start: Start): void {
  test('says that the system is unreachable, and lives on', async () => {
    const { system, open } = await start();
    const source = await open();
    await system.stop();
    const error = await failureOf(source);
    expect(error.code).toBe('unreachable');
    expect(error.message).toMatch(/^\S.*\.$/s);
    expect(source.health()).toMatchObject({ state: 'down' });
    expect(source.health().problem).toContain(error.message);
    const findings = await source.examine(AbortSignal.timeout(promptlyMs));
    expect(findings.map(({ state }) => state)).toContain('fail');
  });

  test('says that it is not let in', async ({ skip }) => {
    const { system, open } = await start();
    const { refused } = system;
    if (refused === null) return skip('this system asks for no credentials');
    const source = await open(refused);
    const error = await failureOf(source);
    expect(error.code).toBe('unauthorised');
    expect(error.next).not.toBe('');
    expect(source.health().state).toBe('unauthorised');
    const secrets = Object.entries(refused).flatMap(([key, value]) =>
      /(password|secret|token|key)$/i.test(key) ? [String(value)] : [],
    );
    expect(secrets.filter((secret) => `${error.message} ${error.next}`.includes(secret))).toEqual([]);
  });
}

function testClosing(start: Start): void {
  test('ends promptly and quietly when the signal fires', async () => {
    const { open } = await start();
    const source = await open();
    const abort = new AbortController();
    const batches = source.read(null, abort.signal)[Symbol.asyncIterator]();
    const first = batches.next();
    abort.abort();
    await promptly(first);
    expect((await promptly(batches.next())).done).toBe(true);
  });

  test('leaves nothing behind when it is closed', async () => {
    const { open } = await start();
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const source = await open();
    await batchesOf(source);
    await promptly(source.close());
    await promptly(source.close());
    await expect
      .poll(() => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length, {
        timeout: promptlyMs,
      })
      .toBeLessThanOrEqual(before + 1); // the poll's own timer
  });
}

const nameOf = (record: { kind: string; key: string }): string => `${record.kind}/${record.key}`;
const versionsOf = (batches: readonly Batch[]): string[] =>
  batches.flatMap((one) => one.records.map((record) => `${nameOf(record)}@${record.version}`)).toSorted();
/** A checkpoint as it comes back from the database. */
const stored = (checkpoint: Checkpoint | null): Checkpoint | null =>
  JSON.parse(JSON.stringify(checkpoint)) as Checkpoint | null;

async function failureOf(source: Source): Promise<AndonError> {
  try {
    await batchesOf(source);
  } catch (error) {
    if (error instanceof AndonError) return error;
    throw error;
  }
  throw new Error('the read should have failed');
}

async function promptly<T>(work: Promise<T>): Promise<T> {
  const timer = Promise.withResolvers<never>();
  const timeout = setTimeout(() => timer.reject(new Error(`not done within ${promptlyMs} ms`)), promptlyMs);
  return Promise.race([work, timer.promise]).finally(() => clearTimeout(timeout));
}
