import type { Plant } from '../../../plant/equipment.ts';
import type { Millis } from '../../../plant/time.ts';

/** A day of the calendar and a time of day, as the clock on the plant's wall shows them. `month` 1 to 12. */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the wall clock of this IANA zone shows. */
export function wallTime(at: Millis, zone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return {
    year: parts['year'] ?? 0,
    month: parts['month'] ?? 1,
    day: parts['day'] ?? 1,
    hour: parts['hour'] ?? 0,
    minute: parts['minute'] ?? 0,
  };
}

const asUtc = (wall: WallTime): Millis =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/**
 * The instant at which the wall clock shows this. Days and hours may run over (day 0 is the last of the month before).
 * An hour that the spring change leaves out becomes the one after it; of one that comes twice in autumn the first is taken.
 */
export function instantOf(wall: WallTime, zone: string): Millis {
  const wanted = asUtc(wall);
  // An offset is at most 14 h and changes at most once in a day, so the two days around hold every candidate.
  const offsets = [-1, 1].map((days) => {
    const probe = Math.floor((wanted + days * 86_400_000) / 60_000) * 60_000;
    return asUtc(wallTime(probe, zone)) - probe;
  });
  const candidates = offsets.map((offset) => wanted - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((at) => asUtc(wallTime(at, zone)) === wanted);
  return exact ?? candidates.at(-1) ?? wanted;
}

/** Midnight that opened the plant's day, `days` days from the one of `now`. */
export function dayStart(now: Millis, zone: string, days = 0): Millis {
  const wall = wallTime(now, zone);
  return instantOf({ ...wall, day: wall.day + days, hour: 0, minute: 0 }, zone);
}

/** 0 = Sunday, by the plant's calendar. */
export function weekday(now: Millis, zone: string): number {
  return new Date(asUtc({ ...wallTime(now, zone), hour: 12, minute: 0 })).getUTCDay();
}

export type ShiftSpan = { id: string; name: string; from: Millis; to: Millis };

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
