import type { Millis } from '../time.ts';
import { wallClock } from '../zone.ts';

/** The plant's clock as a UTC date: read it with `getUTC...`. */
const local = (at: Millis, zone: string): Date => new Date(wallClock(at, zone));

/** `14:05` in the plant's zone. */
export const localClock = (at: Millis, zone: string): string => local(at, zone).toISOString().slice(11, 16);

/** `14:05:32` in the plant's zone: for records that lie seconds apart. */
export const localSeconds = (at: Millis, zone: string): string => local(at, zone).toISOString().slice(11, 19);

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Days since 1970 on the plant's calendar, so that days of 23 and 25 hours count as one. */
const dayOf = (at: Millis, zone: string): number => Math.floor(local(at, zone).getTime() / 86_400_000);

/** Day in words as seen from `now`: empty for today, `yesterday`, else `Friday 20 Nov` (with the year where it is another). */
export function localDay(at: Millis, zone: string, now: Millis): string {
  const daysAgo = dayOf(now, zone) - dayOf(at, zone);
  if (daysAgo === 0) return '';
  if (daysAgo === 1) return 'yesterday';
  const date = local(at, zone);
  const year = date.getUTCFullYear();
  const same = year === local(now, zone).getUTCFullYear();
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}${same ? '' : ` ${year}`}`;
}

/** `14:05`, `yesterday 22:14`, `Friday 20 Nov 22:14`. */
export function localWhen(at: Millis, zone: string, now: Millis): string {
  const day = localDay(at, zone, now);
  return day === '' ? localClock(at, zone) : `${day} ${localClock(at, zone)}`;
}

/** `at 14:05`, `yesterday at 22:14`, `on Friday 20 Nov at 22:14`: after a verb. */
export function localAt(at: Millis, zone: string, now: Millis): string {
  const day = localDay(at, zone, now);
  const clock = `at ${localClock(at, zone)}`;
  if (day === '') return clock;
  return day === 'yesterday' ? `yesterday ${clock}` : `on ${day} ${clock}`;
}

/** `from 13:00 to 13:20`, with the day said once where both are on the same. `to: null`: `since 13:00`. */
export function localSpan(from: Millis, to: Millis | null, zone: string, now: Millis): string {
  if (to === null) return `since ${localWhen(from, zone, now)}`;
  const end = dayOf(from, zone) === dayOf(to, zone) ? localClock(to, zone) : localWhen(to, zone, now);
  return `from ${localWhen(from, zone, now)} to ${end}`;
}

const counted = (value: number, word: string): string => `${value} ${word}${value === 1 ? '' : 's'}`;

/** A duration as people say it: `40 seconds`, `11 minutes`, `2 hours 5 minutes`, `3 days 4 hours`. Rounded, never to zero. */
export function durationWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 90) return counted(whole, 'second');
  const minutes = Math.round(whole / 60);
  if (minutes < 90) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 48)
    return rest === 0 ? counted(hours, 'hour') : `${counted(hours, 'hour')} ${counted(rest, 'minute')}`;
  const days = Math.floor(hours / 24);
  const left = hours % 24;
  return left === 0 ? counted(days, 'day') : `${counted(days, 'day')} ${counted(left, 'hour')}`;
}
