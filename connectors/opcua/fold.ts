/**
 * Turns values into records and readings. Values are collected by `addSample` and turned by `settleFold`, so that
 * changes with one source time (state and blocked, say) become one record whatever their order on the wire.
 */
import type { PlantRecord, Reading } from '../../plant/record.ts';
import { iso, type Clock, type Millis } from '../../plant/time.ts';
import { header } from '../source/record-header.ts';
import { gapRecord } from './gaps.ts';
import type { Item } from './items.ts';
import {
  expectParts,
  losePart,
  openMachine,
  restateMachine,
  settleMachine,
  type Machine,
} from './machine.ts';
import type { Template } from './options.ts';
import { openQuality, turnedBad, turnedGood, type Quality } from './quality.ts';
import { isTrue, numberOf, wordOf } from './words.ts';

/** One value as it came over the wire. `at`: source time in milliseconds. */
export type Sample = {
  item: Item;
  value: unknown;
  dataType: number;
  at: Millis;
  /** Null for Good, else the name of the status code. */
  bad: string | null;
  /** The server's queue for this node ran over: values before this one are lost. */
  overflow: boolean;
};

export type Rows = { records: PlantRecord[]; readings: Reading[] };

export type Fold = {
  readonly source: string;
  readonly clock: Clock;
  readonly templates: ReadonlyMap<string, Template>;
  readonly quality: Quality;
  /** By equipment. */
  readonly machines: Map<string, Machine>;
  /** Words of the vendor that the YAML does not name, by equipment. */
  readonly unmapped: Map<string, Set<string>>;
  /** Whether each system was up when it was last heard of. */
  readonly systems: Map<string, boolean>;
  /** Source time of the last good value, by item. */
  readonly lastAt: Map<string, Millis>;
  /** Items that had a good value, by key. */
  readonly seen: Map<string, Item>;
  /** The newest source time of a good value. */
  newest: Millis | null;
  /** What came and is not turned yet. */
  samples: Sample[];
};

/** `badSince`: equipment whose values were bad at the checkpoint, and since when. */
export const openFold = (
  { source, clock, templates }: Pick<Fold, 'source' | 'clock' | 'templates'>,
  badSince: Readonly<Record<string, Millis>>,
): Fold => ({
  source,
  clock,
  templates,
  quality: openQuality(source, clock, badSince),
  machines: new Map(),
  unmapped: new Map(),
  systems: new Map(),
  lastAt: new Map(),
  seen: new Map(),
  newest: null,
  samples: [],
});

export const addSample = (fold: Fold, sample: Sample): void => void fold.samples.push(sample);

export function settleFold(fold: Fold): Rows {
  const { samples } = fold;
  fold.samples = [];
  return turnAll(fold, samples);
}

/** Values of the past, in any order, from the server's history. */
export function replay(fold: Fold, past: readonly Sample[]): Rows {
  for (const machine of fold.machines.values()) machine.holding = false;
  const rows = turnAll(
    fold,
    past.toSorted((a, b) => a.at - b.at),
  );
  for (const machine of fold.machines.values()) machine.holding = true;
  return rows;
}

/** After a rebuild: these items will send their value anew, and each machine's state is recorded again. */
export function expectItems(fold: Fold, items: readonly Item[]): void {
  fold.samples = [];
  for (const machine of fold.machines.values()) expectParts(machine, []);
  const parts = items.filter(({ role }) => role !== 'signal' && role !== 'system');
  for (const [equipment, own] of Map.groupBy(parts, (item) => item.equipment))
    expectParts(
      machineOf(fold, equipment),
      own.map(({ role }) => role),
    );
  fold.systems.clear();
}

/** The present state of every machine and system is recorded again: something before it was dropped. */
export function restate({ machines, systems }: Fold): void {
  for (const machine of machines.values()) restateMachine(machine);
  systems.clear();
}

function machineOf({ source, templates, machines, unmapped }: Fold, equipment: string): Machine {
  const known = machines.get(equipment);
  if (known) return known;
  const machine = openMachine({ source, equipment, template: templates.get(equipment), unmapped });
  machines.set(equipment, machine);
  return machine;
}

function turnAll(fold: Fold, samples: readonly Sample[]): Rows {
  const rows: Rows = { records: [], readings: [] };
  for (const sample of samples)
    if (sample.bad === null) turnGoodValue(fold, sample, rows);
    else turnBadValue(fold, sample, sample.bad, rows);
  for (const machine of fold.machines.values()) rows.records.push(...settleMachine(machine, fold.clock()));
  return rows;
}

function turnBadValue(fold: Fold, { item, at }: Sample, status: string, rows: Rows): void {
  rows.records.push(...turnedBad(fold.quality, item, at, status));
  if (item.role === 'system') fold.systems.delete(item.equipment);
  else if (item.role !== 'signal') losePart(machineOf(fold, item.equipment), item.role);
}

function turnGoodValue(fold: Fold, sample: Sample, rows: Rows): void {
  const { item, at, value } = sample;
  const { equipment, role, signal } = item;
  rows.records.push(...turnedGood(fold.quality, item, at));
  const before = fold.lastAt.get(item.key);
  fold.lastAt.set(item.key, at);
  fold.seen.set(item.key, item);
  fold.newest = Math.max(fold.newest ?? at, at);
  if (sample.overflow) rows.records.push(overflowGap(fold, sample, before));
  if (role === 'signal') {
    const number = numberOf(value, sample.dataType);
    if (number !== null && at !== before) rows.readings.push({ equipment, signal, at, value: number });
  } else if (role === 'system') {
    const up = isTrue(value);
    if (fold.systems.get(equipment) !== up) rows.records.push(systemRecord(fold, equipment, up, at));
    fold.systems.set(equipment, up);
  } else {
    const raw = role === 'state' || role === 'mode' ? wordOf(value) : isTrue(value);
    machineOf(fold, equipment).changes.push({ role, raw, at });
  }
}

function overflowGap({ source, clock }: Fold, { item, at }: Sample, before: Millis | undefined): PlantRecord {
  const from = before !== undefined && before < at ? before : at;
  const why = `Too many changes of ${item.signal || item.role} between two publications: the server dropped some`;
  return gapRecord(source, item.equipment, { from, to: at }, why, clock());
}

function systemRecord({ source, clock }: Fold, system: string, up: boolean, at: Millis): PlantRecord {
  return {
    kind: 'system',
    ...header({ source, observedAt: clock() }, `${system}@${iso(at)}`, '', system, at),
    component: system,
    event: up ? 'up' : 'down',
    text: '',
  };
}
