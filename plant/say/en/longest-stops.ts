import type { Plant } from '../../equipment.ts';
import { secondsIn } from '../../stop-shares.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localClock, localSpan, localWhen } from '../local-time.ts';
import { compose, factual, inference } from '../said.ts';
import type { Block, Now, Said } from '../said.ts';
import { periodWords } from './period.ts';
import type { LookedInto, Ranked } from './stop-ranking.ts';
import { countedBlock, fromTo, nounOf, ofLines, secondsOf, whyStop } from './stop-words.ts';
import { lineName, placeWithLine } from './words.ts';

/** `looked`: longest first, at least one. */
type Longest = Ranked & { looked: readonly LookedInto[] };

/** The longest stops, each with what the records say of it. */
export function sayLongestStops(about: Longest, plant: Plant, { now }: Now): Said {
  const { lines, looked } = about;
  const [first] = looked;
  if (!first) return compose({ first: factual('') });
  const several = lines.length > 1;
  const long = ({ stop }: LookedInto): string => durationWords(secondsIn(stop, about));
  const item = (one: LookedInto): string => {
    const of = several ? `${lineName(plant, one.stop.line)}, ` : '';
    return `${of}${fromTo(one.stop, plant, now)}, ${long(one)}: ${causeWords(one, plant)}`;
  };
  return compose({
    first: inference(firstWords(about, first, plant, now), first.evidence),
    blocks: [
      shareBlock(about),
      { list: true, sentences: looked.map((one) => inference(item(one), one.evidence)) },
      countedBlock(about, plant, now),
    ],
    table: {
      columns: [...(several ? ['Line'] : []), 'From', 'To', 'Duration', 'Why'],
      rows: looked.map((one) => [
        ...(several ? [lineName(plant, one.stop.line)] : []),
        localWhen(millis(one.stop.from), plant.timezone, now),
        one.stop.to === null ? 'still standing' : localClock(millis(one.stop.to), plant.timezone),
        long(one),
        causeWords(one, plant),
      ]),
      evidence: looked.map(({ evidence }) => evidence),
    },
    followUps: looked.slice(0, 2).map(({ stop }) => whyStop(stop, plant, now)),
  });
}

const causeWords = ({ place, cause }: LookedInto, plant: Plant): string =>
  cause ?? (place === null ? 'cause not clear' : `began at ${placeWithLine(plant, place)}, cause not clear`);

/** `The longest of 3 unplanned stops of Line 3 today was the one from 10:33 to 10:41: 8 minutes, a jam.` */
function firstWords(about: Longest, first: LookedInto, plant: Plant, now: Millis): string {
  const { lines, stops } = about;
  const { stop } = first;
  const noun = nounOf(stops);
  const all =
    stops.length === 1
      ? `The only ${noun}${ofLines(lines, plant)}`
      : `The longest of ${stops.length} ${noun}s${ofLines(lines, plant)}`;
  const on = lines.length > 1 ? `on ${lineName(plant, stop.line)}` : 'the one';
  const long = durationWords(secondsIn(stop, about));
  const was =
    stop.to === null
      ? `is ${on} since ${localWhen(millis(stop.from), plant.timezone, now)}: ${long} so far`
      : `was ${on} ${localSpan(millis(stop.from), millis(stop.to), plant.timezone, now)}: ${long}`;
  const period = periodWords(about.from, about.to, plant, now);
  return `${all} ${period} ${was}, ${causeWords(first, plant)}.`;
}

/** How much of the whole the ones that are told make up, where they are several but not all. */
function shareBlock(about: Longest): Block {
  const { stops, looked } = about;
  if (looked.length < 2 || looked.length >= stops.length) return { sentences: [] };
  const told = looked.map(({ stop }) => stop);
  const [part, whole] = [told, stops].map((some) => durationWords(secondsOf(some, about)));
  return { sentences: [factual(`The ${looked.length} longest took ${part} of ${whole}.`)] };
}
