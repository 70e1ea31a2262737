/**
 * `sap` against a double nobody here wrote: the mock server of SAP's Fiori tools with SAP's own schema.
 * `.ci/sap-double.sh FOLDER` installs it; `ANDON_SAP_DOUBLE` names that folder. Without it this file says that it was skipped.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../simulator/serve/sap-rows.ts';
import { smallWorld, type SmallWorld } from '../simulator/testing/small-world.ts';
import { testConnector } from './contract.ts';
import sap from './sap/index.ts';
import { confirmMore, sapContent } from './sap/test-content.ts';

const folder = process.env['ANDON_SAP_DOUBLE'];
const start = Date.parse('2026-11-20T13:00:00Z');
const sets: Readonly<Record<string, readonly string[]>> = {
  API_PRODUCTION_ORDER_2_SRV: [
    'A_ProductionOrder_2',
    'A_ProductionOrderOperation_2',
    'A_ProductionOrderComponent_2',
  ],
  API_MATERIAL_STOCK_SRV: ['A_MatlStkInAcctMod'],
  API_MAINTNOTIFICATION: ['MaintenanceNotification'],
};

type Router = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
type Mockserver = { isReady: Promise<void>; getRouter(): Router; dispose(): Promise<void> };
type MockserverClass = new (configuration: unknown) => Mockserver;

const missing =
  folder === undefined
    ? 'ANDON_SAP_DOUBLE is not set: .ci/sap-double.sh FOLDER installs the double'
    : existsSync(join(folder, 'API_MATERIAL_STOCK_SRV', 'metadata.xml'))
      ? null
      : `ANDON_SAP_DOUBLE names ${folder}, where no double is installed`;

describe('sap against SAP’s own mock server', () => {
  test.skipIf(missing !== null)(`the double: ${missing ?? 'installed'}`, () => {
    expect(missing).toBeNull();
  });
});
if (folder !== undefined && missing === null) contractAgainst(folder);

function contractAgainst(folder: string): void {
  const FEMockserver = (
    createRequire(join(folder, 'package.json'))('@sap-ux/fe-mockserver-core') as { default: MockserverClass }
  ).default;

  /** A mock server with the rows of this world; it reads them once, so another world needs another one. */
  const mock = async (world: SmallWorld, at: string): Promise<Mockserver> => {
    const services = [];
    for (const [service, names] of Object.entries(sets)) {
      const data = join(at, service);
      await mkdir(data, { recursive: true });
      for (const name of names)
        await writeFile(join(data, `${name}.json`), JSON.stringify(rowsOf(name, world)));
      services.push({
        urlPath: `/sap/opu/odata/sap/${service}`,
        metadataPath: join(folder, service, 'metadata.xml'),
        mockdataPath: data,
        generateMockData: false,
        noETag: true,
      });
    }
    const server = new FEMockserver({ services, annotations: [], plugins: [] });
    await server.isReady;
    return server;
  };

  testConnector({
    name: 'sap against SAP’s own mock server',
    connector: sap,
    module: new URL('sap/index.ts', import.meta.url).href,
    overlap: 8,
    async start() {
      const world = smallWorld(start);
      const at = await mkdtemp(join(tmpdir(), 'andon-sap-double-'));
      let double = await mock(world, at);
      const expected = `Basic ${Buffer.from('reader:correct horse').toString('base64')}`;
      // The mock server lets everybody in: the door is ours.
      const server = createServer((request, response) => {
        // It compares times with `datetime'..'` only, where SAP asks for `datetimeoffset'..'` by the field's type.
        request.url = request.url?.replaceAll('datetimeoffset', 'datetime');
        if (request.headers.authorization !== expected) response.writeHead(401).end();
        else double.getRouter()(request, response, () => response.writeHead(404).end());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const options = {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        user: 'reader',
        password: 'correct horse',
        plant: '1010',
        workCenters: { LINE3: 'line-3' },
        tries: 1,
      };
      let running = true;
      return {
        plant: world.plant,
        clock: () => start,
        options,
        refused: { ...options, password: 'wrong battery' },
        has: sapContent,
        async change() {
          const changed = confirmMore(world, start + 1000);
          const before = double;
          double = await mock(world, at);
          await before.dispose();
          return [changed];
        },
        async stop() {
          if (!running) return;
          running = false;
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
          await double.dispose();
          await rm(at, { recursive: true, force: true });
        },
      };
    },
  });
}
