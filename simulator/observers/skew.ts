import type { PlantRecord } from '../../plant/record.ts';
import { iso, millis } from '../../plant/time.ts';
import type { Told } from './told.ts';

const stamps = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** What another clock wrote, or a plan. */
const apart = new Set(['observedAt', 'due', 'source', 'text']);

/** Milliseconds by which clocks are ahead: each source's own, and of machines behind one gateway what each controller's differs from it. */
export type Clocks = {
  sources: Readonly<Record<string, number>>;
  machines: Readonly<Record<string, number>>;
};

/** Clocks that are off: every time that a source or a controller writes itself is shifted, keys made of it included. When Andon saw it stays. */
export function shiftClocks(told: Told, clocks: Clocks, machines: string): Told {
  const by = (source: string, equipment: string | null) =>
    Math.round(
      (clocks.sources[source] ?? 0) + (source === machines ? (clocks.machines[equipment ?? ''] ?? 0) : 0),
    );
  const inMinutes = (equipment: string) => Math.round(by(machines, equipment) / 60_000) * 60_000;
  return {
    records: told.records.map((record) => shifted(record, by(record.source, record.equipment))),
    readings: told.readings.map((row) => ({ ...row, at: row.at + by(machines, row.equipment) })),
    // Minutes are formed by the reader's clock from values stamped by the source.
    minutes: told.minutes.map((row) => ({ ...row, at: row.at + inMinutes(row.equipment) })),
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
