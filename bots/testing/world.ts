/** The real product without simulator and connectors: memory, tools, agent, watch and the one HTTP server, over a clock of its own. */
import { openCopilot } from '../../agents/copilot/copilot.ts';
import { openModel } from '../../agents/models/open-model.ts';
import stopDetector from '../../agents/watch/detectors/stop.ts';
import { openMessages } from '../../agents/watch/messages.ts';
import { measureOutcomes } from '../../agents/watch/outcomes.ts';
import { reconcile } from '../../agents/watch/reconcile.ts';
import { openTell } from '../../agents/watch/tell.ts';
import { openWatch } from '../../agents/watch/watch.ts';
import { openHttp } from '../../http.ts';
import { openMcpServer } from '../../mcp-server/server.ts';
import { allUp, testPlant } from '../../mcp-server/testing/plant.ts';
import { alertThread } from '../../memory/alert-thread.ts';
import { causeRecordOfStop } from '../../memory/cause-record.ts';
import { recordById } from '../../memory/floor/evidence.ts';
import { machineSpans } from '../../memory/floor/machine-spans.ts';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import { keep, kept } from '../../memory/keep.ts';
import { firstTime } from '../../memory/seen.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import { keepThread, threadContext } from '../../memory/threads.ts';
import type { Person } from '../../plant/person.ts';
import type { Batch } from '../../plant/record.ts';
import type { OpenSurface, SurfaceContext } from '../../plant/surface.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

/** `set` moves the clock; `record` is what connectors do, `watch` what the timed jobs do. */
export async function openWorld({ people, start }: { people: Person[]; start: number }) {
  let now = start;
  const clock = () => now;
  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);
  const plant = testPlant;
  const memory = await openTestMemory({ clock });
  const health = () => allUp;
  const mcp = await openMcpServer({ memory, plant, people, clock, health });
  const copilot = await openCopilot({
    connect: () => mcp.connectInMemory(),
    model: await openModel({ model: 'offline' }),
    plant,
    people,
    clock,
    threads: {
      get: async (thread, { surface }) =>
        (await threadContext(memory.pool, 'any', thread, now)) ?? alertThread(memory.pool, surface, thread),
      set: (thread, value) =>
        keepThread(memory.pool, 'any', thread, value as Record<string, unknown>, null, now),
    },
    log,
  });
  const surfaces: OpenSurface[] = [];
  const look = { db: memory.pool, plant, health, people, log };
  const messages = openMessages(look, clock);
  const tell = openTell({
    look,
    messages,
    surfaces: () => surfaces,
    clock,
    changed: () => messages.forget(),
  });
  const watch = openWatch({
    memory,
    plant,
    people,
    clock,
    health,
    surfaces: () => surfaces,
    detectors: [],
    retention: { rawDays: 14, minuteDays: 400, eventDays: 1_100 },
    redisUrl: null,
    log,
  });
  const http = await openHttp({
    host: '127.0.0.1',
    port: 0,
    token: null,
    people,
    pagePerson: people[0] ?? null,
    log,
  });
  const contextFor = (surface: string): SurfaceContext => ({
    plant,
    clock,
    people,
    log,
    ask: copilot.ask,
    press: watch.press,
    onChange: watch.onChange,
    route: http.route,
    look: async (name, input) => mcp.tools.find((one) => one.name === name)?.run(input, mcp.context()),
    alerts: watch.alerts,
    machineSpans: (line, from, to) => machineSpans(memory.pool, plant, line, from, to),
    record: (id) => recordById(memory.pool, id, plant),
    causeRecord: (stop) => causeRecordOfStop(memory.pool, plant, stop, mcp.context()),
    firstTime: (place, id) => firstTime(memory.pool, place, id, now),
    keep: {
      get: (key) => kept(memory.pool, `${surface}/${key}`),
      set: (key, value) => keep(memory.pool, `${surface}/${key}`, value, now),
    },
  });
  return {
    http,
    memory,
    logged,
    clock,
    contextFor,
    set: (at: number) => void (now = at),
    add: (surface: OpenSurface) => void surfaces.push(surface),
    record: (batch: Batch) => recordBatch(memory.pool, batch, now),
    async watch() {
      const chosen = { name: 'stop', detector: stopDetector, options: stopDetector.options.parse({}) };
      await reconcile(look, chosen, tell, now);
      await measureOutcomes(memory, now, log);
      await tell.dispatch();
    },
    async close() {
      for (const surface of surfaces) await surface.close();
      await watch.close();
      await copilot.close();
      await mcp.close();
      await http.close();
      await memory.close();
    },
  };
}
