import { mean, quantile } from '../share.ts';
import { countsOf, denominators, sharesOf, unlisted, type Name } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { counted, percent, tableOf, withInterval } from '../tables.ts';
import { aims } from './aims.ts';

const names = Object.keys(denominators) as Name[];
const words = (name: string): string => name.replaceAll('_', ' ');

/** Figures that leave out stops whose cause has no name. */
const ofListed = new Set<Name>([
  'cause_top1',
  'cause_top1_unplanned',
  'cause_top3',
  'chain',
  'chain_edges',
  'precision_answerable',
  'coverage',
  'coverage_unplanned',
  'abstain_answerable',
]);

/** Every figure with its interval, what it is a share of, and the aim. */
export function figuresTable(cases: readonly Judged[]): string {
  const shares = sharesOf(cases);
  const out = unlisted(cases).length;
  return tableOf(
    ['figure', 'share (95 % interval)', 'counts', 'aim', 'of'],
    names.map((name) => {
      const [one, aim] = [shares[name], aims[name]];
      const reached = aim === undefined ? '' : one.share === null ? 'not measured' : verdict(one.share, aim);
      const counts = `${counted(one)}${ofListed.has(name) ? `; ${out} left out` : ''}`;
      return [words(name), withInterval(one), counts, reached, denominators[name]];
    }),
  );
}

/** The aim, and by how much it is missed. */
export const verdict = (share: number, aim: number): string =>
  `${percent(aim)} ${share >= aim ? 'reached' : `missed by ${missedBy(share, aim)}`}`;

/** In percentage points. */
export const missedBy = (share: number, aim: number): string => ((aim - share) * 100).toFixed(1);

/** What must be 0, and the time an answer takes. */
export function countsTable(cases: readonly Judged[]): string {
  const counts = countsOf(cases);
  const ms = (value: number | null) => (value === null ? '–' : value.toFixed(1));
  return tableOf(
    ['figure', 'value', 'aim'],
    [
      ['cases', String(counts.n), ''],
      ['stops among them', String(counts.stops), ''],
      ['answerable stops by a cause without a name, left out above', String(counts.unlisted), ''],
      ['sentences and claims checked', String(counts.sentences), ''],
      ['figures that no record holds', String(counts.invented_figures), '0'],
      [
        'sentences with a figure that a second reader, apart from the product, finds in no cited record',
        String(counts.unwitnessed_figures),
        '',
      ],
      ['sentences that only one of the two readers doubts', String(counts.readers_differ), ''],
      ['sentences that blame or name a person', String(counts.blamed), '0'],
      ['sentences that quote such a note, in quotation marks', String(counts.blame_quoted), ''],
      ['questions refused', String(counts.refused), '0'],
      [
        '`explain_stop` where the database holds this case alone, ms of processor time, median',
        ms(counts.cpu_ms_p50),
        '',
      ],
      ['the same, 95th percentile', ms(counts.cpu_ms_p95), ''],
    ],
  );
}

/** What only one of two readers of figures doubts. Of a closed set it is only counted. */
export function differencesTable(cases: readonly Judged[]): string {
  const all = cases.flatMap(({ name, words }) =>
    words.differs.map((text) => [
      name,
      words.unwitnessed.includes(text) ? 'the second reader' : 'the check',
      text.replaceAll('|', '/'),
    ]),
  );
  if (all.length === 0) return 'The two readers of figures agree on every sentence.';
  const rest = all.length - differencesShown;
  return [
    tableOf(['case', 'doubted by', 'sentence'], all.slice(0, differencesShown)),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join('\n\n');
}
const differencesShown = 20;

/** How far the shares given can be believed: of the answers given about this share, so many were right. */
export function reliabilityTable(cases: readonly Judged[], right: (one: Judged) => boolean): string {
  const edges = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01];
  const bins = edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to }));
  const rows = bins.map(({ from, to }) => {
    const inside = cases.filter(({ p }) => p >= from && p < to);
    return {
      from,
      to: Math.min(1, to),
      inside,
      said: mean(inside.map(({ p }) => p)),
      met: mean(inside.map((one) => (right(one) ? 1 : 0))),
    };
  });
  const off = rows.reduce(
    (sum, { inside, said, met }) =>
      sum + (inside.length / Math.max(1, cases.length)) * Math.abs((said ?? 0) - (met ?? 0)),
    0,
  );
  const brier = mean(cases.map((one) => (one.p - (right(one) ? 1 : 0)) ** 2));
  return [
    tableOf(
      ['share given to the first cause', 'cases', 'mean share given', 'right'],
      rows.map(({ from, to, inside, said, met }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        String(inside.length),
        percent(said),
        percent(met),
      ]),
    ),
    `Mean distance between the two ${percent(off)}; Brier score ${brier === null ? '–' : brier.toFixed(3)}; median share given ${percent(
      quantile(
        cases.map(({ p }) => p),
        0.5,
      ),
    )}.`,
  ].join('\n\n');
}
