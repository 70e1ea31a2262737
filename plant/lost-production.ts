import type { StopCase } from './diagnosis/stop-case.ts';
import type { RecordOf } from './record.ts';
import { millis } from './time.ts';

/** What a stop cost, for its cause record. null: no system knows. */
export type LostProduction = { order: string | null; unitsLost: number | null };

/** The ERP's order says what it is made of; a MES that has a job of its own for it does not. */
const isPlanned = ({ records }: StopCase, { order }: RecordOf<'order'>): boolean =>
  records.some(
    (one) => (one.kind === 'operation' || one.kind === 'material_requirement') && one.order === order,
  );

/** The order that ran when the line stopped: the line's own before one without a line, then the one that began last. */
function orderOf(found: StopCase): RecordOf<'order'> | null {
  const from = millis(found.stop.from);
  const ran = found.records
    .filter((one) => one.kind === 'order')
    .filter(
      ({ equipment, status, start, end }) =>
        (equipment === null || equipment === found.line.id) &&
        ['started', 'held', 'completed', 'closed'].includes(status) &&
        (status === 'started' || status === 'held' || start !== null) &&
        (start === null || millis(start) <= from) &&
        (end === null || millis(end) > from),
    );
  const rank = (one: RecordOf<'order'>): number =>
    (one.equipment === null ? 0 : 2) + (isPlanned(found, one) ? 1 : 0);
  return (
    ran.toSorted((a, b) => rank(b) - rank(a) || millis(b.start ?? b.at) - millis(a.start ?? a.at))[0] ?? null
  );
}

/**
 * The running order, and the units that were not made: the line's nominal rate over the time it stood, as ISO 22400
 * counts them. Nothing is lost where nothing was to be made, and nothing is counted before the line runs again.
 */
export function lostProduction(found: StopCase): LostProduction {
  const { line, stop } = found;
  const order = orderOf(found);
  const isLost = order !== null && stop.to !== null && !stop.planned && !stop.uncertain;
  return {
    order: order?.order ?? null,
    unitsLost: isLost && line.rate !== undefined ? Math.round((line.rate * stop.durationS) / 60) : null,
  };
}
