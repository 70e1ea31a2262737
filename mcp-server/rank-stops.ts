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

type Ranked = { said: Said; ranking: Rank[]; evidence: Evidence[] };
type About = Span & {
  lines: readonly string[];
  stops: readonly Stop[];
  planned: readonly Stop[];
  silent: readonly string[];
  /** Rows to tell. */
  most: number;
};

/** Ranks unplanned stops, at least one, by the time they took. */
export async function rankStops(context: ToolContext, by: RankedBy, about: About): Promise<Ranked> {
  if (by === 'line') return rankLines(context, about);
  const most = by === 'stop' ? Math.min(about.most, mostLookedInto) : mostLookedInto;
  const { looked, evidence } = await lookInto(context, longestFirst(about.stops, about).slice(0, most));
  const ranked = by === 'stop' ? rankLongest(context, about, looked) : rankPlaces(context, about, looked);
  return { ...ranked, evidence };
}

function rankLines({ plant, now, say }: ToolContext, about: About): Ranked {
  const ranking = sharesBy(about.stops, ({ line }) => line, about).map(({ of, seconds, stops }) => ({
    line: of,
    place: null,
    stop: null,
    cause: null,
    ...timesOf(seconds, stops),
  }));
  return { said: say.sayWorstLines(about, plant, { now }), ranking, evidence: [] };
}

function rankLongest(
  { plant, now, say }: ToolContext,
  about: About,
  looked: readonly LookedInto[],
): Omit<Ranked, 'evidence'> {
  const ranking = looked.map(({ stop, place, cause }) => ({
    line: stop.line,
    place,
    stop: stop.id,
    cause,
    ...timesOf(secondsIn(stop, about), [stop]),
  }));
  return { said: say.sayLongestStops({ ...about, looked }, plant, { now }), ranking };
}

function rankPlaces(
  { plant, now, say }: ToolContext,
  about: About,
  looked: readonly LookedInto[],
): Omit<Ranked, 'evidence'> {
  const of = new Map(looked.map((one) => [one.stop.id, one]));
  const shares = sharesBy(
    looked.map(({ stop }) => stop),
    ({ id }) => of.get(id)?.place ?? null,
    about,
  );
  const ranking = shares.map(({ of: place, seconds, stops }) => ({
    line: null,
    place,
    stop: null,
    cause: of.get(stops[0]?.id ?? '')?.cause ?? null,
    ...timesOf(seconds, stops),
  }));
  return { said: say.sayWorstPlaces({ ...about, looked }, plant, { now }), ranking };
}

const timesOf = (seconds: number, stops: readonly Stop[]) => ({
  seconds,
  stops: stops.length,
  going_on: stops.some(({ to }) => to === null),
});
