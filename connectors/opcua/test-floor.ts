/** Servers to read from, and what is to be closed after a test and after all. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Source } from '../../plant/source.ts';
import { openSource, startServer } from './test-plant.ts';
import { readSource } from './test-reading.ts';
import type { ServerSetup } from './test-server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

type Floor = {
  root: string;
  /** The folder of the client: its certificates. */
  clientFolder: string;
  /** The server of the tests that leave it as they found it: starting one takes a second. */
  shared: Server;
  /** The same with a history. */
  historian: Server;
  /** Called after the test, last first. */
  closing: (() => unknown)[];
  /** A server of the test's own. */
  server(setup?: Partial<ServerSetup>): Promise<Server>;
  /** Reads a source until the state of the filler came. */
  reading(
    yaml: Record<string, unknown>,
    since?: Record<string, unknown> | null,
  ): Promise<{ source: Source } & ReturnType<typeof readSource>>;
};

export const uri = 'urn:test:plant';

export const machine = {
  State: { type: 'String', value: 'Execute' },
  Blocked: { type: 'Boolean', value: false },
  Starved: { type: 'Boolean', value: false },
  Mode: { type: 'String', value: 'Production' },
  Torque: { type: 'Double', value: 12.5 },
  GoodCount: { type: 'UInt32', value: 7 },
} as const;

/** Two machines and a system, as the server has them. */
export const plantObjects: ServerSetup['objects'] = {
  'Line3.Filler': machine,
  'Line3.Capper': machine,
  'Systems.LabelServer': { Connected: { type: 'Boolean', value: true } },
};

/** The same in the options of a source. */
export const demo = (endpoint: string, more: Record<string, unknown> = {}) => ({
  endpoint,
  security: 'none',
  trustAny: true,
  namespace: uri,
  publishingMs: 50,
  // Where silence is not what is tested, a server that has to wait for its turn is not taken for lost.
  keepAliveMs: 10_000,
  queueSize: 200,
  templates: {
    machine: {
      state: '{root}.State',
      blocked: '{root}.Blocked',
      starved: '{root}.Starved',
      mode: '{root}.Mode',
      signals: 'all',
    },
  },
  machines: [
    { equipment: 'line-3.filler', root: 'Line3.Filler' },
    { equipment: 'line-3.capper', root: 'Line3.Capper' },
  ],
  systems: [{ equipment: 'label-server', node: 'Systems.LabelServer.Connected' }],
  ...more,
});

/** For losses that show by silence alone: a network that swallows everything, a session that the server forgot. */
export const impatient = { keepAliveMs: 400 };

/** To be called once in a file of tests; the floor is there when the first of them begins. */
export function openFloor(): Floor {
  const floor = {} as Floor;
  beforeAll(async () => {
    Object.assign(floor, await startFloor());
  });
  afterEach(async () => {
    for (const close of floor.closing.splice(0).toReversed()) await close();
  });
  afterAll(async () => {
    await floor.shared.kill();
    await floor.historian.kill();
    await rm(floor.root, { recursive: true, force: true });
  });
  return floor;
}

async function startFloor(): Promise<Floor> {
  const root = await mkdtemp(join(tmpdir(), 'opcua-'));
  const clientFolder = join(root, 'client');
  await mkdir(clientFolder);
  const closing: Floor['closing'] = [];
  return {
    root,
    clientFolder,
    shared: await startServer(setupOf(root)),
    historian: await startServer(setupOf(root, { history: true })),
    closing,
    async server(setup) {
      const running = await startServer(setupOf(root, setup));
      closing.push(() => running.kill());
      return running;
    },
    async reading(yaml, since = null) {
      const source = await openSource(yaml, clientFolder);
      const reader = readSource(source, since);
      closing.push(() => reader.close());
      await reader.until('the state of the filler', () =>
        reader.of('state').some(({ equipment }) => equipment === 'line-3.filler'),
      );
      return { source, ...reader };
    },
  };
}

const setupOf = (root: string, setup: Partial<ServerSetup> = {}): ServerSetup => ({
  port: 0,
  pki: join(root, 'server-pki'),
  uri,
  objects: plantObjects,
  ...setup,
});
