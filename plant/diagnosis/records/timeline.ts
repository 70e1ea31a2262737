import type { PlantRecord, RecordKind, RecordOf } from '../../record.ts';
import type { PackmlState, UnitMode, Waiting } from '../../state.ts';
import { isProducing } from '../../state.ts';
import type { Millis } from '../../time.ts';
import { production, running, standing } from '../cues/concepts.ts';
import { denied, folded } from './words.ts';

/** One machine in one state. `to` is the next change, or Infinity for the last one known. */
export type StateSpan = {
  from: Millis;
  to: Millis;
  state: PackmlState;
  waiting: Waiting | null;
  mode: UnitMode | null;
  raw: string;
  plain: boolean;
  record: RecordOf<'state'>;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const times = new WeakMap<PlantRecord, Millis>();

/** When it happened, milliseconds. Reading a time costs more than all else that is done with a record: it is kept. */
export function timeOf(record: PlantRecord): Millis {
  let at = times.get(record);
  if (at === undefined) {
    at = Date.parse(record.at);
    times.set(record, at);
  }
  return at;
}

const seen = new WeakMap<PlantRecord, Millis>();

/** When it was seen, milliseconds; kept for the same reason. */
export function seenAt(record: PlantRecord): Millis {
  if (record.observedAt === record.at) return timeOf(record);
  let at = seen.get(record);
  if (at === undefined) {
    at = Date.parse(record.observedAt);
    seen.set(record, at);
  }
  return at;
}

/** Oldest first, and the same order however the records came in. */
function byTime(a: PlantRecord, b: PlantRecord): number {
  return (
    timeOf(a) - timeOf(b) ||
    seenAt(a) - seenAt(b) ||
    compare(a.source, b.source) ||
    compare(a.key, b.key) ||
    compare(a.version, b.version)
  );
}

/** The records of one kind, oldest first. */
export function ofKind<K extends RecordKind>(records: readonly PlantRecord[], kind: K): RecordOf<K>[] {
  const found: PlantRecord[] = [];
  for (const record of records) if (record.kind === kind) found.push(record);
  return found.sort(byTime) as RecordOf<K>[];
}

/** A state the plant's map does not name is read by its own word; what stays unknown does not produce. */
export function producesIn({ state, raw }: { state: PackmlState; raw: string }): boolean {
  if (state !== 'Unknown') return isProducing(state);
  const text = folded(raw);
  if (production.test(text)) return true;
  return running.test(text) && !standing.test(text) && !denied.test(text);
}

function spansOf(states: readonly RecordOf<'state'>[]): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const record of states) {
    const from = timeOf(record);
    const last = spans.at(-1);
    if (last) {
      // Of two states with one time stamp the later one written is the state.
      if (last.from === from) spans.pop();
      else last.to = from;
    }
    const { state, waiting, mode, raw, plain } = record;
    spans.push({ from, to: Infinity, state, waiting, mode, raw, plain, record });
  }
  return spans;
}

/**
 * The states of each piece of equipment, oldest first. Where two sources tell the state of one machine,
 * the one that speaks PackML is taken, then the one that says more: mixed, their clocks would make states up.
 * Values of bad quality are left out.
 */
export function timelines(records: readonly PlantRecord[]): Map<string, StateSpan[]> {
  const told = new Map<string, Map<string, RecordOf<'state'>[]>>();
  for (const record of ofKind(records, 'state')) {
    if (record.equipment === null || record.quality === 'bad') continue;
    const bySource = told.get(record.equipment) ?? new Map<string, RecordOf<'state'>[]>();
    told.set(record.equipment, bySource);
    const states = bySource.get(record.source);
    if (states) states.push(record);
    else bySource.set(record.source, [record]);
  }
  const result = new Map<string, StateSpan[]>();
  for (const [equipment, bySource] of told) {
    const ranked = [...bySource].sort(
      ([a, one], [b, two]) =>
        Number(one.every((state) => state.plain)) - Number(two.every((state) => state.plain)) ||
        two.length - one.length ||
        compare(a, b),
    );
    result.set(equipment, spansOf(ranked[0]?.[1] ?? []));
  }
  return result;
}

/** The state at `at`; null before the first one known. */
export function stateAt(spans: readonly StateSpan[], at: Millis): StateSpan | null {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as StateSpan).from <= at) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1] ?? null;
}
