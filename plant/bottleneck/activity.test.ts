import { expect, test } from 'vitest';
import { flowOf } from '../diagnosis/localise/topology.ts';
import { timelines } from '../diagnosis/records/timeline.ts';
import { plant as plantSchema } from '../equipment.ts';
import { plantRecord } from '../record.ts';
import { activitiesOf } from './activity.ts';

const machines = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }));
const { lines } = plantSchema.parse({
  id: 'p',
  name: 'P',
  timezone: 'UTC',
  lines: [{ id: 'line', name: 'Line', machines }],
});
const flow = flowOf(lines[0] as (typeof lines)[number]);
const minute = 60_000;
const none = { planned: [], silent: [] };

/** `0 Execute, 5 Held, 7 Suspended/starved`: from that minute on; `~` before a word: of a machine that says no more. */
const states = (machine: string, told: string) =>
  told.split(', ').map((one) => {
    const [, at = '', plain = '', state = '', waiting] = /^(\d+) (~?)(\w+)(?:\/(\w+))?$/.exec(one) ?? [];
    const when = new Date(Number(at) * minute).toISOString();
    return plantRecord.parse({
      kind: 'state',
      source: 'machines',
      key: `${machine}@${at}`,
      equipment: machine,
      at: when,
      observedAt: when,
      state,
      waiting: waiting ?? null,
      raw: state,
      plain: plain === '~',
    });
  });

/** `runs 0-5, own 5-7` of each machine, in minutes from 0 to 60. */
function did(
  told: Record<string, string>,
  about: Partial<Parameters<typeof activitiesOf>[3]> = {},
): Record<string, string> {
  const records = Object.entries(told).flatMap(([machine, row]) => states(machine, row));
  const window = { from: 0, to: 60 * minute };
  const found = activitiesOf(flow, timelines(records), window, { ...none, ...about });
  return Object.fromEntries(
    found.map((one) => [
      one.machine,
      one.did.map(({ doing, from, to }) => `${doing} ${from / minute}-${to / minute}`).join(', '),
    ]),
  );
}

test('a machine is active while it runs, is in trouble or starts; it waits where it says so', () => {
  expect(
    did({
      b: '0 Execute, 5 Held, 7 Suspended/starved, 9 Starting, 10 Execute, 20 Suspended/blocked, 21 Execute',
    }),
  ).toEqual({ b: 'runs 0-5, own 5-7, starved 7-10, runs 10-20, blocked 20-21, runs 21-60' });
  expect(did({ b: '0 Execute, 5 Suspended/starved, 9 Execute, 12 Aborted, 14 Stopped, 15 Execute' }).b).toBe(
    'runs 0-5, starved 5-9, runs 9-12, own 12-15, runs 15-60',
  );
});

test('"Stopped" of a machine that says no more is a wait where a neighbour stood before it', () => {
  const told = {
    a: '0 Execute, 10 Held, 20 Execute',
    b: '0 ~Execute, 12 ~Stopped, 21 ~Execute, 32 ~Stopped, 35 ~Execute, 50 ~Stopped, 52 ~Execute',
    c: '0 Execute, 30 Aborted, 34 Execute',
  };
  expect(did(told).b).toBe(
    'runs 0-12, starved 12-21, runs 21-32, blocked 32-35, runs 35-50, own 50-52, runs 52-60',
  );
  // A neighbour that tells nothing may have stood.
  expect(did({ a: told.a, b: told.b }).b).toBe(
    'runs 0-12, starved 12-21, runs 21-32, unclear 32-35, runs 35-50, unclear 50-52, runs 52-60',
  );
});

test('a wait without a side gets it from the neighbours, or stays one; ready or done is one too', () => {
  expect(did({ a: '0 Execute, 9 Held, 20 Execute', b: '0 Execute, 10 Suspended, 20 Execute' }).b).toBe(
    'runs 0-10, starved 10-20, runs 20-60',
  );
  expect(did({ a: '0 Execute', b: '0 Execute, 10 Suspended, 20 Execute' }).b).toBe(
    'runs 0-10, waits 10-20, runs 20-60',
  );
  expect(did({ a: '0 Execute', b: '0 Execute, 10 Complete, 20 Execute', c: '0 Execute' }).b).toBe(
    'runs 0-10, waits 10-20, runs 20-60',
  );
});

test('planned stands and times without data are left out, with what stands around them for the plan', () => {
  const planned = [{ from: 20 * minute, to: 30 * minute }];
  const told = { b: '0 Execute, 18 Suspended/starved, 21 Stopped, 33 Execute' };
  expect(did(told, { planned }).b).toBe('runs 0-18, runs 33-60');
  // A fault is one in a break, too; but not for the time of the break.
  expect(did({ b: '0 Execute, 10 Held, 40 Execute' }, { planned }).b).toBe(
    'runs 0-10, own 10-20, own 30-40, runs 40-60',
  );
  const silent = [{ machine: 'b', from: 40 * minute, to: 45 * minute }];
  expect(did({ a: '0 Execute', b: '0 Execute' }, { silent })).toEqual({
    a: 'runs 0-60',
    b: 'runs 0-40, runs 45-60',
  });
  expect(did({}, { planned })).toEqual({});
});
