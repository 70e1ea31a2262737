import type { Batch, PlantRecord } from '../../plant/record.ts';
import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import { seeded } from '../share.ts';
import type { Case, Role } from './case.ts';

/**
 * What takes the sense out of a case and leaves its shape: whoever still knows the answer read it from something else.
 * `alarms`: their texts permuted among the machines; `day`: a source beside the machines a day early; `decisive`: the
 * necessary records gone; `telling`: the supporting ones too.
 */
export const twists = ['alarms', 'day', 'decisive', 'telling'] as const;
export type Twist = (typeof twists)[number];

const dayMs = 86_400_000;
const idsOf = ({ truth }: Case, ...wanted: readonly Role[]): Set<string> =>
  new Set(truth.evidence.filter(({ role }) => wanted.includes(role)).map(({ id }) => id));
const sourceOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** Does the answer rest on what the twist takes away? */
export function applies(one: Case, twist: Twist): boolean {
  const necessary = [...idsOf(one, 'necessary')];
  if (twist === 'alarms')
    return [...idsOf(one, 'necessary', 'supporting')].some((id) => id.includes('/alarm/'));
  if (twist === 'day') return shiftedSource(one) !== null;
  return necessary.length > 0;
}

export function twisted(one: Case, twist: Twist, seed: number): Case {
  const name = `${one.name}, ${twist}`;
  if (twist === 'alarms') return { ...one, name, batches: permuted(one.batches, seed) };
  if (twist === 'day') return { ...one, name, batches: shifted(one.batches, shiftedSource(one) ?? '') };
  const gone = withRepeats(
    one,
    twist === 'decisive' ? idsOf(one, 'necessary') : idsOf(one, 'necessary', 'supporting'),
  );
  return { ...one, name, batches: one.batches.map((batch) => without(batch, gone)) };
}

/** An alarm that comes again says the same: it goes with the one that is named. */
function withRepeats({ batches }: Case, ids: ReadonlySet<string>): Set<string> {
  const alarms = batches.flatMap(({ records }) => records).filter((record) => record.kind === 'alarm');
  const nameOf = (one: (typeof alarms)[number]) => `${one.source} ${one.equipment} ${one.alarm}`;
  const named = new Set(alarms.filter((one) => ids.has(evidenceId(one))).map(nameOf));
  return new Set([...ids, ...alarms.filter((one) => named.has(nameOf(one))).map(evidenceId)]);
}

/** The source of necessary records whose day can move without moving the stop. */
function shiftedSource(one: Case): string | null {
  const machines = one.batches.find(({ records }) => records.some(({ kind }) => kind === 'state'))?.source;
  const sources = [...idsOf(one, 'necessary')].map(sourceOf).filter((source) => source !== machines);
  return sources[0] ?? null;
}

const without = (batch: Batch, gone: ReadonlySet<string>): Batch => ({
  ...batch,
  records: batch.records.filter((record) => !gone.has(evidenceId(record))),
  readings: batch.readings.filter(
    (one) => !gone.has(`${batch.source}/signal/${one.equipment}/${one.signal}`),
  ),
  minutes: batch.minutes.filter((one) => !gone.has(`${batch.source}/signal/${one.equipment}/${one.signal}`)),
});

/** Every machine says what another one would say. */
function permuted(batches: readonly Batch[], seed: number): Batch[] {
  const alarms = batches.flatMap(({ records }) => records).filter((record) => record.kind === 'alarm');
  const keyOf = (alarm: { equipment: string | null; alarm: string }) => `${alarm.equipment} ${alarm.alarm}`;
  const distinct = [...new Map(alarms.map((alarm) => [keyOf(alarm), alarm])).values()];
  const random = seeded(seed);
  const order = distinct.map((alarm) => ({ alarm, rank: random() })).toSorted((a, b) => a.rank - b.rank);
  const step = Math.max(1, Math.floor(order.length / 2));
  const instead = new Map(
    order.map(({ alarm }, index) => {
      const rotated = [...order.slice(index + step), ...order.slice(0, index + step)];
      const other = rotated.find((one) => one.alarm.equipment !== alarm.equipment) ?? rotated[0];
      return [keyOf(alarm), other?.alarm ?? alarm];
    }),
  );
  const renamed = (record: PlantRecord): PlantRecord => {
    const other = record.kind === 'alarm' ? instead.get(keyOf(record)) : undefined;
    if (record.kind !== 'alarm' || !other) return record;
    return { ...record, alarm: other.alarm, text: other.text, severity: other.severity };
  };
  return batches.map((batch) => ({ ...batch, records: batch.records.map(renamed) }));
}

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/;

/** Every time that the source states lies a day earlier; its keys stay. */
function shifted(batches: readonly Batch[], source: string): Batch[] {
  const earlier = (value: unknown) =>
    typeof value === 'string' && isTime.test(value)
      ? new Date(Date.parse(value) - dayMs).toISOString()
      : value;
  const moved = (record: PlantRecord): PlantRecord =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, name === 'key' ? value : earlier(value)]),
    ) as PlantRecord;
  const back = <T extends { at: number }>(list: readonly T[]): T[] =>
    list.map((one) => ({ ...one, at: one.at - dayMs }));
  return batches.map((batch) =>
    batch.source === source
      ? {
          ...batch,
          records: batch.records.map(moved),
          readings: back(batch.readings),
          minutes: back(batch.minutes),
        }
      : batch,
  );
}
