import type { Correction } from '../../correction.ts';
import { causeAt } from '../../correction/choices.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import { secondsIn, sharesBy } from '../../stop-shares.ts';
import type { Span, StopShare } from '../../stop-shares.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import { durationWords, localClock, localSpan, localWhen } from '../local-time.ts';
import { compose, factual, inference } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { band } from './diagnosis.ts';
import { periodWords } from './period.ts';
import {
  countedBlock,
  fromTo,
  going,
  nounOf,
  ofLines,
  secondsOf,
  shareWords,
  whyStop,
} from './stop-words.ts';
import { capital, count, lineName, listed, placeWithLine, placeWords, withoutPlace } from './words.ts';

/** What the records say of a stop. `cause`: as a noun phrase, null where they carry none. */
export type LookedInto = {
  stop: Stop;
  place: string | null;
  cause: string | null;
  evidence: readonly string[];
};

/** Stops to be ranked: the unplanned ones, at least one. `planned`: those that are left out. */
type Ranked = Span & { lines: readonly string[]; stops: readonly Stop[]; planned: readonly Stop[] };

/** Folds a diagnosis, or what a person confirmed of the same stop, to place and cause. */
export function lookedInto(d: Diagnosis, confirmed: Correction | null, plant: Plant): LookedInto {
  const { stop, place, cause } = d;
  if (confirmed)
    return {
      stop,
      place: confirmed.place,
      cause: `${causeAt(plant, confirmed.place, confirmed.cause)}, as confirmed`,
      evidence: [],
    };
  const top = d.candidates.find((one) => one.cause === cause && one.place === place) ?? d.candidates[0];
  const evidence = (top?.for ?? []).slice(0, 3);
  if (d.abstained || cause === 'unknown' || !top) return { stop, place, cause: null, evidence };
  if (cause === 'other') return { stop, place, cause: 'none of the causes I know', evidence };
  return { stop, place, cause: `${band(d.p)}${top.words}`, evidence };
}

const causeWords = ({ place, cause }: LookedInto, plant: Plant): string =>
  cause ?? (place === null ? 'cause not clear' : `began at ${placeWithLine(plant, place)}, cause not clear`);

/** The longest stops, each with what the records say of it. `looked`: longest first, at least one. */
export function sayLongestStops(
  about: Ranked & { looked: readonly LookedInto[] },
  plant: Plant,
  { now }: Now,
): Said {
  const { lines, stops, looked } = about;
  const [first] = looked;
  if (!first) return compose({ first: factual('') });
  const long = (stop: Stop): string => durationWords(secondsIn(stop, about));
  const noun = nounOf(stops);
  const all =
    stops.length === 1
      ? `The only ${noun}${ofLines(lines, plant)}`
      : `The longest of ${stops.length} ${noun}s${ofLines(lines, plant)}`;
  const several = lines.length > 1;
  const on = several ? `on ${lineName(plant, first.stop.line)}` : 'the one';
  const { stop: top } = first;
  const was =
    top.to === null
      ? `is ${on} since ${localWhen(millis(top.from), plant.timezone, now)}: ${long(top)} so far`
      : `was ${on} ${localSpan(millis(top.from), millis(top.to), plant.timezone, now)}: ${long(top)}`;
  const period = periodWords(about.from, about.to, plant, now);
  const row = ({ stop }: LookedInto): string[] => [
    ...(several ? [lineName(plant, stop.line)] : []),
    localWhen(millis(stop.from), plant.timezone, now),
    stop.to === null ? 'still standing' : localClock(millis(stop.to), plant.timezone),
    long(stop),
  ];
  const rows = looked.map((one) => [...row(one), causeWords(one, plant)]);
  const together = secondsOf(
    looked.map(({ stop }) => stop),
    about,
  );
  return compose({
    first: inference(`${all} ${period} ${was}, ${causeWords(first, plant)}.`, first.evidence),
    blocks: [
      {
        sentences:
          looked.length > 1 && looked.length < stops.length
            ? [
                factual(
                  `The ${looked.length} longest took ${durationWords(together)} of ${durationWords(secondsOf(stops, about))}.`,
                ),
              ]
            : [],
      },
      {
        list: true,
        sentences: looked.map((one) =>
          inference(
            `${several ? `${lineName(plant, one.stop.line)}, ` : ''}${fromTo(one.stop, plant, now)}, ${long(one.stop)}: ${causeWords(one, plant)}`,
            one.evidence,
          ),
        ),
      },
      countedBlock(about, plant, now),
    ],
    table: {
      columns: [...(several ? ['Line'] : []), 'From', 'To', 'Duration', 'Why'],
      rows,
      evidence: looked.map(({ evidence }) => evidence),
    },
    followUps: looked.slice(0, 2).map(({ stop }) => whyStop(stop, plant, now)),
  });
}

/** Which line lost the most time, and which one stopped most often. `silent`: lines whose state nobody recorded. */
export function sayWorstLines(
  about: Ranked & { silent: readonly string[] },
  plant: Plant,
  { now }: Now,
): Said {
  const { lines, stops, silent } = about;
  const shares = sharesBy(stops, ({ line }) => line, about);
  const [worst] = shares;
  if (!worst) return compose({ first: factual('') });
  const noun = nounOf(stops);
  const often = shares.toSorted((a, b) => b.stops.length - a.stops.length)[0] ?? worst;
  const more =
    often.stops.length > worst.stops.length
      ? `; ${lineName(plant, often.of)} stopped most often, ${often.stops.length} times for ${durationWords(often.seconds)} in all`
      : '';
  const period = periodWords(about.from, about.to, plant, now);
  const quiet = lines.filter((id) => !silent.includes(id) && !shares.some(({ of }) => of === id));
  const since = (some: readonly Stop[]): string => {
    const open = some.find(({ to }) => to === null);
    return open ? `since ${localWhen(millis(open.from), plant.timezone, now)}` : '-';
  };
  const rows = shares.map(({ of, seconds, stops: some }) => [
    lineName(plant, of),
    durationWords(seconds),
    String(some.length),
    some[0] ? durationWords(secondsIn(some[0], about)) : '-',
    since(some),
  ]);
  const day = /^(?:today|yesterday)/.exec(period)?.[0];
  return compose({
    first: factual(
      `${lineName(plant, worst.of)} stood longest ${period}: ${shareWords(worst, noun)}${more}.`,
    ),
    blocks: [
      {
        list: true,
        sentences: rows.map(([name, long, , longest, since], index) =>
          factual(
            `${name}: ${long} in ${count(shares[index]?.stops.length ?? 0, noun)}, the longest ${longest}${since === '-' ? '' : `, standing ${since}`}`,
          ),
        ),
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
      rows,
    },
    followUps: [
      ...(worst.stops[0] ? [whyStop(worst.stops[0], plant, now)] : []),
      `What were the longest stops of ${lineName(plant, worst.of)}${day ? ` ${day}` : ''}?`,
    ],
  });
}

/** Where most time was lost: the places at which the stops began. `looked`: longest first; what was not looked into is said. */
export function sayWorstPlaces(
  about: Ranked & { looked: readonly LookedInto[]; most: number },
  plant: Plant,
  { now }: Now,
): Said {
  const { lines, stops, looked, most } = about;
  const of = new Map(looked.map((one) => [one.stop.id, one]));
  const noun = nounOf(stops);
  const shares = sharesBy(
    looked.map(({ stop }) => stop),
    ({ id }) => of.get(id)?.place ?? null,
    about,
  );
  const known = shares.filter((one) => one.of !== null);
  const [worst] = known;
  const period = periodWords(about.from, about.to, plant, now);
  const words = (place: string | null): string =>
    place === null ? 'not known where' : placeWithLine(plant, place);
  const causesOf = (share: StopShare<string | null>): string => {
    const place = share.of === null ? '' : placeWords(plant, share.of);
    const causes = share.stops.map(({ id }) => of.get(id)?.cause ?? 'cause not clear');
    const bare = [...new Set(causes.map((one) => withoutPlace(one, place)))];
    return bare.length > 2 ? `${bare.slice(0, 2).join(', ')} and others` : listed(bare);
  };
  const evidenceOf = (share: StopShare<string | null>): string[] =>
    share.stops.flatMap(({ id }) => [...(of.get(id)?.evidence ?? [])]);
  const shown = [...known.slice(0, most), ...shares.filter((one) => one.of === null)];
  const rest = stops.filter(({ id }) => !of.has(id));
  const [first] = shares;
  // Shorter stops could add up to more at another place.
  const sure =
    first?.of === null
      ? 'As far as the records show, most time'
      : rest.length > 0
        ? `Of the ${looked.length} longest stops, most time`
        : 'Most time';
  const head = worst
    ? inference(
        `${sure}${ofLines(lines, plant)} was lost at ${words(worst.of)} ${period}: ${durationWords(worst.seconds)} in ${worst.stops.length} of ${rest.length > 0 ? 'them' : count(stops.length, noun)}${going(worst.stops)}, ${causesOf(worst)}.`,
        evidenceOf(worst),
      )
    : inference(
        `The records do not show where the ${count(stops.length, noun)}${ofLines(lines, plant)} ${period} began.`,
        [],
      );
  return compose({
    first: head,
    blocks: [
      {
        list: true,
        sentences: shown.map((one) =>
          inference(
            `${capital(words(one.of))}: ${shareWords(one, 'stop')}, ${causesOf(one)}`,
            evidenceOf(one),
          ),
        ),
      },
      {
        sentences:
          rest.length > 0
            ? [
                factual(
                  `The other ${count(rest.length, 'stop')} took ${durationWords(secondsOf(rest, about))} in all and were not looked into one by one.`,
                ),
              ]
            : [],
      },
      countedBlock(about, plant, now),
    ],
    table: {
      columns: ['Where it began', 'Stood', 'Stops', 'Why'],
      rows: shown.map((one) => [
        capital(words(one.of).replace(/^the /, '')),
        durationWords(one.seconds),
        String(one.stops.length),
        causesOf(one),
      ]),
      evidence: shown.map(evidenceOf),
    },
    followUps: worst ? worst.stops.slice(0, 2).map((stop) => whyStop(stop, plant, now)) : [],
  });
}
