/** What was heard, on its way to batches; outlives every connection. */
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import type { Checkpoint, SourceContext, SourceHealth } from '../../plant/source.ts';
import { iso, type Clock, type Millis } from '../../plant/time.ts';
import type { AlarmEvent } from './alarm-events.ts';
import { openAlarms, takeEvent, type ActiveAlarm, type Alarms } from './alarms.ts';
import {
  addSample,
  expectItems,
  openFold,
  replay,
  restate,
  settleFold,
  type Fold,
  type Sample,
} from './fold.ts';
import { gapRecord, type Lost } from './gaps.ts';
import { planItems, type Item } from './items.ts';
import type { OpcuaOptions } from './options.ts';
import { addRows, openOutlet, type Outlet } from './outlet.ts';
import { badSince } from './quality.ts';

/** What `read` needs to go on. `at`: up to then (server time) everything was handed over. */
type OpcuaCheckpoint = {
  at: string;
  alarms?: Record<string, ActiveAlarm>;
  bad?: Record<string, Millis>;
  /** A gap from `at` on was told and is not over. */
  open?: boolean;
};

export type Stream = {
  readonly source: string;
  readonly clock: Clock;
  readonly options: OpcuaOptions;
  readonly health: SourceHealth;
  readonly fold: Fold;
  readonly alarms: Alarms;
  readonly outlet: Outlet;
  /** Records of alarms that wait for the publication they came with to be turned. */
  readonly waiting: PlantRecord[];
  /** Up to when all is known; null: nothing ever was. */
  completeTo: Millis | null;
  /** A gap from `completeTo` on was told and is not over. */
  gapIsOpen: boolean;
  /** Values wait: a connection is being built. */
  held: boolean;
  /** `settle` will be called when this turn of the event loop is over. */
  settling: boolean;
};

export function openStream(
  options: OpcuaOptions,
  { id: source, clock }: SourceContext,
  since: Checkpoint | null,
  health: SourceHealth,
): Stream {
  const start = (since ?? {}) as Partial<OpcuaCheckpoint>;
  const startAt = typeof start.at === 'string' ? Date.parse(start.at) : Number.NaN;
  const { templates } = planItems(options);
  const stream: Stream = {
    source,
    clock,
    options,
    health,
    fold: openFold({ source, clock, templates }, start.bad ?? {}),
    alarms: openAlarms(source, clock, start.alarms ?? {}),
    outlet: openOutlet({
      source,
      clock,
      checkpoint: () => checkpointOf(stream),
      onDrained: () => {
        restate(stream.fold);
        settleSoon(stream);
      },
    }),
    waiting: [],
    completeTo: Number.isFinite(startAt) ? startAt : null,
    gapIsOpen: start.open === true,
    held: true,
    settling: false,
  };
  return stream;
}

const checkpointOf = ({ completeTo, alarms, fold, gapIsOpen }: Stream): OpcuaCheckpoint | null =>
  completeTo === null
    ? null
    : {
        at: iso(completeTo),
        alarms: Object.fromEntries(alarms.active),
        bad: badSince(fold.quality),
        open: gapIsOpen,
      };

export function onSample(stream: Stream, sample: Sample): void {
  addSample(stream.fold, sample);
  settleSoon(stream);
}

export function onEvent(stream: Stream, event: AlarmEvent): void {
  const records = takeEvent(stream.alarms, event);
  if (records.length === 0) return;
  stream.waiting.push(...records);
  settleSoon(stream);
}

/** From now on values wait, until `flow`: a connection is being built, and these items will send theirs anew. */
export function hold(stream: Stream, items: readonly Item[]): void {
  stream.held = true;
  expectItems(stream.fold, items);
}

export function flow(stream: Stream): void {
  stream.held = false;
  settle(stream);
}

/** Everything the server published up to then has come. */
export function heardTo(stream: Stream, at: Millis): void {
  settle(stream); // what was published by then goes first: the checkpoint must not run ahead of the rows
  stream.completeTo = Math.max(stream.completeTo ?? at, at);
}

/** Values of a loss, read later. */
export const onHistory = (stream: Stream, samples: readonly Sample[]): void =>
  addRows(stream.outlet, replay(stream.fold, samples));

/** One publication is handed over value by value in one go; after it, it is turned as a whole. */
function settleSoon(stream: Stream): void {
  if (stream.settling) return;
  stream.settling = true;
  setImmediate(() => settle(stream));
}

function settle(stream: Stream): void {
  stream.settling = false;
  if (stream.held) return;
  const rows = settleFold(stream.fold);
  rows.records.push(...stream.waiting.splice(0));
  addRows(stream.outlet, rows);
  tellHealth(stream);
}

function tellHealth({ health, fold }: Stream): void {
  if (fold.newest !== null) health.lastRecordAt = iso(fold.newest);
  if (fold.unmapped.size === 0 || health.state !== 'up') return;
  const words = [...fold.unmapped]
    .slice(0, 3)
    .map(([equipment, raw]) => `${equipment}: ${[...raw].join(', ')}`);
  health.state = 'degraded';
  health.problem = `States without a meaning in the YAML (${words.join('; ')}). Add them under \`states\`.`;
}

/** No data from `completeTo` on, told once. */
export function openGap(stream: Stream, why: string): void {
  const { completeTo, gapIsOpen } = stream;
  if (completeTo === null || gapIsOpen) return;
  stream.gapIsOpen = true;
  tellGap(stream, null, { from: completeTo, to: null }, why);
}

/** The loss that began at `completeTo` is over at `to`; `lost`: what is missing of it still. */
export function closeGap(stream: Stream, to: Millis, lost: readonly Lost[]): void {
  const { completeTo: from, gapIsOpen, options } = stream;
  if (from === null) return;
  if (!lost.some(({ equipment }) => equipment === null)) {
    // History has values, no events: what came and went in between was not seen.
    if (options.alarms)
      tellGap(stream, null, { from, to }, 'No connection; alarms in between are not known', 'alarms');
    // A loss nobody was told of and of which nothing is missing needs no word.
    else if (gapIsOpen) tellFilled(stream, from, to);
  }
  for (const { equipment, why, only } of lost) tellGap(stream, equipment, { from, to }, why, only);
  stream.gapIsOpen = false;
  stream.completeTo = to;
}

/** `equipment: null`: of everything. */
export function tellGap(
  stream: Stream,
  equipment: string | null,
  span: { from: Millis; to: Millis | null },
  why: string,
  only?: RecordOf<'gap'>['only'],
): void {
  const { source, clock, outlet } = stream;
  addRows(outlet, { records: [gapRecord(source, equipment, span, why, clock(), only)], readings: [] });
}

/** A later version of the gap that was told: it has no length any more. */
function tellFilled({ source, clock, outlet }: Stream, from: Millis, to: Millis): void {
  const why = `Filled up to ${iso(to)} from the server's history`;
  const filled = gapRecord(source, null, { from, to: from }, why, clock());
  addRows(outlet, { records: [{ ...filled, version: iso(to) }], readings: [] });
}
