import { describe, expect, test } from 'vitest';
import { localMillis } from './local-time.ts';
import { isSet, localPair, millisOf, numberOf } from './values.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('values', () => {
  test.each([
    ['/Date(1795132800000)/', '2026-11-20T00:00:00.000Z'],
    ['/Date(1795132800000+0000)/', '2026-11-20T00:00:00.000Z'],
    ['20261120130509', '2026-11-20T13:05:09.000Z'],
    ['2026-11-20T13:05:09', '2026-11-20T13:05:09.000Z'],
    ['2026-11-20T14:05:09+01:00', '2026-11-20T13:05:09.000Z'],
    ['1900-01-01T00:00:00Z', null],
    ['/Date(-62135596800000)/', null],
    ['00000000000000', null],
    ['', null],
    [null, null],
  ])('%s is the moment %s', (value, expected) => {
    expect(iso(millisOf(value))).toBe(expected);
  });

  test('numbers come as numbers or text', () => {
    expect([
      numberOf('1000.000'),
      numberOf(12.5),
      numberOf('1'),
      numberOf(''),
      numberOf('x'),
      numberOf(null),
    ]).toEqual([1000, 12.5, 1, null, null, null]);
    expect([isSet('X'), isSet(true), isSet(''), isSet(false)]).toEqual([true, true, false, false]);
  });

  test.each([
    ['/Date(1795132800000)/', 'PT14H00M00S', '2026-11-20T13:00:00.000Z'],
    ['2026-11-20', '14:00:00', '2026-11-20T13:00:00.000Z'],
    ['2026-07-01', 'PT6H', '2026-07-01T04:00:00.000Z'],
    // Clocks go back on 2026-10-25 at 03:00: the hour from 02:00 comes twice, its first time is meant.
    ['2026-10-25', '02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00:00', '2026-10-25T02:00:00.000Z'],
    // Clocks go forward on 2026-03-29 at 02:00: 02:30 does not exist and moves on by the hour left out.
    ['2026-03-29', '02:30:00', '2026-03-29T01:30:00.000Z'],
    ['1900-01-01', '00:00:00', null],
    [null, 'PT00H00M00S', null],
  ])('%s and %s in Berlin is %s', (date, time, expected) => {
    expect(iso(localPair(date, time, 'Europe/Berlin'))).toBe(expected);
  });

  test('zones half an hour and a day away, and dates that do not exist', () => {
    expect(iso(localMillis('2026-11-20', '00:15', 'Asia/Kolkata'))).toBe('2026-11-19T18:45:00.000Z');
    expect(iso(localMillis('2026-11-20', '00:15', 'Pacific/Kiritimati'))).toBe('2026-11-19T10:15:00.000Z');
    expect(localMillis('2026-02-30', '00:15', 'UTC')).toBeNull();
    expect(() => localMillis('2026-11-20', '00:15', 'Mars/Olympus')).toThrow(
      'The time zone "Mars/Olympus" is not known.',
    );
  });
});
