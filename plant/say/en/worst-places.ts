import type { Plant } from '../../equipment.ts';
import { sharesBy } from '../../stop-shares.ts';
import type { StopShare } from '../../stop-shares.ts';
import type { Stop } from '../../stop.ts';
import type { Millis } from '../../time.ts';
import { durationWords } from '../local-time.ts';
import { compose, factual, inference } from '../said.ts';
import type { Block, Now, Said, Sentence } from '../said.ts';
import { periodWords } from './period.ts';
import type { LookedInto, Ranked } from './stop-ranking.ts';
import { countedBlock, going, nounOf, ofLines, secondsOf, shareWords, whyStop } from './stop-words.ts';
import { capital, count, listed, placeWithLine, placeWords, withoutPlace } from './words.ts';

/** `looked`: longest first; what was not looked into is said. `most`: places to tell. */
type Places = Ranked & { looked: readonly LookedInto[]; most: number };
/** The stops that began at one place; null: it is not known where. */
type Place = {
  share: StopShare<string | null>;
  /** As it stands in a sentence. */
  words: string;
  causes: string;
  evidence: readonly string[];
};

/** Where most time was lost: the places at which the stops began. */
export function sayWorstPlaces(about: Places, plant: Plant, { now }: Now): Said {
  const { stops, looked, most } = about;
  const places = placesOf(about, plant);
  const known = places.filter(({ share }) => share.of !== null);
  const [worst] = known;
  const shown = [...known.slice(0, most), ...places.filter(({ share }) => share.of === null)];
  const rest = stops.filter(({ id }) => !looked.some(({ stop }) => stop.id === id));
  const first = worst
    ? worstSentence(worst, { about, rest, isSure: places[0] === worst }, plant, now)
    : inference(
        `The records do not show where the ${count(stops.length, nounOf(stops))}${ofLines(about.lines, plant)} ${periodWords(about.from, about.to, plant, now)} began.`,
      );
  return compose({
    first,
    blocks: [
      {
        list: true,
        sentences: shown.map(({ share, words, causes, evidence }) =>
          inference(`${capital(words)}: ${shareWords(share, 'stop')}, ${causes}`, evidence),
        ),
      },
      restBlock(rest, about),
      countedBlock(about, plant, now),
    ],
    table: {
      columns: ['Where it began', 'Stood', 'Stops', 'Why'],
      rows: shown.map(({ share, words, causes }) => [
        capital(words.replace(/^the /, '')),
        durationWords(share.seconds),
        String(share.stops.length),
        causes,
      ]),
      evidence: shown.map(({ evidence }) => evidence),
    },
    followUps: worst ? worst.share.stops.slice(0, 2).map((stop) => whyStop(stop, plant, now)) : [],
  });
}

/** The places of what was looked into, the most time first. */
function placesOf(about: Places, plant: Plant): Place[] {
  const of = new Map(about.looked.map((one) => [one.stop.id, one]));
  const stops = about.looked.map(({ stop }) => stop);
  return sharesBy(stops, ({ id }) => of.get(id)?.place ?? null, about).map((share) => {
    const place = share.of === null ? '' : placeWords(plant, share.of);
    const causes = share.stops.map(({ id }) => of.get(id)?.cause ?? 'cause not clear');
    const bare = [...new Set(causes.map((one) => withoutPlace(one, place)))];
    return {
      share,
      words: share.of === null ? 'not known where' : placeWithLine(plant, share.of),
      causes: bare.length > 2 ? `${bare.slice(0, 2).join(', ')} and others` : listed(bare),
      evidence: share.stops.flatMap(({ id }) => [...(of.get(id)?.evidence ?? [])]),
    };
  });
}

/** `rest`: stops that were not looked into. `isSure`: no more time was lost at places not known. */
function worstSentence(
  { share, words, causes, evidence }: Place,
  { about, rest, isSure }: { about: Places; rest: readonly Stop[]; isSure: boolean },
  plant: Plant,
  now: Millis,
): Sentence {
  const { lines, stops, looked } = about;
  // Shorter stops could add up to more at another place.
  const most = !isSure
    ? 'As far as the records show, most time'
    : rest.length > 0
      ? `Of the ${looked.length} longest stops, most time`
      : 'Most time';
  const period = periodWords(about.from, about.to, plant, now);
  const all = rest.length > 0 ? 'them' : count(stops.length, nounOf(stops));
  return inference(
    `${most}${ofLines(lines, plant)} was lost at ${words} ${period}: ${durationWords(share.seconds)} in ${share.stops.length} of ${all}${going(share.stops)}, ${causes}.`,
    evidence,
  );
}

const restBlock = (rest: readonly Stop[], about: Places): Block => ({
  sentences:
    rest.length > 0
      ? [
          factual(
            `The other ${count(rest.length, 'stop')} took ${durationWords(secondsOf(rest, about))} in all and were not looked into one by one.`,
          ),
        ]
      : [],
});
