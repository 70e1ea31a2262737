import { AndonError } from './errors.ts';
import type { Millis } from './time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs some 50 µs, using one some 2 µs: one per zone is kept. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts, ...clock });
    formats.set(zone, format);
    return format;
  } catch (cause) {
    throw new AndonError(
      'bad_config',
      `The time zone "${zone.slice(0, 40)}" is not known.`,
      'Write an IANA name such as Europe/Berlin.',
      { cause },
    );
  }
}

function offsetAt(at: Millis, zone: string): Millis {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

/** Zones change their offset on whole quarters of an hour, and an answer tells many times. */
const quarterMs = 900_000;
const mostKept = 10_000;
const offsets = new Map<string, Map<number, Millis>>();

/** What the clock on the wall of this IANA zone shows at `at`, written as if it were UTC. Throws `bad_config` for an unknown zone. */
export function wallClock(at: Millis, zone: string): Millis {
  const quarter = Math.floor(at / quarterMs);
  let ofZone = offsets.get(zone);
  let offset = ofZone?.get(quarter);
  if (offset === undefined) {
    offset = offsetAt(quarter * quarterMs, zone);
    if (!ofZone || ofZone.size >= mostKept) offsets.set(zone, (ofZone = new Map()));
    ofZone.set(quarter, offset);
  }
  return at + offset;
}

const dayMs = 86_400_000;

/**
 * The time at which the wall clock shows `wall`. Of an hour that comes twice in autumn the first is meant;
 * one that spring leaves out lies as far behind the change as it says.
 */
export function fromWallClock(wall: Millis, zone: string): Millis {
  // An offset changes at most once in a day: the days around hold both that can be.
  const candidates = [wall - dayMs, wall + dayMs].map((at) => wall - (wallClock(at, zone) - at));
  const exact = candidates.filter((at) => wallClock(at, zone) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}
