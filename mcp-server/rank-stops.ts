import { diagnose } from '../plant/diagnosis/diagnose.ts';
import type { Evidence } from '../plant/evidence.ts';
import type { Said } from '../plant/say/said.ts';
import type { LookedInto } from '../plant/say/en/stop-ranking.ts';
import { longestFirst, secondsIn, sharesBy } from '../plant/stop-shares.ts';
import type { Span } from '../plant/stop-shares.ts';
import type { Stop } from '../plant/stop.ts';
import { confirmedFor } from '../memory/corrections.ts';
import { gatherStopCase } from '../memory/floor/stop-case.ts';
import type { ToolContext } from './tool.ts';

/** By what stops are ranked: each of them, their lines, or the places where they began. */
export const rankedBy = ['stop', 'line', 'place'] as const;
type RankedBy = (typeof rankedBy)[number];

/** A diagnosis costs some 50 ms: so many of the longest stops are looked into, and the answer says so. */
const mostLookedInto = 20;

/** One row of the ranking; `seconds` and `stops` of it in the time asked about. */
type Rank = {
  line: string | null;
  place: string | null;
  stop: string | null;
  cause: string | null;
  seconds: number;
  stops: number;
  going_on: boolean;
};
const goesOn = (stops: readonly Stop[]): boolean => stops.some(({ to }) => to === null);

async function lookInto(context: ToolContext, stops: readonly Stop[]) {
  const { pool, plant, now, health, say } = context;
  const looked: LookedInto[] = [];
  const evidence: Evidence[] = [];
  for (const stop of stops) {
    const found = await gatherStopCase(pool, plant, { line: stop.line, stop }, { now, health });
    if (!found) {
      looked.push({ stop, place: null, cause: null, evidence: [] });
      continue;
    }
    const why = diagnose(found);
    const one = say.lookedInto(why, await confirmedFor(pool, stop), plant);
    looked.push({ ...one, stop });
    evidence.push(...why.evidence.filter(({ id }) => one.evidence.includes(id)));
  }
  return { looked, evidence };
}

/** Ranks unplanned stops, at least one, by the time they took. `most`: rows to tell. */
export async function rankStops(
  context: ToolContext,
  by: RankedBy,
  about: Span & {
    lines: readonly string[];
    stops: readonly Stop[];
    planned: readonly Stop[];
    silent: readonly string[];
    most: number;
  },
): Promise<{ said: Said; ranking: Rank[]; evidence: Evidence[] }> {
  const { plant, now, say } = context;
  const { stops, most } = about;
  if (by === 'line') {
    const ranking = sharesBy(stops, ({ line }) => line, about).map((one) => ({
      line: one.of,
      place: null,
      stop: null,
      cause: null,
      seconds: one.seconds,
      stops: one.stops.length,
      going_on: goesOn(one.stops),
    }));
    return { said: say.sayWorstLines(about, plant, { now }), ranking, evidence: [] };
  }
  const longest = longestFirst(stops, about).slice(
    0,
    by === 'stop' ? Math.min(most, mostLookedInto) : mostLookedInto,
  );
  const { looked, evidence } = await lookInto(context, longest);
  if (by === 'stop') {
    const ranking = looked.map(({ stop, place, cause }) => ({
      line: stop.line,
      place,
      stop: stop.id,
      cause,
      seconds: secondsIn(stop, about),
      stops: 1,
      going_on: stop.to === null,
    }));
    return { said: say.sayLongestStops({ ...about, looked }, plant, { now }), ranking, evidence };
  }
  const of = new Map(looked.map((one) => [one.stop.id, one]));
  const ranking = sharesBy(longest, ({ id }) => of.get(id)?.place ?? null, about).map((one) => ({
    line: null,
    place: one.of,
    stop: null,
    cause: of.get(one.stops[0]?.id ?? '')?.cause ?? null,
    seconds: one.seconds,
    stops: one.stops.length,
    going_on: goesOn(one.stops),
  }));
  return { said: say.sayWorstPlaces({ ...about, looked }, plant, { now }), ranking, evidence };
}
