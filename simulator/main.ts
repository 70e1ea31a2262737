/** The simulated plant as a child process. Speaks only to its parent, over the IPC channel, and ends with it. */
import { setImmediate } from 'node:timers/promises';
import type { Batch } from '../plant/record.ts';
import { sentenceOf } from '../plant/errors.ts';
import type { Millis } from '../plant/time.ts';
import { gatherBatches } from './records/batches.ts';
import { runLive } from './live.ts';
import type { OpenPlant, PlantOptions } from './open-plant.ts';
import type { Command, Opening, Status, ToChild, ToParent } from './protocol.ts';
import { openServers, type Servers } from './serve/servers.ts';

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

async function open(opening: Opening): Promise<(message: ToChild) => void> {
  const { openPlant } = (await import(opening.plant)) as PlantModule;
  const startedAt = Date.now();
  const clock = (): Millis => opening.now + Date.now() - startedAt;
  const { seed, pastEndsAt: now, historyDays: pastDays, firstStop } = opening;
  // The plant's past ends at a whole minute: seconds count from the start, not from there.
  const liveStop = firstStop && { ...firstStop, inSeconds: firstStop.inSeconds + (now % 60_000) / 1000 };
  const plant = openPlant({ seed, now, pastDays, liveStop });
  const servers = await openServers(plant.world, opening.folder, opening.credentials);
  const past = pastOf(plant, servers);
  let live: Promise<void> | null = null;
  let begun = false;
  let behind: Promise<void> | null = null;

  /** What is left of the past; where nobody read any of it, unseen. */
  const endPast = async (): Promise<void> => {
    for await (const _ of begun ? past : unseen(plant, servers)) if (closing.signal.aborted) return;
  };
  const goLive = async (): Promise<void> => {
    await (behind ??= endPast());
    if (closing.signal.aborted) return;
    live ??= servers
      .goLive()
      .then(() => runLive(plant.world, clock, servers.afterStep, closing.signal))
      .catch(fail);
  };
  const more = async (): Promise<void> => {
    begun = true;
    const { value, done } = await past.next();
    if (!done) return send({ type: 'batch', batch: value });
    await goLive();
    await send({ type: 'history-end' });
  };
  const status = (): Status => ({
    live: live !== null,
    now: plant.world.now(),
    behindMs: clock() - plant.world.now(),
    rss: process.memoryUsage.rss(),
    ...servers.status(),
  });
  const obey = commands(plant, servers, goLive, status);

  closing.signal.addEventListener('abort', () => {
    void (async () => {
      await live;
      await servers.close();
      process.exit(0);
    })().catch(fail);
  });
  await send({ type: 'ready', addresses: servers.addresses });
  return (message) => {
    if (message.type === 'more') more().catch(fail);
    if (message.type === 'close') closing.abort();
    if (message.type === 'control')
      obey(message.command)
        .then((value) => send({ type: 'reply', id: message.id, value }))
        .catch((error: unknown) => send({ type: 'refused', id: message.id, sentence: sentenceOf(error) }));
  };
}

/** Batches made only when one is asked for; nothing of the past is held. */
async function* pastOf(plant: OpenPlant, servers: Servers): AsyncGenerator<Batch> {
  for await (const batch of gatherBatches(plant.history())) {
    servers.remember(batch);
    yield batch;
  }
}

/** Between two hours the servers get their turn. */
async function* unseen(plant: OpenPlant, servers: Servers): AsyncGenerator<void> {
  for (const alarms of plant.unseen()) {
    servers.remember(alarms);
    await setImmediate();
    yield;
  }
}

function commands(
  plant: OpenPlant,
  servers: Servers,
  goLive: () => Promise<void>,
  status: () => Status,
): (command: Command) => Promise<unknown> {
  return async (command) => {
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
        return goLive();
      case 'schedule-stop': {
        // A stop needs a plant that has its past behind it.
        await goLive();
        return plant.scheduleStop(command.line, command.inSeconds, command.cause);
      }
      case 'truth':
        return plant.happenings();
      case 'status':
        return status();
    }
  };
}

let handle: ((message: ToChild) => void) | null = null;
process.on('message', (message: ToChild) => {
  if (message.type === 'open')
    open(message.opening)
      .then((opened) => {
        handle = opened;
      })
      .catch(fail);
  else if (handle) handle(message);
  else if (message.type === 'close') process.exit(0);
});
process.on('disconnect', () => {
  // Nobody is left who could wait for an orderly end.
  process.exit(0);
});
// Ctrl-C reaches the whole group; the parent closes this process when it needs it no more.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => (handle ? closing.abort() : process.exit(0)));
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
