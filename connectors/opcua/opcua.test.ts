import { cp, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AndonError } from '../../plant/errors.ts';
import { demo, openFloor, uri } from './test-floor.ts';
import { openSource, portToComeBackTo, startProxy } from './test-plant.ts';
import { readSource } from './test-reading.ts';

const floor = openFloor();

test('states, direction, mode, signals, systems and alarms become records with the time of the source', async () => {
  const { endpoint, tell } = floor.shared;
  const reader = await floor.reading(demo(endpoint));
  await reader.until('the label server', () => reader.of('system')[0]?.event === 'up');
  const signals = () => new Set(reader.readings.map(({ signal }) => signal));
  await reader.until('both signals', () => signals().size >= 2);
  expect(signals()).toEqual(new Set(['torque', 'good_count']));
  expect(reader.of('gap')).toEqual([]);

  const at = Date.now();
  await tell({
    do: 'set together',
    values: { 'Line3.Filler.Starved': true, 'Line3.Filler.State': 'Suspended' },
    at,
  });
  await tell({ do: 'set', node: 'Line3.Filler.Torque', value: 3.25, at });
  await tell({ do: 'set', node: 'Systems.LabelServer.Connected', value: false, at });
  const state = await reader.until('Suspended', () =>
    reader.of('state').find((each) => each.raw === 'Suspended'),
  );
  expect(state).toMatchObject({
    key: `line-3.filler@${new Date(at).toISOString()}`,
    version: '',
    state: 'Suspended',
    waiting: 'starved',
    mode: 'Production',
    plain: false,
    at: new Date(at).toISOString(),
  });
  await reader.until('the torque', () =>
    reader.readings.find((each) => each.at === at && each.value === 3.25 && each.signal === 'torque'),
  );
  const system = await reader.until('down', () => reader.of('system').find((each) => each.event === 'down'));
  expect(system.key).toBe(`label-server@${new Date(at).toISOString()}`);

  const alarm = {
    do: 'alarm',
    root: 'Line3.Filler',
    name: 'infeed-jam',
    text: 'Jam at infeed',
    severity: 700,
  } as const;
  await tell({ ...alarm, active: true, acknowledged: false, at: at + 1000 });
  await tell({ ...alarm, active: true, acknowledged: true, at: at + 2000 });
  await tell({ ...alarm, active: false, acknowledged: true, at: at + 3000 });
  await reader.until('the end of the alarm', () => reader.of('alarm').some((each) => !each.active));
  const key = (ms: number, word: string) =>
    `line-3.filler/infeed-jam@${new Date(at + ms).toISOString()}/${word}`;
  expect(reader.of('alarm').map((each) => [each.key, each.acknowledged, each.severity, each.text])).toEqual([
    [key(1000, 'on'), false, 700, 'Jam at infeed'],
    [key(1000, 'on'), true, 700, 'Jam at infeed'],
    [key(3000, 'off'), true, 700, 'Jam at infeed'],
  ]);
  expect(reader.source.health()).toMatchObject({ state: 'up', problem: null });
  expect(Math.abs(reader.source.health().clockOffsetMs ?? 1e9)).toBeLessThan(1000);
});

test('signs in with user and password over an encrypted channel; a wrong password is unauthorised', async () => {
  const { endpoint } = await floor.server({ anonymous: false });
  const secure = demo(endpoint, { security: 'basic256sha256', user: 'andon', password: 'right' });
  const { source } = await floor.reading(secure);
  const findings = await source.examine(AbortSignal.timeout(60_000));
  expect(findings.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(findings.find(({ check }) => check === 'rights')).toMatchObject({ state: 'ok' });

  const wrong = await openSource({ ...secure, password: 'wrong' }, floor.clientFolder);
  const error = await readSource(wrong).failed();
  expect(error).toBeInstanceOf(AndonError);
  expect(error).toMatchObject({ code: 'unauthorised' });
  expect(String(error)).not.toContain('wrong');
  expect(wrong.health().state).toBe('unauthorised');
  expect((await wrong.examine(AbortSignal.timeout(60_000))).at(-1)).toMatchObject({
    check: 'rights',
    state: 'fail',
  });
});

test('a certificate that is not trusted is refused, and moving the named file lets it in', async () => {
  const { endpoint } = floor.shared;
  const folder = join(floor.root, 'careful');
  await cp(join(floor.clientFolder, 'pki', 'own'), join(folder, 'pki', 'own'), { recursive: true });
  const yaml = demo(endpoint, { security: 'basic256sha256', trustAny: false });
  const source = await openSource(yaml, folder);
  const error = (await readSource(source).failed()) as AndonError;
  const [file] = await readdir(join(folder, 'pki', 'rejected'));
  expect(error).toMatchObject({ code: 'bad_upstream' });
  expect(error.next).toContain(join(folder, 'pki', 'rejected', String(file)));
  expect(error.next).toContain(join(folder, 'pki', 'trusted', 'certs'));

  await rename(
    join(folder, 'pki', 'rejected', String(file)),
    join(folder, 'pki', 'trusted', 'certs', String(file)),
  );
  const reader = readSource(source);
  floor.closing.push(() => reader.close());
  await reader.until('a state', () => reader.of('state').length > 0);
});

test('bad quality is never a value, and its stretch is a gap of that machine', async () => {
  const { endpoint, tell } = floor.shared;
  const reader = await floor.reading(demo(endpoint));
  const at = Date.now();
  await tell({ do: 'set', node: 'Line3.Filler.Torque', value: 666, at, bad: true });
  const open = await reader.until('an open gap', () => reader.of('gap').find((gap) => gap.to === null));
  expect(open).toMatchObject({ equipment: 'line-3.filler', from: new Date(at).toISOString() });
  expect(open.reason).toContain('torque (BadSensorFailure)');
  await tell({ do: 'set', node: 'Line3.Filler.Torque', value: 5, at: at + 4000 });
  const closed = await reader.until('its end', () => reader.of('gap').find((gap) => gap.to !== null));
  expect(closed).toMatchObject({ key: open.key, to: new Date(at + 4000).toISOString() });
  await reader.until('the good value', () => reader.readings.some(({ value }) => value === 5));
  expect(reader.readings.some(({ value }) => value === 666)).toBe(false);
});

test('what the queue of the server could not hold is a gap', async () => {
  const { endpoint, tell } = floor.shared;
  const reader = await floor.reading(demo(endpoint, { queueSize: 5, publishingMs: 1000 }));
  const at = Date.now();
  await tell({ do: 'burst', node: 'Line3.Capper.Torque', count: 40, at });
  const values = () =>
    reader.readings.flatMap(({ equipment, value, ...each }) =>
      equipment === 'line-3.capper' && each.at > at ? value : [],
    );
  await reader.until('the last value', () => values().includes(40));
  const gaps = reader.of('gap');
  for (const gap of gaps)
    expect(gap).toMatchObject({ equipment: 'line-3.capper', reason: expect.stringContaining('torque') });
  // In one publication they are 36 to 40; where the server was held up between two, there are more.
  expect(values().slice(-5)).toEqual([36, 37, 38, 39, 40]);
  const missing = Array.from({ length: 40 }, (_, n) => n + 1).filter((n) => !values().includes(n));
  expect(missing.length).toBeGreaterThan(0);
  const told = (n: number) =>
    gaps.some(({ from, to }) => Date.parse(from) < at + n && at + n < Date.parse(to ?? ''));
  expect(missing.filter((n) => !told(n))).toEqual([]);
});

test('another plant: other nodes, numbers and vendor words, unknown words kept', async () => {
  const { endpoint, tell } = await floor.server({
    separator: '/',
    objects: {
      'PLC7/Abfueller': {
        Betriebsart: { type: 'Int32', value: 2 },
        Zustand: { type: 'String', value: 'laeuft' },
        Zaehler: { type: 'Int64', value: [1, 5] },
        Rezept: { type: 'String', value: 'A' },
      },
    },
  });
  const reader = await floor.reading({
    endpoint,
    security: 'none',
    namespace: uri,
    publishingMs: 50,
    templates: {
      kuka: {
        state: '{root}/Zustand',
        mode: 's={root}/Betriebsart',
        plain: true,
        states: { laeuft: 'Execute', Stau: { state: 'Suspended', waiting: 'blocked' } },
        modes: { 2: 'Production' },
        signals: { pieces: `nsu=${uri};s={root}/Zaehler`, ghost: '{root}/Gibtsnicht' },
      },
    },
    machines: [{ equipment: 'line-3.filler', root: 'PLC7/Abfueller', template: 'kuka' }],
  });
  expect(reader.of('state')[0]).toMatchObject({
    state: 'Execute',
    raw: 'laeuft',
    plain: true,
    mode: 'Production',
  });
  await reader.until('the counter', () =>
    reader.readings.some(({ signal, value }) => signal === 'pieces' && value === 2 ** 32 + 5),
  );
  await tell({ do: 'set', node: 'PLC7/Abfueller/Zustand', value: 'Stau' });
  const blocked = await reader.until('Stau', () => reader.of('state').find(({ raw }) => raw === 'Stau'));
  expect(blocked).toMatchObject({ state: 'Suspended', waiting: 'blocked' });
  await tell({ do: 'set', node: 'PLC7/Abfueller/Zustand', value: 'Stopped' });
  const unknown = await reader.until('Stopped', () =>
    reader.of('state').find(({ raw }) => raw === 'Stopped'),
  );
  expect(unknown).toMatchObject({ state: 'Unknown', plain: true });
  expect(reader.source.health()).toMatchObject({ state: 'degraded' });
  expect(reader.source.health().problem).toContain('Gibtsnicht (BadNodeIdUnknown)');

  const findings = await reader.source.examine(AbortSignal.timeout(60_000));
  expect(findings.find(({ check }) => check === 'nodes')).toMatchObject({ state: 'fail' });
  expect(findings.find(({ check }) => check === 'states')?.text).toContain('line-3.filler: Stopped');
  expect(findings.find(({ check }) => check === 'equipment')?.text).toContain('line-3.capper');
});

test('a namespace the server does not have, and a server that is not there, are sentences', async () => {
  const { endpoint, kill } = await floor.server({ port: await portToComeBackTo() });
  const stranger = await openSource(demo(endpoint, { namespace: 'urn:else:where' }), floor.clientFolder);
  expect(await readSource(stranger).failed()).toMatchObject({
    code: 'bad_upstream',
    message: expect.stringContaining('urn:else:where'),
  });
  await kill();
  const port = Number(endpoint.split(':').at(-1));
  const source = await openSource(demo(endpoint), floor.clientFolder);
  const from = new Date(Date.now() - 60_000).toISOString();
  const reader = readSource(source, { at: from });
  expect(await reader.failed()).toMatchObject({ code: 'unreachable' });
  expect(reader.of('gap')).toMatchObject([{ from, to: null }]);
  expect(await source.examine(AbortSignal.timeout(60_000))).toMatchObject([
    { check: 'reachable', state: 'fail' },
  ]);

  // The next read waits for the server by itself.
  const patient = readSource(source, reader.checkpoint());
  floor.closing.push(() => patient.close());
  await floor.server({ port });
  const gap = await patient.until('the end of the gap', () => patient.of('gap')[0]);
  expect(gap).toMatchObject({ key: `*@${from}`, from });
  expect(gap.to).not.toBeNull();
});

test('closing does not wait for a server that swallows everything', async () => {
  const proxy = await startProxy(floor.shared.port);
  floor.closing.push(() => proxy.close());
  proxy.blackHole(true);
  const source = await openSource(demo(proxy.endpoint), floor.clientFolder);
  const reader = readSource(source);
  const before = performance.now();
  await reader.close();
  // Connecting gives up after 15 s.
  expect(performance.now() - before).toBeLessThan(10_000);
  expect(await reader.failed()).toBeNull();
});

test('1,000 nodes at 10 Hz are recorded without loss', async () => {
  const names = Array.from({ length: 1000 }, (_, n) => `V${n}`);
  const { endpoint, tell } = await floor.server({
    objects: {
      'Line3.Filler': {
        State: { type: 'String', value: 'Execute' },
        ...Object.fromEntries(names.map((name) => [name, { type: 'Double', value: 0 } as const])),
      },
    },
  });
  const reader = await floor.reading(
    demo(endpoint, {
      publishingMs: 500,
      templates: { machine: { state: '{root}.State', signals: 'all' } },
      machines: [{ equipment: 'line-3.filler', root: 'Line3.Filler' }],
      systems: [],
    }),
  );
  const set = await tell<number>({
    do: 'tick',
    nodes: names.map((name) => `Line3.Filler.${name}`),
    everyMs: 100,
    times: 20,
  });
  const values = () => reader.readings.filter(({ value }) => value > 0);
  await reader.until('the last values', () => values().filter(({ value }) => value === 20).length === 1000);
  expect(values().length).toBe(set);
  expect(reader.of('gap')).toEqual([]);
});
