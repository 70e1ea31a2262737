import type { Plant } from '../../../plant/equipment.ts';
import type { Millis } from '../../../plant/time.ts';
import { fromWallClock, wallClock } from '../../../plant/zone.ts';

/** A day of the calendar and a time of day, as the clock on the plant's wall shows them. `month` 1 to 12. */
type WallTime = { year: number; month: number; day: number; hour: number; minute: number };

/** What the wall clock of this IANA zone shows. */
export function wallTime(at: Millis, zone: string): WallTime {
  const shown = new Date(wallClock(at, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

const asUtc = (wall: WallTime): Millis =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/** The instant at which the wall clock shows this. Days and hours may run over (day 0 is the last of the month before). */
export const instantOf = (wall: WallTime, zone: string): Millis => fromWallClock(asUtc(wall), zone);

/** Midnight that opened the plant's day, `days` days from the one of `now`. */
export function dayStart(now: Millis, zone: string, days = 0): Millis {
  const wall = wallTime(now, zone);
  return instantOf({ ...wall, day: wall.day + days, hour: 0, minute: 0 }, zone);
}

/** 0 = Sunday, by the plant's calendar. */
export function weekday(now: Millis, zone: string): number {
  return new Date(asUtc({ ...wallTime(now, zone), hour: 12, minute: 0 })).getUTCDay();
}

type ShiftSpan = { id: string; name: string; from: Millis; to: Millis };

/** Shifts that began on the days from `back` days ago until today, oldest first. */
export function shiftsBefore(plant: Plant, now: Millis, back = 2): ShiftSpan[] {
  const spans: ShiftSpan[] = [];
  for (let days = -back; days <= 0; days += 1) {
    const midnight = wallTime(dayStart(now, plant.timezone, days), plant.timezone);
    for (const { id, name, from, to } of plant.shifts) {
      const [startHour = 0, startMinute = 0] = from.split(':').map(Number);
      const [endHour = 0, endMinute = 0] = to.split(':').map(Number);
      const overnight = to <= from ? 1 : 0;
      spans.push({
        id,
        name,
        from: instantOf({ ...midnight, hour: startHour, minute: startMinute }, plant.timezone),
        to: instantOf(
          { ...midnight, day: midnight.day + overnight, hour: endHour, minute: endMinute },
          plant.timezone,
        ),
      });
    }
  }
  return spans.filter(({ from }) => from <= now).toSorted((a, b) => a.from - b.from);
}
