import type { Evidence } from '../evidence.ts';
import type { Expectation, Finding, Group } from './cause.ts';
import type { Hypothesis } from './hypothesis.ts';
import { priorOf } from './prior.ts';
import type { Scene } from './scene.ts';
import { evidenceId } from './stop-case.ts';
import { saysNothing } from './words.ts';

export type Scored = Hypothesis & {
  points: number;
  p: number;
  for: Evidence[];
  against: Evidence[];
  /** What each independent source adds or takes, log-odds. */
  groups: ReadonlyMap<Group, number>;
  /** Expected, and a source that would know says nothing of it. */
  missing: Expectation[];
  /** Expected, but nobody could tell. */
  dark: Expectation[];
};

export type Ranking = {
  /** Likeliest first. */
  scored: Scored[];
  /** Shares of "a cause that is not known here" and of "not enough data to tell". */
  other: number;
  unknown: number;
};

/** Fixed competitors of every known cause: one in ten stops has a cause nobody listed. */
const otherShare = 0.1;
const unknownShare = 0.05;

const strongest = (found: readonly Finding[]): Finding | null =>
  found.reduce<Finding | null>(
    (best, one) => (best === null || one.strength > best.strength ? one : best),
    null,
  );

const isVisible = (expected: Expectation, scene: Scene, hypothesis: Hypothesis): boolean => {
  if (expected.visible) return expected.visible(scene, hypothesis.place);
  return (
    expected.needs !== undefined && scene.hears(expected.needs, hypothesis.place.origin.entry) === 'healthy'
  );
};

type Ballot = Pick<Scored, 'for' | 'against' | 'groups' | 'missing' | 'dark'> & { points: number };

/** One vote per independent source: within a group the strongest word for and the strongest against count. */
function vote(scene: Scene, hypothesis: Hypothesis): Ballot {
  const support = new Map<Group, number>();
  const doubt = new Map<Group, number>();
  const ballot = { for: [] as { weight: number; evidence: Evidence[] }[], against: [] as Evidence[] };
  const silent: Expectation[] = [];
  const dark: Expectation[] = [];
  for (const expected of hypothesis.cause.evidence) {
    const found = expected.look(scene, hypothesis.place).filter(({ strength }) => strength > 0.05);
    const best = strongest(found);
    const weight = best ? expected.weight * best.strength : 0;
    if (best && weight > 0) {
      if (weight > (support.get(expected.group) ?? 0)) support.set(expected.group, weight);
      ballot.for.push({ weight, evidence: best.evidence });
    } else if (best) {
      if (weight < (doubt.get(expected.group) ?? 0)) doubt.set(expected.group, weight);
      ballot.against.push(...best.evidence);
    }
    const wanting = expected.missing ?? 0;
    if (wanting > 0 && weight < 0.3 * expected.weight) {
      if (isVisible(expected, scene, hypothesis)) silent.push(expected);
      else dark.push(expected);
    }
  }
  // Silence of a source counts once, and not where the same source spoke for the cause in another way.
  const lost = new Map<Group, number>();
  for (const { group, missing = 0 } of silent)
    if ((support.get(group) ?? 0) < missing) lost.set(group, Math.max(lost.get(group) ?? 0, missing));
  const groups = new Map<Group, number>(support);
  for (const [group, weight] of [...doubt, ...[...lost].map(([group, value]) => [group, -value] as const)])
    groups.set(group, (groups.get(group) ?? 0) + weight);
  return {
    for: ballot.for.sort((a, b) => b.weight - a.weight).flatMap(({ evidence }) => evidence),
    // A jam that nobody cleared speaks for and against a post without cover: it is shown once.
    against: ballot.against.filter(
      ({ id }) => !ballot.for.some((one) => one.evidence.some((seen) => seen.id === id)),
    ),
    groups,
    missing: silent.filter(({ group }) => lost.has(group)),
    dark,
    points: [...groups.values()].reduce((sum, one) => sum + one, 0),
  };
}

/** The alarm that came first with the stop, where it names something that no known cause names. */
function unnamedAlarm(scene: Scene, scored: readonly Scored[]): boolean {
  const stand = scored[0]?.place.origin.stand;
  const alarm = stand?.alarms.find((one) => !one.chatters);
  if (!alarm || saysNothing(alarm.text)) return false;
  const id = evidenceId(alarm.record);
  return !scored.some((one) => (one.groups.get('alarm') ?? 0) > 0 && one.for.some((seen) => seen.id === id));
}

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

/** Shares of 1 for every hypothesis, "other" and "unknown". */
export function rank(scene: Scene, hypotheses: readonly Hypothesis[]): Ranking {
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
  const other = Math.log(otherShare) + (unnamedAlarm(scene, scored) ? 1.5 : 0);
  const unknown = Math.log(unknownShare + 0.3 * uncovered(scored[0]));
  const most = Math.max(other, unknown, ...scored.map(({ points }) => points));
  const weigh = (points: number): number => Math.exp(points - most);
  const total = weigh(other) + weigh(unknown) + scored.reduce((sum, { points }) => sum + weigh(points), 0);
  return {
    scored: merged(
      scene,
      scored.map((one) => ({ ...one, p: weigh(one.points) / total })),
    ),
    other: weigh(other) / total,
    unknown: weigh(unknown) / total,
  };
}
