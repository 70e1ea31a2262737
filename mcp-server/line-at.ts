import { referenceOf } from '../plant/diagnosis/frame/frame.ts';
import { producesIn, stateAt, timelines } from '../plant/diagnosis/records/timeline.ts';
import type { StateSpan } from '../plant/diagnosis/records/timeline.ts';
import type { Line } from '../plant/equipment.ts';
import type { PlantRecord } from '../plant/record.ts';
import type { IsoTime, Millis } from '../plant/time.ts';
import { iso } from '../plant/time.ts';

/** What a line did at one time. `running: null`: no state is known for then. */
export type LineAt = {
  running: boolean | null;
  since: IsoTime | null;
  /** The states that say so: the reference machine's first, that with which it began, then two others that ran or stood with it. */
  records: PlantRecord[];
  /** Connectors that tell this line's states: only their gaps leave its state unknown. */
  sources: ReadonlySet<string>;
  reference: string | null;
};

/** Where the unbroken run (or stand) began that the span lies in, going back. */
function beginOf(spans: readonly StateSpan[], here: StateSpan): StateSpan {
  let begin = here;
  for (const span of spans.slice(0, spans.indexOf(here)).toReversed()) {
    if (producesIn(span) !== producesIn(here)) break;
    begin = span;
  }
  return begin;
}

/** Reads the state of a line at `at` from its records, which must reach back to the last state before. */
export function lineAt(line: Line, records: readonly PlantRecord[], at: Millis): LineAt {
  const states = timelines(records);
  const reference = referenceOf(line, (equipment) => states.has(equipment));
  const spans = (reference && states.get(reference)) || [];
  const here = stateAt(spans, at);
  const sources = new Set([...states.values()].flatMap((all) => all.map(({ record }) => record.source)));
  if (!here) return { running: null, since: null, records: [], sources, reference };
  const running = producesIn(here);
  const begin = beginOf(spans, here);
  const others = [...states].flatMap(([equipment, all]) => {
    const span = equipment === reference ? null : stateAt(all, at);
    return span && producesIn(span) === running ? [span.record] : [];
  });
  return {
    running,
    since: iso(begin.from),
    records: [here.record, ...(begin === here ? [] : [begin.record]), ...others.slice(0, 2)],
    sources,
    reference,
  };
}
