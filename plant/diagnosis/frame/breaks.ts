import type { Line } from '../../equipment.ts';
import type { PlantRecord, RecordOf } from '../../record.ts';
import { isInternal, isWaiting } from '../../state.ts';
import type { Millis } from '../../time.ts';
import type { PlannedTime } from './planned.ts';
import type { StateSpan } from '../records/timeline.ts';
import { producesIn, timeOf } from '../records/timeline.ts';

/** A machine that reports a fault in the first minutes: then a plan that only somebody typed does not hold. */
export function faultAt(
  records: readonly PlantRecord[],
  line: Line,
  from: Millis,
  beforeMs = 600_000,
): boolean {
  return records.some((record) => {
    if (record.kind !== 'state' || !isInternal(record.state)) return false;
    const at = timeOf(record);
    return (
      at >= from - beforeMs &&
      at <= from + 60_000 &&
      line.machines.some((machine) => machine.id === record.equipment)
    );
  });
}

/** Until this long after its beginning people go to a break; a line that still runs then works through it. */
const leaveMs = 300_000;
/** Signs of another cause count from this long before the stop: a stop needs some minutes through the buffers. */
const signsMs = 300_000;
/** ISA-18.2 priorities high and medium, on the scale of OPC UA; below are messages and warnings. */
export const faultSeverity = 500;

/** A machine with a fault as the line stops; one that ran again before has nothing to do with it. */
const faultGoesOn = (states: ReadonlyMap<string, readonly StateSpan[]>, line: Line, from: Millis): boolean =>
  line.machines.some(({ id }) =>
    states
      .get(id)
      ?.some(
        (span) =>
          isInternal(span.state) &&
          span.from >= from - signsMs &&
          span.from <= from + 60_000 &&
          span.to > from,
      ),
  );

/** An alarm that went before the line stopped did not stop it. */
const isOver = (
  records: readonly PlantRecord[],
  alarm: RecordOf<'alarm'>,
  at: Millis,
  from: Millis,
): boolean =>
  records.some(
    (record) =>
      record.kind === 'alarm' &&
      !record.active &&
      record.alarm === alarm.alarm &&
      record.equipment === alarm.equipment &&
      timeOf(record) >= at &&
      timeOf(record) < from,
  );

/** An alarm that came already while the line ran, in the quarter of an hour before, did not stop it now. */
const isNews = (records: readonly PlantRecord[], alarm: RecordOf<'alarm'>, at: Millis): boolean =>
  !records.some(
    (record) =>
      record.kind === 'alarm' &&
      record.active &&
      record.alarm === alarm.alarm &&
      record.equipment === alarm.equipment &&
      timeOf(record) < at &&
      timeOf(record) > at - 900_000,
  );

/**
 * A break of the shift plan only says that the line may stand then. It explains a stop that begins as people
 * leave, on machines that were switched off or ran empty; not a fault, a hold, or a full dispatch in that time.
 */
export function breakHolds(
  records: readonly PlantRecord[],
  states: ReadonlyMap<string, StateSpan[]>,
  line: Line,
  from: Millis,
  plan: PlannedTime,
): boolean {
  if (plan.activity !== 'break' || plan.record !== null) return true;
  if (from > plan.from + leaveMs || faultGoesOn(states, line, from)) return false;
  const ours = (equipment: string | null): boolean =>
    equipment === line.id || line.machines.some((machine) => machine.id === equipment);
  const contrary = records.some((record) => {
    const at = timeOf(record);
    if (at < from - signsMs || at > from + 60_000 || !ours(record.equipment)) return false;
    if (record.kind === 'alarm')
      return (
        record.active &&
        record.severity > faultSeverity &&
        at > from - 120_000 &&
        isNews(records, record, at) &&
        !isOver(records, record, at, from)
      );
    if (record.kind === 'lot') return record.held;
    if (record.kind === 'quality') return record.event === 'hold' || record.event === 'test_failed';
    return record.kind === 'downtime_event' && record.category === 'downtime' && record.reason === null;
  });
  if (contrary) return false;
  // Where every machine says that it waits for its neighbour, nobody switched one off: it began outside the line.
  return line.machines.some((machine) =>
    states
      .get(machine.id)
      ?.some(
        (span) =>
          !producesIn(span) &&
          span.waiting === null &&
          !isWaiting(span.state) &&
          span.to > from &&
          span.from <= from + leaveMs &&
          span.from >= plan.from - leaveMs,
      ),
  );
}
