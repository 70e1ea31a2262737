import { describe, expect, test } from 'vitest';
import type { Stop } from '../plant/stop.ts';
import { chooseStop } from './choose-stop.ts';

const clock = (time: string): string => `2026-11-20T${time}:00.000Z`;
const now = Date.parse(clock('14:00'));
const stop = (from: string, to: string | null, planned = false): Stop => ({
  id: `line-1@${from}`,
  line: 'line-1',
  from: clock(from),
  to: to === null ? null : clock(to),
  durationS: (Date.parse(clock(to ?? '14:00')) - Date.parse(clock(from))) / 1_000,
  loss: planned ? 'planned' : 'breakdown',
  planned,
  uncertain: false,
});
const fault = stop('11:00', '11:20');
const changeover = stop('13:10', '13:40', true);
const early = stop('06:00', '06:30', true);
const chosen = (stops: readonly Stop[], asked: Parameters<typeof chooseStop>[1]) =>
  chooseStop(stops, asked, now)?.id ?? null;

describe('the stop that is meant', () => {
  test.each<[string, readonly Stop[], string | null]>([
    ['the one that goes on', [changeover, stop('13:55', null)], 'line-1@13:55'],
    ['the latest of the last hour, planned or not', [fault, changeover], 'line-1@13:10'],
    ['further back an unplanned one before a planned one', [early, fault], 'line-1@11:00'],
    ['a planned one where there is no other', [early], 'line-1@06:00'],
    ['none', [], null],
  ])('without a time: %s', (_, stops, id) => {
    expect(chosen(stops, { kind: 'latest' })).toBe(id);
  });

  test.each([
    ['11:10', 'line-1@11:00'],
    ['11:24', 'line-1@11:00'],
    ['11:26', null],
    ['13:06', 'line-1@13:10'],
  ])('at %s: the one that holds it or lies within five minutes', (at, id) => {
    expect(chosen([fault, changeover], { kind: 'at', at: Date.parse(clock(at)) })).toBe(id);
  });

  test('in a window: the longest that was not planned', () => {
    const window = { kind: 'window', from: Date.parse(clock('10:00')), to: now } as const;
    expect(chosen([fault, changeover], window)).toBe('line-1@11:00');
  });
});
