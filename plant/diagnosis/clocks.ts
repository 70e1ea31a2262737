import type { PlantRecord } from '../record.ts';
import type { Millis } from '../time.ts';
import type { SourceCoverage } from './stop-case.ts';
import { timeOf } from './timeline.ts';

/** How far the clock behind a piece of equipment is off, and how sure that is. All milliseconds. */
export type Clocks = {
  /** Adds to a source time to get Andon's time. */
  shift(equipment: string | null, source: string): number;
  /** Two times of different clocks closer than this have no order. */
  tolerance: number;
};

const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};

/** Delays of three records or more that agree within this tell a clock that is off; beyond `most` they tell when the past was read. */
const agreeMs = 8_000;
const mostMs = 180_000;

/**
 * Records arrive some seconds after they happen. Where those of one machine arrive always 40 s "late" or
 * before they happened, its clock is off by that; where a source reports its own offset, that is used instead.
 */
export function clocksOf(records: readonly PlantRecord[], coverage: readonly SourceCoverage[]): Clocks {
  const delays = new Map<string, number[]>();
  for (const record of records) {
    if ((record.kind !== 'state' && record.kind !== 'alarm') || record.equipment === null) continue;
    const key = `${record.source}/${record.equipment}`;
    const delay = record.observedAt === record.at ? 0 : Date.parse(record.observedAt) - timeOf(record);
    const known = delays.get(key);
    if (known) known.push(delay);
    else delays.set(key, [delay]);
  }
  const shifts = new Map<string, number>();
  for (const [key, values] of delays) {
    if (values.length < 3) continue;
    const middle = median(values);
    const spread = median(values.map((value) => Math.abs(value - middle)));
    // A delay of a few seconds is the way of the record, not its clock.
    if (spread <= agreeMs && Math.abs(middle) <= mostMs && (middle < -2_000 || middle > 10_000))
      shifts.set(key, middle);
  }
  const offsets = new Map(coverage.map(({ source, clockOffsetMs }) => [source, clockOffsetMs ?? 0]));
  const unsure = coverage.some(
    ({ clockOffsetMs }) => clockOffsetMs !== null && Math.abs(clockOffsetMs) > 2_000,
  );
  return {
    shift: (equipment, source) => shifts.get(`${source}/${equipment}`) ?? -(offsets.get(source) ?? 0),
    tolerance: shifts.size > 0 || unsure ? 10_000 : 5_000,
  };
}

export const corrected = (clocks: Clocks, record: PlantRecord): Millis =>
  timeOf(record) + clocks.shift(record.equipment, record.source);
