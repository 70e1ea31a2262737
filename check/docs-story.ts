/** The story that README.md tells: a fixed plant, a fixed clock, the product's own parts. */
import { openCopilot } from '../agents/copilot/copilot.ts';
import { openModel } from '../agents/models/open-model.ts';
import { openMcpServer } from '../mcp-server/server.ts';
import { recordBatch } from '../memory/floor/record-batch.ts';
import { openTestMemory } from '../memory/test-database.ts';
import type { Answer } from '../plant/message.ts';
import type { SourceHealth } from '../plant/source.ts';
import { iso } from '../plant/time.ts';
import { writeHistory } from '../simulator/records/history.ts';
import { openLive } from '../simulator/live-world.ts';
import { demoPlant } from '../simulator/plants/demo.ts';

const minute = 60_000;
/** A Thursday, 10:45 at the plant: a quarter past the break of the early shift. */
const begin = Date.parse('2026-11-19T09:45:00Z');
const outAt = begin + 72 * minute + 20_000;
const askedAt = begin + 105 * minute;

/** Line 3 runs out of bottles for a quarter of an hour; what follows from that is the simulator's own doing. */
function recordsOfTheDay() {
  const live = openLive(demoPlant, 'readme', begin);
  live.scheduler.add({
    kind: 'fault',
    line: 'line-3',
    at: outAt,
    cause: 'component_stockout',
    durationS: 840,
    place: 'line-3.supply',
  });
  while (live.floor.now < begin + 40 * minute) live.minute();
  live.world.takeAlarms();
  return [...writeHistory(live, askedAt, { rawEveryS: 5, rawForS: 900, rawAlways: true })];
}

const health = (): SourceHealth[] =>
  Object.entries({ machines: 'OPC UA', erp: 'SAP S/4HANA', mes: 'Plex', notes: 'CSV file' }).map(
    ([source, system]) => ({
      source,
      system,
      state: 'up',
      lastOkAt: iso(askedAt),
      lastRecordAt: iso(askedAt),
      clockOffsetMs: null,
      problem: null,
    }),
  );

/** Asks one question after the other in one thread, as a person in a chat would. */
export async function playStory(questions: readonly string[]): Promise<Answer[]> {
  const clock = () => askedAt;
  const memory = await openTestMemory({ clock });
  const kept = new Map<string, unknown>();
  try {
    for (const batch of recordsOfTheDay()) await recordBatch(memory.pool, batch, askedAt);
    const mcp = await openMcpServer({ memory, plant: demoPlant, people: [], clock, health });
    const copilot = await openCopilot({
      connect: mcp.connectInMemory,
      model: await openModel({ model: 'offline' }),
      plant: demoPlant,
      people: [],
      clock,
      threads: {
        get: async (thread: string) => (kept.get(thread) ?? null) as never,
        set: async (thread: string, context: unknown) => void kept.set(thread, context),
      },
      log: () => {},
    });
    try {
      const answers: Answer[] = [];
      for (const text of questions)
        answers.push(await copilot.ask({ text, thread: 'readme', person: null, surface: 'terminal' }));
      return answers;
    } finally {
      await copilot.close();
      await mcp.close();
    }
  } finally {
    await memory.close();
  }
}
