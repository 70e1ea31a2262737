/** Local date and time of a zone -> UTC. ERP dates are plant-local pairs without an offset. */
import { fromWallClock } from '../../plant/zone.ts';

/** `YYYY-MM-DD` or `YYYYMMDD`, and `HH:MM[:SS]`, in this zone -> milliseconds. null where it is no date. */
export function localMillis(date: string, time: string, zone: string): number | null {
  const day = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date);
  const clock = /^(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?$/.exec(time);
  if (!day || !clock) return null;
  const [, year, month, dayOfMonth] = day.map(Number);
  const [, hour, minute, second] = clock.map(Number);
  const midnight = Date.UTC(year ?? 0, (month ?? 1) - 1, dayOfMonth);
  if (new Date(midnight).getUTCDate() !== dayOfMonth || (hour ?? 0) > 24 || (minute ?? 0) > 59) return null;
  const wall = midnight + ((hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second || 0)) * 1000;
  return fromWallClock(wall, zone);
}
