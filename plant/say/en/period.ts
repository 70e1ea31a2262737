import type { Plant } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { localClock, localDay, localSpan } from '../local-time.ts';

/** `the early shift` for `Early` and `Early shift`; `Shift A`, `shift A`, `shift Früh`. */
function shiftWords(name: string, plant: Plant): string {
  if (/^shift\b/i.test(name)) return name;
  const common = plant.language === 'en' && /^[A-Za-z ]{3,}$/.test(name);
  return common ? `the ${name.toLowerCase().replace(/ shift$/, '')} shift` : `shift ${name}`;
}

/**
 * A span as people name it: `today until 14:30`, `yesterday`, `in the early shift`, `in the late shift until 15:10`,
 * else `from 13:00 to 14:30`. Days and shifts are those of the plant's calendar.
 */
export function periodWords(from: Millis, to: Millis, plant: Plant, now: Millis): string {
  const zone = plant.timezone;
  const [begin, end] = [localClock(from, zone), localClock(to, zone)];
  const day = localDay(from, zone, now);
  const on = /^[A-Z]/.test(day) ? `on ${day}` : day;
  const sameDay = localDay(to - 1, zone, now) === day;
  if (begin === '00:00' && sameDay && to > from) {
    if (end === '00:00') return on === '' ? 'today' : on;
    return `${on === '' ? 'today' : on} until ${end}`;
  }
  const shift = plant.shifts.find((one) => one.from === begin);
  const hours = (to - from) / 3_600_000;
  // Longer than any shift: another day's end of it.
  if (!shift || hours > 16) return localSpan(from, to, zone, now);
  const name = `in ${shiftWords(shift.name, plant)}${on === '' ? '' : on === 'yesterday' ? ' of yesterday' : ` of ${day}`}`;
  if (end === shift.to) return name;
  const within = shift.to > shift.from ? end > begin && end < shift.to : end > begin || end < shift.to;
  return within ? `${name} until ${end}` : localSpan(from, to, zone, now);
}
