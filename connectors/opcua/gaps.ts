import type { RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { header } from '../source/record-header.ts';
import type { Item } from './items.ts';

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
  only?: RecordOf<'gap'>['only'],
): RecordOf<'gap'> {
  const from = iso(span.from);
  const to = span.to === null ? null : iso(Math.max(span.from, span.to));
  return {
    kind: 'gap',
    ...header({ source, observedAt }, `${equipment ?? '*'}@${from}`, to ?? '', equipment, span.from),
    from,
    to,
    reason,
    ...(only ? { only } : {}),
  };
}

/** What stays unknown of a time without connection. `equipment: null`: something of every piece of equipment. */
export type Lost = { equipment: string | null; why: string; only?: 'values' };

const nothing = 'No connection to the server';
const statesKnown = "No connection; only states are known, from the server's history";
const part = "No connection; the server's history does not have everything";

/**
 * One loss for each piece of equipment of which something is missing; one for the whole source where all miss the
 * same kind. `watched`: all items; `missing`: those whose history could not be read whole.
 */
export function lostOf(watched: readonly Item[], missing: readonly Item[]): Lost[] {
  if (missing.length === watched.length) return [{ equipment: null, why: nothing }];
  const each = [...Map.groupBy(missing, ({ equipment }) => equipment)].map(([equipment, items]): Lost =>
    items.every(({ role }) => role === 'signal')
      ? { equipment, why: statesKnown, only: 'values' }
      : { equipment, why: part },
  );
  // The connection of a system is one node with nothing to miss beside it: it does not make the rest whole.
  const machines = new Set(watched.flatMap(({ equipment, role }) => (role === 'system' ? [] : equipment)));
  const [first, ...rest] = each.filter(({ equipment }) => equipment !== null && machines.has(equipment));
  const same = first && rest.length + 1 === machines.size && rest.every(({ only }) => only === first.only);
  if (!same) return each;
  const others = each.filter(
    ({ equipment, only }) => equipment !== null && !machines.has(equipment) && only !== first.only,
  );
  return [{ ...first, equipment: null }, ...(first.only ? others : [])];
}
