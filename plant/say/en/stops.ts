import type { Plant } from '../../equipment.ts';
import type { LossShare } from '../../losses.ts';
import type { Span } from '../../stop-shares.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localClock, localDay, localWhen } from '../local-time.ts';
import { compose, factual, unknown } from '../said.ts';
import type { Now, Said, Sentence } from '../said.ts';
import { periodWords } from './period.ts';
import { countedBlock, fromTo, going, nounOf, secondsOf, whyStop } from './stop-words.ts';
import { capital, count, lineName, listed } from './words.ts';

const lossNames: Record<Stop['loss'], string> = {
  breakdown: 'breakdowns',
  minor_stop: 'short stops',
  setup: 'set-up and changeover',
  planned: 'planned stops',
  waiting: 'waiting for product or discharge',
  unknown: 'stops of unknown kind',
};

/** The kind of one stop. */
const kinds: Record<Stop['loss'], string> = {
  ...lossNames,
  breakdown: 'breakdown',
  minor_stop: 'short stop',
  planned: 'planned',
  unknown: 'unknown kind',
};
const kindOf = (stop: Stop): string => (stop.planned ? 'planned' : kinds[stop.loss]);

/** Without the line where all are of one. */
function row(stop: Stop, of: { lines: readonly string[] }, plant: Plant, now: Millis): string[] {
  return [
    ...(of.lines.length > 1 ? [lineName(plant, stop.line)] : []),
    localWhen(millis(stop.from), plant.timezone, now),
    stop.to === null ? 'still standing' : localClock(millis(stop.to), plant.timezone),
    durationWords(stop.durationS),
    kindOf(stop),
  ];
}

/** Stops of a span that are told. `silent`: lines whose state nobody recorded. `than`: another span to compare it with. */
type Told = Span & {
  lines: readonly string[];
  stops: readonly Stop[];
  silent?: readonly string[];
  than?: (Span & { stops: readonly Stop[] }) | null;
};

const namesOf = (lines: readonly string[], plant: Plant): string =>
  lines.length === plant.lines.length && lines.length > 1
    ? 'All lines together'
    : listed(lines.map((id) => lineName(plant, id)));

const unplannedOf = (stops: readonly Stop[]): Stop[] => stops.filter(({ planned }) => !planned);

/** `20 minutes in 2 unplanned stops`, `no unplanned stop`. */
function amount(stops: readonly Stop[], span: Span, noun: string): string {
  if (stops.length === 0) return `no ${noun}`;
  return `${durationWords(secondsOf(stops, span))} in ${count(stops.length, noun)}`;
}

function firstSentence(about: Told, plant: Plant, now: Millis): Sentence {
  const { lines, from, to, silent = [] } = about;
  const unplanned = unplannedOf(about.stops);
  const names = namesOf(lines, plant);
  const period = periodWords(from, to, plant, now);
  const noun = nounOf(unplanned);
  if (unplanned.length === 0 && silent.length === lines.length)
    return unknown(
      `No data tells whether ${names.replace('All lines together', 'any line')} stood ${period}.`,
    );
  if (unplanned.length === 0) return factual(`${names}: no unplanned stop is recorded ${period}.`);
  const long = durationWords(secondsOf(unplanned, about));
  return factual(
    `${names} had ${count(unplanned.length, noun)} ${period}, ${long} in all${going(unplanned)}.`,
  );
}

/** What is missing where nobody recorded what a line did. */
export const noStateOf = (line: string, { from, to }: Span, plant: Plant, now: Millis): string =>
  `No data tells whether ${lineName(plant, line)} stood ${periodWords(from, to, plant, now)}.`;

/** The same stretch of the other span first: a day that is not over is not compared with a whole one. */
function comparison(
  about: Told & { than: Span & { stops: readonly Stop[] } },
  plant: Plant,
  now: Millis,
): { first: Sentence; rest: Sentence[] } {
  const { lines, from, to, than } = about;
  const [mine, theirs] = [unplannedOf(about.stops), unplannedOf(than.stops)];
  const same = { from: than.from, to: Math.min(than.to, than.from + (to - from)) };
  const then = theirs.filter((stop) => millis(stop.from) < same.to);
  const [a, b] = [secondsOf(mine, about), secondsOf(then, same)];
  // Durations are told in minutes: less than one is no difference.
  const how = Math.abs(a - b) < 60 ? 'about as long' : a > b ? 'longer' : 'less';
  const noun = nounOf([...mine, ...then]);
  const [now1, then1] = [about, same].map((span) => periodWords(span.from, span.to, plant, now));
  const stood = `${namesOf(lines, plant)} stood ${how} ${now1} ${how.startsWith('about') ? 'as' : 'than'} ${then1}`;
  const whole = periodWords(than.from, than.to, plant, now);
  return {
    first: factual(
      `${stood}: ${amount(mine, about, noun)}${going(mine)}, against ${amount(then, same, noun)}.`,
    ),
    rest: same.to < than.to ? [factual(`${capital(whole)} as a whole: ${amount(theirs, than, noun)}.`)] : [],
  };
}

function lossSentence({ loss, planned, durationS, stops }: LossShare): Sentence {
  const of = `${planned && loss !== 'planned' ? 'planned ' : ''}${lossNames[loss]}`;
  return factual(`${of}: ${durationWords(durationS)} in ${count(stops, 'stop')}`);
}

/** Which stops there were, and where the time went. `shown`: the stops told, of `stops` in all. */
export function sayStops(
  about: Told & { shown: readonly Stop[]; pareto: readonly LossShare[] },
  plant: Plant,
  { now }: Now,
): Said {
  const { stops, shown, pareto, than, lines, silent = [] } = about;
  const unplanned = unplannedOf(stops);
  const compared = than && silent.length < lines.length ? comparison({ ...about, than }, plant, now) : null;
  const longest = unplanned.toSorted((a, b) => b.durationS - a.durationS)[0];
  const line = (stop: Stop): string => (lines.length > 1 ? `${lineName(plant, stop.line)}, ` : '');
  return compose({
    first: compared?.first ?? firstSentence(about, plant, now),
    blocks: [
      { sentences: compared?.rest ?? [] },
      {
        heading: 'Where the time went:',
        list: true,
        // One kind is what the first line says.
        sentences: (pareto.length > 1 ? pareto : []).slice(0, 4).map(lossSentence),
      },
      {
        heading: 'Stops:',
        list: true,
        sentences: shown
          .slice(0, 8)
          .map((stop) =>
            factual(
              `${line(stop)}${fromTo(stop, plant, now)}, ${durationWords(stop.durationS)}, ${kindOf(stop)}`,
            ),
          ),
      },
      countedBlock({ ...about, planned: [] }, plant, now),
    ],
    table: {
      columns: [...(lines.length > 1 ? ['Line'] : []), 'From', 'To', 'Duration', 'Kind'],
      rows: shown.map((stop) => row(stop, about, plant, now)),
    },
    followUps: longest
      ? [
          whyStop(longest, plant, now),
          ...(localDay(about.from, plant.timezone, now) === '' ? ['And yesterday?'] : []),
        ]
      : [],
  });
}
