/** The simulated plant as a child process. Speaks only to its parent, over the IPC channel, and ends with it. */
import { setImmediate } from 'node:timers/promises';
import { sentenceOf } from '../plant/errors.ts';
import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';
import { runLive } from './live.ts';
import type { OpenPlant, PlantOptions } from './open-plant.ts';
import type { Command, Opening, Status, ToChild, ToParent } from './protocol.ts';
import { gatherBatches } from './records/batches.ts';
import { openServers, type Servers } from './serve/servers.ts';

/** The plant, its servers, and how far it is. */
type Running = {
  plant: OpenPlant;
  servers: Servers;
  clock: () => Millis;
  past: AsyncGenerator<Batch>;
  /** Somebody reads the past. */
  begun: boolean;
  /** The rest of the past being played, once the plant is to go live; then the plant living. */
  ending: Promise<void> | null;
  live: Promise<void> | null;
};
type PlantModule = { openPlant(options: PlantOptions): OpenPlant };

const closing = new AbortController();

const send = (message: ToParent): Promise<void> =>
  new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    process.send(message, undefined, {}, () => resolve());
  });
const fail = async (error: unknown): Promise<void> => {
  await send({ type: 'failed', sentence: sentenceOf(error) });
  process.exit(1);
};

async function open(opening: Opening): Promise<Running> {
  const { openPlant } = (await import(opening.plant)) as PlantModule;
  const startedAt = Date.now();
  const { seed, pastEndsAt: now, historyDays: pastDays, firstStop } = opening;
  // The plant's past ends at a whole minute: seconds count from the start, not from there.
  const liveStop = firstStop && { ...firstStop, inSeconds: firstStop.inSeconds + (now % 60_000) / 1000 };
  const plant = openPlant({ seed, now, pastDays, liveStop });
  const servers = await openServers(plant.world, opening.folder, opening.credentials);
  const running: Running = {
    plant,
    servers,
    clock: () => opening.now + Date.now() - startedAt,
    past: pastOf(plant, servers),
    begun: false,
    ending: null,
    live: null,
  };
  closing.signal.addEventListener('abort', () => void end(running).catch(fail));
  await send({ type: 'ready', addresses: servers.addresses });
  return running;
}

async function end({ live, servers }: Running): Promise<void> {
  await live;
  await servers.close();
  process.exit(0);
}

/** Batches made only when one is asked for; nothing of the past is held. */
async function* pastOf(plant: OpenPlant, servers: Servers): AsyncGenerator<Batch> {
  for await (const batch of gatherBatches(plant.history())) {
    servers.remember(batch);
    yield batch;
  }
}

/** Between two hours the servers get their turn. */
async function* unseen({ plant, servers }: Running): AsyncGenerator<void> {
  for (const alarms of plant.unseen()) {
    servers.remember(alarms);
    await setImmediate();
    yield;
  }
}

/** What is left of the past; where nobody read any of it, unseen. */
async function endPast(running: Running): Promise<void> {
  for await (const _ of running.begun ? running.past : unseen(running)) if (closing.signal.aborted) return;
}

async function goLive(running: Running): Promise<void> {
  await (running.ending ??= endPast(running));
  if (closing.signal.aborted) return;
  const { plant, servers, clock } = running;
  running.live ??= servers
    .goLive()
    .then(() => runLive(plant.world, clock, servers.afterStep, closing.signal))
    .catch(fail);
}

/** One more batch of the past; at its end the plant is live. */
async function more(running: Running): Promise<void> {
  running.begun = true;
  const { value, done } = await running.past.next();
  if (!done) return send({ type: 'batch', batch: value });
  await goLive(running);
  await send({ type: 'history-end' });
}

const statusOf = ({ plant, servers, clock, live }: Running): Status => ({
  live: live !== null,
  now: plant.world.now(),
  behindMs: clock() - plant.world.now(),
  rss: process.memoryUsage.rss(),
  ...servers.status(),
});

async function obey(running: Running, command: Command): Promise<unknown> {
  const { plant, servers } = running;
  switch (command.command) {
    case 'stop-opcua':
      return servers.opcua.stop();
    case 'start-opcua':
      return servers.opcua.start();
    case 'drop-opcua-sessions':
      return servers.opcua.dropSessions();
    case 'stop-erp':
      return servers.erp.stop();
    case 'start-erp':
      return servers.erp.start();
    case 'go-live':
      return goLive(running);
    case 'schedule-stop': {
      // A stop needs a plant that has its past behind it.
      await goLive(running);
      return plant.scheduleStop(command.line, command.inSeconds, command.cause);
    }
    case 'truth':
      return plant.happenings();
    case 'status':
      return statusOf(running);
  }
}

function hear(running: Running, message: ToChild): void {
  if (message.type === 'more') more(running).catch(fail);
  if (message.type === 'close') closing.abort();
  if (message.type === 'control')
    obey(running, message.command)
      .then((value) => send({ type: 'reply', id: message.id, value }))
      .catch((error: unknown) => send({ type: 'refused', id: message.id, sentence: sentenceOf(error) }));
}

let running: Running | null = null;
process.on('message', (message: ToChild) => {
  if (message.type === 'open')
    open(message.opening)
      .then((opened) => {
        running = opened;
      })
      .catch(fail);
  else if (running) hear(running, message);
  else if (message.type === 'close') process.exit(0);
});
process.on('disconnect', () => {
  // Nobody is left who could wait for an orderly end.
  process.exit(0);
});
// Ctrl-C reaches the whole group; the parent closes this process when it needs it no more.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => (running ? closing.abort() : process.exit(0)));
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
