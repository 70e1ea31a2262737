import type { Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { unitOf } from './scope.ts';

/** One signal of one source over a time. `low` and `high` are null for raw values. */
export type SignalValues = {
  source: string;
  equipment: string;
  signal: string;
  unit: string;
  points: { at: Millis; value: number; low: number | null; high: number | null }[];
};
export type SignalReading = {
  series: SignalValues[];
  resolution: 'raw' | 'minute';
  /** Values were left out because of the limit; the newest are kept. */
  truncated: boolean;
};

/** Raw values are read up to this span; longer ones by the minute. */
const rawSpanMs = 30 * 60_000;
const mostPoints = 20_000;

type Query = {
  equipment: readonly string[];
  signals?: readonly string[] | undefined;
  from: Millis;
  to: Millis;
  resolution?: 'raw' | 'minute' | undefined;
  limit?: number | undefined;
};
type Series = { id: number; source: string; equipment: string; signal: string };
type Points = SignalValues['points'];

/**
 * Values of some signals between two times, oldest first. `resolution` left out: raw up to half an hour,
 * minutes beyond. `limit`: most values in all (default and cap 20,000).
 */
export async function readSignals(pool: Db, plant: Plant, query: Query): Promise<SignalReading> {
  const resolution = query.resolution ?? (query.to - query.from <= rawSpanMs ? 'raw' : 'minute');
  const limit = Math.min(query.limit ?? mostPoints, mostPoints);
  const found = await pool.query<Series>(
    `select id, source, equipment, signal from signal_series
     where equipment = any ($1) and ($2::text[] is null or signal = any ($2)) order by equipment, signal, source`,
    [query.equipment, query.signals ?? null],
  );
  const each = Math.max(1, Math.floor(limit / Math.max(1, found.rows.length)));
  // One more than is shown tells whether there are more.
  const points = await pointsOf(pool, found.rows, query, { resolution, most: each + 1 });
  return {
    series: found.rows.map(({ id, source, equipment, signal }) => ({
      source,
      equipment,
      signal,
      unit: unitOf(plant, equipment, signal),
      points: points.get(id)?.slice(-each) ?? [],
    })),
    resolution,
    truncated: [...points.values()].some((some) => some.length > each),
  };
}

/** The newest values of each series, at most `most`, oldest first. */
async function pointsOf(
  pool: Db,
  series: readonly Series[],
  { from, to }: Query,
  { resolution, most }: { resolution: 'raw' | 'minute'; most: number },
): Promise<ReadonlyMap<number, Points>> {
  const [table, columns] =
    resolution === 'raw'
      ? ['signal', 'v.value, null::float8 as low, null::float8 as high']
      : ['signal_minute', 'v.value, v.low, v.high'];
  const values = await pool.query<{ series: number } & Points[number]>(
    `select s.id as series, date_part('epoch', v.at) * 1000 as at, v.value, v.low, v.high
     from unnest($1::int[]) as s (id) cross join lateral (
       select v.at, ${columns} from ${table} v where v.series = s.id and v.at between $2 and $3
       order by v.at desc limit $4) as v
     order by s.id, v.at`,
    [series.map(({ id }) => id), new Date(from), new Date(to), most],
  );
  const points = new Map<number, Points>();
  for (const { series: id, at, ...rest } of values.rows) {
    const some = points.get(id) ?? [];
    some.push({ at: Math.round(at), ...rest });
    points.set(id, some);
  }
  return points;
}
