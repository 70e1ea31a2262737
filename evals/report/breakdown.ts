import { shareOf } from '../share.ts';
import { bandsOf } from '../stops/bands.ts';
import { answerable, baselineShares, causeIn, leftOutShares, sharesOf } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { percent, tableOf, withInterval } from '../tables.ts';

const heads = [
  'cases',
  'answerable',
  'place',
  'cause',
  'cause in three',
  'chain',
  'precision',
  'coverage',
  'nobody could decide: no cause named',
  'no stop: said so',
];

function rowOf(name: string, cases: readonly Judged[]): string[] {
  const s = sharesOf(cases);
  return [
    name,
    String(cases.length),
    String(s.cause_top1.n),
    percent(s.place_top1.share),
    s.cause_top1.n >= 10 ? withInterval(s.cause_top1) : percent(s.cause_top1.share),
    percent(s.cause_top3.share),
    percent(s.chain.share),
    percent(s.precision.share),
    percent(s.coverage.share),
    percent(s.abstain_unanswerable.share),
    percent(s.false_premise.share),
  ];
}

/** The same figures for each group, and for all. */
export function tableBy(what: string, cases: readonly Judged[], of: (one: Judged) => string): string {
  const groups = [...new Set(cases.map(of))].toSorted();
  return tableOf(
    [what, ...heads],
    [
      ...groups.map((group) =>
        rowOf(
          group,
          cases.filter((one) => of(one) === group),
        ),
      ),
      rowOf('all', cases),
    ],
  );
}

export const classOf = ({ truth }: Judged): string => truth.class ?? 'no cause';

/** Each dial in three bands, or by its words. */
export function dialTable(cases: readonly Judged[]): string {
  const rows = bandsOf(cases).flatMap(({ dial, bands }) =>
    bands.map(({ band, cases: inside }) => rowOf(`${dial}: ${band}`, inside)),
  );
  return rows.length === 0 ? 'No dials are known of these cases.' : tableOf(['dial', ...heads], rows);
}

/** A guess that is right more often than this needs no diagnosis. */
const tooEasy = 0.6;

/** Six ways to answer without thinking, beside ours. */
export function baselineTable(cases: readonly Judged[]): string {
  const ours = sharesOf(cases);
  const rows = baselineShares(cases).map(({ name, machine, place, cause }) => [
    name,
    withInterval(machine),
    withInterval(place),
    withInterval(cause),
  ]);
  return tableOf(
    ['who answers', 'machine', 'place', 'cause'],
    [
      [
        'Andon',
        withInterval(ours.machine_top1),
        withInterval(ours.place_top1),
        withInterval(ours.cause_top1),
      ],
      ...rows,
    ],
  );
}

/** What the best baseline reaches where every dial is up: under this for machine, place and cause, or it is said by how much not. */
const hardMost = 0.5;

/** The best of the ways to answer without thinking, for machine, place and cause. */
export function bestBaselines(cases: readonly Judged[]) {
  const all = baselineShares(cases);
  return (['machine', 'place', 'cause'] as const).map((of) => ({
    of,
    first: all
      .map((one) => ({ name: one.name, share: one[of].share ?? 0 }))
      .toSorted((a, b) => b.share - a.share)[0],
  }));
}

/** How many of machine, place and cause a way to answer without thinking has right too often. */
export const tooEasyFor = (hard: readonly Judged[]): number =>
  bestBaselines(hard).filter(({ first }) => (first?.share ?? 0) >= hardMost).length;

export function hardBaseline(hard: readonly Judged[]): string {
  const best = bestBaselines(hard).map(({ of, first }) => {
    const over = (first?.share ?? 0) - hardMost;
    const missed = over < 0 ? '' : `, ${(over * 100).toFixed(1)} too many`;
    return { over, text: `the ${of} ${percent(first?.share ?? null)} ("${first?.name ?? ''}"${missed})` };
  });
  const hardEnough = best.every(({ over }) => over < 0);
  return `Of the ways to answer without thinking the best has ${best.map(({ text }) => text).join(', ')}; each must stay under ${percent(hardMost)}, and ${hardEnough ? 'does' : 'does not: the tier is not hard enough'}.`;
}

/** Per class the best baseline, and whether it makes the class too easy. */
export function easyTable(cases: readonly Judged[]): string {
  const able = answerable(cases);
  const rows = [...new Set(able.map(classOf))].toSorted().map((name) => {
    const inside = able.filter((one) => classOf(one) === name);
    const all = baselineShares(inside);
    const best = (of: 'cause' | 'place') =>
      all
        .map((one) => ({ name: one.name, share: one[of].share ?? 0 }))
        .toSorted((a, b) => b.share - a.share)[0];
    const [cause, place] = [best('cause'), best('place')];
    const easy = [
      ...((cause?.share ?? 0) > tooEasy ? ['cause'] : []),
      ...((place?.share ?? 0) > tooEasy ? ['place'] : []),
    ];
    const said = (one: typeof cause) =>
      one && one.share > 0 ? `${percent(one.share)} (${one.name})` : '0 %';
    return [
      name,
      String(inside.length),
      percent(shareOf(inside, (one) => causeIn(one, 1)).share),
      said(cause),
      said(place),
      easy.length > 0 ? `too easy: ${easy.join(' and ')}` : '',
    ];
  });
  return tableOf(
    ['class', 'answerable', 'cause, Andon', 'cause, best baseline', 'place, best baseline', ''],
    rows,
  );
}

/** Whole classes, and causes one at a time, left out of the catalogue, each on its own cases. */
export function leftOutTable(cases: readonly Judged[]): string {
  const left = cases.filter(({ leftOut }) => leftOut !== null);
  const row = (name: string, inside: readonly Judged[]) => {
    const s = leftOutShares(inside);
    return [
      name,
      String(inside.length),
      withInterval(s.class_at_machine),
      withInterval(s.class),
      percent(s.class_misnamed.share),
      withInterval(s.cause_at_machine),
      withInterval(s.cause),
      percent(s.cause_place.share),
      percent(s.cause_misnamed.share),
    ];
  };
  return tableOf(
    [
      'class',
      'cases',
      'whole class left out, began at a machine: right place and "none I know" (the aim is of these)',
      'the same, wherever it began',
      'another cause named',
      'cause alone left out, began at a machine: right place and "none I know"',
      'the same, wherever it began',
      'right place',
      'another cause named',
    ],
    [
      ...[...new Set(left.map(classOf))].toSorted().map((name) =>
        row(
          name,
          left.filter((one) => classOf(one) === name),
        ),
      ),
      row('all', left),
    ],
  );
}
