import { mean, shareOf } from '../share.ts';
import type { Judged } from '../stops/judge.ts';
import { causeIn, rejected } from '../stops/figures.ts';
import type { Study } from '../stops/study.ts';
import { twists, type Twist } from '../stops/twists.ts';
import { counted, percent, tableOf, withInterval } from '../tables.ts';

const whatOf: Record<Twist, string> = {
  alarms: 'alarm texts permuted among the machines',
  day: 'the deciding source beside the machines a day early',
  decisive: 'the necessary records removed',
  telling: 'the necessary and the supporting records removed',
};

/** What becomes of confidence and accuracy when the sense is taken out of the cases. */
function twistFigures(study: Study['twists']) {
  return twists.map((twist) => {
    const pairs = study.flatMap(({ plain, twisted }) =>
      twisted.filter((one) => one.twist === twist).map((one) => ({ plain, changed: one.judged })),
    );
    const side = (pick: (pair: { plain: Judged; changed: Judged }) => Judged) => {
      const cases = pairs.map(pick);
      return {
        confidence: mean(cases.map(({ p }) => p)),
        of_true: mean(cases.map(({ pOfTrue }) => pOfTrue)),
        named: shareOf(cases, ({ answered }) => answered),
        right: shareOf(cases, (one) => causeIn(one, 1)),
      };
    };
    const [plain, changed] = [side((one) => one.plain), side((one) => one.changed)];
    const fell = (a: number | null, b: number | null) => a !== null && b !== null && b < a;
    return {
      twist,
      n: pairs.length,
      plain,
      changed,
      confidence_fell: fell(plain.of_true, changed.of_true),
      accuracy_fell: (changed.right.high ?? 1) < (plain.right.low ?? 0),
    };
  });
}

export function twistTable(study: Study['twists']): string {
  return tableOf(
    [
      'what was changed',
      'cases',
      'share given to the true cause',
      'share given to the first cause',
      'cause named',
      'first cause right',
      '',
    ],
    twistFigures(study).map(({ twist, n, plain, changed, confidence_fell: fell, accuracy_fell: less }) => [
      whatOf[twist],
      String(n),
      `${percent(plain.of_true)} → ${percent(changed.of_true)}`,
      `${percent(plain.confidence)} → ${percent(changed.confidence)}`,
      `${percent(plain.named.share)} → ${percent(changed.named.share)}`,
      `${withInterval(plain.right)} → ${withInterval(changed.right)}`,
      n === 0
        ? ''
        : `confidence ${fell ? 'fell' : 'did not fall'}, accuracy ${less ? 'fell' : 'did not fall clearly'}`,
    ]),
  );
}

/** Pairs that differ in one fact: the answer must differ with it. */
export function pairFigures(study: Study['pairs']) {
  const fault = study.filter(({ kind }) => kind === 'fault').map(({ pair }) => pair);
  const stock = study.filter(({ kind }) => kind === 'stock').map(({ pair }) => pair);
  const first = ({ ranked }: Judged) => ranked.causes[0] ?? 'none';
  return {
    fault: shareOf(fault, ([withFault, without]) => withFault.outcome === 'explained' && rejected(without)),
    stock_both: shareOf(
      stock,
      ([there, gone]) => first(there) === there.truth.cause && first(gone) === gone.truth.cause,
    ),
    stock_changes: shareOf(stock, ([there, gone]) => first(there) !== first(gone)),
  };
}

export function pairTable(study: Study['pairs']): string {
  const { fault, stock_both: both, stock_changes: changes } = pairFigures(study);
  return tableOf(
    ['pair', 'right', 'counts'],
    [
      [
        'the same day with and without the fault: a stop is explained, and "it did not stop" is said',
        withInterval(fault),
        counted(fault),
      ],
      [
        'the same empty magazine, stock in the warehouse and none: both causes right',
        withInterval(both),
        counted(both),
      ],
      ['the same: the first cause changes with the stock', withInterval(changes), counted(changes)],
    ],
  );
}
