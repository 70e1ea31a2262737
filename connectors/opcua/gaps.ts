import type { RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';

/**
 * A time without data. An open one (`to: null`) is handed over when it begins and again, with the same key and
 * a later version, when it is over. `equipment: null`: the whole source.
 */
export function gapRecord(
  source: string,
  equipment: string | null,
  span: { from: Millis; to: Millis | null },
  reason: string,
  observedAt: Millis,
): RecordOf<'gap'> {
  const from = iso(span.from);
  const to = span.to === null ? null : iso(Math.max(span.from, span.to));
  return {
    kind: 'gap',
    source,
    key: `${equipment ?? '*'}@${from}`,
    version: to ?? '',
    equipment,
    at: from,
    observedAt: iso(observedAt),
    quality: 'good',
    from,
    to,
    reason,
  };
}
