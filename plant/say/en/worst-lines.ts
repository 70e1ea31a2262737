import type { Plant } from '../../equipment.ts';
import { secondsIn, sharesBy } from '../../stop-shares.ts';
import type { Span, StopShare } from '../../stop-shares.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localWhen } from '../local-time.ts';
import { compose, factual } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { periodWords } from './period.ts';
import type { Ranked } from './stop-ranking.ts';
import { countedBlock, nounOf, shareWords, whyStop } from './stop-words.ts';
import { count, lineName, listed } from './words.ts';

type Lines = Ranked & {
  /** Lines whose state nobody recorded. */
  silent: readonly string[];
};

/** Which line lost the most time, and which one stopped most often. */
export function sayWorstLines(about: Lines, plant: Plant, { now }: Now): Said {
  const { lines, stops, silent } = about;
  const shares = sharesBy(stops, ({ line }) => line, about);
  const [worst] = shares;
  if (!worst) return compose({ first: factual('') });
  const noun = nounOf(stops);
  const period = periodWords(about.from, about.to, plant, now);
  const quiet = lines.filter((id) => !silent.includes(id) && !shares.some(({ of }) => of === id));
  const day = /^(?:today|yesterday)/.exec(period)?.[0];
  return compose({
    first: factual(
      `${lineName(plant, worst.of)} stood longest ${period}: ${shareWords(worst, noun)}${oftenWords(shares, worst, plant)}.`,
    ),
    blocks: [
      {
        list: true,
        sentences: shares.map((share) => factual(itemWords(share, about, plant, now))),
      },
      {
        sentences:
          quiet.length > 0
            ? [factual(`No ${noun} is recorded of ${listed(quiet.map((id) => lineName(plant, id)))}.`)]
            : [],
      },
      countedBlock(about, plant, now),
    ],
    table: {
      columns: ['Line', 'Stood', 'Stops', 'Longest', 'Standing now'],
      rows: shares.map((share) => [
        lineName(plant, share.of),
        durationWords(share.seconds),
        String(share.stops.length),
        longestIn(share, about),
        standingSince(share, plant, now) ?? '-',
      ]),
    },
    followUps: [
      ...(worst.stops[0] ? [whyStop(worst.stops[0], plant, now)] : []),
      `What were the longest stops of ${lineName(plant, worst.of)}${day ? ` ${day}` : ''}?`,
    ],
  });
}

/** `Line 2: 12 minutes in 9 unplanned stops, the longest 3 minutes, standing since 14:05`. */
function itemWords(share: StopShare<string>, about: Lines, plant: Plant, now: Millis): string {
  const { of, seconds, stops } = share;
  const since = standingSince(share, plant, now);
  const standing = since ? `, standing ${since}` : '';
  return `${lineName(plant, of)}: ${durationWords(seconds)} in ${count(stops.length, nounOf(about.stops))}, the longest ${longestIn(share, about)}${standing}`;
}

function standingSince({ stops }: StopShare<string>, plant: Plant, now: Millis): string | null {
  const open = stops.find(({ to }) => to === null);
  return open ? `since ${localWhen(millis(open.from), plant.timezone, now)}` : null;
}

const longestIn = ({ stops: [longest] }: StopShare<string>, span: Span): string =>
  longest ? durationWords(secondsIn(longest, span)) : '-';

/** `; Line 2 stopped most often, 9 times for 12 minutes in all`, where that is another line than the worst. */
function oftenWords(shares: readonly StopShare<string>[], worst: StopShare<string>, plant: Plant): string {
  const often = shares.toSorted((a, b) => b.stops.length - a.stops.length)[0] ?? worst;
  return often.stops.length > worst.stops.length
    ? `; ${lineName(plant, often.of)} stopped most often, ${often.stops.length} times for ${durationWords(often.seconds)} in all`
    : '';
}
