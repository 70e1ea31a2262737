import type { Millis } from '../../plant/time.ts';

/** What the wall clock of the plant shows, as if it were UTC: the ERP's dates and times carry no zone. */
export type WallClock = (at: Millis) => Millis;

/** Zone offsets change at quarter hours at the finest, so one look-up per quarter hour is enough. */
const quarter = 15 * 60_000;

export function wallClock(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsets = new Map<number, number>();
  return (at) => {
    const slot = Math.floor(at / quarter);
    let offset = offsets.get(slot);
    if (offset === undefined) {
      const part = Object.fromEntries(
        format.formatToParts(slot * quarter).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
      offset = Date.UTC(year, month - 1, day, hour, minute) - slot * quarter;
      offsets.set(slot, offset);
    }
    return at + offset;
  };
}
