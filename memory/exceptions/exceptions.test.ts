import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../db.ts';
import type { Memory } from '../open.ts';
import { erasePerson } from '../people.ts';
import { openTestMemory } from '../test-database.ts';
import { alertById, alertHistory, changeAlert, dueAlerts, listAlerts, markCause } from './alerts.ts';
import { endException, exceptionById, openException, openExceptions, updateException } from './exceptions.ts';

const at = (minutes: number): string =>
  new Date(Date.parse('2026-11-20T10:00:00Z') + minutes * 60_000).toISOString();
let memory: Memory;
beforeAll(async () => {
  memory = await openTestMemory();
});
afterAll(() => memory.close());
let keys = 0;
const fresh = (key = `stop/line-3@${keys++}`) => ({
  detector: 'stop',
  key,
  line: 'line-3',
  place: null,
  cause: 'unknown',
  class: null,
  since: at(0),
  severity: 'medium' as const,
});
const opened = async (key?: string) => {
  const made = await openException(memory.pool, fresh(key), at(2));
  if (!made) throw new Error('not opened');
  return made;
};
const anna = { by: 'supervisor', person: 'anna' };

describe('exceptions', () => {
  it('are open once per key, however many find them at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => openException(memory.pool, fresh('stop/same'), at(2))),
    );
    expect(all.filter((one) => one !== null)).toHaveLength(1);
    const [only] = (await openExceptions(memory.pool)).filter((one) => one.key === 'stop/same');
    expect(only).toMatchObject({ since: at(0), openedAt: at(2), endedAt: null, timeline: [] });
    expect(await listAlerts(memory.pool, { lines: ['line-3'] })).toMatchObject([
      { alert: { state: 'open', severity: 'medium', version: 0 }, exception: { key: 'stop/same' } },
    ]);
    await endException(memory.pool, only?.id ?? '', at(9), at(10));
    expect(await openException(memory.pool, fresh('stop/same'), at(11))).not.toBe(null);
  });

  it('keep a timeline, give their alerts a new version, and end once', async () => {
    const { exception, alert } = await opened();
    expect(
      await updateException(
        memory.pool,
        exception.id,
        { cause: 'infeed_jam', class: 'machine', place: 'line-3.packer', text: 'Cause found' },
        at(3),
      ),
    ).toEqual([alert.id]);
    expect(await endException(memory.pool, exception.id, at(8), at(9), 'The line runs again')).toEqual([
      alert.id,
    ]);
    expect(await endException(memory.pool, exception.id, at(8), at(9))).toEqual([]);
    expect(await updateException(memory.pool, exception.id, { cause: 'other' }, at(10))).toEqual([]);
    expect(await exceptionById(memory.pool, exception.id)).toMatchObject({
      cause: 'infeed_jam',
      class: 'machine',
      place: 'line-3.packer',
      endedAt: at(8),
      timeline: [
        { at: at(3), text: 'Cause found' },
        { at: at(9), text: 'The line runs again' },
      ],
    });
    expect(await alertById(memory.pool, alert.id)).toMatchObject({ state: 'resolved', version: 2 });
    expect(await exceptionById(memory.pool, 'x-none')).toBe(null);
  });

  it('are kept with everything else of their transaction, or not at all', async () => {
    const before = (await openExceptions(memory.pool)).length;
    await expect(
      transaction(memory.pool, async (tx) => {
        await openException(tx, fresh(), at(2));
        throw new Error('the rest failed');
      }),
    ).rejects.toThrow('the rest failed');
    expect(await openExceptions(memory.pool)).toHaveLength(before);
  });
});

describe('alerts', () => {
  it('are taken by one of many who press at once; the others are told by whom', async () => {
    const { alert } = await opened();
    const presses = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) =>
        changeAlert(memory.pool, alert.id, 'acknowledge', { by: `supervisor ${n}` }, at(3)),
      ),
    );
    const won = presses.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const owner = won[0]?.value.owner;
    const told = presses.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(told).toMatchObject(
      Array.from({ length: 5 }, () => ({
        code: 'conflict',
        message: `This alert is already taken by ${owner}.`,
      })),
    );
    expect(await alertHistory(memory.pool, alert.id)).toHaveLength(1);
  });

  it('are never opened again by a late acknowledgement', async () => {
    const { exception, alert } = await opened();
    await endException(memory.pool, exception.id, at(4), at(5));
    await expect(changeAlert(memory.pool, alert.id, 'acknowledge', anna, at(6))).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await alertById(memory.pool, alert.id)).toMatchObject({ state: 'resolved', owner: null });
    await expect(changeAlert(memory.pool, 'a-none', 'acknowledge', anna, at(6))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('come due when their shelf ends', async () => {
    const { alert } = await opened();
    const shelved = await changeAlert(memory.pool, alert.id, 'snooze', anna, at(3));
    expect(shelved).toMatchObject({ state: 'shelved', shelvedUntil: at(33) });
    expect((await dueAlerts(memory.pool, Date.parse(at(32)))).map((one) => one.id)).not.toContain(alert.id);
    expect((await dueAlerts(memory.pool, Date.parse(at(33)))).map((one) => one.id)).toContain(alert.id);
    await changeAlert(memory.pool, alert.id, 'reopen', { by: 'andon' }, at(33));
    expect((await dueAlerts(memory.pool, Date.parse(at(34)))).map((one) => one.id)).not.toContain(alert.id);
    expect((await alertHistory(memory.pool, alert.id)).map((one) => [one.verb, one.by, one.state])).toEqual([
      ['snooze', 'supervisor', 'shelved'],
      ['reopen', 'andon', 'open'],
    ]);
    expect(await markCause(memory.pool, alert.id, 'wrong_cause', anna, at(35))).toMatchObject({
      verdict: 'wrong_cause',
      state: 'open',
    });
  });

  it('are listed by line, state and time', async () => {
    const { alert } = await opened();
    await changeAlert(memory.pool, alert.id, 'not_a_problem', anna, at(3));
    const listed = async (query: object) =>
      (await listAlerts(memory.pool, query)).some((one) => one.alert.id === alert.id);
    expect(await listed({})).toBe(false);
    expect(await listed({ states: ['resolved'] })).toBe(true);
    expect(await listed({ states: ['resolved'], since: Date.parse(at(3)) })).toBe(false);
    expect(await listed({ states: ['resolved'], lines: ['line-1'] })).toBe(false);
  });

  it('keep the role of a person who is erased, not the person', async () => {
    const { alert } = await opened();
    await changeAlert(
      memory.pool,
      alert.id,
      'acknowledge',
      { by: 'supervisor eva.m', person: 'eva.m' },
      at(3),
    );
    await erasePerson(memory.pool, 'eva.m');
    expect((await alertById(memory.pool, alert.id))?.owner).toBe('supervisor');
    expect(await alertHistory(memory.pool, alert.id)).toMatchObject([{ by: 'supervisor', person: null }]);
  });
});
