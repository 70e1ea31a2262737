import type { PlantRecord } from '../../record.ts';
import type { Millis } from '../../time.ts';
import type { SourceCoverage } from '../stop-case.ts';
import { seenAt, timeOf } from './timeline.ts';
import { median, spreadOf } from './median.ts';

/** How far the clock behind a piece of equipment is off, and how sure that is. All milliseconds. */
export type Clocks = {
  /** Adds to a source time to get Andon's time. */
  shift(equipment: string | null, source: string): number;
  /** Two times of different clocks closer than this have no order. */
  tolerance: number;
};

/** Delays of three records or more that agree within this tell a clock that is off; beyond `most` they tell when the past was read. */
const agreeMs = 8_000;
const mostMs = 180_000;
/** Two records alone must agree better: each is as far from their middle. */
const fewAgreeMs = 1_000;
/** Machines of one source whose delays agree within this share one clock, that of the server that stamps them. */
const sharedMs = 4_000;

type Delays = Map<string, { source: string; values: number[] }>;

function delaysOf(records: readonly PlantRecord[]): Delays {
  const delays: Delays = new Map();
  for (const record of records) {
    if ((record.kind !== 'state' && record.kind !== 'alarm') || record.equipment === null) continue;
    const key = `${record.source}/${record.equipment}`;
    const delay = seenAt(record) - timeOf(record);
    const known = delays.get(key);
    if (known) known.values.push(delay);
    else delays.set(key, { source: record.source, values: [delay] });
  }
  return delays;
}

/** A delay of a few seconds is the way of the record, not its clock. */
const isOff = (delay: number): boolean => Math.abs(delay) <= mostMs && (delay < -2_000 || delay > 10_000);

/**
 * Records arrive some seconds after they happen. Where those of one machine arrive always 40 s "late" or before
 * they happened, its clock is off by that; where a source reports its own offset, that is used instead. Machines
 * with too few records go by the clock of their source, where all others of it agree on one.
 */
export function clocksOf(records: readonly PlantRecord[], coverage: readonly SourceCoverage[]): Clocks {
  const shifts = new Map<string, number>();
  const measured = new Map<string, number[]>();
  for (const [key, { source, values }] of delaysOf(records)) {
    const { median: middle, mad: spread } = spreadOf(values);
    const few = values.length < 3;
    if (values.length < 2 || spread > (few ? fewAgreeMs : agreeMs) || Math.abs(middle) > mostMs) continue;
    measured.set(source, [...(measured.get(source) ?? []), middle]);
    shifts.set(key, isOff(middle) ? middle : 0);
  }
  const told = new Map(coverage.map(({ source, clockOffsetMs }) => [source, clockOffsetMs]));
  const offsets = new Map([...told].map(([source, offset]) => [source, -(offset ?? 0)]));
  for (const [source, values] of measured)
    if (typeof told.get(source) === 'number') apart(source, median(values));
    else if (
      values.length >= 2 &&
      Math.max(...values) - Math.min(...values) <= sharedMs &&
      isOff(median(values))
    )
      offsets.set(source, median(values));
  // What all machines of a source whose clock is known are late by is the way, as after a lost connection: only what one is off beyond that is its clock.
  function apart(source: string, common: number): void {
    for (const [key, shift] of shifts)
      if (key.startsWith(`${source}/`))
        shifts.set(key, isOff(shift - common) ? shift - common + (offsets.get(source) ?? 0) : 0);
  }
  const off = [...shifts.values(), ...offsets.values()].some((shift) => Math.abs(shift) > 2_000);
  return {
    shift: (equipment, source) => shifts.get(`${source}/${equipment}`) || (offsets.get(source) ?? 0),
    tolerance: off ? 10_000 : 5_000,
  };
}

export const corrected = (clocks: Clocks, record: PlantRecord): Millis =>
  timeOf(record) + clocks.shift(record.equipment, record.source);
