import { expect, test } from 'vitest';
import { fromWallClock, wallClock } from './zone.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

test.each([
  ['Europe/Berlin', '2026-07-01T10:00:00', '2026-07-01T12:00:00'],
  ['America/Chicago', '2026-01-15T06:30:15', '2026-01-15T00:30:15'],
  ['Asia/Kolkata', '2026-01-15T00:00:00', '2026-01-15T05:30:00'],
  ['Australia/Lord_Howe', '2026-07-01T00:00:00', '2026-07-01T10:30:00'],
])('the clock on the wall of %s, there and back', (zone, at, wall) => {
  expect(wallClock(utc(at), zone)).toBe(utc(wall));
  expect(fromWallClock(utc(wall), zone)).toBe(utc(at));
});

test('the hour that comes twice is its first, the hour left out lies behind the change', () => {
  expect(fromWallClock(utc('2026-10-25T02:30:00'), 'Europe/Berlin')).toBe(utc('2026-10-25T00:30:00'));
  expect(fromWallClock(utc('2026-03-29T02:30:00'), 'Europe/Berlin')).toBe(utc('2026-03-29T01:30:00'));
  expect(fromWallClock(utc('2026-03-08T02:30:00'), 'America/Chicago')).toBe(utc('2026-03-08T08:30:00'));
});

test('a zone that nobody knows is a mistake of the configuration', () => {
  expect(() => wallClock(0, 'Europe/Bielefeld')).toThrow(/"Europe\/Bielefeld" is not known/);
});
