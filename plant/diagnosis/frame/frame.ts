import type { Line, Plant } from '../../equipment.ts';
import type { PlantRecord, RecordOf } from '../../record.ts';
import { isInternal, isWaiting } from '../../state.ts';
import type { Stop } from '../../stop.ts';
import type { Millis } from '../../time.ts';
import { iso } from '../../time.ts';
import { breakHolds, faultAt } from './breaks.ts';
import { allowance, plannedFor, plannedTimes } from './planned.ts';
import type { PlannedTime } from './planned.ts';
import { clockJumps, steadied } from '../records/jumps.ts';
import type { StateSpan } from '../records/timeline.ts';
import { ofKind, producesIn, timelines } from '../records/timeline.ts';

type FrameInput = {
  plant: Plant;
  line: Line;
  /** Of this line, any order. States must reach back to the last one before the window and on to its end. */
  records: readonly PlantRecord[];
  window: { from: Millis; to: Millis };
  now: Millis;
};

/** Standing shorter than this is not a stop (two cycles of most machines). */
const shortestStopMs = 30_000;
/** A run of the line shorter than this is a try to start, not the end of the stop. One machine counts as run sooner: `stands.ts`. */
const lineTriesMs = 10_000;

type Stand = { from: Millis; to: Millis | null; spans: StateSpan[]; events: RecordOf<'downtime_event'>[] };

/** Machines without a successor, else the last named: where product leaves the line. */
export function lastMachines(line: Line): string[] {
  const leaves = new Set(line.flow.map((edge) => edge.from));
  const ends = line.machines.filter((machine) => !leaves.has(machine.id)).map((machine) => machine.id);
  return ends.length > 0 ? ends : [line.machines.at(-1)?.id ?? line.id];
}

/**
 * The machine whose standing still means that the line stands: the one named, else the last one; where that
 * one tells no state, the nearest before it that does. null: no machine of the line tells its state.
 */
export function referenceOf(line: Line, tells: (equipment: string) => boolean): string | null {
  const wanted = line.reference ?? lastMachines(line).at(-1);
  if (wanted !== undefined && tells(wanted)) return wanted;
  if (tells(line.id)) return line.id;
  const seen = new Set<string>();
  let front = wanted === undefined ? [] : [wanted];
  while (front.length > 0) {
    const before = front.flatMap((id) => line.flow.filter((edge) => edge.to === id).map((edge) => edge.from));
    front = before.filter((id) => !seen.has(id));
    for (const id of front) seen.add(id);
    const found = front.find(tells);
    if (found) return found;
  }
  return line.machines.findLast((machine) => tells(machine.id))?.id ?? null;
}

function standsOf(spans: readonly StateSpan[]): Stand[] {
  const stands: Stand[] = [];
  for (const span of spans) {
    if (producesIn(span)) continue;
    const last = stands.at(-1);
    const to = span.to === Infinity ? null : span.to;
    if (last && last.to !== null && span.from - last.to < lineTriesMs) {
      last.to = to;
      last.spans.push(span);
    } else stands.push({ from: span.from, to, spans: [span], events: [] });
  }
  return stands;
}

/** Where no machine tells its state, what the MES entered for the line. */
function standsFromMes(records: readonly PlantRecord[], line: Line): Stand[] {
  const newest = new Map<string, RecordOf<'downtime_event'>>();
  for (const record of ofKind(records, 'downtime_event'))
    if (record.equipment === line.id || line.machines.some((machine) => machine.id === record.equipment))
      newest.set(`${record.source}/${record.key}`, record);
  const events = [...newest.values()].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  const stands: Stand[] = [];
  events.forEach((event, index) => {
    if (event.category === 'production') return;
    const from = Date.parse(event.from);
    // An entry without an end lasts until the next one; an end before the start is a slip of the clock.
    const next = events.slice(index + 1).find((later) => Date.parse(later.from) > from);
    const end = event.to ?? next?.from ?? null;
    const to = end === null ? null : Math.max(from, Date.parse(end));
    const last = stands.at(-1);
    if (last && (last.to === null || from - last.to < lineTriesMs)) {
      last.to = last.to === null || to === null ? null : Math.max(last.to, to);
      last.events.push(event);
    } else stands.push({ from, to, spans: [], events: [event] });
  });
  return stands;
}

function lossOf(stand: Stand, line: Line, plans: readonly PlannedTime[], planned: boolean, lastedMs: number) {
  if (plans.some((plan) => plan.activity === 'changeover')) return 'setup' as const;
  if (planned) return 'planned' as const;
  if (stand.to !== null && lastedMs <= line.minorStopS * 1000) return 'minor_stop' as const;
  if (stand.spans.some((span) => isInternal(span.state))) return 'breakdown' as const;
  if (stand.spans.some((span) => isWaiting(span.state) || span.waiting !== null)) return 'waiting' as const;
  if (stand.events.some((event) => event.category === 'setup')) return 'setup' as const;
  if (stand.events.some((event) => event.category === 'idle')) return 'waiting' as const;
  return 'unknown' as const;
}

/** The mode Setup or Clean on the reference machine or on half of those that tell a mode at the beginning, where no plan names it. */
function modePlan(
  states: ReadonlyMap<string, StateSpan[]>,
  line: Line,
  stand: Stand,
  end: Millis,
): PlannedTime | null {
  for (const [mode, activity] of [
    ['Setup', 'changeover'],
    ['Clean', 'cleaning'],
  ] as const) {
    const first = stand.spans.find((span) => span.mode === mode && span.from <= stand.from + 180_000);
    const others = line.machines.filter((machine) =>
      states
        .get(machine.id)
        ?.some((span) => span.mode === mode && span.to > stand.from && span.from <= stand.from + 300_000),
    );
    const tell = line.machines.filter(({ id }) => states.get(id)?.some((span) => span.mode !== null));
    if (!first && (others.length === 0 || others.length * 2 < tell.length)) continue;
    const standardS = line.standardS[activity];
    const overrun = standardS !== undefined && end - stand.from > allowance(standardS * 1000);
    return {
      activity,
      from: stand.from,
      to: end,
      ended: stand.to,
      overrun,
      standardMs: standardS === undefined ? null : standardS * 1000,
      record:
        first?.record ?? states.get(others[0]?.id ?? '')?.find((span) => span.mode === mode)?.record ?? null,
    };
  }
  return null;
}

export type FramedStop = { stop: Stop; plans: PlannedTime[]; overrun: PlannedTime | null };

/** Like `findStops`, with the plan that covers each stop and the plan that ran over its time. */
export function frameStops(input: FrameInput): FramedStop[] {
  const records = steadied(input.records, clockJumps(input.records));
  return framesOf({ ...input, records }, timelines(records));
}

/** The same from records whose clocks did not jump, or were put right. */
export function framesOf(
  { plant, line, records, window, now }: FrameInput,
  states: ReadonlyMap<string, StateSpan[]>,
): FramedStop[] {
  const reference = referenceOf(line, (id) => (states.get(id)?.length ?? 0) > 0);
  const stands = reference === null ? standsFromMes(records, line) : standsOf(states.get(reference) ?? []);
  const inside = stands.filter((stand) => stand.from <= window.to && (stand.to ?? now) >= window.from);
  if (inside.length === 0) return [];
  const earliest = Math.min(...inside.map((stand) => stand.from));
  const latest = Math.max(...inside.map((stand) => stand.to ?? now));
  const { sure, said } = plannedTimes(plant, line, records, { from: earliest, to: latest }, now);
  const gaps = ofKind(records, 'gap').filter(
    (gap) => gap.equipment === null || gap.equipment === reference || gap.equipment === line.id,
  );
  const stateSource = states.get(reference ?? '')?.[0]?.record.source;
  return inside.flatMap((stand) => {
    const end = stand.to ?? Math.max(now, stand.from);
    const lastedMs = end - stand.from;
    if (lastedMs <= shortestStopMs) return [];
    const byMode = modePlan(states, line, stand, end);
    const held = sure.filter((plan) => breakHolds(records, states, line, stand.from, plan));
    const known = [...held, ...(byMode ? [byMode] : [])];
    // What the plan covers is not explained by a word that somebody picked.
    const sureCover = plannedFor(known, stand.from, end);
    const settled =
      sureCover.cover.length > 0 || sureCover.overrun !== null || faultAt(records, line, stand.from);
    const { cover, overrun } = settled ? sureCover : plannedFor([...known, ...said], stand.from, end);
    const plans = overrun ? [overrun] : cover;
    const planned = cover.length > 0;
    const uncertain = gaps.some(
      (gap) =>
        (stateSource === undefined || gap.source === stateSource) &&
        Date.parse(gap.from) < end &&
        (gap.to === null ? now : Date.parse(gap.to)) > stand.from,
    );
    const stop: Stop = {
      id: `${line.id}@${iso(stand.from)}`,
      line: line.id,
      from: iso(stand.from),
      to: stand.to === null ? null : iso(stand.to),
      durationS: Math.round(lastedMs / 1000),
      loss: lossOf(stand, line, plans, planned, lastedMs),
      planned,
      uncertain,
    };
    return [{ stop, plans, overrun }];
  });
}

/**
 * The stops of one line that touch `window`, oldest first: times longer than 30 s in which the reference
 * machine made nothing. Planned ones are among them, marked. `durationS` of an open stop runs to `now`.
 */
export const findStops = (input: FrameInput): Stop[] => frameStops(input).map(({ stop }) => stop);
