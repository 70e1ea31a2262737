import type { Completeness } from '../plant/evidence.ts';
import { together } from '../plant/gaps.ts';
import type { RecordOf } from '../plant/record.ts';
import { iso, millis } from '../plant/time.ts';
import type { Millis } from '../plant/time.ts';
import type { ToolContext } from './tool.ts';

/** A time without data that touches what was asked. */
export type KnownGap = {
  source: string;
  equipment: string | null;
  from: Millis;
  to: Millis | null;
  reason: string;
  /** What of it is missing; left out: everything. */
  only?: RecordOf<'gap'>['only'];
};

/** A source's name as people know it. */
export const systemOf = (context: ToolContext, source: string): string =>
  context.health.find((one) => one.source === source)?.system ?? source;

/** At most this many gaps are told one by one. */
const mostGaps = 5;

/** What an answer rests on and lacks: sources that are not up, gaps inside the window, what was cut off. */
export function completenessOf(
  context: ToolContext,
  parts: { gaps?: readonly KnownGap[]; truncated?: string | null; missing?: readonly string[] } = {},
): Completeness {
  const { plant, now, say } = context;
  const gaps = together(parts.gaps ?? []);
  const missing = [
    ...context.health.filter(({ state }) => state !== 'up').map((one) => say.sourceProblem(one, plant, now)),
    ...gaps.slice(0, mostGaps).map(([gap, ...same]) =>
      say.gapSentence(
        {
          ...gap,
          system: systemOf(context, gap.source),
          equipment: [gap, ...same].flatMap(({ equipment }) => equipment ?? []),
        },
        plant,
        now,
      ),
    ),
    ...(gaps.length > mostGaps ? [say.moreGaps(gaps.length - mostGaps)] : []),
    ...(parts.missing ?? []),
    ...(parts.truncated ? [parts.truncated] : []),
  ];
  const newest = context.health.flatMap(({ lastRecordAt }) => (lastRecordAt ? [millis(lastRecordAt)] : []));
  return {
    complete: missing.length === 0,
    asOf: newest.length > 0 ? iso(Math.max(...newest)) : null,
    missing: [...new Set(missing)],
    truncated: Boolean(parts.truncated),
  };
}
