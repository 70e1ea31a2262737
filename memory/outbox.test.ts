import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copiesOf, copyAt, keepCopy, messageAt } from './copies.ts';
import { keep, kept } from './keep.ts';
import type { Memory } from './open.ts';
import { claimNext, done, dropOld, fail, say, surfacesDue } from './outbox.ts';
import { dropOldSeen, firstTime } from './seen.ts';
import { retention } from './floor/upkeep.ts';
import { erasePerson } from './people.ts';
import { openTestMemory } from './test-database.ts';
import { dropOldThreads, keepThread, threadContext, threadLastsMs } from './threads.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
let memory: Memory;
beforeAll(async () => {
  memory = await openTestMemory();
});
afterAll(() => memory.close());

describe('the outbox', () => {
  beforeEach(() => memory.pool.query('truncate outbox'));
  const row = (version: number, place = 'C1', surface = 'slack') => ({ key: 'a-1', surface, place, version });
  const claimed = (at = now) => claimNext(memory.pool, 'slack', at);
  const states = async (): Promise<string[]> =>
    (
      await memory.pool.query<{ s: string }>(
        `select version || ' ' || state as s from outbox order by version`,
      )
    ).rows.map((one) => one.s);

  it('says each version of a message once, the newest in the place of older ones', async () => {
    expect(await say(memory.pool, [row(0)], now)).toHaveLength(1);
    expect(await say(memory.pool, [row(0)], now)).toHaveLength(0);
    const [id = ''] = await say(memory.pool, [row(1), row(1, 'C2')], now);
    expect(await say(memory.pool, [row(0)], now)).toHaveLength(0);
    expect((await states()).toSorted()).toEqual(['0 superseded', '1 pending', '1 pending']);
    expect(await claimed()).toEqual({ ...row(1), id, createdAt: now, attempts: 1, problem: null });
    await done(memory.pool, id, now);
    expect(await claimed()).toMatchObject({ place: 'C2' });
    expect(await claimed()).toBe(null);
  });

  it('is claimed by one of many, surface by surface', async () => {
    const places = Array.from({ length: 30 }, (_, n) => `C${n}`);
    await say(memory.pool, [row(0, 'hall', 'teams'), ...places.map((place) => row(0, place))], now);
    expect(await surfacesDue(memory.pool, now)).toEqual(['slack', 'teams']);
    const everyone = Array.from({ length: 6 }, async () => {
      const taken: string[] = [];
      for (let one = await claimed(); one; one = await claimed()) taken.push(one.place);
      return taken;
    });
    expect((await Promise.all(everyone)).flat().toSorted()).toEqual(places.toSorted());
    expect(await surfacesDue(memory.pool, now)).toEqual(['teams']);
  });

  it('tries again when it is due, and never with an older version', async () => {
    const [id = ''] = await say(memory.pool, [row(0)], now);
    await claimed();
    await fail(memory.pool, id, '429', now + 5_000, now);
    expect(await claimed(now + 4_999)).toBe(null);
    expect(await surfacesDue(memory.pool, now + 4_999)).toEqual([]);
    expect(await claimed(now + 5_000)).toMatchObject({ attempts: 2, problem: '429' });
    const [newer = ''] = await say(memory.pool, [row(1)], now + 5_000);
    // While the older one is on its way the newer one waits: it must arrive last.
    expect(await surfacesDue(memory.pool, now + 5_000)).toEqual([]);
    expect(await claimed(now + 5_000)).toBe(null);
    await fail(memory.pool, id, '500', now + 9_000, now + 5_000);
    expect(await states()).toEqual(['0 superseded', '1 pending']);
    expect(await claimed(now + 5_000)).toMatchObject({ version: 1 });
    await fail(memory.pool, newer, 'the channel is gone', null, now);
    expect(await states()).toEqual(['0 superseded', '1 failed']);
    expect(await dropOld(memory.pool, now + 60_000)).toBe(2);
  });

  it('is free again when who claimed it died', async () => {
    await say(memory.pool, [row(0)], now);
    await claimed();
    expect(await claimed(now + 59_000)).toBe(null);
    expect(await claimed(now + 61_000)).toMatchObject({ attempts: 2 });
  });
});

describe('small things that outlive a process', () => {
  it('copies of a message', async () => {
    const copy = { key: 'a-1', surface: 'slack', place: 'C1', id: '17.1', version: 2 };
    await keepCopy(memory.pool, copy, now);
    await keepCopy(memory.pool, { ...copy, id: 'old', version: 1 }, now);
    await keepCopy(memory.pool, { ...copy, surface: 'teams', id: 't', version: 0 }, now);
    expect(await copiesOf(memory.pool, 'a-1')).toEqual([
      copy,
      { ...copy, surface: 'teams', id: 't', version: 0 },
    ]);
    expect(await copyAt(memory.pool, 'a-1', 'slack', 'C1')).toEqual(copy);
    expect(await copyAt(memory.pool, 'a-1', 'slack', 'C2')).toBe(null);
    expect(await messageAt(memory.pool, 'slack', 'C1', '17.1')).toEqual(copy);
    expect(await messageAt(memory.pool, 'slack', 'C1', 'old')).toBe(null);
  });

  it('events that were seen', async () => {
    const seen = await Promise.all(
      Array.from({ length: 5 }, () => firstTime(memory.pool, 'slack', 'E1', now)),
    );
    expect(seen.filter(Boolean)).toHaveLength(1);
    expect(await firstTime(memory.pool, 'teams', 'E1', now)).toBe(true);
    expect(await dropOldSeen(memory.pool, now + 1)).toBe(2);
  });

  it('values', async () => {
    expect(await kept(memory.pool, 'teams/x')).toBe(undefined);
    await keep(memory.pool, 'teams/x', { a: [1, null] }, now);
    await keep(memory.pool, 'teams/y', 'text', now);
    await keep(memory.pool, 'teams/y', 'newer', now);
    expect(await kept(memory.pool, 'teams/x')).toEqual({ a: [1, null] });
    expect(await kept(memory.pool, 'teams/y')).toBe('newer');
    await keep(memory.pool, 'teams/x', null, now);
    expect(await kept(memory.pool, 'teams/x')).toBe(undefined);
  });

  it('drafts that a surface keeps, until they are old or a person is erased', async () => {
    const day = 24 * 3_600_000;
    const words = { text: 'Mia says the belt was worn' };
    await keep(memory.pool, 'slack/draft/d-1', words, now - 2 * day);
    await keep(memory.pool, 'slack/draft/d-2', words, now);
    await keep(memory.pool, 'teams/conversation/19:line-3', {}, now - 2 * day);
    await retention(memory.pool, now, { rawDays: 14, minuteDays: 400, eventDays: 1_100 });
    expect(await kept(memory.pool, 'slack/draft/d-1')).toBe(undefined);
    expect(await kept(memory.pool, 'slack/draft/d-2')).toEqual(words);
    expect(await erasePerson(memory.pool, 'mia')).toBe(1);
    expect(await kept(memory.pool, 'slack/draft/d-2')).toBe(undefined);
    expect(await kept(memory.pool, 'teams/conversation/19:line-3')).toEqual({});
  });

  it('threads, for a day', async () => {
    await keepThread(memory.pool, 'slack', 'T1', { line: 'line-3' }, 'anna', now);
    await keepThread(memory.pool, 'slack', 'T1', { line: 'line-2' }, 'anna', now);
    expect(await threadContext(memory.pool, 'slack', 'T1', now + 1)).toEqual({ line: 'line-2' });
    expect(await threadContext(memory.pool, 'slack', 'T1', now + threadLastsMs)).toBe(null);
    expect(await dropOldThreads(memory.pool, now + threadLastsMs)).toBe(1);
  });
});
