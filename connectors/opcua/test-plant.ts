import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTcp, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { plant as plantSchema } from '../../plant/equipment.ts';
import type { Source } from '../../plant/source.ts';
import connector from './index.ts';
import type { ServerCommand, ServerSetup } from './test-server.ts';

/** The test server as a child process. */
export async function startServer(setup: ServerSetup) {
  const child = fork(join(import.meta.dirname, 'test-server.ts'), [JSON.stringify(setup)], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const died = exited.then(() => {
    throw new Error('The test server is gone.');
  });
  died.catch(() => {});
  const [{ port }] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }];
  return {
    port,
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    async tell<T = null>(command: ServerCommand): Promise<T> {
      child.send(command);
      const [{ done }] = (await Promise.race([once(child, 'message'), died])) as [{ done: T }];
      return done;
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * A free port below those that the system hands out (32768 and up): for a server that is to come back at the same
 * address, where nobody else may be meanwhile.
 */
export async function portToComeBackTo(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (free) return port;
  }
}

/** A TCP proxy that can swallow everything without closing anything. */
export async function startProxy(target: number) {
  const sockets = new Set<Socket>();
  let swallow = false;
  const server: Server = createServer((inner) => {
    const outer = connectTcp(target, '127.0.0.1');
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => void (swallow || to.write(bytes)));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `opc.tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    blackHole(on: boolean) {
      swallow = on;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const testPlant = plantSchema.parse({
  id: 'test',
  name: 'Test',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-3',
      name: 'Line 3',
      machines: [
        { id: 'line-3.filler', name: 'Filler' },
        { id: 'line-3.capper', name: 'Capper' },
      ],
    },
  ],
  systems: [{ id: 'label-server', name: 'Label server' }],
});

export async function openSource(yaml: Record<string, unknown>, folder: string): Promise<Source> {
  return connector.open(connector.options.parse(yaml), {
    id: 'machines',
    plant: testPlant,
    clock: Date.now,
    folder,
    log: () => {},
  });
}
