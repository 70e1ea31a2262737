import type { Line, Plant } from '../../equipment.ts';
import type { PlantRecord, RecordOf } from '../../record.ts';
import type { Millis } from '../../time.ts';
import { plannedBy } from '../cues/concepts.ts';
import { breakTimes, offShiftTimes } from './shift-times.ts';
import { ofKind } from '../records/timeline.ts';

export type PlannedActivity = RecordOf<'calendar'>['activity'];

/**
 * A time in which the line was meant to stand. `to`: until when that was allowed (the standard time, where
 * one is known), which may be later than when it ended. `ended`: when it was over; null: it goes on.
 * `record`: null where the shift plan says it.
 */
export type PlannedTime = {
  activity: PlannedActivity;
  from: Millis;
  to: Millis;
  ended: Millis | null;
  overrun: boolean;
  standardMs: number | null;
  record: PlantRecord | null;
};

/** A changeover or cleaning counts as overrun beyond this: a tenth over its standard, and a minute at least. */
export const allowance = (standardMs: number): number => standardMs + Math.max(60_000, standardMs * 0.1);

const concerns = (record: PlantRecord, line: Line): boolean =>
  record.equipment === null ||
  record.equipment === line.id ||
  line.machines.some((machine) => machine.id === record.equipment);

function timed(
  activity: PlannedActivity,
  from: Millis,
  ended: Millis | null,
  standardS: number | null,
  now: Millis,
  record: PlantRecord,
): PlannedTime {
  const standardMs = standardS === null ? null : standardS * 1000;
  const lasted = (ended ?? now) - from;
  return {
    activity,
    from,
    to: standardMs === null ? (ended ?? now) : from + standardMs,
    ended,
    overrun: standardMs !== null && lasted > allowance(standardMs),
    standardMs,
    record,
  };
}

function fromCalendar(record: RecordOf<'calendar'>, line: Line, now: Millis): PlannedTime {
  const standard = record.standardS ?? line.standardS[record.activity] ?? null;
  const ended = record.to === null ? null : Date.parse(record.to);
  const from = Date.parse(record.from);
  const hasStandard = record.activity === 'changeover' || record.activity === 'cleaning';
  return timed(record.activity, from, ended, hasStandard ? standard : null, now, record);
}

/** The planned activity that the MES calls this time, if it is one. */
export function activityOf(record: RecordOf<'downtime_event'>): PlannedActivity | undefined {
  if (record.category === 'production') return undefined;
  const named = plannedBy(record.reason ?? '') ?? plannedBy(record.status);
  return record.category === 'setup' ? (named ?? 'changeover') : named;
}

/** About the same time: an order in its minutes of running out, an entry that somebody began when the plan did. */
const aboutMs = 900_000;

/**
 * What the MES calls the stop; typed by people, so a word alone never makes a plan where a machine reports a fault. What
 * the calendar allows for the same activity at that time is its standard: an entry that goes on beyond it ran over.
 */
function fromMes(
  record: RecordOf<'downtime_event'>,
  line: Line,
  calendar: readonly PlannedTime[],
  now: Millis,
): PlannedTime | null {
  const activity = activityOf(record);
  if (!activity) return null;
  const from = Date.parse(record.from);
  const ended = record.to === null ? null : Date.parse(record.to);
  const planned = calendar.find(
    (one) =>
      one.activity === activity &&
      one.standardMs !== null &&
      one.from <= (ended ?? now) &&
      one.to >= from &&
      Math.abs(one.from - from) < aboutMs,
  );
  const standardS = planned?.standardMs ? planned.standardMs / 1000 : (line.standardS[activity] ?? null);
  return timed(activity, from, ended, standardS, now, record);
}

/**
 * Was there something to change over to? Where the system itself booked a changeover, unless the order was done and no
 * other was begun while the line stood; where somebody only picked it as a reason, if another was begun.
 */
function hadNext(
  record: RecordOf<'downtime_event'>,
  records: readonly PlantRecord[],
  line: Line,
  { from, ended }: PlannedTime,
): boolean {
  const orders = ofKind(records, 'order').filter((order) => concerns(order, line));
  const done = orders.some(
    ({ status, end }) => status === 'completed' && end !== null && Math.abs(Date.parse(end) - from) < aboutMs,
  );
  const begun = orders.some(
    ({ status, start }) =>
      status === 'started' &&
      start !== null &&
      Date.parse(start) >= from - aboutMs &&
      Date.parse(start) <= (ended ?? Infinity) - 60_000,
  );
  const booked = record.category === 'setup' || plannedBy(record.status) === 'changeover';
  return begun || (booked && !done);
}

/** Everything planned for this line between `from` and `to`: calendar, MES, shift plan. Sure ones first, oldest first. */
export function plannedTimes(
  plant: Plant,
  line: Line,
  records: readonly PlantRecord[],
  window: { from: Millis; to: Millis },
  now: Millis,
): { sure: PlannedTime[]; said: PlannedTime[] } {
  const touches = (time: PlannedTime): boolean =>
    time.from <= window.to && Math.max(time.to, time.ended ?? now) >= window.from;
  const latest = new Map<string, RecordOf<'calendar'>>();
  for (const record of ofKind(records, 'calendar'))
    if (concerns(record, line)) latest.set(`${record.source}/${record.key}`, record);
  const calendar = [...latest.values()].map((record) => fromCalendar(record, line, now));
  const entries = new Map<string, RecordOf<'downtime_event'>>();
  for (const record of ofKind(records, 'downtime_event'))
    if (concerns(record, line)) entries.set(`${record.source}/${record.key}`, record);
  const said = [...entries.values()]
    .map((record) => ({ record, time: fromMes(record, line, calendar, now) }))
    .flatMap(({ record, time }) =>
      time && (time.activity !== 'changeover' || hadNext(record, records, line, time)) ? [time] : [],
    );
  const byPlan = (activity: PlannedActivity) => (stretch: { from: Millis; to: Millis }) => ({
    activity,
    from: stretch.from,
    to: stretch.to,
    ended: stretch.to,
    overrun: false,
    standardMs: null,
    record: null,
  });
  const sure = [
    ...calendar,
    ...breakTimes(plant, window.from, window.to).map(byPlan('break')),
    ...offShiftTimes(plant, window.from, window.to).map(byPlan('no_shift')),
  ];
  return { sure: sure.filter(touches), said: said.filter(touches) };
}

/** A line runs empty before a planned stand and fills again after it: up to this much belongs to the plan. */
const runOutMs = 180_000;
const fillMs = 300_000;

/** The planned times that cover a stop from `from` to `to` but for a minute or a twentieth of it; empty: not planned. */
export function plannedFor(
  times: readonly PlannedTime[],
  from: Millis,
  to: Millis,
): { cover: PlannedTime[]; overrun: PlannedTime | null } {
  const cover = times.filter((time) => time.from <= to && Math.max(time.to, time.ended ?? 0) >= from);
  const overlap = (time: PlannedTime): number =>
    Math.min(to, time.ended ?? to) - Math.max(from, time.from - runOutMs);
  const overrun =
    cover.find((time) => time.overrun && overlap(time) > Math.min(60_000, (to - from) / 2)) ?? null;
  let open = from;
  let uncovered = 0;
  for (const time of [...cover].sort((a, b) => a.from - b.from)) {
    const starts = time.from - runOutMs;
    if (starts > open) uncovered += Math.min(starts, to) - open;
    open = Math.max(open, (time.ended ?? time.to) + fillMs);
    if (open >= to) break;
  }
  if (open < to) uncovered += to - open;
  const whole = overrun === null && uncovered <= Math.max(60_000, (to - from) * 0.05);
  return { cover: whole ? cover : [], overrun };
}
