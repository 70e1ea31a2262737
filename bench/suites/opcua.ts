import { join } from 'node:path';
import connector from '../../connectors/opcua/index.ts';
import { startServer } from '../../connectors/opcua/test-plant.ts';
import { startIntake } from '../../connectors/intake.ts';
import { checkpointOf, recordBatch } from '../../memory/floor/record-batch.ts';
import { openMemory } from '../../memory/open.ts';
import { plant as plantSchema } from '../../plant/equipment.ts';
import type { Source } from '../../plant/source.ts';
import type { Figure, Suite } from '../figure.ts';
import { temporaryFolder } from '../floor.ts';
import { type Cost, costOf } from '../measure.ts';

const machines = Array.from({ length: 20 }, (_, index) => `line-1.machine-${index + 1}`);
const signals = Array.from({ length: 50 }, (_, index) => `value_${index + 1}`);
const everyMs = 100;
const seconds = 30;
const uri = 'urn:andon:bench';

const plant = plantSchema.parse({
  id: 'bench',
  name: 'Bench',
  timezone: 'Europe/Berlin',
  lines: [{ id: 'line-1', name: 'Line 1', machines: machines.map((id) => ({ id, name: id })) }],
});

const items = machines.length * signals.length;
const times = (seconds * 1000) / everyMs;
const sent = items * times;

/** A server in a process of its own changes 1,000 values ten times a second; connector, intake and database keep up or not. */
const suite: Suite = async (progress) => {
  await using opening = new AsyncDisposableStack();
  const { folder } = opening.adopt(await temporaryFolder(), (one) => one.close());
  const server = opening.adopt(await openServer(join(folder, 'server')), (one) => one.kill());
  const memory = opening.adopt(
    await openMemory({ folder: join(folder, 'data'), databaseUrl: null, clock: Date.now, log: progress }),
    (one) => one.close(),
  );
  const source = await openSource(server.endpoint, join(folder, 'source'), progress);
  const arrival = countReadings();
  const intake = opening.adopt(
    startIntake({
      sources: [source],
      record: async (batch) => void (await recordBatch(memory.pool, batch, Date.now())),
      checkpoint: (id) => checkpointOf(memory.pool, id),
      clock: Date.now,
      log: progress,
      onRecorded: ({ readings }) => arrival.add(readings.length),
    }),
    (one) => one.close(),
  );
  await within(arrival.begun, 60_000);
  const before = await valuesIn(memory.pool);
  progress(`${items} values, every ${everyMs} ms, for ${seconds} s ...`);
  const { changingMs, ...cost } = await changeValues(server, arrival.done);
  const recorded = (await valuesIn(memory.pool)) - before;
  const gaps = await gapsIn(memory.pool);
  return {
    title: '1,000 items changing at 10 Hz, from the wire into the database',
    figures: figuresOf(cost, changingMs, recorded, gaps),
    notes: [
      `${intake.health()[0]?.state === 'up' ? 'The source was up at the end.' : 'The source was NOT up at the end.'} Security none, publishing every 250 ms, counted in the database.`,
    ],
  };
};
export default suite;

type Server = Awaited<ReturnType<typeof startServer>>;

const openServer = (pki: string): Promise<Server> => {
  const object = Object.fromEntries(signals.map((name) => [name, { type: 'Double' as const, value: 0 }]));
  return startServer({
    port: 0,
    pki,
    uri,
    objects: Object.fromEntries(machines.map((root) => [root, object])),
  });
};

const openSource = (endpoint: string, folder: string, log: (sentence: string) => void): Promise<Source> =>
  connector.open(
    connector.options.parse({
      endpoint,
      security: 'none',
      namespace: uri,
      alarms: false,
      templates: {
        machine: { signals: Object.fromEntries(signals.map((name) => [name, `{root}.${name}`])) },
      },
      machines: machines.map((id) => ({ equipment: id, root: id })),
    }),
    { id: 'machines', plant, clock: Date.now, folder, log },
  );

/** `begun`: every item has shown its first value; `done`: every change that was made has come. */
function countReadings(): { add(readings: number): void; begun: Promise<void>; done: Promise<void> } {
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  let came = 0;
  return {
    add(readings) {
      came += readings;
      if (came >= items) begun.resolve();
      if (came >= items + sent) done.resolve();
    },
    begun: begun.promise,
    done: done.promise,
  };
}

/** The cost reaches until the last change is recorded or 30 s later; `changingMs`: how long the server made them. */
async function changeValues(server: Server, done: Promise<void>): Promise<Cost & { changingMs: number }> {
  const nodes = machines.flatMap((root) => signals.map((name) => `${root}.${name}`));
  const { value: changingMs, ...cost } = await costOf(async () => {
    const from = performance.now();
    await server.tell({ do: 'tick', nodes, everyMs, times });
    const changing = performance.now() - from;
    await within(done, 30_000);
    return changing;
  });
  return { ...cost, changingMs };
}

const figuresOf = (cost: Cost, changingMs: number, recorded: number, gaps: number | null): Figure[] => [
  { name: 'changes the server made', value: sent, unit: '' },
  {
    name: 'changes per second it made',
    value: sent / (changingMs / 1000),
    unit: 'changes/s',
    aim: { atLeast: 9_500 },
    why: 'The server of this measurement itself was too slow on this machine; what it did make is what is judged.',
  },
  { name: 'changes recorded', value: recorded, unit: '' },
  { name: 'changes recorded per second', value: recorded / (cost.wallMs / 1000), unit: 'changes/s' },
  { name: 'share lost', value: ((sent - recorded) / sent) * 100, unit: '%', aim: { atMost: 0 } },
  { name: 'gaps told', value: gaps, unit: '' },
  { name: 'until the last one was recorded, after it was made', value: cost.wallMs - changingMs, unit: 'ms' },
  { name: 'CPU of client and database', value: (cost.cpuMs / cost.wallMs) * 100, unit: '% of a core' },
];

/** Resolves when the promise does or the time is over: what has not come by then is lost. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

type Counting = { query: (sql: string) => Promise<{ rows: { count: number }[] }> };

async function valuesIn(pool: Counting): Promise<number> {
  return (await pool.query('select count(*)::int as count from signal')).rows[0]?.count ?? 0;
}

async function gapsIn(pool: Counting): Promise<number | null> {
  const found = await pool.query(`select count(*)::int as count from event where kind = 'gap'`);
  return found.rows[0]?.count ?? null;
}
