import type { PlantRecord, RecordKind } from '../../record.ts';
import type { Millis } from '../../time.ts';
import type { Clocks } from './clocks.ts';
import type { Stretch } from '../frame/shift-times.ts';
import type { SourceCoverage, StopCase } from '../stop-case.ts';

/** Could a source have told? `dark`: it is there but had no data; `absent`: nobody tells such things here. */
type Hearing = 'healthy' | 'dark' | 'absent';

export type Hears = (kind: RecordKind | 'signal', equipment?: string) => Hearing;

const covers = (gap: SourceCoverage['gaps'][number], at: Millis): boolean =>
  gap.from <= at && (gap.to ?? Infinity) >= at;

/** What a gap hides of a kind: where values alone are missing, alarms are too, and states are known. */
const hides = ({ only }: SourceCoverage['gaps'][number], kind: RecordKind | 'signal'): boolean =>
  only === undefined || kind === 'alarm' || (only === 'values' && kind === 'signal');

/** Business systems say something every quarter of an hour at least while a line runs. */
const quietMs = 900_000;

/** `sees`: the records of one kind that concern the line. */
export function hearingOf(
  given: StopCase,
  from: Millis,
  sees: (kind: RecordKind) => readonly PlantRecord[],
): Hears {
  return (kind, equipment) => {
    const sources = given.coverage.filter(({ kinds }) => kinds.includes(kind));
    const told = (source?: string): boolean =>
      kind === 'signal'
        ? given.signals.some((signal) => source === undefined || signal.source === source)
        : sees(kind).some((record) => source === undefined || record.source === source);
    if (sources.length === 0) return told() ? 'healthy' : 'absent';
    const healthy = sources.some(({ source, state, lastRecordAt, closed, gaps }) => {
      if (closed?.includes(kind)) return false;
      const ours = gaps.filter(
        (gap) => hides(gap, kind) && (gap.equipment === null || gap.equipment === equipment),
      );
      if (ours.some((gap) => covers(gap, from))) return false;
      if (state === 'up' || state === 'degraded') return true;
      // A source that failed after the stop told all about it: its gap begins later, or it spoke not long before.
      if (ours.some((gap) => gap.from > from)) return true;
      return lastRecordAt !== null && lastRecordAt > from - quietMs && told(source);
    });
    return healthy ? 'healthy' : 'dark';
  };
}

/** Times in which nothing is known of one machine, by Andon's clock. */
export function blindTimes(
  given: StopCase,
  clocks: Clocks,
  machine: string,
  source: string | undefined,
  from: Millis,
): Stretch[] {
  return given.coverage
    .filter((one) => source === undefined || one.source === source)
    .flatMap(({ source: id, gaps, state, lastRecordAt }) => {
      const shift = clocks.shift(machine, id);
      const told = gaps
        .filter((gap) => hides(gap, 'state') && (gap.equipment === null || gap.equipment === machine))
        .map((gap) => ({ from: gap.from + shift, to: (gap.to ?? Infinity) + shift }));
      const lost = state === 'down' && lastRecordAt !== null && lastRecordAt < from - 60_000;
      return lost ? [...told, { from: lastRecordAt, to: Infinity }] : told;
    });
}
