import { quantile, ratioOf, shareOf, type Share } from '../share.ts';
import type { Judged } from './judge.ts';

/** Cases, by what may be asked of them. Of a cause without a name in the product no ranking can be asked. */
export const stops = (cases: readonly Judged[]) => cases.filter(({ truth }) => truth.stopped);
export const answerable = (cases: readonly Judged[]) =>
  stops(cases).filter(({ truth }) => truth.answerable === 'yes' && truth.listed);
/** Stops that somebody could tell, of which no ranking is asked: the cause has no name. */
export const unlisted = (cases: readonly Judged[]) =>
  stops(cases).filter(({ truth }) => truth.answerable === 'yes' && !truth.listed);
/** Without stops that the calendar tells. */
const unplanned = (cases: readonly Judged[]) => cases.filter(({ truth }) => truth.kind !== 'planned');
export const placeable = (cases: readonly Judged[]) =>
  stops(cases).filter(({ truth }) => truth.answerable !== 'no');

/** Said that there was no stop. */
export const rejected = ({ outcome }: Judged): boolean => outcome === 'ran' || outcome === 'no_stop';
/** Said that it cannot be told: no cause named, or no data. */
export const gaveNone = (one: Judged): boolean =>
  !one.answered && (one.outcome === 'explained' || one.outcome === 'no_data');
export const placeIn = (one: Judged, first: number): boolean =>
  one.ranked.places.slice(0, first).includes(one.truth.place);
export const causeIn = (one: Judged, first: number): boolean =>
  one.ranked.causes.slice(0, first).includes(one.truth.cause);
const inOrder = (said: readonly string[], real: readonly string[]): boolean =>
  said.length === real.length && said.every((cause, index) => cause === real[index]);

/** What the figures are shares of, as the report says it. */
export const denominators = {
  machine_top1: 'stops that began at a machine, undecidable ones apart',
  machine_top3: 'the same, first three places of the forced ranking',
  machine_top1_all: 'stops that began at a machine, undecidable ones too',
  place_top1: 'stops, undecidable ones apart: machine, supply, utility, dispatch, system or line',
  place_top1_all: 'all stops, undecidable ones too',
  place_top3: 'stops, undecidable ones apart, first three places',
  cause_top1: 'answerable stops by a listed cause, forced ranking: named or not',
  cause_top1_unplanned: 'the same without stops that the calendar tells',
  cause_top3: 'answerable stops by a listed cause, first three causes',
  chain: 'answerable stops by a listed cause: origin and every edge in order',
  chain_edges: 'edges of answerable stops, true ones found against all said and true ones (F1)',
  inferred_marked: 'true edges that no record shows and that were found: said to be inferred',
  precision: 'all cases for which a cause was named, undecidable ones and those without a stop too',
  precision_unplanned: 'the same without stops that the calendar tells',
  precision_answerable: 'answerable stops by a listed cause for which a cause was named',
  coverage: 'answerable stops by a listed cause: a cause was named',
  coverage_unplanned: 'the same without stops that the calendar tells',
  abstain_unanswerable: 'stops nobody could decide from the records: no cause named',
  abstain_partly: 'stops of which the records show only the place: no cause named',
  abstain_answerable: 'answerable stops: no cause named (low is good)',
  not_listed: 'stops by a cause that the catalogue does not have: right place and "none of those I know"',
  false_premise: 'cases without a stop: said so',
  compound: 'stops of two causes that the records both tell: exactly both named, in order',
  compound_both: 'the same: both named, whatever else',
  evidence_precision:
    'records cited for a named cause: not misleading (each misleading one counts -1; one that says nothing counts as right)',
  evidence_precision_strict: 'the same: named by the truth as necessary or supporting, record by record',
  evidence_recall:
    'necessary records of answered, answerable stops: anywhere in the answer, another state or alarm of the machine too',
  evidence_recall_strict: 'the same: that very record, cited for the named cause',
  next_check: 'stops for which no cause was named: a next check is given',
  next_check_right:
    'the same, by a listed cause: it is the check of the true cause at its place, or says that it tells this cause from another',
  next_check_true: 'the same: it is the check of the true cause',
  undecidable: 'stops: nobody could decide them from the records',
} as const;
export type Name = keyof typeof denominators;
type Shares = Record<Name, Share>;

export const sharesOf = (cases: readonly Judged[]): Shares => ({
  ...placeShares(stops(cases)),
  ...causeShares(answerable(cases)),
  ...answerShares(cases),
  ...evidenceShares(cases),
  ...checkShares(stops(cases).filter(gaveNone)),
  undecidable: shareOf(stops(cases), ({ truth }) => truth.answerable === 'no'),
});

/** What to look at next, where no cause was named. */
function checkShares(open: readonly Judged[]) {
  const listed = open.filter(({ truth }) => truth.listed);
  const ofTrue = ({ nextCheck }: Judged) => nextCheck === 'true cause';
  return {
    next_check: shareOf(open, ({ nextCheck }) => nextCheck !== null),
    next_check_right: shareOf(listed, (one) => ofTrue(one) || one.nextCheck === 'separates'),
    next_check_true: shareOf(listed, ofTrue),
  };
}

/** Where it began. */
function placeShares(all: readonly Judged[]) {
  const local = placeable(all);
  const atMachine = local.filter(({ truth }) => truth.machine !== null);
  return {
    machine_top1: shareOf(atMachine, (one) => one.said.machine === one.truth.machine),
    machine_top3: shareOf(atMachine, (one) => placeIn(one, 3)),
    machine_top1_all: shareOf(
      all.filter(({ truth }) => truth.machine !== null),
      (one) => one.said.machine === one.truth.machine,
    ),
    place_top1: shareOf(local, (one) => placeIn(one, 1)),
    place_top1_all: shareOf(all, (one) => placeIn(one, 1)),
    place_top3: shareOf(local, (one) => placeIn(one, 3)),
  };
}

/** What it was, and the way it took, of what somebody could tell. */
function causeShares(able: readonly Judged[]) {
  return {
    cause_top1: shareOf(able, (one) => causeIn(one, 1)),
    cause_top1_unplanned: shareOf(unplanned(able), (one) => causeIn(one, 1)),
    cause_top3: shareOf(able, (one) => causeIn(one, 3)),
    chain: shareOf(
      able.filter(({ chainRight }) => chainRight !== null),
      ({ chainRight }) => chainRight === true,
    ),
    chain_edges: ratioOf(able.map(({ edges }) => [2 * edges.both, edges.said + edges.real])),
    inferred_marked: ratioOf(able.map(({ edges }) => [edges.marked, edges.inferred])),
  };
}

/** Whether a cause was named where it should be, and only there. */
function answerShares(cases: readonly Judged[]) {
  const [all, able] = [stops(cases), answerable(cases)];
  const open = (kind: 'no' | 'partly') => all.filter(({ truth }) => truth.answerable === kind);
  const two = able.filter(({ truth }) => truth.kind === 'compound' && truth.causes.length > 1);
  return {
    precision: shareOf(
      cases.filter(({ answered }) => answered),
      (one) => one.truth.stopped && one.causeRight,
    ),
    precision_unplanned: shareOf(
      unplanned(cases).filter(({ answered }) => answered),
      (one) => one.truth.stopped && one.causeRight,
    ),
    precision_answerable: shareOf(
      able.filter(({ answered }) => answered),
      (one) => one.causeRight,
    ),
    coverage: shareOf(able, ({ answered }) => answered),
    coverage_unplanned: shareOf(unplanned(able), ({ answered }) => answered),
    abstain_unanswerable: shareOf(open('no'), gaveNone),
    abstain_partly: shareOf(open('partly'), gaveNone),
    abstain_answerable: shareOf(able, gaveNone),
    not_listed: shareOf(
      all.filter(({ truth }) => !truth.listed && truth.answerable !== 'no'),
      (one) => placeIn(one, 1) && one.causeRight,
    ),
    false_premise: shareOf(
      cases.filter(({ truth }) => !truth.stopped),
      rejected,
    ),
    compound: shareOf(two, (one) => inOrder(one.said.roots, one.truth.causes)),
    compound_both: shareOf(two, (one) => one.truth.causes.every((cause) => one.said.roots.includes(cause))),
  };
}

function evidenceShares(cases: readonly Judged[]) {
  const cited = cases.flatMap((one) => (one.cited && one.truth.stopped ? [{ ...one.cited, one }] : []));
  const answeredAble = cited.filter(({ one }) => one.truth.answerable === 'yes');
  return {
    evidence_precision: ratioOf(cited.map(({ cited: all_, misleading }) => [all_ - 2 * misleading, all_])),
    evidence_precision_strict: ratioOf(cited.map(({ cited: all_, telling }) => [telling, all_])),
    evidence_recall: ratioOf(answeredAble.map(({ necessary, found }) => [found, necessary])),
    evidence_recall_strict: ratioOf(answeredAble.map(({ necessary, exact }) => [exact, necessary])),
  };
}

/** What must never be, and how long an answer takes. */
export function countsOf(cases: readonly Judged[]) {
  const cpu = cases.map(({ cpuMs }) => cpuMs);
  const sum = (of: (one: Judged) => number) => cases.reduce((total, one) => total + of(one), 0);
  return {
    n: cases.length,
    stops: stops(cases).length,
    unlisted: unlisted(cases).length,
    sentences: sum(({ words }) => words.sentences),
    invented_figures: sum(({ words }) => words.invented.length),
    unwitnessed_figures: sum(({ words }) => words.unwitnessed.length),
    readers_differ: sum(({ words }) => words.differs.length),
    blamed: sum(({ words }) => words.blamed.length),
    blame_quoted: sum(({ words }) => words.quoted),
    refused: cases.filter(({ outcome }) => outcome === 'refused').length,
    cpu_ms_p50: quantile(cpu, 0.5),
    cpu_ms_p95: quantile(cpu, 0.95),
  };
}

/** Right place and "none of the causes I know", for causes and for whole classes left out of the catalogue. */
export function leftOutShares(cases: readonly Judged[]) {
  const left = cases.flatMap(({ leftOut, truth }) => (leftOut ? [{ ...leftOut, truth }] : []));
  const atMachine = left.filter(({ truth }) => truth.machine !== null);
  const elsewhere = left.filter(({ truth }) => truth.machine === null);
  type Left = (typeof left)[number];
  const right = (what: 'cause' | 'class') => (one: Left) => one[what].place && one[what].said === 'other';
  const misnamed = (what: 'cause' | 'class') => (one: Left) => one[what].said === 'another cause';
  return {
    class_at_machine: shareOf(atMachine, right('class')),
    class_elsewhere: shareOf(elsewhere, right('class')),
    class: shareOf(left, right('class')),
    class_misnamed: shareOf(left, misnamed('class')),
    cause_at_machine: shareOf(atMachine, right('cause')),
    cause_elsewhere: shareOf(elsewhere, right('cause')),
    cause: shareOf(left, right('cause')),
    cause_place: shareOf(left, ({ cause }) => cause.place),
    cause_misnamed: shareOf(left, misnamed('cause')),
  };
}

/** The same under the names they have in JSON. `left_out_class` is what has an aim: the whole class, began at a machine. */
export function leftOutNamed(cases: readonly Judged[]) {
  const left = leftOutShares(cases);
  return {
    left_out_class: left.class_at_machine,
    left_out_class_elsewhere: left.class_elsewhere,
    left_out_class_anywhere: left.class,
    left_out_cause_at_machine: left.cause_at_machine,
    left_out_cause_elsewhere: left.cause_elsewhere,
    left_out_cause_anywhere: left.cause,
  };
}

type BaselineShares = { name: string; machine: Share; place: Share; cause: Share };
/** The same denominators as ours. */
export function baselineShares(cases: readonly Judged[]): BaselineShares[] {
  const names = [...new Set(cases.flatMap(({ guesses }) => guesses.map(({ name }) => name)))];
  const says = (one: Judged, name: string) => one.guesses.find((guess) => guess.name === name);
  return names.map((name) => ({
    name,
    machine: shareOf(
      placeable(cases).filter(({ truth }) => truth.machine !== null),
      (one) => says(one, name)?.machineRight === true,
    ),
    place: shareOf(placeable(cases), (one) => says(one, name)?.placeRight === true),
    cause: shareOf(answerable(cases), (one) => says(one, name)?.causeRight === true),
  }));
}
