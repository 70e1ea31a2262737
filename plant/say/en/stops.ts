import type { Plant } from '../../equipment.ts';
import type { LossShare } from '../../losses.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localClock, localDay, localSpan, localWhen } from '../local-time.ts';
import { compose, factual } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { count, lineName, listed } from './words.ts';

const lossNames: Record<Stop['loss'], string> = {
  breakdown: 'breakdowns',
  minor_stop: 'short stops',
  setup: 'set-up and changeover',
  planned: 'planned stops',
  waiting: 'waiting for product or discharge',
  unknown: 'stops of unknown kind',
};

function row(stop: Stop, plant: Plant, now: Millis): string[] {
  const end = stop.to ? localClock(millis(stop.to), plant.timezone) : 'still standing';
  return [
    lineName(plant, stop.line),
    localWhen(millis(stop.from), plant.timezone, now),
    end,
    durationWords(stop.durationS),
    stop.planned ? 'planned' : lossNames[stop.loss].replace(/s$/, ''),
  ];
}

const rowWords = ([line = '', from = '', to = '', long = '', kind = '']: readonly string[]): string =>
  `${line}, ${from} ${to === 'still standing' ? 'and still standing' : `to ${to}`}, ${long}, ${kind}`;

/** Which stops there were, and where the time went. `shown`: the stops told, of `stops` in all. */
export function sayStops(
  about: {
    lines: readonly string[];
    from: Millis;
    to: Millis;
    stops: readonly Stop[];
    shown: readonly Stop[];
    pareto: readonly LossShare[];
    evidence?: readonly string[];
  },
  plant: Plant,
  { now }: Now,
): Said {
  const { lines, stops, shown, pareto } = about;
  const names =
    lines.length === plant.lines.length && lines.length > 1
      ? 'All lines together'
      : listed(lines.map((id) => lineName(plant, id)));
  const window = localSpan(about.from, about.to, plant.timezone, now);
  const unplanned = stops.filter(({ planned }) => !planned);
  const lost = unplanned.reduce((sum, { durationS }) => sum + durationS, 0);
  const first =
    unplanned.length === 0
      ? `${names}: no unplanned stop is recorded ${window}.`
      : `${names} had ${count(unplanned.length, 'unplanned stop')} ${window}, ${durationWords(lost)} in all.`;
  const longest = unplanned.toSorted((a, b) => b.durationS - a.durationS)[0];
  const rows = shown.map((stop) => row(stop, plant, now));
  return compose({
    first: factual(first, about.evidence ?? []),
    blocks: [
      {
        heading: 'Where the time went:',
        list: true,
        sentences: pareto
          .slice(0, 4)
          .map((share) =>
            factual(
              `${share.planned && share.loss !== 'planned' ? 'planned ' : ''}${lossNames[share.loss]}: ${durationWords(share.durationS)} in ${count(share.stops, 'stop')}`,
            ),
          ),
      },
      {
        heading: 'Stops:',
        list: true,
        sentences: shown.slice(0, 8).map((_, index) => factual(rowWords(rows[index] ?? []))),
      },
    ],
    table: { columns: ['Line', 'From', 'To', 'Duration', 'Kind'], rows },
    followUps: longest
      ? [
          `Why did ${lineName(plant, longest.line)} stop at ${localWhen(millis(longest.from), plant.timezone, now)}?`,
          ...(localDay(about.from, plant.timezone, now) === '' ? ['And yesterday?'] : []),
        ]
      : [],
  });
}
