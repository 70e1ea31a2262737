import { describe, expect, it } from 'vitest';
import { durationWords, localAt, localClock, localSpan, localWhen } from './local-time.ts';

const zone = 'Europe/Berlin';
const at = (iso: string): number => Date.parse(iso);

describe('local time', () => {
  it('is the plant time, also over a change of the clocks', () => {
    expect(localClock(at('2026-11-20T13:05:00Z'), zone)).toBe('14:05');
    expect(localClock(at('2026-07-20T13:05:00Z'), zone)).toBe('15:05');
    expect(localClock(at('2026-11-19T23:00:00Z'), zone)).toBe('00:00');
  });

  it('names the day only where it is another', () => {
    const now = at('2026-11-20T13:30:00Z');
    expect(localWhen(at('2026-11-19T23:05:00Z'), zone, now)).toBe('00:05');
    expect(localWhen(at('2026-11-19T22:05:00Z'), zone, now)).toBe('yesterday 23:05');
    expect(localAt(at('2026-11-16T22:05:00Z'), zone, now)).toBe('on Monday 16 Nov at 23:05');
    expect(localWhen(at('2025-11-16T22:05:00Z'), zone, now)).toBe('Sunday 16 Nov 2025 23:05');
    // The day has 25 hours: 23:30 of the day before is more than 24 hours ago.
    expect(localWhen(at('2026-10-24T21:30:00Z'), zone, at('2026-10-25T22:45:00Z'))).toBe('yesterday 23:30');
    expect(localSpan(at('2026-11-20T12:00:00Z'), at('2026-11-20T12:20:00Z'), zone, now)).toBe(
      'from 13:00 to 13:20',
    );
    expect(localSpan(at('2026-11-19T12:00:00Z'), at('2026-11-19T12:20:00Z'), zone, now)).toBe(
      'from yesterday 13:00 to 13:20',
    );
    expect(localSpan(at('2026-11-20T12:00:00Z'), null, zone, now)).toBe('since 13:00');
  });

  it.each([
    [0, '1 second'],
    [40, '40 seconds'],
    [89, '89 seconds'],
    [95, '2 minutes'],
    [660, '11 minutes'],
    [5400, '1 hour 30 minutes'],
    [7200, '2 hours'],
    [273_600, '3 days 4 hours'],
  ])('%d s is %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));
});

it('equals the calendar of the zone, also where offsets are odd', () => {
  const wrong: string[] = [];
  for (const place of ['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC']) {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: place, hour: '2-digit', minute: '2-digit' });
    for (let time = at('2026-03-01T00:07:00Z'); time < at('2026-12-01T00:00:00Z'); time += 5_431_000)
      if (localClock(time, place) !== format.format(time)) wrong.push(`${place} ${time}`);
  }
  expect(wrong).toEqual([]);
});
