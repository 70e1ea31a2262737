import type { Plant } from '../../../plant/equipment.ts';
import type { When } from './en-clock.ts';
import type { Found } from './en-days.ts';
import { instantOf, shiftsBefore, wallTime } from './zone.ts';

/** The shift that words name, cut to what has been of it. */
export function shiftNamed(words: string, { plant, now, day }: When): Found | null {
  const spans = shiftsBefore(plant, now, 8);
  const current = spans.findLast(({ from, to }) => from <= now && now < to);
  if (/this|current|the shift start|shift start|start of|beginning|our/.test(words)) {
    const shift = current ?? spans.at(-1);
    return shift ? { from: shift.from, to: Math.min(shift.to, now) } : null;
  }
  const named = plant.shifts.find(({ id, name }) =>
    [id, name.toLowerCase(), name.toLowerCase().replace(/ shift$/, '')].some((key) =>
      words.includes(` ${key} `),
    ),
  );
  const over = spans.filter(({ from, to }) =>
    day.named ? from >= day.from && from < day.to : to <= now || named !== undefined,
  );
  const shift = over.findLast(({ id }) => !named || id === named.id);
  return shift ? { from: shift.from, to: Math.min(shift.to, now) } : null;
}

/** The last break of the plant's calendar that has begun; "since the break" asked in it means the one before. */
export function readBreak(match: RegExpExecArray, { plant, now }: When): Found | null {
  const past = shiftsBefore(plant, now).flatMap((shift) =>
    (plant.shifts.find(({ id }) => id === shift.id)?.breaks ?? []).map((one) => {
      const wall = wallTime(shift.from, plant.timezone);
      const at = (clockTime: string) => {
        const [hour = 0, minute = 0] = clockTime.split(':').map(Number);
        const time = instantOf({ ...wall, hour, minute }, plant.timezone);
        return time < shift.from
          ? instantOf({ ...wall, day: wall.day + 1, hour, minute }, plant.timezone)
          : time;
      };
      return { shift: shift.from, from: at(one.from), to: at(one.to) };
    }),
  );
  const after = /since|after/.test(match[1] ?? '');
  const last = past.findLast(({ from, to }) => (after ? to : from) <= now);
  if (!last) return null;
  if (after) return { from: last.to, to: now };
  if (/before|until/.test(match[1] ?? '')) return { from: last.shift, to: last.from };
  return { from: last.from, to: Math.min(last.to, now) };
}

/** `monday early`: a shift of the day that was just named. */
export const shiftAfterDay = (after: string, plant: Plant): string | null => {
  const first = /^\s*([\p{L}]+)(?: shift)?\b/u.exec(after);
  return first && plant.shifts.some(({ id }) => id.toLowerCase() === first[1]) ? first[0] : null;
};
