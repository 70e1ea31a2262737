import { expect, test } from 'vitest';
import { demo, impatient, machine, openFloor, plantObjects } from './test-floor.ts';
import { openSource, portToComeBackTo, startProxy } from './test-plant.ts';
import { readSource } from './test-reading.ts';

const floor = openFloor();

test('a killed server leaves a gap with both ends, and everything after it is complete', async () => {
  const first = await floor.server({ port: await portToComeBackTo() });
  const reader = await floor.reading(demo(first.endpoint));
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
  const second = await floor.server({ port: first.port, before: 'urn:test:other' });
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
  const { port, tell } = floor.shared;
  const proxy = await startProxy(port);
  floor.closing.push(() => proxy.close());
  const reader = await floor.reading(demo(proxy.endpoint, impatient));
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
  const { endpoint, tell } = floor.shared;
  const reader = await floor.reading(demo(endpoint, impatient));
  await tell({ do: 'drop sessions' });
  await reader.until('the gap to end', () => reader.of('gap').some((gap) => gap.to !== null));
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Stopped' });
  await reader.until('later data', () => reader.of('state').some((each) => each.raw === 'Stopped'));
  expect(await tell<number>({ do: 'sessions' })).toBe(1);
});

test('after a restart of Andon the time since the checkpoint is a gap, filled where the server has history', async () => {
  const { endpoint, tell } = floor.historian;
  const source = await openSource(demo(endpoint), floor.clientFolder);
  const first = readSource(source);
  await first.until('a state', () => first.of('state').length >= 2 && first.checkpoint());
  await first.close();
  const at = Date.now();
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Held', at });
  await tell({ do: 'set', node: 'Line3.Filler.Torque', value: 77, at });
  await tell({ do: 'set', node: 'Line3.Filler.State', value: 'Execute', at: at + 5 });

  const second = await floor.reading(demo(endpoint, impatient), first.checkpoint());
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
  const { endpoint, tell } = floor.historian;
  const reader = await floor.reading(demo(endpoint, { ...impatient, alarms: false }), {
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
  const first = await floor.server({ port: await portToComeBackTo(), history: true });
  const reader = await floor.reading(demo(first.endpoint));
  await first.kill();
  const open = await reader.until('an open gap', () => reader.of('gap').find((gap) => gap.to === null));
  await floor.server({ port: first.port, history: true });
  const closed = await reader.until('the end of the gap', () =>
    reader.of('gap').find((gap) => gap.to !== null),
  );
  expect(closed).toMatchObject({ key: open.key, equipment: null, reason: 'No connection to the server' });
  expect(closed.only).toBeUndefined();
});

test('a history that does not reach back to the loss is not whole', async () => {
  const { endpoint, tell } = floor.historian;
  const at = Date.now();
  // The server keeps 1,000 values of a node.
  await tell({ do: 'burst', node: 'Line3.Filler.Torque', count: 1_001, at });
  const reader = await floor.reading(demo(endpoint), { at: new Date(at).toISOString() });
  const gap = await reader.until('the gap', () => reader.of('gap').find(({ only }) => only === 'values'));
  expect(gap).toMatchObject({ equipment: 'line-3.filler', from: new Date(at).toISOString() });
});

test('a state that the server no longer has is an open gap of its machine; of a signal, the values of the loss', async () => {
  const first = await floor.server({ port: await portToComeBackTo(), history: true });
  const reader = await floor.reading(demo(first.endpoint, impatient));
  await reader.until('all of both', () => reader.of('state').length >= 2 && reader.readings.length >= 4);
  await first.kill();
  await reader.until('an open gap', () => reader.of('gap').length > 0);
  const { State: _, ...stateless } = machine;
  const { Torque: __, ...torqueless } = machine;
  const objects = { ...plantObjects, 'Line3.Capper': stateless, 'Line3.Filler': torqueless };
  const second = await floor.server({ port: first.port, history: true, objects });
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
  const { endpoint, tell } = await floor.server({ history });
  const from = new Date().toISOString();
  const reader = await floor.reading(demo(endpoint, impatient), { at: from });
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

test('after a restart of Andon a server without history leaves the gap', async () => {
  const { endpoint } = floor.shared;
  const back = Date.now();
  const from = new Date(back - 60_000).toISOString();
  const reader = await floor.reading(demo(endpoint), { at: from });
  const gap = await reader.until('the gap', () => reader.of('gap')[0]);
  expect(gap).toMatchObject({ from, equipment: null, reason: 'No connection to the server' });
  expect(Date.parse(gap.to ?? '')).toBeGreaterThanOrEqual(back);
});
