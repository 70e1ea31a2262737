import type { Ballot } from './ballot.ts';
import { sameThing, unheard, vote } from './ballot.ts';
import type { Sighting } from '../causes/cause.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Origin } from '../localise/origin.ts';
import { noteworthy, valuesAstray } from './noteworthy.ts';
import { priorOf } from './prior.ts';
import type { Scene } from '../scene.ts';
import { evidenceId } from '../stop-case.ts';
import type { Odd } from './unexplained.ts';
import { oddAt, openOf } from './unexplained.ts';
import { saysNothing } from '../records/words.ts';

/** A hypothesis with what the records say about it. `points`: log-odds in all, `p`: its share of 1. */
export type Scored = Hypothesis & Ballot & { p: number };

export type Ranking = {
  /** Likeliest first. */
  scored: Scored[];
  /** Shares of "a cause that is not known here" and of "not enough data to tell". */
  other: number;
  unknown: number;
  /** Where a cause that is not known would lie, how likely that place is, and what no known cause explains there. */
  odd: (Odd & { p: number }) | null;
  /** Values that went off where a cause lies and that it does not look for. */
  unlooked(one: Scored): Sighting[];
};

/** Fixed competitors of every known cause, and how points become shares. `known`, `other`, `unknown`: before any record is read. */
const scale = {
  /** All known causes together, shared out by how common each is. */
  known: 0.85,
  /** One in ten stops has a cause nobody listed. */
  other: 0.1,
  unknown: 0.02,
  /** Added to `unknown` as far as nobody could tell what the leading cause needs. */
  uncovered: 0.2,
  /** Points are divided by it: above 1 the shares are more careful than the points. */
  temperature: 0.9,
};

/** The share of what the leading cause needs that nobody could tell. */
function uncovered(top: Scored | undefined): number {
  if (!top) return 1;
  const told = top.cause.evidence.filter(({ missing = 0 }) => missing > 0).length;
  return told === 0 ? 0 : top.dark.length / told;
}

/** Ways whose points differ by less fit equally well. */
const equallyWell = 0.5;

/**
 * A cause at one place, come to the line by two ways, is one cause: its shares add up. The likelier way is told;
 * of two that fit equally well (two branches that starve in the same second) the first in the order of the line.
 */
function merged({ flow }: Scene, scored: readonly Scored[]): Scored[] {
  const order = ({ place }: Scored): number => flow.machines.indexOf(place.origin.entry);
  const found = new Map<string, Scored>();
  for (const one of scored) {
    const key = `${one.cause.id}@${one.place.id}`;
    const same = found.get(key);
    const told = same && (same.points - one.points > equallyWell || order(same) <= order(one)) ? same : one;
    found.set(key, same ? { ...told, p: same.p + one.p } : one);
  }
  return [...found.values()].sort((a, b) => b.p - a.p || b.points - a.points);
}

/** By this a utility that shows something itself and hit several machines is likelier than the walk says; as a factor. */
const pointsItself = 4;

/**
 * What is out of the ordinary at a utility or a system itself points to it. Without that it is as likely as the walk
 * says where it hit several machines, and not thought of where only one could have waited for it.
 */
function hinted(scene: Scene, { origin, evidence }: Odd): number {
  if (origin.kind !== 'utility' && origin.kind !== 'system') return 1;
  const several = origin.hit.filter((machine) => scene.floor.stands.has(machine)).length > 1;
  const own = evidence.some(({ equipment }) => equipment === origin.place);
  if (own) return several ? pointsItself : 1;
  return several ? 1 : 0;
}

/** Words of a machine that a known cause makes out with this weight are read. */
const madeOut = 1;

/**
 * Machines that came to stand with words that no known cause reads. On plants nobody here knew one first alarm in four
 * was such a text, and most of them were a known cause in other words.
 */
function unreadAt(hypotheses: readonly Hypothesis[], votes: readonly Ballot[]): ReadonlySet<string> {
  const reads = (id: string): boolean =>
    votes.some(({ claims }) => claims.get(id)?.some(({ weight, strength }) => weight * strength >= madeOut));
  const unread = [...new Set(hypotheses.map(({ place }) => place.origin))].filter(({ stand }) => {
    const first = stand?.alarms.find(({ chatters }) => !chatters);
    return first && !saysNothing(first.text) && !reads(evidenceId(first.record));
  });
  return new Set(unread.map(({ entry }) => entry));
}

/** Each hypothesis with the points of its records and its prior, likeliest first; their shares are not known yet. */
function weigh(scene: Scene, hypotheses: readonly Hypothesis[]): Scored[] {
  const causes = new Map(hypotheses.map(({ cause }) => [cause.id, cause.share ?? 1]));
  const shares = [...causes.values()].reduce((sum, one) => sum + one, 0);
  const prior = (hypothesis: Hypothesis): number =>
    Math.log(
      priorOf(
        scene,
        hypothesis,
        (scale.known * (hypothesis.cause.share ?? 1)) / Math.max(shares, 1),
        causes.size,
      ),
    );
  const votes = hypotheses.map((hypothesis) => vote(scene, hypothesis));
  const unread = unreadAt(hypotheses, votes);
  return hypotheses
    .map((hypothesis, index): Scored => {
      const told = votes[index] as Ballot;
      const ballot = unread.has(hypothesis.place.origin.entry) ? unheard(told, 'alarm') : told;
      const points = prior(hypothesis) + hypothesis.location + ballot.points;
      return { ...hypothesis, ...ballot, points, p: 0 };
    })
    .sort((a, b) => b.points - a.points || (a.cause.id + a.place.id < b.cause.id + b.place.id ? -1 : 1));
}

/** What is not known lies where the machine stood. */
const seat = ({ kind, place, seed }: Origin): string => (kind === 'machine' ? seed.machine : place);

/** Places where a cause nobody listed is looked for: those that may well be it, at most. */
const places = { share: 0.05, most: 10 };

/** What is out of the ordinary at each place, with the weight it gives to a cause that is not known. */
function oddities(
  scene: Scene,
  scored: readonly Scored[],
  origins: readonly Origin[],
): { odd: Odd; weight: number }[] {
  const open = openOf(scored);
  // That none of the known causes fits can only be said of a machine where they were tried.
  const tried = new Set(scored.map(({ place }) => place.origin));
  return (
    origins
      .filter((origin) => origin.p > places.share && (origin.kind !== 'machine' || tried.has(origin)))
      .slice(0, places.most)
      // Where a known cause explains the stop nobody asks what else was odd: that is most stops, and takes its time.
      .map((origin) => oddAt(origin, open > 0 ? noteworthy(scene, origin) : [], scored, open))
      .map((odd) => ({ odd, weight: odd.origin.p * Math.exp(odd.points) * hinted(scene, odd) }))
  );
}

const sumOf = (found: readonly { weight: number }[]): number =>
  found.reduce((sum, { weight }) => sum + weight, 0);

/** The hypotheses with their shares of 1, beside "other" and "unknown". `origins`: likeliest first. */
export function rank(scene: Scene, hypotheses: readonly Hypothesis[], origins: readonly Origin[]): Ranking {
  const scored = weigh(scene, hypotheses);
  const strange = oddities(scene, scored, origins);
  const all = sumOf(strange);
  const oddest = strange.toSorted((a, b) => b.weight - a.weight)[0]?.odd;
  const there = strange.filter(({ odd }) => oddest && seat(odd.origin) === seat(oddest.origin));
  const other = Math.log(scale.other) + Math.log(Math.max(all, 1));
  const unknown = Math.log(scale.unknown + scale.uncovered * uncovered(scored[0]));
  const most = Math.max(other, unknown, ...scored.map(({ points }) => points));
  const share = (points: number): number => Math.exp((points - most) / scale.temperature);
  const total = share(other) + share(unknown) + scored.reduce((sum, { points }) => sum + share(points), 0);
  return {
    scored: merged(
      scene,
      scored.map((one) => ({ ...one, p: share(one.points) / total })),
    ),
    other: share(other) / total,
    unknown: share(unknown) / total,
    odd: oddest ? { ...oddest, p: sumOf(there) / (all > 0 ? all : 1) } : null,
    unlooked: (one) =>
      valuesAstray(scene, one.place.origin).filter(
        ({ evidence }) => !evidence.some((seen) => one.claims.has(sameThing(seen))),
      ),
  };
}
