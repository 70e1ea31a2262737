import type { Stretch } from '../plant/diagnosis/frame/shift-times.ts';
import { evidenceOf } from '../plant/diagnosis/records/says.ts';
import type { StateSpan } from '../plant/diagnosis/records/timeline.ts';
import type { Line } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import type { RecordOf } from '../plant/record.ts';
import { millis } from '../plant/time.ts';
import type { Millis } from '../plant/time.ts';
import { gapsIn } from '../memory/floor/gaps.ts';
import { scopeOf } from '../memory/floor/scope.ts';
import type { KnownGap } from './completeness.ts';
import type { ToolContext } from './tool.ts';

/** Connector ids and what people call the systems behind them. */
export const systemsOf = (context: ToolContext): ReadonlyMap<string, string> =>
  new Map(context.health.map(({ source, system }) => [source, system]));

export const asEvidence = (context: ToolContext, record: Parameters<typeof evidenceOf>[0]): Evidence =>
  evidenceOf(record, context.plant, systemsOf(context));

/** Each record once, as it was first told. */
export function distinct(records: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return records.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const known = (gap: RecordOf<'gap'>): KnownGap => ({
  source: gap.source,
  equipment: gap.equipment,
  from: millis(gap.from),
  to: gap.to === null ? null : millis(gap.to),
  reason: gap.reason,
  only: gap.only,
});

/** Times without data inside a window that touch these lines, and the records that say so. */
export async function gapsOf(
  context: ToolContext,
  lines: readonly Line[],
  window: { from: Millis; to: Millis },
): Promise<{ gaps: KnownGap[]; records: RecordOf<'gap'>[]; evidence: Evidence[] }> {
  const equipment = lines.flatMap((line) => scopeOf(context.plant, line).all);
  const records = await gapsIn(context.pool, window, equipment);
  return {
    records,
    gaps: records.map(known),
    evidence: records.map((record) => asEvidence(context, record)),
  };
}

/** When nobody told what machines of the line did. */
export function silentIn(
  gaps: readonly KnownGap[],
  line: Line,
  states: ReadonlyMap<string, readonly StateSpan[]>,
  now: Millis,
): (Stretch & { machine: string | null })[] {
  const sources = new Set([...states.values()].flatMap((spans) => spans.map(({ record }) => record.source)));
  return gaps.flatMap(({ source, equipment, from, to, only }) =>
    only === undefined && sources.has(source)
      ? [{ machine: equipment === line.id ? null : equipment, from, to: to ?? now }]
      : [],
  );
}
