import type { Evidence } from '../../evidence.ts';
import type { Expectation, Sighting, Group } from '../causes/cause.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Scene } from '../scene.ts';

/** What the records say about one hypothesis. */
export type Ballot = {
  /** What all sources add and take, log-odds. */
  points: number;
  /** Evidence, the weightiest first. */
  for: Evidence[];
  against: Evidence[];
  /** What speaks against it, the weightiest first. `weight`: below 0, log-odds. */
  doubts: { expected: Expectation; weight: number; evidence: Evidence[] }[];
  /** What each independent source adds or takes, log-odds. */
  groups: ReadonlyMap<Group, number>;
  /** What it looks for and found, by `sameThing`. */
  claims: ReadonlyMap<string, readonly Claimed[]>;
  /** Expected, and a source that would know says nothing of it. */
  missing: Expectation[];
  /** Expected, but nobody could tell. */
  dark: Expectation[];
};

/** `weight`: of the word, log-odds; `strength`: how clearly it was seen, 0 to 1. */
type Claimed = { weight: number; strength: number };

/** One thing that was seen, whenever it is read: a record, or all values of one signal. */
export const sameThing = ({ id, kind }: Evidence): string =>
  kind === 'signal' ? (id.split('@')[0] ?? id) : id;

const strongest = (found: readonly Sighting[]): Sighting | null =>
  found.reduce<Sighting | null>(
    (best, one) => (best === null || one.strength > best.strength ? one : best),
    null,
  );

const isVisible = (expected: Expectation, scene: Scene, hypothesis: Hypothesis): boolean => {
  if (expected.visible) return expected.visible(scene, hypothesis.place);
  return (
    expected.needs !== undefined && scene.hears(expected.needs, hypothesis.place.origin.entry) === 'healthy'
  );
};

/** Seen less clearly than this (0 to 1) is not seen; so much of a word is enough for nobody to call it missing. */
const least = { seen: 0.05, word: 0.3 };

/** What a source that is trusted less shows counts as if it were seen less clearly; of two sources the less trusted. */
function trusted({ trust }: Scene, found: readonly Sighting[]): readonly Sighting[] {
  if (trust.size === 0) return found;
  return found.map((one) => ({
    ...one,
    strength: one.strength * Math.min(1, ...one.evidence.map(({ source }) => trust.get(source) ?? 1)),
  }));
}

/** One vote per independent source: within a group the strongest word for and the strongest against count. */
export function vote(scene: Scene, hypothesis: Hypothesis): Ballot {
  const support = new Map<Group, number>();
  const doubt = new Map<Group, number>();
  const ballot = { for: [] as { weight: number; evidence: Evidence[] }[], against: [] as Evidence[] };
  const doubts: Ballot['doubts'] = [];
  const silent: Expectation[] = [];
  const claims = new Map<string, Claimed[]>();
  const dark: Expectation[] = [];
  for (const expected of hypothesis.cause.evidence) {
    const seen = trusted(scene, expected.look(scene, hypothesis.place));
    const found = seen.filter(({ strength }) => strength > least.seen);
    const best = strongest(found);
    for (const { strength, evidence } of expected.weight > 0 ? found : [])
      for (const thing of evidence.map(sameThing))
        claims.set(thing, [...(claims.get(thing) ?? []), { weight: expected.weight, strength }]);
    const weight = best ? expected.weight * best.strength : 0;
    if (best && weight > 0) {
      if (weight > (support.get(expected.group) ?? 0)) support.set(expected.group, weight);
      ballot.for.push({ weight, evidence: best.evidence });
    } else if (best) {
      if (weight < (doubt.get(expected.group) ?? 0)) doubt.set(expected.group, weight);
      ballot.against.push(...best.evidence);
      doubts.push({ expected, weight, evidence: best.evidence });
    }
    const wanting = expected.missing ?? 0;
    if (wanting > 0 && weight < least.word * expected.weight) {
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
    doubts: doubts.sort((a, b) => a.weight - b.weight),
    groups,
    claims,
    missing: silent.filter(({ group }) => lost.has(group)),
    dark,
    points: [...groups.values()].reduce((sum, one) => sum + one, 0),
  };
}

/** The same where a source spoke in words that nobody here can read: that it did not say this cause is not known then. */
export function unheard(ballot: Ballot, group: Group): Ballot {
  const silent = ballot.missing.filter((one) => one.group === group);
  if (silent.length === 0) return ballot;
  const lost = Math.max(...silent.map(({ missing = 0 }) => missing));
  return {
    ...ballot,
    groups: new Map([...ballot.groups].map(([one, points]) => [one, one === group ? points + lost : points])),
    missing: ballot.missing.filter((one) => one.group !== group),
    dark: [...ballot.dark, ...silent],
    points: ballot.points + lost,
  };
}

/** What names a cause by itself: words of the machine, its values, or the order to mend it. Log-odds. */
const plainly = { alarm: 1.5, signal: 2.5, maintenance: 1.5 } as const;

export const showsPlainly = ({ groups }: Pick<Ballot, 'groups'>): boolean =>
  (['alarm', 'signal', 'maintenance'] as const).some((group) => (groups.get(group) ?? 0) >= plainly[group]);
