import type { Plant, ShiftSpec } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { fromWallClock, wallClock } from '../../zone.ts';

/** A span with both ends known, milliseconds. */
export type Stretch = { from: Millis; to: Millis };

const dayMs = 86_400_000;
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function stretchesOf(
  zone: string,
  clock: readonly { from: string; to: string }[],
  from: Millis,
  to: Millis,
): Stretch[] {
  const found: Stretch[] = [];
  const firstDay = Math.floor(wallClock(from, zone) / dayMs) * dayMs - dayMs;
  for (let day = firstDay; day <= to + dayMs; day += dayMs)
    for (const { from: start, to: end } of clock) {
      const begins = minutesOf(start);
      const ends = minutesOf(end) <= begins ? minutesOf(end) + 1440 : minutesOf(end);
      const stretch = {
        from: fromWallClock(day + begins * 60_000, zone),
        to: fromWallClock(day + ends * 60_000, zone),
      };
      if (stretch.from <= to && stretch.to >= from) found.push(stretch);
    }
  return found.sort((a, b) => a.from - b.from);
}

/** The breaks of all shifts of the plant that touch `from` to `to`, oldest first. */
export function breakTimes(plant: Plant, from: Millis, to: Millis): Stretch[] {
  const breaks = plant.shifts.flatMap((shift: ShiftSpec) => shift.breaks);
  return breaks.length === 0 ? [] : stretchesOf(plant.timezone, breaks, from, to);
}

/** Times between `from` and `to` that belong to no shift. A plant that names no shifts has none. */
export function offShiftTimes(plant: Plant, from: Millis, to: Millis): Stretch[] {
  if (plant.shifts.length === 0) return [];
  const off: Stretch[] = [];
  let covered = from;
  for (const shift of stretchesOf(plant.timezone, plant.shifts, from, to)) {
    if (shift.from > covered) off.push({ from: covered, to: shift.from });
    covered = Math.max(covered, shift.to);
  }
  if (covered < to) off.push({ from: covered, to });
  return off;
}
