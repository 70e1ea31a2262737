/** Local date and time of a zone -> UTC. ERP dates are plant-local pairs without an offset. */
import { AndonError } from '../../plant/errors.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch (cause) {
      throw new AndonError(
        'bad_config',
        `The time zone "${zone.slice(0, 40)}" is not known.`,
        'Write an IANA name such as Europe/Berlin.',
        { cause },
      );
    }
    formats.set(zone, format);
  }
  return format;
}

/** The zone's clock at `at`, read as if it were UTC, in milliseconds. */
function wallClock(at: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  return Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
}

/**
 * Milliseconds of the moment at which the zone's clock shows `wall` (the shown time read as if it were UTC).
 * The hour that comes twice in autumn means its first time; an hour that spring leaves out moves on by the hour left out.
 */
export function fromWallClock(wall: number, zone: string): number {
  const shifts = [wall - 86_400_000, wall + 86_400_000].map((at) => wallClock(at, zone) - at);
  const fitting = [...new Set(shifts)]
    .map((shift) => wall - shift)
    .filter((at) => wallClock(at, zone) === wall);
  // No moment shows this time: clocks went forward. With the shift of before, the moment lies as far behind the change.
  return fitting.length > 0 ? Math.min(...fitting) : wall - (shifts[0] ?? 0);
}

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
