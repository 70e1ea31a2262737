import type { Plant } from '../../../plant/equipment.ts';
import type { Millis } from '../../../plant/time.ts';
import { dayStart, instantOf, wallTime } from './zone.ts';

/** The day a question names, or today. */
export type Day = { from: Millis; to: Millis; named: boolean };
export type When = { plant: Plant; now: Millis; day: Day };

const hourMs = 3_600_000;

/** Hour and minute that words mean. `loose`: 1 to 12 without am or pm, so that both halves of the day are possible. */
function clockOf(words: string): { hour: number; minute: number; loose: boolean } | null {
  const text = words.trim();
  if (/noon|midday|lunch/.test(text)) return { hour: 12, minute: 0, loose: false };
  if (text === 'midnight') return { hour: 0, minute: 0, loose: false };
  const said = /^(half|quarter|twenty|\d{1,2}) (past|to) (\d{1,2})$/.exec(text);
  if (said) {
    const [, count = '', way, hours] = said;
    const past = { half: 30, quarter: 15, twenty: 20 }[count] ?? Number(count);
    const hour = Number(hours) - (way === 'to' ? 1 : 0);
    const minute = way === 'to' ? 60 - past : past;
    return hour > 23 || hour < 0 || minute > 59 ? null : { hour, minute, loose: hour <= 12 };
  }
  const half10 = /^half (\d{1,2})$/.exec(text);
  // In English "half ten" is 10:30.
  if (half10)
    return Number(half10[1]) > 23
      ? null
      : { hour: Number(half10[1]), minute: 30, loose: Number(half10[1]) <= 12 };
  const digits = /^(\d{1,2})(?:[:.h]?(\d{2}))? ?([ap])?/.exec(text);
  if (!digits) return null;
  const half = digits[3];
  let hour = Number(digits[1]);
  const minute = Number(digits[2] ?? 0);
  if (hour > 23 || minute > 59 || (half && hour > 12)) return null;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  return { hour, minute, loose: !half && hour >= 1 && hour <= 11 && !/^0\d|:/.test(text) };
}

/** A time of day that no clock shows, as it was written. null: none is named. */
export const noSuchClock = (text: string): string | null =>
  /(?<![\d:.])(?:(?:2[5-9]|[3-9]\d):[0-5]\d|(?:[01]?\d|2[0-4]):[6-9]\d|24:(?!00)\d\d)(?![\d:.])/.exec(
    text,
  )?.[0] ?? null;

/** The instant of a clock time on the named day; without a day the last one that has passed. */
export function momentOf(words: string, { plant, now, day }: When, after?: Millis): Millis | null {
  const read = clockOf(words);
  if (!read) return null;
  const on = (start: Millis, hour: number) =>
    instantOf({ ...wallTime(start, plant.timezone), hour, minute: read.minute }, plant.timezone);
  const hours = read.loose ? [read.hour, read.hour + 12] : [read.hour];
  if (after !== undefined) {
    const later = hours.map((hour) => on(after, hour)).find((at) => at > after);
    return later ?? on(after + 24 * hourMs, read.hour);
  }
  if (day.named) {
    const passed = hours.map((hour) => on(day.from, hour)).filter((at) => at <= now);
    // Of "at 7" and "at 2" on another day the half in which most people work: 06:00 to 18:00.
    return passed.find((at) => inWorkingHours(at, plant)) ?? passed[0] ?? on(day.from, read.hour);
  }
  const yesterday = dayStart(now, plant.timezone, -1);
  const candidates = [yesterday, day.from].flatMap((start) => hours.map((hour) => on(start, hour)));
  return candidates.filter((at) => at <= now).at(-1) ?? null;
}

/** The next time the clock shows this; null: no time of day. */
export function nextMoment(words: string, plant: Plant, now: Millis): Millis | null {
  const read = clockOf(words);
  if (!read) return null;
  const wall = wallTime(dayStart(now, plant.timezone), plant.timezone);
  const times = [0, 1].flatMap((days) =>
    (read.loose ? [read.hour, read.hour + 12] : [read.hour]).map((hour) =>
      instantOf({ ...wall, day: wall.day + days, hour, minute: read.minute }, plant.timezone),
    ),
  );
  return times.toSorted((a, b) => a - b).find((at) => at > now) ?? null;
}

function inWorkingHours(at: Millis, plant: Plant): boolean {
  const { hour } = wallTime(at, plant.timezone);
  return hour >= 6 && hour < 18;
}
