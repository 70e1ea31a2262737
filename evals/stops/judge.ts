import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Guessed } from './baselines.ts';
import type { Case, Truth } from './case.ts';
import { certaintyOf, type CertaintyWord } from './certainty.ts';
import { edgesOf, sameEdges, type EdgeCount } from './chain-edges.ts';
import { citedOf, type Cited } from './cited-evidence.ts';
import { isKnown } from './known-causes.ts';
import type { LeftOut } from './left-out.ts';
import { nextCheckOf, type NextCheck } from './next-check.ts';
import type { Outcome, Played } from './play.ts';
import { checkWords, type Words } from './words-check.ts';

/** One case, judged: everything that figures are made of, and nothing else. */
export type Judged = {
  name: string;
  truth: Pick<Truth, 'cause' | 'class' | 'machine' | 'place' | 'kind' | 'answerable' | 'dials'> & {
    stopped: boolean;
    /** False: nothing that the product knows by name; `other` is the right answer. */
    listed: boolean;
    /** Those that the records tell, oldest first. */
    causes: readonly string[];
  };
  outcome: Outcome;
  said: {
    machine: string | null;
    place: string | null;
    cause: string;
    abstained: boolean;
    roots: readonly string[];
  };
  /** Forced ranking, whether a cause was named or not; the first three. */
  ranked: { causes: readonly string[]; places: readonly string[] };
  /** The share the diagnosis gives its first cause, and the one it gives the true one. */
  p: number;
  pOfTrue: number;
  /** A cause was named: not abstained, and there was a stop to explain. */
  answered: boolean;
  causeRight: boolean;
  /** null: no stop was explained. */
  word: CertaintyWord | null;
  /** null: the truth does not tell the chain. */
  chainRight: boolean | null;
  edges: EdgeCount;
  cited: Cited | null;
  words: Words;
  nextCheck: NextCheck;
  cpuMs: number;
  guesses: readonly Guessed[];
  leftOut: LeftOut | null;
};

const others = new Set(['other', 'unknown']);
/** The catalogue's word for a break is longer than the truth's. */
const causeId = (cause: string): string => (cause === 'planned_break' ? 'break' : cause);
const distinct = (list: readonly string[]): string[] => [...new Set(list)];

/** Causes and places in the order in which the diagnosis holds them likely. */
function rankingOf(found: Diagnosis | null): { causes: string[]; places: string[] } {
  if (found === null) return { causes: [], places: [] };
  const ranked = found.candidates.filter(({ cause }) => !others.has(cause));
  const named = found.abstained || others.has(found.cause) ? [] : [found.cause];
  return {
    causes: distinct([...named, ...ranked.map(({ cause }) => cause)].map(causeId)),
    places: distinct([...(found.place === null ? [] : [found.place]), ...ranked.map(({ place }) => place)]),
  };
}

const judgedBy = (truth: Truth): Judged['truth'] => ({
  cause: truth.cause,
  class: truth.class,
  machine: truth.machine,
  place: truth.place,
  kind: truth.kind,
  answerable: truth.answerable,
  dials: truth.dials,
  stopped: truth.stop !== null,
  listed: isKnown(truth.cause),
  causes: truth.causes.filter(({ answerable }) => answerable === 'yes').map(({ cause }) => cause),
});

const saidIn = (found: Diagnosis | null): Judged['said'] => ({
  machine: found?.machine ?? null,
  place: found?.place ?? null,
  cause: found ? causeId(found.cause) : 'none',
  abstained: found?.abstained ?? false,
  roots: (found?.roots ?? []).map(({ cause }) => causeId(cause)),
});

/** A cause is named, and it is the true one; of a cause without a name "none of those I know". */
export const namedRight = ({ abstained, cause }: Diagnosis, truth: Truth): boolean =>
  !abstained && causeId(cause) === (isKnown(truth.cause) ? truth.cause : 'other');

/** Holds what the product said against the truth. `beside`: what else was made of the same case. */
export function judge(
  one: Case,
  played: Played,
  beside: Partial<Pick<Judged, 'guesses' | 'leftOut'>> = {},
): Judged {
  const { truth } = one;
  const { diagnosis: said } = played;
  const ranked = rankingOf(said);
  const answered = said !== null && !said.abstained;
  const first = said?.candidates.find(({ cause }) => causeId(cause) === ranked.causes[0]);
  const ofTrue = said?.candidates.filter(({ cause }) => causeId(cause) === truth.cause) ?? [];
  return {
    name: one.name,
    truth: judgedBy(truth),
    outcome: played.outcome,
    said: saidIn(said),
    ranked: { causes: ranked.causes.slice(0, 3), places: ranked.places.slice(0, 3) },
    p: first?.p ?? 0,
    pOfTrue: ofTrue.reduce((sum, { p }) => sum + p, 0),
    answered,
    causeRight: said !== null && namedRight(said, truth),
    word: certaintyOf(played),
    chainRight:
      truth.chain &&
      said?.place === truth.place &&
      [truth.chain, ...truth.otherChains].some((chain) => sameEdges(said.chain, chain)),
    edges: edgesOf(truth.chain === null ? [] : (said?.chain ?? []), closest(said?.chain ?? [], truth)),
    cited: answered ? citedOf(said, one) : null,
    words: checkWords(one, played),
    nextCheck: nextCheckOf(said, one),
    cpuMs: played.cpuMs,
    guesses: beside.guesses ?? [],
    leftOut: beside.leftOut ?? null,
  };
}

/** Of the chains that are right the one that was said, else the usual one. */
const closest = (said: Diagnosis['chain'], { chain, otherChains }: Truth) =>
  otherChains.find((other) => sameEdges(said, other)) ?? chain ?? [];
