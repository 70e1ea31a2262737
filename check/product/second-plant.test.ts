/** Another plant: other names, other nodes, states in a vendor's own words, one line, no ERP. Everything comes from its YAML. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../connectors/opcua/test-plant.ts';
import {
  preparedData,
  removeFolder,
  shortLife,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const folder = temporaryFolder('second');
const names = ['Waage', 'Beutler', 'Kartonierer'] as const;
const yaml = (endpoint: string) => `
plant:
  id: dairy
  name: Käserei Süd
  timezone: Europe/Vienna
  lines:
    - id: pack
      name: Pack line
      aliases: [ Abpackung, packing ]
      stopLimitS: 5
      machines:
        - { id: pack.weigher, name: Weigher, aliases: [ Waage ], rate: 60 }
        - { id: pack.bagger, name: Bagger, aliases: [ Beutler ], rate: 60 }
        - { id: pack.cartoner, name: Cartoner, aliases: [ Kartonierer ], rate: 60 }
people:
  - { id: eva, name: Eva Huber, role: supervisor, lines: [ pack ] }
page: { person: eva }
sources:
  - id: plc
    use: opcua
    endpoint: ${endpoint}
    security: none
    namespace: urn:dairy:south
    publishingMs: 100
    templates:
      machine:
        state: '{root}/Zustand'
        plain: true
        states:
          laeuft: Execute
          Stoerung: Held
          wartet: { state: Suspended, waiting: starved }
          Stau: { state: Suspended, waiting: blocked }
        signals: { torque: '{root}/Moment' }
    machines:
      - { equipment: pack.weigher, root: PLC7/Waage }
      - { equipment: pack.bagger, root: PLC7/Beutler }
      - { equipment: pack.cartoner, root: PLC7/Kartonierer }
  - id: shift-book
    use: csv
    path: ${join(folder, 'book.csv')}
    delimiter: ';'
    columns: { id: Nr, time: Zeit, line: Linie, machine: Maschine, role: Rolle, text: Eintrag }
    timeFormat: dd.MM.yyyy HH:mm
    everyS: 1
`;
let server: Awaited<ReturnType<typeof startServer>>;
let product: Product;

beforeAll(async () => {
  mkdirSync(join(folder, 'pki'));
  server = await startServer({
    port: 0,
    pki: join(folder, 'pki'),
    uri: 'urn:dairy:south',
    before: 'urn:vendor:firmware',
    separator: '/',
    at: Date.now() - 600_000,
    objects: Object.fromEntries(
      names.map((name) => [
        `PLC7/${name}`,
        { Zustand: { type: 'String', value: 'laeuft' }, Moment: { type: 'Double', value: 11.5 } },
      ]),
    ),
  });
  writeFileSync(join(folder, 'book.csv'), 'Nr;Zeit;Linie;Maschine;Rolle;Eintrag\n');
  const config = join(folder, 'dairy.yaml');
  writeFileSync(config, yaml(server.endpoint));
  product = await startProduct({ config, data: await preparedData(folder), flags: shortLife });
});
afterAll(async () => {
  await product?.stop('SIGKILL');
  await server?.kill();
  removeFolder(folder);
});

test('runs, and says so in its own names', async () => {
  await until(
    'all sources',
    () => product.get('/readyz'),
    ({ status }) => status === 200,
  );
  const { answer } = await until(
    'the state',
    () => product.ask('how is the pack line?'),
    ({ answer: said }) => said.startsWith('Pack line has been running'),
  );
  expect(answer).toMatch(/^Pack line has been running/);
  expect(product.output()).toContain('Käserei Süd: Pack line.');
});

test('why did the pack line stop?', async () => {
  const at = Date.now();
  const set = (name: (typeof names)[number], value: string, afterMs: number) =>
    server.tell({ do: 'set', node: `PLC7/${name}/Zustand`, value, at: at + afterMs });
  await server.tell({
    do: 'alarm',
    root: 'PLC7/Beutler',
    name: 'F0711',
    text: 'Servo drive fault: overcurrent, film drive',
    severity: 800,
    active: true,
    acknowledged: false,
    at: at - 37_000,
  });
  // By the clocks of the machines it was half a minute ago: long enough to be a stop.
  await set('Beutler', 'Stoerung', -36_000);
  await set('Kartonierer', 'wartet', -34_000);
  await set('Waage', 'Stau', -33_000);
  const clock = new Date(at).toLocaleString('de-AT', {
    timeZone: 'Europe/Vienna',
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  writeFileSync(
    join(folder, 'book.csv'),
    `Nr;Zeit;Linie;Maschine;Rolle;Eintrag\n1;${clock.replace(',', '')};Abpackung;Beutler;Bediener;film drive of the bagger tripped, reset does not help\n`,
  );
  const told = await product.printed(/\[alert\] Pack line stopped at .*/);
  expect(told[0]).not.toMatch(/line-3|Line 3|demo/i);
  const { answer, diagnosis, evidence } = await until(
    'the shift book to be read',
    () => product.ask('why did the pack line stop?'),
    (seen) => new Set(seen.evidence.map(({ source }) => source)).size === 2,
  );
  expect(answer).toMatch(/^Pack line stopped at \d\d:\d\d/);
  expect(diagnosis).toMatchObject({ machine: 'pack.bagger', place: 'pack.bagger', cause: 'drive_trip' });
  expect(diagnosis?.stop).toMatchObject({ line: 'pack', to: null });
  expect(evidence.map(({ says }) => says).join('\n')).toContain('Servo drive fault: overcurrent, film drive');
  // The people of this plant say it their way.
  expect((await product.ask('why did Abpackung stop?')).diagnosis).toMatchObject({ cause: 'drive_trip' });
});

test('and when it runs again, how long it stood', async () => {
  for (const name of names)
    await server.tell({ do: 'set', node: `PLC7/${name}/Zustand`, value: 'laeuft', at: Date.now() });
  await product.printed(/\[over\] Pack line /);
  expect((await product.ask('how is the pack line?')).answer).toMatch(/^Pack line has been running/);
});
