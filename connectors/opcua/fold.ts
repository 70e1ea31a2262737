import type { PlantRecord, Reading } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Item } from './items.ts';
import { foldMachine, type MachineFold } from './machine.ts';
import type { Template } from './options.ts';
import { gapRecord } from './gaps.ts';
import { watchQuality, type QualityWatch } from './quality.ts';
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

/**
 * Turns values into records and readings. Values are collected by `add` and turned by `settle`, so that
 * changes with one source time (state and blocked, say) become one record whatever their order on the wire.
 */
type Fold = {
  add(sample: Sample): void;
  settle(): Rows;
  /** After a rebuild: these items will send their value anew, and each machine's state is recorded again. */
  expect(items: readonly Item[]): void;
  /** Values of the past, in any order, from the server's history. */
  replay(samples: Sample[]): Rows;
  /** Record the present state of every machine again: something before it was dropped. */
  restate(): void;
  openBad(): Record<string, Millis>;
  /** Items that had a good value, by key. */
  seen(): ReadonlyMap<string, Item>;
  lastRecordAt(): Millis | null;
  /** Words of the vendor that the YAML does not name, by equipment. */
  unmapped(): ReadonlyMap<string, ReadonlySet<string>>;
};

export function createFold(given: {
  source: string;
  clock: () => Millis;
  templates: ReadonlyMap<string, Template>;
  openBad: Readonly<Record<string, Millis>>;
}): Fold {
  const { source, clock } = given;
  const machines = new Map<string, MachineFold>();
  const unmapped = new Map<string, Set<string>>();
  const systems = new Map<string, boolean>();
  const lastAt = new Map<string, Millis>();
  const seen = new Map<string, Item>();
  const quality: QualityWatch = watchQuality(source, clock, given.openBad);
  let samples: Sample[] = [];
  let newest: Millis | null = null;

  function machineOf(equipment: string): MachineFold {
    let machine = machines.get(equipment);
    if (!machine)
      machines.set(
        equipment,
        (machine = foldMachine(source, equipment, given.templates.get(equipment), (word) => {
          const words = unmapped.get(equipment) ?? new Set();
          if (words.size < 20) unmapped.set(equipment, words.add(word)); // enough to correct a map by
        })),
      );
    return machine;
  }

  function systemRecord(item: Item, up: boolean, at: Millis): PlantRecord {
    return {
      kind: 'system',
      source,
      key: `${item.equipment}@${iso(at)}`,
      version: '',
      equipment: item.equipment,
      at: iso(at),
      observedAt: iso(clock()),
      quality: 'good',
      component: item.equipment,
      event: up ? 'up' : 'down',
      text: '',
    };
  }

  function one(sample: Sample, rows: Rows): void {
    const { item, at } = sample;
    if (sample.bad !== null) {
      rows.records.push(...quality.bad(item, at, sample.bad));
      if (item.role === 'system') systems.delete(item.equipment);
      else if (item.role !== 'signal') machineOf(item.equipment).lose(item.role);
      return;
    }
    rows.records.push(...quality.good(item, at));
    const before = lastAt.get(item.key);
    lastAt.set(item.key, at);
    seen.set(item.key, item);
    if (newest === null || at > newest) newest = at;
    if (sample.overflow) {
      const from = before !== undefined && before < at ? before : at;
      const why = `Too many changes of ${item.signal || item.role} between two publications: the server dropped some`;
      rows.records.push(gapRecord(source, item.equipment, { from, to: at }, why, clock()));
    }
    if (item.role === 'signal') {
      const value = numberOf(sample.value, sample.dataType);
      if (value !== null && at !== before)
        rows.readings.push({ equipment: item.equipment, signal: item.signal, at, value });
    } else if (item.role === 'system') {
      const up = isTrue(sample.value);
      if (systems.get(item.equipment) !== up) rows.records.push(systemRecord(item, up, at));
      systems.set(item.equipment, up);
    } else {
      const raw = item.role === 'state' || item.role === 'mode' ? wordOf(sample.value) : isTrue(sample.value);
      machineOf(item.equipment).change(item.role, raw, at);
    }
  }

  function turn(these: Sample[]): Rows {
    const rows: Rows = { records: [], readings: [] };
    for (const sample of these) one(sample, rows);
    for (const machine of machines.values()) rows.records.push(...machine.settle(clock()));
    return rows;
  }

  return {
    add: (sample) => void samples.push(sample),
    settle() {
      const these = samples;
      samples = [];
      return turn(these);
    },
    expect(items) {
      samples = [];
      for (const machine of machines.values()) machine.expect([]);
      const byMachine = Map.groupBy(
        items.filter((item) => item.role !== 'signal' && item.role !== 'system'),
        (item) => item.equipment,
      );
      for (const [equipment, own] of byMachine) machineOf(equipment).expect(own.map((item) => item.role));
      systems.clear();
    },
    replay(past) {
      for (const machine of machines.values()) machine.hold(false);
      const rows = turn(past.toSorted((a, b) => a.at - b.at));
      for (const machine of machines.values()) machine.hold(true);
      return rows;
    },
    restate() {
      for (const machine of machines.values()) machine.restate();
      systems.clear();
    },
    openBad: () => quality.open(),
    seen: () => seen,
    lastRecordAt: () => newest,
    unmapped: () => unmapped,
  };
}
