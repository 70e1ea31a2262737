import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, SourceContext, SourceHealth } from '../../plant/source.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { foldAlarms, type ActiveAlarm, type AlarmFold } from './alarms.ts';
import { createFold, type Sample } from './fold.ts';
import { gapRecord, type Lost } from './gaps.ts';
import { planItems, type Item } from './items.ts';
import type { OpcuaOptions } from './options.ts';
import { openOutlet, type Outlet } from './outlet.ts';

/** What `read` needs to go on. `at`: up to then (server time) everything was handed over. */
type OpcuaCheckpoint = {
  at: string;
  alarms?: Record<string, ActiveAlarm>;
  bad?: Record<string, Millis>;
  /** A gap from `at` on was told and is not over. */
  open?: boolean;
};

/** What was heard, on its way to batches; outlives every connection. */
export type Stream = {
  outlet: Outlet;
  alarms: AlarmFold;
  onSample(sample: Sample): void;
  /** From now on values wait, until `flow`: a connection is being built. */
  hold(items: readonly Item[]): void;
  flow(): void;
  flows(): boolean;
  /** Everything the server published up to then has come. */
  heardTo(at: Millis): void;
  /** Up to when all is known; null: nothing ever was. */
  completeTo(): Millis | null;
  /** Items that had a value, by key. */
  seen(): ReadonlyMap<string, Item>;
  /** Values of a loss, read later. */
  replay(samples: Sample[]): void;
  /** No data from `completeTo` on, told once. */
  openGap(why: string): void;
  /** The loss is over at `to`; `lost`: what is missing of it still. */
  closeGap(to: Millis, lost: readonly Lost[]): void;
  /** A loss within a living connection. */
  tellGap(from: Millis, to: Millis, why: string): void;
};

export function openStream(
  options: OpcuaOptions,
  { id, clock }: SourceContext,
  since: Checkpoint | null,
  health: SourceHealth,
): Stream {
  const start = (since ?? {}) as Partial<OpcuaCheckpoint>;
  const startAt = typeof start.at === 'string' ? Date.parse(start.at) : Number.NaN;
  let completeTo: Millis | null = Number.isFinite(startAt) ? startAt : null;
  let gapIsOpen = start.open === true;
  let held = true;
  let settling = false;
  const waiting: PlantRecord[] = [];
  const templates = planItems(options).templates;
  const fold = createFold({ source: id, clock, templates, openBad: start.bad ?? {} });
  const alarms = foldAlarms(id, clock, start.alarms ?? {}, (record) => {
    waiting.push(record);
    settleSoon();
  });
  const checkpoint = (): OpcuaCheckpoint | null =>
    completeTo === null
      ? null
      : { at: iso(completeTo), alarms: alarms.active(), bad: fold.openBad(), open: gapIsOpen };
  const outlet = openOutlet({
    source: id,
    clock,
    checkpoint,
    onDrained: () => {
      fold.restate();
      settleSoon();
    },
  });
  const gap = (span: { from: Millis; to: Millis | null }, why: string) =>
    gapRecord(id, null, span, why, clock());
  const say = (record: PlantRecord) => outlet.add({ records: [record], readings: [] });

  function settle(): void {
    settling = false;
    if (held) return;
    const rows = fold.settle();
    rows.records.push(...waiting.splice(0));
    outlet.add(rows);
    tellHealth();
  }
  /** One publication is handed over value by value in one go; after it, it is turned as a whole. */
  function settleSoon(): void {
    if (settling) return;
    settling = true;
    setImmediate(settle);
  }
  function tellHealth(): void {
    const newest = fold.lastRecordAt();
    if (newest !== null) health.lastRecordAt = iso(newest);
    if (fold.unmapped().size === 0 || health.state !== 'up') return;
    const words = [...fold.unmapped()]
      .slice(0, 3)
      .map(([equipment, raw]) => `${equipment}: ${[...raw].join(', ')}`);
    health.state = 'degraded';
    health.problem = `States without a meaning in the YAML (${words.join('; ')}). Add them under \`states\`.`;
  }

  return {
    outlet,
    alarms,
    onSample(sample) {
      fold.add(sample);
      settleSoon();
    },
    hold(items) {
      held = true;
      fold.expect(items);
    },
    flow() {
      held = false;
      settle();
    },
    flows: () => !held,
    heardTo(at) {
      settle(); // what was published by then goes first: the checkpoint must not run ahead of the rows
      completeTo = Math.max(completeTo ?? at, at);
    },
    completeTo: () => completeTo,
    seen: () => fold.seen(),
    replay: (samples) => outlet.add(fold.replay(samples)),
    openGap(why) {
      if (completeTo === null || gapIsOpen) return;
      gapIsOpen = true;
      say(gap({ from: completeTo, to: null }, why));
    },
    closeGap(to, lost) {
      if (completeTo === null) return;
      const from = completeTo;
      if (!lost.some(({ equipment }) => equipment === null)) {
        // History has values, no events: what came and went in between was not seen.
        if (options.alarms)
          say(
            gapRecord(
              id,
              null,
              { from, to },
              'No connection; alarms in between are not known',
              clock(),
              'alarms',
            ),
          );
        // A loss nobody was told of and of which nothing is missing needs no word.
        else if (gapIsOpen)
          say({
            ...gap({ from, to: from }, `Filled up to ${iso(to)} from the server's history`),
            version: iso(to),
          });
      }
      for (const { equipment, why, only } of lost)
        say(gapRecord(id, equipment, { from, to }, why, clock(), only));
      gapIsOpen = false;
      completeTo = to;
    },
    tellGap: (from, to, why) => say(gap({ from, to }, why)),
  };
}
