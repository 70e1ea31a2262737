import type { PlantRecord } from '../../plant/record.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import type { Random } from '../random.ts';
import { atOf } from './told.ts';

/** The ERP believes in another quantity of one material: a posting was forgotten, or made twice. */
export function missCount(
  records: readonly PlantRecord[],
  material: string,
): { records: PlantRecord[]; bent: PlantRecord[] } {
  const bent: PlantRecord[] = [];
  const full = new Map<string, number>();
  for (const one of records)
    if (one.kind === 'stock') full.set(one.key, Math.max(full.get(one.key) ?? 0, one.quantity));
  const changed = records.map((one): PlantRecord => {
    if (one.kind === 'stock' && one.material === material && one.stock === 'free') {
      const most = full.get(one.key) ?? 0;
      // What is there is not known, and what is known is not there.
      const quantity = one.quantity > most * 0.02 ? 0 : Math.max(500, Math.round(most * 0.4));
      const now = { ...one, quantity, version: one.version.replace(/^[^@]*/, String(quantity)) };
      bent.push(now);
      return now;
    }
    if (one.kind === 'material_requirement' && one.material === material && one.available !== null) {
      const open = Math.max(0, one.required - one.withdrawn);
      const available = one.available > 0 ? 0 : open;
      const now = { ...one, available, version: `${one.required}/${one.withdrawn}/${available}` };
      bent.push(now);
      return now;
    }
    return one;
  });
  return { records: changed, bent };
}

/** The reason that a shop-floor system carries on its entry for the stop. */
export function bookReason(
  records: readonly PlantRecord[],
  stop: { from: Millis; to: Millis },
  reason: string,
): { records: PlantRecord[]; booked: PlantRecord[] } {
  const booked: PlantRecord[] = [];
  // An entry is told when it opens and again when it is over.
  const ends = new Map<string, Millis>();
  for (const one of records)
    if (one.kind === 'downtime_event' && one.to !== null) ends.set(one.key, millis(one.to));
  const changed = records.map((one): PlantRecord => {
    if (one.kind !== 'downtime_event' || one.category === 'production') return one;
    if (millis(one.from) > stop.to || (ends.get(one.key) ?? Infinity) < stop.from + 1000) return one;
    const now = { ...one, reason };
    booked.push(now);
    return now;
  });
  return { records: changed, booked };
}

/** Who keeps maintenance in a system of its own also knows when somebody arrived. */
export const knowArrivals = (records: readonly PlantRecord[]): PlantRecord[] =>
  records.map((one) =>
    one.kind === 'maintenance' && one.status === 'in_progress' && millis(one.requested ?? one.at) < atOf(one)
      ? { ...one, status: 'arrived' as const, arrived: one.at }
      : one,
  );

/** Laboratory values can be read only when the laboratory has entered them. */
export const laboratoryLate = (records: readonly PlantRecord[], lateS: number): PlantRecord[] =>
  records.map((one) =>
    one.kind === 'inspection' ? { ...one, observedAt: iso(atOf(one) + lateS * 1000) } : one,
  );

/** An alarm that came yesterday and that nobody reset. */
export function staleAlarm(
  machine: { id: string; alarms: readonly { id: string; text: string; severity: number }[] },
  source: string,
  t: Millis,
  rng: Random,
): PlantRecord {
  const alarm = rng.pick(machine.alarms);
  const at = t - rng.whole(6, 30) * 3_600_000;
  return {
    kind: 'alarm',
    source,
    key: `${machine.id}/${alarm.id}@${iso(at)}/on`,
    version: '',
    equipment: machine.id,
    at: iso(at),
    observedAt: iso(at + 400),
    quality: 'good',
    alarm: alarm.id,
    text: alarm.text,
    severity: alarm.severity,
    active: true,
    acknowledged: true,
  };
}
