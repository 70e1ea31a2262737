/** Lines drawn as strips of time, so that the machine that holds them back can be read off before it is reckoned. */
import { expect, test } from 'vitest';
import { flowOf } from '../diagnosis/localise/topology.ts';
import { plant as plantSchema } from '../equipment.ts';
import type { Activity, MachineActivity } from './activity.ts';
import { bottleneckOf } from './bottleneck.ts';
import { averageActiveDuration, shiftingBottleneck, turningPoint } from './methods.ts';

/** R runs, X stands by itself, S starved, B blocked, W waits, ? unclear, a blank: not known. A letter is ten seconds. */
const doings: Record<string, Activity['doing']> = {
  R: 'runs',
  X: 'own',
  S: 'starved',
  B: 'blocked',
  W: 'waits',
  '?': 'unclear',
};
const tenS = 10_000;

/** `a: RRRS` a row, in the order of the flow. */
function drawn(picture: string): MachineActivity[] {
  const rows = picture.split('\n').filter((row) => row.includes(':'));
  return rows.map((row) => {
    const [name = '', strip = ''] = row.split(/: ?/);
    const did = [...strip.matchAll(/([^ ])\1*/g)].map(({ 0: same, 1: letter = '', index }) => ({
      from: index * tenS,
      to: (index + same.length) * tenS,
      doing: doings[letter] ?? 'unclear',
      record: `machines/state/${name.trim()}@${index}`,
    }));
    return { machine: name.trim(), did };
  });
}

/** Machines in a row, or the connections that are given. */
function flow(ids: readonly string[], edges?: readonly (readonly [string, string])[]) {
  const machines = ids.map((id) => ({ id, name: id.toUpperCase() }));
  const written = edges?.map(([from, to]) => ({ from, to }));
  const lines = [{ id: 'line', name: 'Line', machines, ...(written ? { flow: written } : {}) }];
  const parsed = plantSchema.parse({ id: 'p', name: 'P', timezone: 'UTC', lines });
  return flowOf(parsed.lines[0] as (typeof parsed.lines)[number]);
}

const slow = drawn(`
  a: RRRRRRBRRRRBBRRRRBRRRRBBRRRRBR
  b: RRRRRRRRRRRRRRXXRRRRRRRRRRRRRR
  c: RRRRSRRRRSSRRRRRSSRRRRSRRRRSRR
  d: RRRRRSRRRRSRRRRRRSSRRRRSRRRRSR`);

test('a machine that never waits while its neighbours do is named by all three', () => {
  const found = bottleneckOf(flow(['a', 'b', 'c', 'd']), slow);
  expect(found).toMatchObject({ machine: 'b', agree: 3, outside: null, hidden: null, dark: [] });
  // 30 letters without a wait; what it stood by itself is part of it.
  expect(found.machines[1]).toMatchObject({
    machine: 'b',
    ran: 280,
    stood: 20,
    stands: 1,
    waited: 0,
    active: 300,
    longest: 300,
    record: 'machines/state/b@14',
  });
  // 23 letters in six times.
  expect(found.machines[0]).toMatchObject({ blocked: 70, starved: 0, active: 230 / 6 });
});

test('average active duration is the mean of the times between two waits; holes end one', () => {
  const { machine, seconds } = averageActiveDuration(
    drawn(`
  a: RRRRSRRSRRRR
  b: RRRRXXRRSRR?
  c: RRR RRR RRRR`),
  );
  expect([...seconds]).toEqual([
    ['a', 100 / 3],
    ['b', 50],
    ['c', 100 / 3],
  ]);
  expect(machine).toBe('b');
});

test('the bottleneck shifts where the longest active times overlap, and both are it then', () => {
  const { machine, seconds } = shiftingBottleneck(
    drawn(`
  a: RRRRRRRRSSSS
  b: BBBBBRRRRRRR
  c: RSRSRSRSRSRS`),
  );
  // a until 80 s, b from there to 120 s; from 50 s to 80 s it shifts.
  expect(Object.fromEntries(seconds)).toEqual({ a: 80, b: 70, c: 0 });
  expect(machine).toBe('a');
  const longer = shiftingBottleneck(
    drawn(`
  a: RRRRRRSSSSSS
  b: BBBBRRRRRRRR`),
  );
  expect(Object.fromEntries(longer.seconds)).toEqual({ a: 60, b: 80 });
});

test('of two that are active for the same time neither is the bottleneck', () => {
  const two = drawn(`
  a: RRRRRRR
  b: RRRRRRR`);
  expect(shiftingBottleneck(two)).toMatchObject({ machine: null });
  expect(averageActiveDuration(two).machine).toBeNull();
  expect(bottleneckOf(flow(['a', 'b']), two)).toMatchObject({ machine: null, agree: 0, outside: null });
});

test('waiting turns from blocked to starved at the bottleneck, also where branches meet', () => {
  const ids = ['a', 'b', 'm', 't'];
  const joined = flow(ids, [
    ['a', 'm'],
    ['b', 'm'],
    ['m', 't'],
  ]);
  const strips = `
  a: RRBBRR
  b: RRRBBR
  m: RRXXRR
  t: RRRSSR`;
  expect(turningPoint(joined, drawn(strips)).machine).toBe('m');
  // Beyond the turn nobody is rather blocked.
  expect(turningPoint(joined, drawn(strips.replace('t: RRRSSR', 't: RBBBSR'))).machine).toBeNull();
  // Waits for no one side count as waits.
  expect(turningPoint(joined, drawn(strips.replace('m: RRXXRR', 'm: RWWWRR'))).machine).toBeNull();
});

test('where the methods disagree two of three count, and without two none is named', () => {
  const two = drawn(`
  a: RRRRRRRRRBRRRRRRRRRR
  b: RRRRRRRRRRRRRRRRRRRR
  c: RRRRRRRRRSRRRRRRRRRR
  d: RRRRRRRRRRRRRRRRRRR `);
  const found = bottleneckOf(flow(['a', 'b', 'c', 'd']), two);
  expect(found.methods).toEqual({
    average_active_duration: null,
    shifting_bottleneck: 'b',
    turning_point: 'b',
  });
  expect(found).toMatchObject({ machine: 'b', agree: 2 });
  // Seen for a short time, but active all of it; active for most of the time; the one for which others wait.
  const apart = drawn(`
  a: RRRRRRRRRRRRR         BB            
  b: RRR?RRR?RRR?RRR?RRR?RRR?RRR?RRR?RRR?
  c: RRRRRRRRRRRRSRRRRRRRRRRRSRRRRRRRRRRR`);
  const open = bottleneckOf(flow(['a', 'b', 'c']), apart);
  expect(Object.values(open.methods)).toEqual(['a', 'c', 'b']);
  // For b others waited, though it is not told as the bottleneck.
  expect(open).toMatchObject({ machine: null, agree: 0, waitedFor: 'b' });
});

test('a machine that tells nothing may be it where its neighbours wait for it', () => {
  const ids = ['a', 'dark', 'c'];
  const around = drawn(`
  a: RRRBBBRR
  c: RRRRSSSR`);
  expect(bottleneckOf(flow(ids), around)).toMatchObject({ dark: ['dark'], hidden: 'dark' });
  const fed = drawn(`
  a: RRRSSSRR
  c: RRRRSSSR`);
  expect(bottleneckOf(flow(ids), fed)).toMatchObject({ dark: ['dark'], hidden: null });
});

test('what comes in holds a line back where its first machine waits longer than the line for its own', () => {
  const dry = drawn(`
  a: RRSSSSSSRRRRR
  b: RRRSSSSSSRRXR
  c: RRRRSSSSSSRRR`);
  expect(bottleneckOf(flow(['a', 'b', 'c']), dry).outside).toEqual({
    machine: 'a',
    side: 'starved',
    seconds: 60,
  });
  expect(bottleneckOf(flow(['a', 'b', 'c', 'd']), slow).outside).toBeNull();
});

test.each([
  // Ten seconds for what comes in, and minutes for machines of the line in turn.
  [
    'no machine is named',
    `
  a: SBBBBBBBBBBBBRRR
  b: RSSSSSSSSSSSSSRR
  c: RRSSSSSSSSSSSSRR`,
  ],
  [
    'all of them wait alike',
    `
  a: SBBBBBBBBBBBBRRR
  b: RRSSSSSSSSSSSSRR
  c: RRSSSSSSSSSSSSRR`,
  ],
  // Less than a tenth longer than for b is no lead.
  [
    'the line waits for b as long',
    `
  a: BBBBBBBBBBSSSSSSSSSSS
  b: RXXXXXXXXXXSSSSSSSSSS
  c: RRRRRRRRRRRRRRRRRRRRR`,
  ],
])('the beginning of the line does not hold it back where %s', (_, picture) => {
  expect(bottleneckOf(flow(['a', 'b', 'c']), drawn(picture)).outside).toBeNull();
});

test('what a machine that tells nothing cost the line is not laid on what comes in', () => {
  const around = `
  a: SBBBBBRR
  c: RSSSSSSR`;
  expect(bottleneckOf(flow(['a', 'dark', 'c']), drawn(around))).toMatchObject({
    hidden: 'dark',
    outside: null,
  });
  const dry = `
  a: SSSSSRRR
  c: RSSSSSRR`;
  expect(bottleneckOf(flow(['a', 'dark', 'c']), drawn(dry)).outside).toMatchObject({ machine: 'a' });
});

test('where branches meet, the one that waits for room waits for what the other lacks', () => {
  const joined = flow(
    ['a', 'b', 'm', 't'],
    [
      ['a', 'm'],
      ['b', 'm'],
      ['m', 't'],
    ],
  );
  const lacks = `
  a: RSSSSSRR
  b: RRBBBBBR
  m: RRSSSSSR
  t: RRRSSSSS`;
  expect(bottleneckOf(joined, drawn(lacks)).outside).toMatchObject({ machine: 'a', side: 'starved' });
  const dark = drawn(lacks).filter(({ machine }) => machine !== 'm');
  expect(bottleneckOf(joined, dark).outside).toMatchObject({ machine: 'a', side: 'starved' });
});

test('nothing and one machine are no error', () => {
  expect(bottleneckOf(flow(['a', 'b']), [])).toMatchObject({ machine: null, machines: [], dark: ['a', 'b'] });
  expect(bottleneckOf(flow(['a']), drawn('a: RRSR'))).toMatchObject({ machine: null, agree: 0 });
});
