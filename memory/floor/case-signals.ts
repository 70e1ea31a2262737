import type { SignalWindow } from '../../plant/diagnosis/stop-case.ts';
import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import { steadySignals } from '../../plant/diagnosis/records/jumps.ts';
import { spreadOf } from '../../plant/diagnosis/records/median.ts';
import { stateAt, timelines } from '../../plant/diagnosis/records/timeline.ts';
import type { StateSpan } from '../../plant/diagnosis/records/timeline.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { timeIn } from './binary-array.ts';
import { farthest } from './jumped-clocks.ts';
import { unitOf } from './scope.ts';

/** Raw values are read this close around the beginning of the stop; minutes further off. */
const rawBeforeMs = 3 * 60_000;
const rawAfterMs = 2 * 60_000;
/** Fewer values than this say nothing about what is usual. */
const fewestValues = 8;

type SeriesRow = {
  id: number;
  source: string;
  equipment: string;
  signal: string;
  minutes: Buffer | null;
  raw: Buffer | null;
};

/**
 * The times and values of a series as the bytes that the database keeps them in: thousands of numbers in a few rows,
 * a third of the work of a row each, and three quarters of what numbers written out as text take.
 */
const packed = `string_agg(timestamptz_send(at) || float8send(value), '') as pairs`;
const pairBytes = 16;
const sql = `
  with chosen as materialized (select id, source, equipment, signal from signal_series where equipment = any ($1)),
  minute as (
    select series, ${packed} from signal_minute
    where series = any (array(select id from chosen)) and at >= $2 and at <= $5 group by series),
  raw as (
    select series, ${packed} from signal
    where series = any (array(select id from chosen)) and at >= $3 and at <= $4 group by series)
  select c.id, c.source, c.equipment, c.signal, minute.pairs as minutes, raw.pairs as raw
  from chosen c left join minute on minute.series = c.id left join raw on raw.series = c.id
  order by c.equipment, c.signal, c.source`;

/** Where nobody made minutes of a time before the stop: the raw values, one per ten seconds. */
const sparseSql = `
  select s.id, v.at, v.value from unnest($1::int[]) as s (id) cross join lateral (
    select distinct on (bin) date_part('epoch', at) * 1000 as at, value, date_bin('10 seconds', at, '2000-01-01') as bin
    from signal where series = s.id and at >= $2 and at < $3 order by bin, at) as v
  order by s.id, v.at`;

/** Median and median absolute deviation; null for too few values. */
function baselineOf(values: readonly number[]): SignalWindow['baseline'] {
  if (values.length < fewestValues) return null;
  return { ...spreadOf(values), count: values.length };
}

type Point = readonly [Millis, number];

/** Values while the machine produced; all of them where nobody tells its state. `lastsMs`: how long a value stands for. */
function whileProducing(
  points: readonly Point[],
  spans: readonly StateSpan[] | undefined,
  lastsMs: number,
): number[] {
  if (!spans || spans.length === 0) return points.map(([, value]) => value);
  return points
    .filter(([at]) => {
      const span = stateAt(spans, at);
      return span !== null && span.state === 'Execute' && span.to >= at + lastsMs;
    })
    .map(([, value]) => value);
}

/** Times and values as points, oldest first. */
function unpack(pairs: Buffer | null): Point[] {
  if (pairs === null) return [];
  const points = Array.from({ length: pairs.length / pairBytes }, (_, index): Point => [
    timeIn(pairs, index * pairBytes),
    pairs.readDoubleBE(index * pairBytes + 8),
  ]);
  return points.sort((one, two) => one[0] - two[0]);
}

async function sparse(
  db: Db,
  ids: readonly number[],
  from: Millis,
  to: Millis,
): Promise<Map<number, Point[]>> {
  const found = new Map<number, Point[]>();
  if (ids.length === 0) return found;
  const answer = await db.query<{ id: number; at: number; value: number }>({
    name: 'case_signals_sparse',
    text: sparseSql,
    values: [ids, new Date(from), new Date(to)],
  });
  for (const { id, at, value } of answer.rows) {
    const list = found.get(id) ?? [];
    found.set(id, list);
    list.push([Math.round(at), value]);
  }
  return found;
}

type Around = { window: { from: Millis; to: Millis }; stopFrom: Millis };
const rawSpan = ({ window, stopFrom }: Around) => ({
  rawFrom: stopFrom - rawBeforeMs,
  rawTo: Math.min(window.to, stopFrom + rawAfterMs),
});

/** Values of one signal. `sparse`: raw ones of the time before the stop, where there are no minutes of it. */
type Series = Pick<SeriesRow, 'source' | 'equipment' | 'signal'> & {
  minutes: Point[];
  raw: Point[];
  sparse: Point[] | null;
};

/** Points of series by the time that their sources should have told, from `from` to `to`. */
const putRight = (
  source: string,
  points: readonly Point[],
  jumps: readonly ClockJump[],
  { from, to }: { from: Millis; to: Millis },
): Point[] =>
  steadySignals([{ source, points }], jumps).flatMap((right) =>
    right.points.filter(([at]) => at >= from && at <= to),
  );

/**
 * Values of these pieces of equipment around a stop: raw near its beginning, minutes further off, from `baselineFrom` on.
 * Where a clock jumped, they are read as much further on both sides and put right.
 */
export async function caseSeries(
  db: Db,
  equipment: readonly string[],
  around: Around,
  baselineFrom: Millis,
  jumps: readonly ClockJump[],
): Promise<Series[]> {
  const { window } = around;
  const { rawFrom, rawTo } = rawSpan(around);
  const by = jumps.length === 0 ? 0 : farthest(jumps);
  const times = [baselineFrom - by, rawFrom - by, rawTo + by, window.to + by].map((at) => new Date(at));
  const answer = await db.query<SeriesRow>({
    name: 'case_signals',
    text: sql,
    values: [equipment, ...times],
  });
  const right = (source: string, points: Point[], from: Millis, to: Millis): Point[] =>
    by === 0 ? points : putRight(source, points, jumps, { from, to });
  const rows = answer.rows.map((row) => ({
    row,
    minutes: right(row.source, unpack(row.minutes), baselineFrom, window.to),
    raw: right(row.source, unpack(row.raw), rawFrom, rawTo),
  }));
  const bare = rows.filter(({ minutes }) => !minutes.some(([at]) => at >= window.from && at < rawFrom));
  const filled = await sparse(
    db,
    bare.map(({ row }) => row.id),
    window.from - by,
    rawFrom + by,
  );
  return rows.map(({ row: { id, source, equipment: of, signal }, minutes, raw }) => {
    const own = filled.get(id);
    // Read up to, but not at, the first raw value.
    const early = own ? right(source, own, window.from, rawFrom - 1) : null;
    return { source, equipment: of, signal, minutes, raw, sparse: early };
  });
}

/** The same as the diagnosis sees it, with what was usual before the window while the machine produced. */
export function signalWindows(
  plant: Plant,
  series: readonly Series[],
  around: Around,
  states: readonly PlantRecord[],
): SignalWindow[] {
  const { window, stopFrom } = around;
  const { rawFrom, rawTo } = rawSpan(around);
  const spans = timelines(states);
  return series.flatMap(({ source, equipment, signal, minutes, raw, sparse: filled }) => {
    const early = filled ?? minutes.filter(([at]) => at >= window.from && at < rawFrom);
    const inRaw = raw.length > 0 ? raw : minutes.filter(([at]) => at >= rawFrom && at <= rawTo);
    const points = [...early, ...inRaw, ...minutes.filter(([at]) => at > rawTo)];
    const own = spans.get(equipment);
    const history = minutes.filter(([at]) => at < window.from);
    const baseline =
      baselineOf(whileProducing(history, own, 60_000)) ??
      // Two thirds of the window before the stop: late enough to be there, early enough to be usual.
      baselineOf(
        whileProducing(
          early.filter(([at]) => at < window.from + (stopFrom - window.from) * 0.67),
          own,
          0,
        ),
      );
    if (points.length === 0 && baseline === null) return [];
    return [{ equipment, signal, unit: unitOf(plant, equipment, signal), source, points, baseline }];
  });
}
