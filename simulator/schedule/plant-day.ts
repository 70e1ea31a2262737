import type { Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that plant time is ahead of UTC at `t`. */
export function zoneOffset(zone: string, t: Millis): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const [d = 1, m = 1, y = 1970, hh = 0, mm = 0, ss = 0] = (format.format(t).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(y, m - 1, d, hh, mm, ss) - Math.floor(t / 1000) * 1000;
}

/** `HH:MM` of the plant's day that contains `t`, as an instant. */
function clockOn(zone: string, t: Millis, clock: string): Millis {
  const offset = zoneOffset(zone, t);
  const [hh = 0, mm = 0] = clock.split(':').map(Number);
  return Math.floor((t + offset) / dayMs) * dayMs + (hh * 60 + mm) * 60_000 - offset;
}

/** When the shift that runs at `t` began; null without shifts. */
export function shiftStart(plant: Plant, t: Millis): Millis | null {
  const starts = plant.shifts.flatMap((shift) => [
    clockOn(plant.timezone, t, shift.from),
    clockOn(plant.timezone, t - dayMs, shift.from),
  ]);
  const past = starts.filter((start) => start <= t);
  return past.length > 0 ? Math.max(...past) : null;
}

/** Breaks that begin in a span. */
export function breaksIn(plant: Plant, from: Millis, to: Millis): { from: Millis; durationS: number }[] {
  const found: { from: Millis; durationS: number }[] = [];
  for (let day = from - dayMs; day <= to + dayMs; day += dayMs) {
    for (const pause of plant.shifts.flatMap((shift) => shift.breaks)) {
      const start = clockOn(plant.timezone, day, pause.from);
      const end = clockOn(plant.timezone, day, pause.to);
      if (start >= from && start < to)
        found.push({ from: start, durationS: ((end - start + dayMs) % dayMs) / 1000 });
    }
  }
  return found.filter((one, i) => found.findIndex((other) => other.from === one.from) === i);
}
