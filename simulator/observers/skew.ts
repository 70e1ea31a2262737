import type { PlantRecord } from '../../plant/record.ts';
import { iso, millis } from '../../plant/time.ts';
import type { Told } from './told.ts';

const stamps = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** What another clock wrote, or a plan. */
const apart = new Set(['observedAt', 'due', 'source', 'text']);

/** A source whose clock is off: every time it writes itself is shifted, keys made of it included. When Andon saw it stays. */
export function shiftClocks(told: Told, offsets: Readonly<Record<string, number>>, machines: string): Told {
  const by = (source: string) => Math.round(offsets[source] ?? 0);
  const moved = <T extends { at: number }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, at: row.at + by(machines) }));
  return {
    records: told.records.map((record) => shifted(record, by(record.source))),
    readings: moved(told.readings),
    // Minutes are formed by the reader's clock from values stamped by the source.
    minutes: told.minutes.map((row) => ({ ...row, at: row.at + Math.round(by(machines) / 60_000) * 60_000 })),
  };
}

function shifted(record: PlantRecord, ms: number): PlantRecord {
  if (ms === 0) return record;
  const later = (text: string) => text.replace(stamps, (time) => iso(millis(time) + ms));
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'string' && !apart.has(name) ? later(value) : value,
    ]),
  ) as PlantRecord;
}
