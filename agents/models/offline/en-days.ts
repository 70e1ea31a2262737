import type { Plant } from '../../../plant/equipment.ts';
import type { Millis } from '../../../plant/time.ts';
import type { When } from './en-clock.ts';
import { dayStart, instantOf, wallTime, weekday } from './zone.ts';

/** What words of time mean; `from` and `to`, or `at`. */
export type Found = { from?: Millis; to?: Millis; at?: Millis; now?: boolean; future?: boolean };
export type Rule = { find: RegExp; read(match: RegExpExecArray, when: When): Found | null };

const hourMs = 3_600_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayFull = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
// Short forms only after a word that leads to a day: a line that "sat idle" names no day.
const weekdayWord = String.raw`(?:(?:on|last|this past|this|since) (${weekdayFull}|mon|tues?|weds?|thurs?|thu|fri|sat|sun)|(${weekdayFull}))s?`;
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Days by name and by date; the first that fits is taken. */
export const dayRules: readonly Rule[] = [
  {
    find: /\b(?:the )?day before yesterday\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone, -2), plant),
  },
  {
    find: /\byesterday(?:'s|s)?\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone, -1), plant),
  },
  {
    find: /\btoday(?:'s|s)?\b|\bso far today\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone), plant),
  },
  {
    find: new RegExp(String.raw`\b${weekdayWord}\b(?!')`),
    read: (match, { plant, now }) => {
      const asked = weekdays.indexOf((match[1] ?? match[2] ?? '').slice(0, 3));
      const back = (weekday(now, plant.timezone) - asked + 7) % 7;
      const days = back === 0 && /last/.test(match[0]) ? 7 : back;
      const day = wholeDay(dayStart(now, plant.timezone, -days), plant);
      return /since/.test(match[0]) ? { ...day, to: now } : day;
    },
  },
  {
    find: /\b(?:on )?(\d{4})-(\d{2})-(\d{2})\b/,
    read: (match, { plant }) => dated(Number(match[3]), Number(match[2]), Number(match[1]), plant),
  },
  {
    find: /(?<!\b(?:at|around|after|since|before|until|from) )\b(?:on )?(\d{1,2})\.(\d{1,2})(?:\.(\d{4})?(?![\d:])|$)/,
    read: (match, when) => pastDate(Number(match[1]), Number(match[2]), match[3], when),
  },
  {
    find: new RegExp(String.raw`\b(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthWord}\b`),
    read: (match, when) =>
      pastDate(Number(match[1]), months.indexOf((match[2] ?? '').slice(0, 3)) + 1, undefined, when),
  },
  {
    find: new RegExp(String.raw`\b(?:on )?${monthWord} (\d{1,2})(?:st|nd|rd|th)?\b`),
    read: (match, when) =>
      pastDate(Number(match[2]), months.indexOf((match[1] ?? '').slice(0, 3)) + 1, undefined, when),
  },
  {
    find: /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:time|stop|line|machine|shift|hour|order|one))/,
    read: (match, { plant, now }) => {
      const { year, month, day } = wallTime(now, plant.timezone);
      const asked = Number(match[1]);
      // A day without a month is the last such one.
      return dated(
        asked,
        asked > day ? month - 1 || 12 : month,
        asked > day && month === 1 ? year - 1 : year,
        plant,
      );
    },
  },
];

function wholeDay(start: Millis, plant: Plant): Found {
  return { from: start, to: dayStart(start + 12 * hourMs, plant.timezone, 1) };
}

function dated(day: number, month: number, year: number, plant: Plant): Found | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return wholeDay(instantOf({ year, month, day, hour: 0, minute: 0 }, plant.timezone), plant);
}

/** A date without a year is the last such one. */
function pastDate(day: number, month: number, year: string | undefined, { plant, now }: When): Found | null {
  const thisYear = wallTime(now, plant.timezone).year;
  const found = dated(day, month, year ? Number(year) : thisYear, plant);
  return !year && found?.from !== undefined && found.from > now
    ? dated(day, month, thisYear - 1, plant)
    : found;
}
