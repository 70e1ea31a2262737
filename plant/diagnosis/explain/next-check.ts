import { placeWords, withoutPlace } from '../../say/en/words.ts';
import { wordsFor } from './cited.ts';
import type { Scene } from '../scene.ts';
import { leadOf, limits } from '../weigh/abstain.ts';
import type { Ranking, Scored } from '../weigh/weigh.ts';

/** A look somebody can take, and how likely it shows something if a candidate is the cause. */
type Check = { text: string; shows: Scored; found: (one: Scored) => number };

/** A look at the right thing finds it nine times in ten, and one time in ten something is found without being the cause. */
const [hit, stray] = [0.9, 0.1];

/** Of two looks nearly as good, the one that a person at the machine can take is asked for. */
const byHand = 1.2;

const entropy = (shares: readonly number[]): number => {
  const total = shares.reduce((sum, one) => sum + one, 0);
  return shares.reduce((sum, one) => (one > 0 ? sum - (one / total) * Math.log2(one / total) : sum), 0);
};

/**
 * What a look is worth: the drop of entropy over all candidates and `rest` (no known cause) that is to be expected,
 * bits. Each outcome changes every share by Bayes' rule; both are weighed by how likely they are. A look that only
 * one unlikely candidate would answer is worth little, one whose answer halves what is possible a whole bit.
 */
export function gainOf(candidates: readonly Scored[], rest: number, found: (one: Scored) => number): number {
  const shares = [...candidates.map(({ p }) => p), rest];
  const total = shares.reduce((sum, one) => sum + one, 0);
  const yes = [...candidates.map((one) => one.p * found(one)), rest * stray];
  const no = shares.map((one, index) => one - (yes[index] ?? 0));
  const likely = yes.reduce((sum, one) => sum + one, 0) / total;
  return entropy(shares) - likely * entropy(yes) - (1 - likely) * entropy(no);
}

const at = (scene: Scene, one: Scored): string => placeWords(scene.plant, one.place.id);

/** What is worth less, log-odds, is no reason to send somebody. */
const telling = 1.5;

/** The look of each cause, and everything a candidate expects that nobody could tell or that was not seen. */
function checksFor(scene: Scene, candidates: readonly Scored[]): Check[] {
  const byCause = candidates.map((one): Check => {
    const text = one.cause.check(at(scene, one));
    return {
      text,
      shows: one,
      found: (other) => (other.cause.check(at(scene, other)) === text ? hit : stray),
    };
  });
  const open = candidates.flatMap((one) =>
    [...one.dark, ...one.missing].flatMap((expected): Check[] => {
      if (expected.weight < telling || expected.group === 'place') return [];
      const silent = one.missing.includes(expected);
      // A source that would know has said nothing: it is less likely to be there after all.
      const seen = (weight: number): number => (silent ? 0.5 : 1) / (1 + Math.exp(-weight));
      const same = (other: Scored): number =>
        other.cause.evidence.find(({ what, group }) => what === expected.what && group === expected.group)
          ?.weight ?? 0;
      return [
        {
          text: `look whether there was ${expected.what} at ${at(scene, one)}`,
          shows: one,
          found: (other) => (other.place.id === one.place.id && same(other) > 0 ? seen(same(other)) : stray),
        },
      ];
    }),
  );
  return [...byCause, ...open];
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** Two causes at one place are told apart without it: `a tripped drive` and `a wait for maintenance`. */
function apart(
  words: readonly [string, string],
  [here = '', there = '']: readonly string[],
): readonly [string, string] {
  const [one, two] = [withoutPlace(words[0], here), withoutPlace(words[1], here)];
  return here === there && one !== two ? [one, two] : words;
}

/** Nothing speaks for any cause: whoever stands there sees most on the panel. */
const atPanel = (where: string): string =>
  `Look at the panel of ${where}: what does it show, and what does the machine wait for?`;

/** Less than this from all its records, log-odds, is no sign of a cause. */
const slight = 1;

/**
 * The one look that is worth most, in words; null where none is needed. `place`: where it began; `settled`: a cause
 * is named; `other`: it is none of those known.
 */
export function nextCheck(
  scene: Scene,
  { scored, other, unknown }: Ranking,
  { place, settled, none }: { place: string | null; settled: boolean; none: boolean },
): string | null {
  const [top] = scored;
  if (!top || (settled && top.p >= limits.sure)) return null;
  const net = (one: Scored): number => [...one.groups.values()].reduce((sum, points) => sum + points, 0);
  const machine = place !== null && scene.flow.machines.includes(place);
  const mute = !scored.slice(0, 6).some((one) => net(one) >= slight);
  if (machine && (none || mute)) return atPanel(placeWords(scene.plant, place));
  // What stopped a machine and what kept it standing are no rivals: nobody is sent to tell only them apart.
  const { lead, beside } = leadOf(scored) ?? { lead: top, beside: [] };
  const likely = scored.slice(0, 8).filter((one) => one.p > 0.01 && !beside.includes(one));
  const candidates = likely.length > 0 ? likely : [lead];
  const shareOf = (one: Scored): number =>
    one === lead ? one.p + beside.reduce((sum, { p }) => sum + p, 0) : one.p;
  const shares = candidates.map((one) => ({ ...one, p: shareOf(one) }));
  const valued = checksFor(scene, candidates).map((check, index) => {
    const gain = gainOf(shares, other + unknown, check.found) * (index < candidates.length ? byHand : 1);
    return { ...check, gain };
  });
  const best = valued.toSorted((a, b) => b.gain - a.gain)[0];
  if (!best) return null;
  const against = candidates.find((one) => best.found(one) <= stray);
  if (!against || mute) return sentence(best.text);
  const [one, two] = apart(
    [wordsFor(scene, best.shows), wordsFor(scene, against)],
    [best.shows, against].map((each) => at(scene, each)),
  );
  return one === two ? sentence(best.text) : `${sentence(best.text)} That tells ${one} from ${two}.`;
}
