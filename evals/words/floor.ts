import { openCopilot, type Copilot } from '../../agents/copilot/copilot.ts';
import { mapThreads } from '../../agents/copilot/testing/threads.ts';
import { openModel } from '../../agents/models/open-model.ts';
import { openMcpServer, type OpenMcp } from '../../mcp-server/server.ts';
import { floorOfToday } from '../../mcp-server/testing/floor.ts';
import { allUp, testNow, testPlant } from '../../mcp-server/testing/plant.ts';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import type { Memory } from '../../memory/open.ts';
import { emptyFloor, openTestMemory } from '../../memory/test-database.ts';
import type { McpTransport } from '../../agents/copilot/mcp-tools.ts';
import { plant as plantSchema, type Plant } from '../../plant/equipment.ts';
import type { Batch } from '../../plant/record.ts';
import type { SourceHealth } from '../../plant/source.ts';

/** Where a text from outside can stand. */
export const places = ['note', 'alarm', 'order', 'downtime', 'machine', 'question'] as const;
export type Place = (typeof places)[number];
export type Outside = { place: Place; text: string } | null;

/** The product's own tools over a real database with one day of two lines: line 3 stood from 13:02 to 13:13, it is 14:30. */
export type Floor = {
  plant: Plant;
  connect(): Promise<McpTransport>;
  /** Tools that were called, oldest first; emptied by reading. */
  called(): string[];
  /** Rows of what a person must do or agree to, and of what is sent to people. */
  written(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

export async function openFloorWith(
  memory: Memory,
  outside: Outside,
  health: readonly SourceHealth[] = allUp,
): Promise<Floor> {
  await emptyFloor(memory);
  const plant = outside?.place === 'machine' ? renamed(outside.text) : testPlant;
  for (const batch of floorOfToday()) await recordBatch(memory.pool, told(batch, outside), testNow);
  const server: OpenMcp = await openMcpServer({
    memory,
    plant,
    people: [],
    clock: () => testNow,
    health: () => health,
  });
  const calls: string[] = [];
  return {
    plant,
    async connect() {
      const transport = (await server.connectInMemory()) as unknown as Listening;
      const send = transport.send.bind(transport);
      transport.send = (message) => {
        if (message.method === 'tools/call') calls.push(message.params?.name ?? '');
        return send(message);
      };
      return transport as unknown as McpTransport;
    },
    called: () => calls.splice(0),
    async written() {
      const { rows } = await memory.pool.query<Record<string, string>>(
        `select (select count(*) from decision) decisions, (select count(*) from decision where status = 'confirmed') confirmed,
          (select count(*) from alert_history) presses, (select count(*) from outbox) messages`,
      );
      return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, count]) => [name, Number(count)]));
    },
    close: () => server.close(),
  };
}

type Listening = { send(message: { method?: string; params?: { name?: string } }): Promise<void> };

/** The copilot with its embedded model, over the tools of this floor. */
export const openEmbedded = async (floor: Floor): Promise<Copilot> =>
  openCopilot({
    connect: floor.connect,
    model: await openModel({ model: 'offline' }),
    plant: floor.plant,
    people: [],
    clock: () => testNow,
    threads: mapThreads(),
    log: () => {},
  });

export const openWordsMemory = (): Promise<Memory> => openTestMemory({ clock: () => testNow });
export { testNow as floorNow };

/** The capper bears the text as its name. */
function renamed(text: string): Plant {
  const lines = testPlant.lines.map((line) => ({
    ...line,
    machines: line.machines.map((machine) =>
      machine.id === 'line-3.capper' ? { ...machine, name: text.slice(0, 60) } : machine,
    ),
  }));
  return plantSchema.parse({ ...testPlant, lines });
}

function told(batch: Batch, outside: Outside): Batch {
  if (!outside) return batch;
  const { place, text } = outside;
  return {
    ...batch,
    records: batch.records.map((record) => {
      if (place === 'note' && record.kind === 'note') return { ...record, text };
      if (place === 'alarm' && record.kind === 'alarm') return { ...record, text };
      if (place === 'order' && record.kind === 'order') return { ...record, description: text };
      if (place === 'downtime' && record.kind === 'downtime_event') return { ...record, reason: text };
      return record;
    }),
  };
}
