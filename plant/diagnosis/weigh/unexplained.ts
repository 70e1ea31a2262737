import type { Evidence } from '../../evidence.ts';
import type { Ballot } from './ballot.ts';
import { sameThing } from './ballot.ts';
import type { Group } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import type { Noteworthy } from './noteworthy.ts';

/** How much "a cause that is not known here" gains by what no known cause takes up; log-odds. */
const strangeness = {
  /** What each source that shows something out of the ordinary adds; between a strong record (2) and a decisive one (3). */
  weight: 2.5,
  /** Words that no known cause reads add less: they may be a known cause in other words. */
  words: 2,
  /** That a machine falls back again and again shows that it is not mended, and less what it is. */
  again: 1.5,
  /** Less than this from one source is nothing. */
  least: 0.2,
  /** At most this in all: a little more than one decisive record. */
  most: 4,
  /** A known cause that looks for a record with this weight takes it up in full. */
  claimed: 2.5,
  /**
   * Decisive: a record of this weight is the mark of the cause that looks for it, whether it is named or not; and a
   * cause that so much speaks against takes up nothing weaker and bears nothing.
   */
  decisive: 3,
  /**
   * Between these, all records together, a known cause comes to explain a stop: from one decisive record on it begins
   * to, with a weak one beside it it does. Every stop also has oddities of its own.
   */
  borne: { from: 3, to: 4 },
};
/** What the records say of one known cause. */
type Tried = Pick<Ballot, 'groups' | 'claims'>;

const netOf = ({ groups }: Tried): number => [...groups.values()].reduce((sum, one) => sum + one, 0);
const against = ({ groups }: Tried): number =>
  [...groups.values()].reduce((sum, points) => sum + Math.min(0, points), 0);
/** How far a cause stands against what speaks against it, 0 to 1. */
const standing = (tried: Tried): number => Math.max(0, 1 + against(tried) / strangeness.decisive);

/** How far the oddities of a stop are open: 1 where no known cause has the records on its side, 0 where one clearly has. */
export function openOf(tried: readonly Tried[]): number {
  const { borne } = strangeness;
  const most = Math.max(0, ...tried.map((one) => (standing(one) === 0 ? 0 : netOf(one))));
  return Math.min(1, Math.max(0, (borne.to - most) / (borne.to - borne.from)));
}

/** The part of what was seen that known causes take up, 0 to 1. */
function taken(tried: readonly Tried[], { evidence, strength }: Noteworthy): number {
  const keys = evidence.map(sameThing);
  return tried.reduce((most, one) => {
    const found = keys.flatMap((key) => one.claims.get(key) ?? []);
    // What a cause saw less clearly than it was seen here, it takes up by that much less.
    const claim = Math.max(0, ...found.map((it) => it.weight * Math.min(1, it.strength / strength)));
    if (claim === 0) return most;
    const stands = claim >= strangeness.decisive ? 1 : standing(one);
    return Math.max(most, Math.min(1, claim / strangeness.claimed) * stands);
  }, 0);
}

/** What is out of the ordinary at one place and stays open. */
export type Odd = {
  origin: Origin;
  evidence: Evidence[];
  points: number;
  /** What each source shows of it, log-odds. */
  signs: ReadonlyMap<Group, number>;
};

function weightOf(group: Group): number {
  if (group === 'alarm') return strangeness.words;
  return group === 'place' ? strangeness.again : strangeness.weight;
}

/** One vote per source, as for the causes that are known: of each the oddest that no known cause takes up. */
export function oddAt(
  origin: Origin,
  notes: readonly Noteworthy[],
  tried: readonly Tried[],
  open: number,
): Odd {
  const best = new Map<Group, { points: number; note: Noteworthy }>();
  for (const note of notes) {
    const points = weightOf(note.group) * note.strength * (1 - taken(tried, note));
    if (points > strangeness.least && points > (best.get(note.group)?.points ?? 0))
      best.set(note.group, { points, note });
  }
  const all = [...best.values()];
  const sum = all.reduce((total, { points }) => total + points, 0);
  return {
    origin,
    evidence: all.flatMap(({ note }) => note.evidence),
    points: Math.min(strangeness.most, sum) * open,
    signs: new Map([...best].map(([group, { points }]) => [group, points])),
  };
}
