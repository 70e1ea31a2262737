import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { openMcpServer, type OpenMcp } from '../mcp-server/server.ts';
import { recordBatch } from '../memory/floor/record-batch.ts';
import { rollUpMinutes, tidy } from '../memory/floor/upkeep.ts';
import { openMemory, type Memory } from '../memory/open.ts';
import type { Plant } from '../plant/equipment.ts';
import type { Batch } from '../plant/record.ts';
import type { SourceHealth } from '../plant/source.ts';
import { iso, type Millis } from '../plant/time.ts';
import { openPlant } from '../simulator/open-plant.ts';

/** Friday 20 November 2026, 14:30 in Berlin. */
export const now: Millis = Date.parse('2026-11-20T13:30:00Z');
export const health: readonly SourceHealth[] = [
  ['machines', 'OPC UA'],
  ['erp', 'SAP S/4HANA'],
  ['mes', 'Plex'],
  ['notes', 'Operator notes'],
].map(([source = '', system = '']) => ({
  source,
  system,
  state: 'up',
  lastOkAt: iso(now),
  lastRecordAt: iso(now - 30_000),
  clockOffsetMs: 0,
  problem: null,
}));

/** A new folder below the system's own for such, gone when closed. */
export async function temporaryFolder(): Promise<{ folder: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'andon-bench-'));
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}

/** The demo plant's past, as its connectors would have handed it over. */
export const pastOf = (plant: Plant, days: number): Generator<Batch> =>
  openPlant({ seed: 1, now, plant, pastDays: days, liveStop: null }).history();

export const rowsOf = ({ records, readings, minutes }: Batch): number =>
  records.length + readings.length + minutes.length;

export type Floor = {
  memory: Memory;
  mcp: OpenMcp;
  plant: Plant;
  rows: number;
  close(): Promise<void>;
};

/**
 * The demo plant with so many days behind it, recorded on disk by the product's own road, and the tools over it.
 * `grow`: makes more of it, and gives the plant that it then is.
 */
export async function openFloor(
  days: number,
  progress: (sentence: string) => void,
  grow: (memory: Memory, plant: Plant) => Promise<Plant> = async (_, plant) => plant,
): Promise<Floor> {
  await using opening = new AsyncDisposableStack();
  const closing = <T extends { close(): Promise<void> }>(one: T): T =>
    opening.adopt(one, (each) => each.close());
  const { folder } = closing(await temporaryFolder());
  const { plant: recorded } = await readConfig({ ANDON_DATA: folder });
  const clock = () => now;
  const memory = closing(await openMemory({ folder, databaseUrl: null, clock, log: progress }));
  progress(`recording ${days} days of the demo plant ...`);
  for (const batch of pastOf(recorded, days)) await recordBatch(memory.pool, batch, now);
  await rollUpMinutes(memory.pool, now);
  const plant = await grow(memory, recorded);
  await tidy(memory.pool);
  const rows = await countRows(memory);
  const mcp = closing(
    await openMcpServer({ memory, plant, people: [], clock, health: () => health, log: progress }),
  );
  progress(`${rows.toLocaleString('en')} rows recorded`);
  const opened = opening.move();
  return { memory, mcp, plant, rows, close: () => opened.disposeAsync() };
}

/** Rows on disk: events, raw values and minutes. */
async function countRows({ pool }: Memory): Promise<number> {
  const answer = await pool.query<{ rows: string }>(
    'select (select count(*) from event) + (select count(*) from signal) + (select count(*) from signal_minute) as rows',
  );
  return Number(answer.rows[0]?.rows);
}
