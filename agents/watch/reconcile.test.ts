import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import { minute, openFloor, sam, start, type Floor } from './testing/floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());
const alerts = async () =>
  (await listAlerts(floor.memory.pool, { states: ['open', 'resolved'] }))
    .map(({ alert, exception }) => `${alert.line} ${alert.state} ${exception.cause}`)
    .toSorted();
/** A record of this line that no version of Andon writes: its stop cannot be diagnosed. */
const spoil = (line: string) =>
  floor.memory.pool.query(`update event set body = body - 'text' where kind = 'alarm' and equipment = $1`, [
    `${line}.filler`,
  ]);

describe('a line whose stop cannot be diagnosed', () => {
  test('is told without a cause, and the other lines as ever', async () => {
    const { turn } = floor.parts();
    await floor.fillerHolds(start);
    await floor.fillerHolds(start, 'line-2');
    await spoil('line-1');
    floor.set(start + 90_000);
    await turn();
    expect(await alerts()).toEqual(['line-1 open unknown', 'line-2 open infeed_jam']);
    const told = floor.board.said.map(({ message }) => message.firstLine).toSorted();
    expect(told[0]).toMatch(/^Line 1 has been standing since 10:00/);
    expect(told[1]).toMatch(/^Line 2 stopped at 10:00/);
    expect(floor.logged.join('\n')).toContain('line-1');
    await floor.runsAgain(start + 5 * minute);
    await floor.runsAgain(start + 5 * minute, 'line-2');
    floor.set(start + 6 * minute);
    await turn();
    expect(await alerts()).toEqual(['line-1 resolved unknown', 'line-2 resolved infeed_jam']);
  });

  test('keeps the cause that was told before', async () => {
    const { turn } = floor.parts();
    await floor.fillerHolds(start);
    floor.set(start + 90_000);
    await turn();
    await spoil('line-1');
    floor.set(start + 3 * minute);
    await turn();
    expect(await alerts()).toEqual(['line-1 open infeed_jam']);
  });
});

test('a stop becomes of high severity once it lasts longer than `highAfterS`, and that is told', async () => {
  const { turn } = floor.parts();
  await floor.fillerHolds(start);
  for (let at = 2; at <= 14; at += 4) {
    floor.set(start + at * minute);
    await turn();
    expect(floor.last().severity).toBe('medium');
  }
  const told = floor.board.said.length;
  for (let at = 16; at <= 18; at += 1) {
    floor.set(start + at * minute);
    await turn();
    expect(floor.last().severity).toBe('high');
  }
  expect(floor.board.said).toHaveLength(told + 1);
});

test('what a person closed is not told again for its severity', async () => {
  const { turn, press } = floor.parts();
  await floor.fillerHolds(start);
  floor.set(start + 2 * minute);
  await turn();
  const { alert } = floor.last();
  await press({ verb: 'not_a_problem', subject: alert, person: sam, surface: 'board', place: 'hall' });
  await turn();
  const told = floor.board.said.length;
  floor.set(start + 16 * minute);
  await turn();
  expect(floor.board.said).toHaveLength(told);
});
