import { referenceOf } from '../plant/diagnosis/frame/frame.ts';
import { timelines } from '../plant/diagnosis/records/timeline.ts';
import type { Line } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import type { Stop } from '../plant/stop.ts';
import { millis } from '../plant/time.ts';
import { framingRecords } from '../memory/floor/states.ts';
import { asEvidence } from './gaps.ts';
import type { ToolContext } from './tool.ts';

/**
 * The records that say when each of these stops of a line began and ended: states of the machine by which the line is
 * judged, or the entries of the MES where no machine tells its state.
 */
export async function evidenceOfStops(
  context: ToolContext,
  line: Line,
  stops: readonly Stop[],
): Promise<Evidence[][]> {
  if (stops.length === 0) return [];
  const times = stops.map(({ from, to }) => ({ from: millis(from), to: to === null ? null : millis(to) }));
  const begin = Math.min(...times.map(({ from }) => from));
  const end = Math.max(...times.map(({ from, to }) => to ?? from));
  const records = await framingRecords(context.pool, line, begin, end);
  const states = timelines(records);
  const reference = referenceOf(line, (id) => states.has(id));
  const spans = (reference && states.get(reference)) || [];
  return times.map(({ from, to }) => {
    const told = spans.filter((span) => span.from === from || span.from === to).map(({ record }) => record);
    const entries = records.filter((one) => one.kind === 'downtime_event' && millis(one.from) === from);
    return (told.length > 0 ? told : entries).map((record) => asEvidence(context, record));
  });
}
