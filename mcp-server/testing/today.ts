/** The MCP server over the records of a day, for whoever asks it: a client, the bridge, the copilot. */
import { recordBatch } from '../../memory/floor/record-batch.ts';
import type { Memory } from '../../memory/open.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import type { Batch } from '../../plant/record.ts';
import { openMcpServer, type OpenMcp } from '../server.ts';
import { floorOfToday } from './floor.ts';
import { allUp, testNow, testPlant } from './plant.ts';

export type Today = { memory: Memory; mcp: OpenMcp; close(): Promise<void> };

/** At 14:30 of the test plant, every source up, nobody known by name, unless `change` says otherwise. */
export async function openToday(
  batches: readonly Batch[] = floorOfToday(),
  change: Partial<Parameters<typeof openMcpServer>[0]> = {},
): Promise<Today> {
  const clock = () => testNow;
  const memory = await openTestMemory({ clock });
  for (const batch of batches) await recordBatch(memory.pool, batch, testNow);
  const health = () => allUp;
  const mcp = await openMcpServer({ memory, plant: testPlant, people: [], clock, health, ...change });
  return {
    memory,
    mcp,
    async close() {
      await mcp.close();
      await memory.close();
    },
  };
}
