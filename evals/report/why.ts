import { answerable, causeIn, gaveNone, placeable, placeIn, rejected, stops } from '../stops/figures.ts';
import { leftOutShares, sharesOf, type Name } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { aims, leftOutAim } from './aims.ts';
import { missedBy } from './figures.ts';

/** One case that a figure counts as wrong, in words that several can share. */
type Mixed = (one: Judged) => string;
/** Of whom a figure is asked, who is wrong, and what was mixed up. */
type Wrong = { among: (cases: readonly Judged[]) => Judged[]; wrong: (one: Judged) => boolean; mixed: Mixed };

const real = ({ truth }: Judged): string => truth.cause;
const said = (one: Judged): string => (one.answered ? one.said.cause : 'none named');
const placeMixed: Mixed = (one) => `${real(one)}: ${one.said.place === null ? 'no place' : 'another place'}`;
const causeMixed: Mixed = (one) => `${real(one)}: ${one.ranked.causes[0] ?? 'none'} first`;
const namedMixed: Mixed = (one) =>
  one.truth.stopped
    ? `${real(one)}${one.truth.answerable === 'no' ? ' (nobody could decide)' : ''}: ${said(one)}`
    : `the line ran: ${said(one)}`;

const atMachine = (cases: readonly Judged[]) =>
  placeable(cases).filter(({ truth }) => truth.machine !== null);
const named = (cases: readonly Judged[]) => cases.filter(({ answered }) => answered);

const wrongs: Partial<Record<Name, Wrong>> = {
  machine_top1: {
    among: atMachine,
    wrong: (one) => one.said.machine !== one.truth.machine,
    mixed: placeMixed,
  },
  machine_top3: { among: atMachine, wrong: (one) => !placeIn(one, 3), mixed: placeMixed },
  place_top1: { among: placeable, wrong: (one) => !placeIn(one, 1), mixed: placeMixed },
  place_top3: { among: placeable, wrong: (one) => !placeIn(one, 3), mixed: placeMixed },
  cause_top1: { among: answerable, wrong: (one) => !causeIn(one, 1), mixed: causeMixed },
  cause_top3: { among: answerable, wrong: (one) => !causeIn(one, 3), mixed: causeMixed },
  chain: {
    among: answerable,
    wrong: ({ chainRight }) => chainRight === false,
    mixed: (one) => `${real(one)}: ${placeIn(one, 1) ? 'an edge' : 'the origin'}`,
  },
  precision: { among: named, wrong: (one) => !one.truth.stopped || !one.causeRight, mixed: namedMixed },
  precision_answerable: {
    among: (cases) => named(answerable(cases)),
    wrong: (one) => !one.causeRight,
    mixed: namedMixed,
  },
  coverage: {
    among: answerable,
    wrong: ({ answered }) => !answered,
    mixed: (one) => `${real(one)}: none named${causeIn(one, 1) ? ', though it stood first' : ''}`,
  },
  abstain_unanswerable: {
    among: (cases) => stops(cases).filter(({ truth }) => truth.answerable === 'no'),
    wrong: (one) => !gaveNone(one),
    mixed: namedMixed,
  },
  false_premise: {
    among: (cases) => cases.filter(({ truth }) => !truth.stopped),
    wrong: (one) => !rejected(one),
    mixed: (one) => `the line ran: ${one.answered ? one.said.cause : one.outcome}`,
  },
};

/** What was mixed up in the cases that a figure counts as wrong, most frequent first. Empty for a figure without such a list. */
export function mixedUp(name: Name, cases: readonly Judged[]): { what: string; n: number }[] {
  const of = wrongs[name];
  if (!of) return [];
  return ranked(of.among(cases).filter(of.wrong).map(of.mixed));
}

function ranked(list: readonly string[]): { what: string; n: number }[] {
  return [...Map.groupBy(list, (what) => what)]
    .map(([what, all]) => ({ what, n: all.length }))
    .toSorted((a, b) => b.n - a.n || a.what.localeCompare(b.what));
}

/** How many pairs stand beside a figure. */
const shown = 4;
const pairsText = (pairs: readonly { what: string; n: number }[]): string => {
  const rest = pairs.slice(shown).reduce((sum, { n }) => sum + n, 0);
  return [
    ...pairs.slice(0, shown).map(({ what, n }) => `${what} (${n})`),
    ...(rest > 0 ? [`others (${rest})`] : []),
  ].join('; ');
};

/**
 * A sentence for each aim that is missed: by how much, and what was mixed up, true cause before what was said.
 * `closed`: cases that stay unseen, of which no miss is told.
 */
export function missedWhy(cases: readonly Judged[], closed = false): string[] {
  const shares = sharesOf(cases);
  const one = (name: string, share: number | null, aim: number, why: () => string): string[] =>
    share === null || share >= aim
      ? []
      : [
          `${name} missed by ${missedBy(share, aim)}${closed ? '' : `, true cause and what was said: ${why()}`}`,
        ];
  return [
    ...(Object.keys(aims) as Name[]).flatMap((name) =>
      one(name.replaceAll('_', ' '), shares[name].share, aims[name] ?? 0, () =>
        pairsText(mixedUp(name, cases)),
      ),
    ),
    ...one('whole class left out', leftOutShares(cases).class_at_machine.share, leftOutAim, () =>
      pairsText(leftOutMixed(cases)),
    ),
  ];
}

/** Whole classes left out, of stops that began at a machine: what was said instead of "none I know". */
const leftOutMixed = (cases: readonly Judged[]) =>
  ranked(
    cases.flatMap(({ leftOut, truth }) => {
      if (leftOut === null || truth.machine === null) return [];
      const { place, said: instead } = leftOut.class;
      if (place && instead === 'other') return [];
      return [`${truth.cause}: ${place ? `${instead} named` : 'another place'}`];
    }),
  );

export const missedList = (cases: readonly Judged[], closed = false): string => {
  const missed = missedWhy(cases, closed);
  if (missed.length === 0) return 'No aim that can be measured here is missed.';
  const left = closed ? 'What was mixed up is not told: whoever reads the misses of this set opens it.' : '';
  return ['Missed aims:', missed.map((sentence) => `- ${sentence}`).join('\n'), left]
    .filter((part) => part !== '')
    .join('\n\n');
};
