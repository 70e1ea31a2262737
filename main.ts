/** The whole copilot, in the order it comes to life. Read this file first. */
import { join } from 'node:path';
import { openCopilot } from './agents/copilot/copilot.ts';
import { describesWhatLeaves } from './agents/copilot/leaves.ts';
import type { Threads } from './agents/copilot/options.ts';
import { openEmbeddings } from './agents/models/embeddings/open-embeddings.ts';
import { openModel } from './agents/models/open-model.ts';
import { openWatch } from './agents/watch/watch.ts';
import { readConfig, type Config } from './config.ts';
import { startIntake } from './connectors/intake.ts';
import { openHttp } from './http.ts';
import { createMetrics, healthRoutes } from './http/health.ts';
import { openDemo } from './main/demo.ts';
import { openDetectors, openSources, openSurfaces } from './main/members.ts';
import { openMcpServer } from './mcp-server/server.ts';
import { warmUpSoon } from './mcp-server/warm-up.ts';
import { alertThread } from './memory/alert-thread.ts';
import { checkpointOf, recordBatch } from './memory/floor/record-batch.ts';
import { openMemory } from './memory/open.ts';
import { keepThread, threadContext, type ThreadContext } from './memory/threads.ts';
import type { Answer } from './plant/message.ts';
import type { Batch } from './plant/record.ts';
import type { Question } from './plant/surface.ts';
import { sentenceOf } from './plant/errors.ts';

type Andon = {
  url: string;
  ask(question: Question): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens everything and returns once people can ask. Closes in reverse order. Throws `AndonError` with a sentence when it cannot start. */
export async function openAndon(config: Config, log: (sentence: string) => void): Promise<Andon> {
  await using opening = new AsyncDisposableStack();
  const clock = Date.now;
  const { plant, people } = config;
  const closing = <T extends { close(): Promise<void> }>(thing: T): T =>
    opening.adopt(thing, (one) => one.close());

  // 1. What is remembered: one database, embedded or real.
  const embeddings = closing(openEmbeddings());
  const memory = closing(
    await openMemory({
      folder: config.dataFolder,
      databaseUrl: config.databaseUrl,
      clock,
      log,
      embed: Object.assign(embeddings.embed, { modelId: embeddings.modelId }),
    }),
  );
  const record = async (batch: Batch) => void (await recordBatch(memory.pool, batch, clock()));

  // 2. The one HTTP server.
  const http = closing(await openHttp({ ...config, log }));

  // 3. A plant that makes itself up, where one is configured; its past is recorded by the same road as its present.
  const demo = config.simulator
    ? closing(
        await openDemo({
          ...config.simulator,
          folder: join(config.dataFolder, 'simulator'),
          memory,
          record,
          log,
        }),
      )
    : null;

  // 4. Data in: machines, MES, ERP and notes, each behind the same few questions.
  const sources = await openSources(config, demo?.simulator ?? null, { clock, log });
  const metrics = createMetrics(() => intake.health());
  const watch = closing(
    openWatch({
      ...config,
      memory,
      clock,
      health: () => intake.health(),
      surfaces: () => surfaces,
      detectors: await openDetectors(config),
      log,
    }),
  );
  const intake = closing(
    startIntake({
      sources,
      record,
      clock,
      log,
      checkpoint: (source) => checkpointOf(memory.pool, source),
      onRecorded: (batch) => {
        metrics.recorded(batch);
        watch.recorded(batch);
      },
    }),
  );

  // 5. Both become MCP tools, for our own agents and for any other assistant.
  const mcp = closing(
    await openMcpServer({
      memory,
      plant,
      people,
      clock,
      health: () => intake.health(),
      embed: embeddings.embed,
      log,
    }),
  );
  http.route({ method: 'ANY', path: '/mcp', own: true, handle: mcp.handleHttp });

  // 6. The agent that answers sees the floor only through those tools.
  const model = await openModel({
    model: config.model.name,
    baseUrl: config.model.baseUrl,
    key: config.model.key,
  });
  const threads: Threads = {
    get: async (thread, { surface }) =>
      (await threadContext(memory.pool, surface, thread, clock())) ??
      alertThread(memory.pool, surface, thread),
    set: (thread, context, { surface, person }) =>
      keepThread(memory.pool, surface, thread, context as ThreadContext, person, clock()),
  };
  const copilot = closing(
    await openCopilot({ connect: mcp.connectInMemory, model, plant, people, clock, threads, log }),
  );
  const ask = metrics.measured(copilot.ask);

  // 7. Data out: people ask here and are told here.
  const surfaces = await openSurfaces(config, { ask, watch, memory, mcp, http, clock, log });
  for (const surface of surfaces) closing(surface);
  const health = () => [...intake.health(), ...watch.refusals()];
  for (const route of healthRoutes(metrics, health)) http.route(route);

  // 8. From now on Andon speaks up by itself.
  await watch.start();
  closing(warmUpSoon(mcp));
  await memory.announce(http.url);
  if (config.model.name !== 'offline') log(describesWhatLeaves(config.model.name));
  const opened = opening.move();
  return { url: http.url, ask, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

if (import.meta.main) {
  const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  try {
    const config = await readConfig(process.env);
    await using andon = await openAndon(config, say);
    say(`\n${config.plant.name}: ${config.plant.lines.map(({ name }) => name).join(', ')}.`);
    say(
      (await andon.ask({ text: 'How are the lines?', thread: null, person: null, surface: 'terminal' }))
        .firstLine,
    );
    say(`Ask me at ${andon.url} or with: npm run ask -- "why did line 3 stop?"`);
    await new Promise((stop) => process.once('SIGINT', stop).once('SIGTERM', stop));
    say('Closing.');
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}
