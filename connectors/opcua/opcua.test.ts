import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AndonError } from '../../plant/errors.ts';
import { packagesLoadedBy } from '../testing/packages-loaded.ts';
import { lostOf } from './gaps.ts';
import connector from './index.ts';
import { itemOf, type Role } from './items.ts';
import { openSource, portToComeBackTo, startProxy, startServer } from './test-plant.ts';
import { readSource } from './test-reading.ts';
import type { ServerSetup } from './test-server.ts';

const uri = 'urn:test:plant';
let root: string;
let clientFolder: string;
/** The server of the tests that leave it as they found it: starting one takes a second. */
let shared: Awaited<ReturnType<typeof startServer>>;
/** The same with a history. */
let historian: typeof shared;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opcua-'));
  clientFolder = join(root, 'client');
  await mkdir(clientFolder);
  shared = await startServer(setupOf());
  historian = await startServer(setupOf({ history: true }));
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await shared.kill();
  await historian.kill();
  await rm(root, { recursive: true, force: true });
});

const machine = {
  State: { type: 'String', value: 'Execute' },
  Blocked: { type: 'Boolean', value: false },
  Starved: { type: 'Boolean', value: false },
  Mode: { type: 'String', value: 'Production' },
  Torque: { type: 'Double', value: 12.5 },
  GoodCount: { type: 'UInt32', value: 7 },
} as const;

const setupOf = (setup: Partial<ServerSetup> = {}): ServerSetup => ({
  port: 0,
  pki: join(root, 'server-pki'),
  uri,
  objects: {
    'Line3.Filler': { ...machine },
    'Line3.Capper': { ...machine },
    'Systems.LabelServer': { Connected: { type: 'Boolean', value: true } },
  },
  ...setup,
});
async function server(setup: Partial<ServerSetup> = {}) {
  const running = await startServer(setupOf(setup));
  closing.push(() => running.kill());
  return running;
}

const demo = (endpoint: string, more: Record<string, unknown> = {}) => ({
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
const impatient = { keepAliveMs: 400 };

async function reading(yaml: Record<string, unknown>, since: Record<string, unknown> | null = null) {
  const source = await openSource(yaml, clientFolder);
  const reader = readSource(source, since);
  closing.push(() => reader.close());
  await reader.until('the state of the filler', () =>
    reader.of('state').some(({ equipment }) => equipment === 'line-3.filler'),
  );
  return { source, ...reader };
}

test('states, direction, mode, signals, systems and alarms become records with the time of the source', async () => {
  const { endpoint, tell } = shared;
  const reader = await reading(demo(endpoint));
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
  const { endpoint } = await server({ anonymous: false });
  const secure = demo(endpoint, { security: 'basic256sha256', user: 'andon', password: 'right' });
  const { source } = await reading(secure);
  const findings = await source.examine(AbortSignal.timeout(60_000));
  expect(findings.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(findings.find(({ check }) => check === 'rights')).toMatchObject({ state: 'ok' });

  const wrong = await openSource({ ...secure, password: 'wrong' }, clientFolder);
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
  const { endpoint } = shared;
  const folder = join(root, 'careful');
  await cp(join(clientFolder, 'pki', 'own'), join(folder, 'pki', 'own'), { recursive: true });
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
  closing.push(() => reader.close());
  await reader.until('a state', () => reader.of('state').length > 0);
});

test('a killed server leaves a gap with both ends, and everything after it is complete', async () => {
  const first = await server({ port: await portToComeBackTo() });
  const reader = await reading(demo(first.endpoint));
  const changed = Date.now();
  await first.tell({ do: 'set', node: 'Line3.Filler.State', value: 'Held', at: changed });
  await first.tell({
    do: 'alarm',
    root: 'Line3.Filler',
    name: 'door',
    text: 'Door open',
    severity: 500,
    active: true,
    acknowledged: false,
    at: changed,
  });
  await reader.until(
    'Held and the alarm',
    () => reader.of('alarm').length > 0 && reader.of('state').some((each) => each.raw === 'Held'),
  );
  await first.kill();
  const open = await reader.until('an open gap', () => reader.of('gap').find((gap) => gap.to === null));
  expect(open).toMatchObject({ equipment: null, key: `*@${open.from}`, version: '' });
  expect(Date.parse(open.from)).toBeGreaterThanOrEqual(changed - 1000);
  expect(reader.source.health().state).toBe('down');

  // The namespace has another index now.
  const second = await server({ port: first.port, before: 'urn:test:other' });
  const closed = await reader.until('the end of the gap', () =>
    reader.of('gap').find((gap) => gap.to !== null),
  );
  expect(closed.key).toBe(open.key);
  expect(closed.version > open.version).toBe(true);
  await reader.until('the alarm to end, which the server no longer has', () =>
    reader.of('alarm').some((each) => !each.active && each.quality === 'uncertain'),
  );
  const from = Date.now();
  for (let n = 1; n <= 50; n += 1)
    await second.tell({ do: 'set', node: 'Line3.Capper.Torque', value: 1000 + n, at: from + n });
  await reader.until('50 values', () => reader.readings.filter(({ value }) => value > 1000).length === 50);
  expect(reader.source.health()).toMatchObject({ state: 'up', problem: null });
});

test('a network that swallows everything is noticed within three keepalives, and rebuilt', async () => {
  const { port, tell } = shared;
  const proxy = await startProxy(port);
  closing.push(() => proxy.close());
  const reader = await reading(demo(proxy.endpoint, impatient));
  const before = performance.now();
  proxy.blackHole(true);
  const open = await reader.until('an open gap', () => reader.of('gap').find((gap) => gap.to === null));
  expect(open.reason).toMatch(/^No connection: nothing was heard for \d+ s$/);
  // The library by itself gives a request up after 15 s.
  expect(performance.now() - before).toBeLessThan(14_000);
  proxy.blackHole(false);
  await reader.until('the end of the gap', () => reader.of('gap').some((gap) => gap.to !== null));
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Aborted' });
  await reader.until('later data', () => reader.of('state').some((each) => each.raw === 'Aborted'));
});

test('a server that forgot the session is met anew', async () => {
  const { endpoint, tell } = shared;
  const reader = await reading(demo(endpoint, impatient));
  await tell({ do: 'drop sessions' });
  await reader.until('the gap to end', () => reader.of('gap').some((gap) => gap.to !== null));
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Stopped' });
  await reader.until('later data', () => reader.of('state').some((each) => each.raw === 'Stopped'));
  expect(await tell<number>({ do: 'sessions' })).toBe(1);
});

test('after a restart of Andon the time since the checkpoint is a gap, filled where the server has history', async () => {
  const { endpoint, tell } = historian;
  const source = await openSource(demo(endpoint), clientFolder);
  const first = readSource(source);
  await first.until('a state', () => first.of('state').length >= 2 && first.checkpoint());
  await first.close();
  const at = Date.now();
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Held', at });
  await tell({ do: 'set', node: 'Line3.Filler.Torque', value: 77, at });
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Execute', at: at + 5 });

  const second = await reading(demo(endpoint, impatient), first.checkpoint());
  const held = await second.until('the state in between', () =>
    second.of('state').find((each) => each.raw === 'Held'),
  );
  expect(held.at).toBe(new Date(at).toISOString());
  expect(second.readings).toContainEqual({ equipment: 'line-3.filler', signal: 'torque', at, value: 77 });
  // History has no events: that alarms came and went was not seen.
  const [unseen, ...more] = second.of('gap');
  expect(more).toEqual([]);
  expect(unseen).toMatchObject({
    equipment: null,
    only: 'alarms',
    reason: 'No connection; alarms in between are not known',
  });
  expect(Date.parse(unseen?.from ?? '')).toBeLessThanOrEqual(at);
  expect(Date.parse(unseen?.to ?? '')).toBeGreaterThanOrEqual(at + 5);

  // A loss that was told already has only this left.
  await tell({ do: 'drop sessions' });
  const open = await second.until('the gap', () => second.of('gap')[1]);
  expect(open).toMatchObject({ to: null });
  expect(open.only).toBeUndefined();
  const filled = await second.until('its end', () => second.of('gap')[2]);
  expect(filled).toMatchObject({ key: open.key, from: open.from, only: 'alarms' });
  expect(Date.parse(filled.to ?? '')).toBeGreaterThan(Date.parse(open.from));
});

test('where alarms are not read, a loss that the history fills leaves nothing', async () => {
  const { endpoint, tell } = historian;
  const reader = await reading(demo(endpoint, { ...impatient, alarms: false }), {
    at: new Date().toISOString(),
  });
  expect(reader.of('gap')).toEqual([]);
  await tell({ do: 'drop sessions' });
  const open = await reader.until('the gap', () => reader.of('gap')[0]);
  const filled = await reader.until('its end', () => reader.of('gap')[1]);
  expect(filled).toMatchObject({ key: open.key, to: open.from });
  expect(filled.reason).toMatch(/^Filled up to .* from the server's history$/);
});

test('a server that was restarted knows nothing of the time before, though its history answers', async () => {
  const first = await server({ port: await portToComeBackTo(), history: true });
  const reader = await reading(demo(first.endpoint));
  await first.kill();
  const open = await reader.until('an open gap', () => reader.of('gap').find((gap) => gap.to === null));
  await server({ port: first.port, history: true });
  const closed = await reader.until('the end of the gap', () =>
    reader.of('gap').find((gap) => gap.to !== null),
  );
  expect(closed).toMatchObject({ key: open.key, equipment: null, reason: 'No connection to the server' });
  expect(closed.only).toBeUndefined();
});

test('a history that does not reach back to the loss is not whole', async () => {
  const { endpoint, tell } = historian;
  const at = Date.now();
  // The server keeps 1,000 values of a node.
  await tell({ do: 'burst', node: 'Line3.Filler.Torque', count: 1_001, at });
  const reader = await reading(demo(endpoint), { at: new Date(at).toISOString() });
  const gap = await reader.until('the gap', () => reader.of('gap').find(({ only }) => only === 'values'));
  expect(gap).toMatchObject({ equipment: 'line-3.filler', from: new Date(at).toISOString() });
});

test('a state that the server no longer has is an open gap of its machine; of a signal, the values of the loss', async () => {
  const first = await server({ port: await portToComeBackTo(), history: true });
  const reader = await reading(demo(first.endpoint, impatient));
  await reader.until('all of both', () => reader.of('state').length >= 2 && reader.readings.length >= 4);
  await first.kill();
  await reader.until('an open gap', () => reader.of('gap').length > 0);
  const { State: _, ...stateless } = machine;
  const { Torque: __, ...torqueless } = machine;
  const setup = setupOf({ port: first.port, history: true });
  const objects = { ...setup.objects, 'Line3.Capper': stateless, 'Line3.Filler': torqueless };
  const second = await server({ port: first.port, history: true, objects });
  const lost = await reader.until('the gap of the capper', () =>
    reader.of('gap').find(({ equipment }) => equipment === 'line-3.capper'),
  );
  expect(lost).toMatchObject({ to: null, reason: 'Bad quality: state (BadNodeIdUnknown)' });

  // The next loss of a server that goes on: what is gone stays gone.
  await reader.until('the connection', () => reader.of('gap').some(({ to }) => to !== null));
  const before = reader.of('gap').length;
  await second.tell({ do: 'drop sessions' });
  const later = () => reader.of('gap').slice(before);
  await reader.until('the rest of it', () => later().some(({ only }) => only === 'alarms'));
  await reader.until('the filler', () => later().some(({ equipment }) => equipment === 'line-3.filler'));
  expect(later().filter(({ equipment }) => equipment !== null)).toMatchObject([
    { equipment: 'line-3.filler', only: 'values' },
  ]);
});

test('of a loss only those machines keep a gap whose history has something missing', async () => {
  const history = ['Line3.Filler.State', 'Blocked', 'Starved', 'Mode', 'Connected'];
  history.push('Line3.Capper.State', 'Line3.Capper.Torque', 'Line3.Capper.GoodCount');
  const { endpoint, tell } = await server({ history });
  const from = new Date().toISOString();
  const reader = await reading(demo(endpoint, impatient), { at: from });
  const gap = await reader.until('the gap', () => reader.of('gap')[1]);
  expect(reader.of('gap')[0]).toMatchObject({ key: `*@${from}`, equipment: null, from, only: 'alarms' });
  expect(gap).toMatchObject({ key: `line-3.filler@${from}`, equipment: 'line-3.filler', from });
  expect(gap.reason).toBe("No connection; only states are known, from the server's history");

  // One that was told of everything is told to be over for everything, and goes on for that machine.
  await tell({ do: 'drop sessions' });
  await reader.until('the machine again', () => reader.of('gap').length >= 5);
  const [, , open, over, again] = reader.of('gap');
  expect(open).toMatchObject({ equipment: null, to: null });
  expect(over).toMatchObject({ key: open?.key, only: 'alarms' });
  expect(again).toMatchObject({ equipment: 'line-3.filler', from: open?.from });
  expect(Date.parse(again?.to ?? '')).toBeGreaterThan(Date.parse(open?.from ?? ''));
});

test('where every machine misses something, it is one gap of the source that says what', () => {
  const item = (equipment: string, role: Role) => itemOf(equipment, role, '', `${equipment}.${role}`);
  const [state, torque] = [item('a', 'state'), item('a', 'signal')];
  const [other, level] = [item('b', 'state'), item('b', 'signal')];
  const system = item('label-server', 'system');
  const watched = [state, torque, other, level, system];
  expect(lostOf(watched, [torque, level])).toEqual([
    {
      equipment: null,
      only: 'values',
      why: "No connection; only states are known, from the server's history",
    },
  ]);
  // That of one the state is missing too takes nothing from the others.
  expect(lostOf(watched, [state, torque, level])).toMatchObject([
    { equipment: 'a', why: "No connection; the server's history does not have everything" },
    { equipment: 'b', only: 'values' },
  ]);
  expect(lostOf(watched, [torque, level, system])).toMatchObject([
    { equipment: null, only: 'values' },
    { equipment: 'label-server' },
  ]);
  expect(lostOf(watched, [state, other])).toMatchObject([{ equipment: null }]);
  expect(lostOf(watched, [state, torque])).toEqual([
    { equipment: 'a', why: "No connection; the server's history does not have everything" },
  ]);
  expect(lostOf(watched, watched)).toMatchObject([{ equipment: null, why: 'No connection to the server' }]);
  expect(lostOf(watched, [])).toEqual([]);
});

test('after a restart of Andon a server without history leaves the gap', async () => {
  const { endpoint } = shared;
  const back = Date.now();
  const from = new Date(back - 60_000).toISOString();
  const reader = await reading(demo(endpoint), { at: from });
  const gap = await reader.until('the gap', () => reader.of('gap')[0]);
  expect(gap).toMatchObject({ from, equipment: null, reason: 'No connection to the server' });
  expect(Date.parse(gap.to ?? '')).toBeGreaterThanOrEqual(back);
});

test('bad quality is never a value, and its stretch is a gap of that machine', async () => {
  const { endpoint, tell } = shared;
  const reader = await reading(demo(endpoint));
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
  const { endpoint, tell } = shared;
  const reader = await reading(demo(endpoint, { queueSize: 5, publishingMs: 1000 }));
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
  const { endpoint, tell } = await server({
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
  const reader = await reading({
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
  const { endpoint, kill } = await server({ port: await portToComeBackTo() });
  const stranger = await openSource(demo(endpoint, { namespace: 'urn:else:where' }), clientFolder);
  expect(await readSource(stranger).failed()).toMatchObject({
    code: 'bad_upstream',
    message: expect.stringContaining('urn:else:where'),
  });
  await kill();
  const port = Number(endpoint.split(':').at(-1));
  const source = await openSource(demo(endpoint), clientFolder);
  const from = new Date(Date.now() - 60_000).toISOString();
  const reader = readSource(source, { at: from });
  expect(await reader.failed()).toMatchObject({ code: 'unreachable' });
  expect(reader.of('gap')).toMatchObject([{ from, to: null }]);
  expect(await source.examine(AbortSignal.timeout(60_000))).toMatchObject([
    { check: 'reachable', state: 'fail' },
  ]);

  // The next read waits for the server by itself.
  const patient = readSource(source, reader.checkpoint());
  closing.push(() => patient.close());
  await server({ port });
  const gap = await patient.until('the end of the gap', () => patient.of('gap')[0]);
  expect(gap).toMatchObject({ key: `*@${from}`, from });
  expect(gap.to).not.toBeNull();
});

test('closing does not wait for a server that swallows everything', async () => {
  const proxy = await startProxy(shared.port);
  closing.push(() => proxy.close());
  proxy.blackHole(true);
  const source = await openSource(demo(proxy.endpoint), clientFolder);
  const reader = readSource(source);
  const before = performance.now();
  await reader.close();
  // Connecting gives up after 15 s.
  expect(performance.now() - before).toBeLessThan(10_000);
  expect(await reader.failed()).toBeNull();
});

test('loads its options without anything heavy', async () => {
  expect(await packagesLoadedBy(join(import.meta.dirname, 'index.ts'))).toEqual(['zod']);
});

test('1,000 nodes at 10 Hz are recorded without loss', async () => {
  const names = Array.from({ length: 1000 }, (_, n) => `V${n}`);
  const { endpoint, tell } = await server({
    objects: {
      'Line3.Filler': {
        State: { type: 'String', value: 'Execute' },
        ...Object.fromEntries(names.map((name) => [name, { type: 'Double', value: 0 } as const])),
      },
    },
  });
  const reader = await reading(
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

test('a recorder that is too slow costs no memory: what is dropped is told as a gap', async () => {
  const { addRows, endOutlet, openOutlet, takeBatch } = await import('./outlet.ts');
  let drained = 0;
  const outlet = openOutlet({
    source: 'machines',
    clock: () => 0,
    checkpoint: () => ({ at: 'then' }),
    onDrained: () => (drained += 1),
    maxRows: 10_000,
  });
  for (let at = 0; at < 30_000; at += 100)
    addRows(outlet, {
      records: [],
      readings: Array.from({ length: 100 }, (_, n) => ({
        equipment: 'a',
        signal: 's',
        at: at + n,
        value: 1,
      })),
    });
  const ats = [];
  const gaps = [];
  for (let batch = await takeBatch(outlet); batch; batch = await takeBatch(outlet)) {
    if (batch.records.length > 0) endOutlet(outlet);
    expect(batch.checkpoint).toEqual({ at: 'then' });
    ats.push(...batch.readings.map(({ at }) => at));
    gaps.push(...batch.records);
  }
  expect(ats).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  expect(gaps).toMatchObject([
    {
      kind: 'gap',
      equipment: null,
      from: new Date(10_000).toISOString(),
      to: new Date(29_999).toISOString(),
    },
  ]);
  expect(drained).toBe(1);
});

test('the demo block fits the options and names machines of its own only once', async () => {
  const { parse } = await import('yaml');
  const [{ id, use, ...given }] = parse(
    await readFile(join(import.meta.dirname, 'demo.sources.yaml'), 'utf8'),
  );
  expect([id, use]).toEqual(['machines', 'opcua']);
  const { machines } = connector.options.parse(given);
  expect(machines).toContainEqual({
    equipment: 'line-4.base-feeder',
    root: 'Line4.BaseFeeder',
    template: 'machine',
  });
  expect(new Set(machines.map(({ equipment }) => equipment)).size).toBe(24);
  expect(connector.options.safeParse({ ...given, publishngMs: 1 }).success).toBe(false);
  expect(
    connector.options.safeParse({ ...given, machines: [{ equipment: 'a', root: 'ns=2;s=A' }] }).success,
  ).toBe(false);
});
