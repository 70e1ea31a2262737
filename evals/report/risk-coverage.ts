import { causeIn } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { percent, tableOf } from '../tables.ts';

/** Answering the surest cases first: of so large a part of the cases, so many are right. */
type Point = { coverage: number; precision: number; p: number };

/** One point per case, from the surest on. Cases of the same share stand together. */
export function riskCoverage(cases: readonly Judged[]): Point[] {
  const sorted = cases.toSorted((a, b) => b.p - a.p);
  let right = 0;
  const points: Point[] = [];
  for (const [index, one] of sorted.entries()) {
    if (one.truth.stopped && causeIn(one, 1)) right += 1;
    if (sorted[index + 1]?.p === one.p) continue;
    points.push({ coverage: (index + 1) / sorted.length, precision: right / (index + 1), p: one.p });
  }
  return points;
}

/** The same at every tenth of the cases. */
export function riskCoverageTable(cases: readonly Judged[]): string {
  const points = riskCoverage(cases);
  const tenths = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);
  return tableOf(
    ['answered', 'right of those', 'surest first down to a share of'],
    tenths.flatMap((part) => {
      const point = points.find(({ coverage }) => coverage >= part - 1e-9);
      return point ? [[percent(part), percent(point.precision), point.p.toFixed(2)]] : [];
    }),
  );
}

type Line = { name: string; colour: string; points: readonly Point[]; dash?: string };
const [width, height] = [640, 420];
const [left, right, top, bottom] = [64, 72, 32, 116];
/** The lowest precision drawn. */
const floor = 0.5;

/** Risk against coverage as a picture: precision (up) of the part answered (across), and where Andon draws the line. */
export function drawRiskCoverage(
  lines: readonly Line[],
  chosen: { coverage: number; precision: number } | null,
): string {
  const x = (coverage: number) => left + coverage * (width - left - right);
  const y = (precision: number) =>
    top + ((1 - Math.max(floor, precision)) / (1 - floor)) * (height - top - bottom);
  const at = (value: number) => value.toFixed(1);
  const text = (px: number, py: number, words: string, anchor = 'middle') =>
    `<text x="${at(px)}" y="${at(py)}" text-anchor="${anchor}">${words}</text>`;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const levels = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
  const path = ({ points, colour, dash }: Line) =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''} points="${points.map(({ coverage, precision }) => `${at(x(coverage))},${at(y(precision))}`).join(' ')}"/>`;
  const legend = lines.map(({ name, colour, dash }, index) => {
    const py = height - 54 + index * 18;
    return `<line x1="${left}" x2="${left + 28}" y1="${py - 4}" y2="${py - 4}" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>${text(left + 36, py, name, 'start')}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<title>How often the first cause is right, against the part of the cases answered</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...levels.map(
      (level) =>
        `<line x1="${left}" x2="${width - right}" y1="${at(y(level))}" y2="${at(y(level))}" stroke="#ddd"/>${text(left - 8, y(level) + 4, percent(level), 'end')}`,
    ),
    ...ticks.map((tick) => text(x(tick), height - bottom + 18, percent(tick))),
    text((left + width - right) / 2, height - bottom + 38, 'part of the cases answered, surest first'),
    ...lines.map(path),
    ...(chosen
      ? [
          `<circle cx="${at(x(chosen.coverage))}" cy="${at(y(chosen.precision))}" r="5" fill="#222"/>`,
          text(x(chosen.coverage), y(chosen.precision) - 10, 'where Andon names a cause'),
        ]
      : []),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}
