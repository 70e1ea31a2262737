import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import type { SourceCoverage, StopCase } from '../../plant/diagnosis/stop-case.ts';
import { timeOf } from '../../plant/diagnosis/records/timeline.ts';
import type { Line, Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { Stop } from '../../plant/stop.ts';
import type { Millis } from '../../plant/time.ts';
import { confirmedCauses } from '../causes.ts';
import type { Db } from '../db.ts';
import { caseRecords } from './case-records.ts';
import { caseSeries, signalWindows } from './case-signals.ts';
import { gapsIn } from './gaps.ts';
import { lineOf, scopeOf } from './scope.ts';
import { steadyStates } from './states.ts';
import { jumpsOf, listStops } from './stops.ts';

const minuteMs = 60_000;
/** Machine facts reach this far back, and a little beyond the end: the restart and the note after it. */
const beforeMs = 30 * minuteMs;
const afterMs = 10 * minuteMs;
/** What is usual is taken from this long before the window. */
const baselineMs = 120 * minuteMs;
/** "Why did it stop" is about the latest stop of a day. */
const lookBackMs = 24 * 60 * minuteMs;

/** Which stop: its id, the stop itself, or the one that held at `at` (else the latest before it, within 24 hours). */
type StopQuery = { line: string; at?: Millis | undefined; stop?: Stop | string | undefined };

async function stopFor(pool: Db, plant: Plant, query: StopQuery, now: Millis): Promise<Stop | null> {
  if (typeof query.stop === 'object') return query.stop;
  const from = query.stop === undefined ? null : Date.parse(query.stop.slice(query.stop.indexOf('@') + 1));
  if (Number.isNaN(from)) return null;
  const at = from ?? query.at ?? now;
  const window =
    from === null ? { from: at - lookBackMs, to: at } : { from: at - minuteMs, to: at + minuteMs };
  // The end of a stop may lie after the time asked for: states are read up to now where that is near.
  const stops = await listStops(
    pool,
    plant,
    [query.line],
    { from: window.from, to: Math.min(now, at + lookBackMs) },
    now,
  );
  if (query.stop !== undefined) return stops.find((stop) => stop.id === query.stop) ?? null;
  const begun = stops.filter((stop) => Date.parse(stop.from) <= at);
  return begun.findLast((stop) => stop.to === null || Date.parse(stop.to) >= at) ?? begun.at(-1) ?? null;
}

async function coverageOf(
  pool: Db,
  window: { from: Millis; to: Millis },
  equipment: readonly string[],
  health: readonly SourceHealth[],
): Promise<SourceCoverage[]> {
  const reading = pool.query<{ source: string; kinds: string[]; last: Date | null }>({
    name: 'coverage',
    // Values of signals are data too: a source whose states rest is not silent. A few signals tell for all.
    text: `select k.source, k.kinds, greatest(
       (select max(at) from event where source = k.source and at <= $1),
       (select max(v.at) from (select id from signal_series where source = k.source order by id limit 8) as s
          cross join lateral (select at from signal where series = s.id and at >= $2 and at <= $1
            order by at desc limit 1) as v)) as last
     from (select source, array_agg(kind order by kind) as kinds from source_kind group by source) as k`,
    values: [new Date(window.to), new Date(window.from)],
  });
  const [answer, gaps] = await Promise.all([reading, gapsIn(pool, window, equipment)]);
  const known = new Map(answer.rows.map((row) => [row.source, row]));
  const sources = new Set([...health.map((one) => one.source), ...known.keys()]);
  return [...sources].sort().map((source) => {
    const told = health.find((one) => one.source === source);
    const row = known.get(source);
    return {
      source,
      system: told?.system ?? source,
      kinds: row?.kinds ?? [],
      state: told?.state ?? 'up',
      lastRecordAt: row?.last?.getTime() ?? null,
      clockOffsetMs: told?.clockOffsetMs ?? null,
      ...(told?.closed ? { closed: told.closed } : {}),
      ...(told?.trust === undefined ? {} : { trust: told.trust }),
      gaps: gaps
        .filter((gap) => gap.source === source)
        .map((gap) => ({
          from: Date.parse(gap.from),
          to: gap.to === null ? null : Date.parse(gap.to),
          equipment: gap.equipment,
          reason: gap.reason,
          ...(gap.only ? { only: gap.only } : {}),
        })),
    };
  });
}

/** When a source whose clock jumped spoke last, by the right times of what it told. */
function lastByRightTime(
  coverage: readonly SourceCoverage[],
  records: readonly PlantRecord[],
  jumps: readonly ClockJump[],
): readonly SourceCoverage[] {
  if (jumps.length === 0) return coverage;
  return coverage.map((one) => {
    if (!jumps.some(({ source }) => source === one.source)) return one;
    const last = records.findLast(({ source }) => source === one.source);
    return last ? { ...one, lastRecordAt: timeOf(last) } : one;
  });
}

/** Those of the jumps that concern its time: it is told that they were put right. */
function jumpsInCase(jumps: readonly ClockJump[], { from, to }: StopCase['window']): Pick<StopCase, 'jumps'> {
  const known = jumps.filter((jump) => jump.from <= to && jump.to > from);
  return known.length > 0 ? { jumps: known } : {};
}

async function gather(
  pool: Db,
  plant: Plant,
  line: Line,
  stop: Stop,
  { now, health }: { now: Millis; health: readonly SourceHealth[] },
): Promise<StopCase> {
  const stopFrom = Date.parse(stop.from);
  const end = stop.to === null ? now : Math.min(now, Date.parse(stop.to) + afterMs);
  const window = { from: stopFrom - beforeMs, to: Math.max(stopFrom, end) };
  const baselineFrom = window.from - baselineMs;
  const { machines, shared, all } = scopeOf(plant, line);
  const jumps = jumpsOf(stop) ?? (await steadyStates(pool, line, stopFrom - lookBackMs, window.to)).jumps;
  // Asked all at once: the database is not left waiting for us between two answers, nor we for it.
  const [{ records, states, truncated }, series, coverage, confirmed] = await Promise.all([
    caseRecords(pool, { equipment: all, window, stopFrom, baselineFrom, jumps }),
    caseSeries(pool, [line.id, ...machines, ...shared], { window, stopFrom }, baselineFrom, jumps),
    coverageOf(pool, window, all, health),
    confirmedCauses(pool, stopFrom),
  ]);
  return {
    plant,
    line,
    stop,
    now,
    window,
    records,
    signals: signalWindows(plant, series, { window, stopFrom }, states),
    coverage: lastByRightTime(coverage, records, jumps),
    confirmed,
    truncated,
    ...jumpsInCase(jumps, window),
  };
}

/**
 * Everything known around one stop of a line, for the diagnosis. null: no such stop.
 * Throws `not_found` for an unknown line.
 */
export async function gatherStopCase(
  pool: Db,
  plant: Plant,
  query: StopQuery,
  options: { now: Millis; health: readonly SourceHealth[] },
): Promise<StopCase | null> {
  const line = lineOf(plant, query.line);
  const stop = await stopFor(pool, plant, query, options.now);
  return stop === null ? null : gather(pool, plant, line, stop, options);
}
