import type { Ballot } from './ballot.ts';
import { vote } from './ballot.ts';
import type { Group } from './cause.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Origin } from './localise.ts';
import type { Noteworthy } from './noteworthy.ts';
import { noteworthy } from './noteworthy.ts';
import { priorOf } from './prior.ts';
import type { Scene } from './scene.ts';

/** A hypothesis with what the records say about it. `points`: log-odds in all, `p`: its share of 1. */
export type Scored = Hypothesis & Ballot & { p: number };

export type Ranking = {
  /** Likeliest first. */
  scored: Scored[];
  /** Shares of "a cause that is not known here" and of "not enough data to tell". */
  other: number;
  unknown: number;
  /** What is out of the ordinary where it began and the leading cause does not take up. */
  unexplained: Noteworthy[];
  /** What `other` gained by it, log-odds. */
  odd: number;
};

/** Fixed competitors of every known cause, and how points become shares. */
export const scale = {
  /** One in ten stops has a cause nobody listed. */
  other: 0.1,
  unknown: 0.05,
  /** Added to `unknown` as far as nobody could tell what the leading cause needs. */
  uncovered: 0.3,
  /** Points are divided by it: above 1 the shares are more careful than the points. */
  temperature: 1,
  /** What `other` gains by something out of the ordinary that the leading cause does not explain, per source. */
  unexplained: { alarm: 1.5, signal: 0, event: 0 },
  /** A cause with less than this from all its records explains nothing, log-odds. */
  borne: 1.5,
  /** What it gains where the leading cause does explain it. */
  explained: 0,
};
export type Scale = typeof scale;

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

/** Signals are named with the time of the value; the signal is the same at every time. */
const sameThing = (id: string): string => (id.includes('/signal/') ? id.slice(0, id.lastIndexOf('@')) : id);

/** A cause explains a record that it cites, if the records as a whole speak for it. */
const takesUp = ({ groups, for: cited }: Ballot, { evidence }: Noteworthy, { borne }: Scale): boolean => {
  if ([...groups.values()].reduce((sum, one) => sum + one, 0) < borne) return false;
  const known = new Set(cited.map(({ id }) => sameThing(id)));
  return evidence.some(({ id }) => known.has(sameThing(id)));
};

const weightOf = (group: Group, { unexplained }: Scale): number =>
  group === 'alarm' || group === 'signal' ? unexplained[group] : unexplained.event;

/** Everything about a stop that the shares are made from; the same whatever the scale. */
export type Weighed = { scene: Scene; scored: Scored[]; notes: Noteworthy[] };

/** Each hypothesis with the points of its records and its prior, likeliest first. */
export function weigh(scene: Scene, hypotheses: readonly Hypothesis[], origins: readonly Origin[]): Weighed {
  const causes = new Map(hypotheses.map(({ cause }) => [cause.id, cause.share ?? 1]));
  const shares = [...causes.values()].reduce((sum, one) => sum + one, 0);
  const prior = (hypothesis: Hypothesis): number =>
    Math.log(priorOf(scene, hypothesis, (0.85 * (hypothesis.cause.share ?? 1)) / Math.max(shares, 1)));
  const scored = hypotheses
    .map((hypothesis): Scored => {
      const ballot = vote(scene, hypothesis);
      const points = prior(hypothesis) + hypothesis.location + ballot.points;
      return { ...hypothesis, ...ballot, points, p: 0 };
    })
    .sort((a, b) => b.points - a.points || (a.cause.id + a.place.id < b.cause.id + b.place.id ? -1 : 1));
  return { scene, scored, notes: noteworthy(scene, origins[0]) };
}

/** Shares of 1 for every hypothesis, "other" and "unknown". */
export function sharesOf({ scene, scored, notes }: Weighed, by: Scale = scale): Ranking {
  const [top] = scored;
  const unexplained = notes.filter((note) => !top || !takesUp(top, note, by));
  const odd = unexplained.reduce((sum, { group, strength }) => sum + weightOf(group, by) * strength, 0);
  const taken = by.explained * (notes.length - unexplained.length);
  const other = Math.log(by.other) + odd + taken;
  const unknown = Math.log(by.unknown + by.uncovered * uncovered(top));
  const most = Math.max(other, unknown, ...scored.map(({ points }) => points));
  const share = (points: number): number => Math.exp((points - most) / by.temperature);
  const total = share(other) + share(unknown) + scored.reduce((sum, { points }) => sum + share(points), 0);
  return {
    scored: merged(
      scene,
      scored.map((one) => ({ ...one, p: share(one.points) / total })),
    ),
    other: share(other) / total,
    unknown: share(unknown) / total,
    unexplained,
    odd,
  };
}

/** The hypotheses with their shares. `origins`: likeliest first. */
export const rank = (scene: Scene, hypotheses: readonly Hypothesis[], origins: readonly Origin[]): Ranking =>
  sharesOf(weigh(scene, hypotheses, origins));
