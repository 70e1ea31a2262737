/**
 * Alarm records from events: one when it comes, one when it goes, a later version of the first when it is
 * acknowledged. A refresh repeats what is active; repetitions are dropped, and what it does not name has ended.
 */
import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Clock, type Millis } from '../../plant/time.ts';
import { header } from '../source/record-header.ts';
import type { AlarmEvent } from './alarm-events.ts';
import { gapRecord } from './gaps.ts';

/** An alarm that is on: what is needed to say later that it went off. Goes into the checkpoint. */
export type ActiveAlarm = {
  equipment: string | null;
  alarm: string;
  text: string;
  severity: number;
  at: Millis;
};

export type Alarms = {
  readonly source: string;
  readonly clock: Clock;
  /** By condition. */
  readonly active: Map<string, ActiveAlarm>;
  /** Conditions that were met at least once. */
  readonly known: Set<string>;
  /** Events that were taken, oldest first: a refresh repeats them. */
  readonly seen: Set<string>;
  /** Alarms that a refresh has not named so far; null: no refresh goes on. */
  suspect: Set<string> | null;
  lastAt: Millis | null;
};

/** Event types of Part 5 and 9 that are about the event stream itself. */
const refreshStart = 'ns=0;i=2787';
const refreshEnd = 'ns=0;i=2788';
const queueOverflow = 'ns=0;i=3035';

/** At most so many events are remembered against repetition by a refresh. */
const remembered = 5000;

/** `since`: the alarms that were on at the checkpoint. */
export const openAlarms = (
  source: string,
  clock: Clock,
  since: Readonly<Record<string, ActiveAlarm>>,
): Alarms => ({
  source,
  clock,
  active: new Map(Object.entries(since)),
  known: new Set(Object.keys(since)),
  seen: new Set(),
  suspect: null,
  lastAt: null,
});

/** What an event tells: mostly one record, often none. */
export function takeEvent(alarms: Alarms, event: AlarmEvent): PlantRecord[] {
  if (event.active !== null) {
    alarms.suspect?.delete(event.condition);
    if (isRepeated(alarms, event)) return [];
  }
  const since = alarms.lastAt ?? event.at;
  alarms.lastAt = event.at;
  switch (event.type) {
    case refreshStart:
      alarms.suspect = new Set(alarms.active.keys());
      return [];
    case refreshEnd:
      return endSuspects(alarms, event.at);
    case queueOverflow:
      return [overflowGap(alarms, since, event.at)];
    default:
      return event.active === null ? [] : changeOf(alarms, event, event.active);
  }
}

function isRepeated({ seen }: Alarms, { condition, event }: AlarmEvent): boolean {
  const mark = `${condition}/${event}`;
  if (seen.has(mark)) return true;
  seen.add(mark);
  if (seen.size > remembered) for (const oldest of seen.values().take(1)) seen.delete(oldest);
  return false;
}

function changeOf(alarms: Alarms, event: AlarmEvent, isActive: boolean): PlantRecord[] {
  const { active, known } = alarms;
  const { condition, equipment, severity, acknowledged } = event;
  const before = active.get(condition);
  const met = known.has(condition);
  known.add(condition);
  const alarm = { equipment, alarm: event.name, text: event.text || event.name, severity };
  if (isActive) {
    const at = before?.at ?? Math.min(event.activeSince ?? event.at, event.at);
    active.set(condition, { ...alarm, at });
    const version = acknowledged && before ? iso(event.at) : '';
    return [alarmRecord(alarms, { ...alarm, at }, true, { version, acknowledged })];
  }
  // A condition never met here may have come before this process did: its end is told too.
  if (!before && met) return [];
  active.delete(condition);
  return [alarmRecord(alarms, { ...alarm, at: event.at }, false, { acknowledged })];
}

/** The refresh is over: what it did not name went off while nobody listened. */
function endSuspects(alarms: Alarms, at: Millis): PlantRecord[] {
  const records: PlantRecord[] = [];
  for (const condition of alarms.suspect ?? []) {
    const alarm = alarms.active.get(condition);
    alarms.active.delete(condition);
    if (alarm)
      records.push(
        alarmRecord(alarms, { ...alarm, at: Math.max(at, alarm.at) }, false, { quality: 'uncertain' }),
      );
  }
  alarms.suspect = null;
  return records;
}

function alarmRecord(
  { source, clock }: Alarms,
  { equipment, alarm, text, severity, at }: ActiveAlarm,
  active: boolean,
  rest: { version?: string; acknowledged?: boolean | null; quality?: 'uncertain' },
): PlantRecord {
  const key = `${equipment ?? '*'}/${alarm}@${iso(at)}/${active ? 'on' : 'off'}`;
  return {
    kind: 'alarm',
    ...header({ source, observedAt: clock() }, key, rest.version ?? '', equipment, at),
    quality: rest.quality ?? 'good',
    alarm,
    text,
    severity,
    active,
    acknowledged: rest.acknowledged ?? null,
  };
}

const overflowGap = ({ source, clock }: Alarms, from: Millis, to: Millis): PlantRecord =>
  gapRecord(source, null, { from, to }, 'Too many alarms at once: the server dropped some', clock());
