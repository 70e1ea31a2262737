import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Truth } from './case.ts';
import type { Guess } from './baselines.ts';

/** One case, judged. */
export type Judged = {
  name: string;
  truth: Truth;
  said: {
    machine: string | null;
    place: string | null;
    cause: string;
    p: number;
    abstained: boolean;
    causes: readonly string[];
    places: readonly string[];
  };
  /** The machine named is the true one; where the origin is no machine, none is named. */
  machineRight: boolean;
  /** null: the truth names no machine of the line. */
  machineInThree: boolean | null;
  placeRight: boolean;
  causeRight: boolean;
  causeInThree: boolean;
  chainRight: boolean;
  /** A cause was named, and it is another. */
  wrong: boolean;
  abstained: boolean;
  guesses: readonly { name: string; machineRight: boolean; causeRight: boolean }[];
};

const others = new Set(['other', 'unknown']);

/** The forced ranking counts for the first three, abstention or not; right and wrong count what was said. */
export function judge(
  name: string,
  truth: Truth,
  found: Diagnosis | null,
  guesses: readonly (Guess & { name: string })[],
): Judged {
  const ranked = (found?.candidates ?? []).filter(({ cause }) => !others.has(cause));
  const places = [...new Set([found?.place, ...ranked.map(({ place }) => place)])].filter(
    (one) => one !== null && one !== undefined,
  );
  const causes = [...new Set(ranked.map(({ cause }) => cause))];
  const abstained = found === null || found.abstained;
  const causeRight = !abstained && found.cause === truth.cause;
  return {
    name,
    truth,
    said: {
      machine: found?.machine ?? null,
      place: found?.place ?? null,
      cause: found?.cause ?? 'unknown',
      p: found?.p ?? 0,
      abstained,
      causes: causes.slice(0, 3),
      places: places.slice(0, 3),
    },
    machineRight: found !== null && found.machine === truth.machine,
    machineInThree: truth.machine === null ? null : places.slice(0, 3).includes(truth.machine),
    placeRight: found?.place === truth.place,
    causeRight,
    causeInThree: causes.slice(0, 3).includes(truth.cause),
    chainRight: found !== null && sameChain(found.chain, truth.chain),
    wrong: !abstained && !causeRight,
    abstained,
    guesses: guesses.map((guess) => ({
      name: guess.name,
      machineRight: guess.machine === truth.machine,
      causeRight: guess.cause === truth.cause,
    })),
  };
}

type Edges = readonly { from: string; to: string }[];
/** Root and every edge in order. */
const sameChain = (said: Edges, truth: Edges): boolean =>
  said.length === truth.length &&
  said.every((edge, index) => edge.from === truth[index]?.from && edge.to === truth[index]?.to);

export type Figures = {
  n: number;
  /** Over all cases: a machine rightly named, or rightly none. */
  machine_right: number;
  /** Cases whose origin is a machine of the line; `machine_top1` and `machine_top3` are shares of these. */
  machine_cases: number;
  machine_top1: number | null;
  place_top1: number;
  machine_top3: number | null;
  cause_right: number;
  cause_top1: number;
  cause_top3: number;
  chain: number;
  wrong: number;
  abstained: number;
  precision: number | null;
  coverage: number;
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Shares of 1 and counts over the cases handed in. Precision is of those answered. */
export function figures(cases: readonly Judged[]): Figures {
  const count = (test: (one: Judged) => boolean) => cases.filter(test).length;
  const machineCases = count((one) => one.truth.machine !== null);
  const answered = count((one) => !one.abstained);
  const right = count((one) => one.causeRight);
  return {
    n: cases.length,
    machine_right: count((one) => one.machineRight),
    machine_cases: machineCases,
    machine_top1: share(
      count((one) => one.machineRight && one.truth.machine !== null),
      machineCases,
    ),
    place_top1:
      share(
        count((one) => one.placeRight),
        cases.length,
      ) ?? 0,
    machine_top3: share(
      count((one) => one.machineInThree === true),
      machineCases,
    ),
    cause_right: right,
    cause_top1: share(right, cases.length) ?? 0,
    cause_top3:
      share(
        count((one) => one.causeInThree),
        cases.length,
      ) ?? 0,
    chain:
      share(
        count((one) => one.chainRight),
        cases.length,
      ) ?? 0,
    wrong: count((one) => one.wrong),
    abstained: count((one) => one.abstained),
    precision: share(right, answered),
    coverage: share(answered, cases.length) ?? 0,
  };
}
