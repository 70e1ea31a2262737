import { limits } from '../../diagnosis/weigh/abstain.ts';
import type { Candidate, Diagnosis, RootCause } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import type { Evidence } from '../../evidence.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localAt, localClock, localWhen } from '../local-time.ts';
import { compose, factual, inference, oneLine, unknown } from '../said.ts';
import type { Block, Said, Sentence } from '../said.ts';
import { asPlanned, because, causeClause } from './causes.ts';
import { chainBlock, inferredIn } from './chain.ts';
import { capital, lineName, listed, placeName, placeWords, withoutPlace } from './words.ts';

/** How sure a named cause is, as a word: the figure itself is never said, and below 0.7 none is named. */
export const band = (p: number): string => (p >= 0.85 ? '' : 'most likely ');

const askedAt = (stop: Stop): Millis =>
  stop.to === null ? millis(stop.from) + stop.durationS * 1000 : millis(stop.to);

/** `it stood 11 minutes and has run again since 14:13`, or how long it has stood. */
function standing(stop: Stop, plant: Plant, now: Millis): string {
  const words = durationWords(stop.durationS);
  if (stop.to === null) return `it has been standing for ${words}`;
  return `it stood ${words} and has run again since ${localWhen(millis(stop.to), plant.timezone, now)}`;
}

function firstSentence(d: Diagnosis, plant: Plant, now: Millis): Sentence {
  const line = lineName(plant, d.stop.line);
  const stopped = `${line} stopped ${localAt(millis(d.stop.from), plant.timezone, now)}`;
  const end = standing(d.stop, plant, now);
  const top = d.candidates[0];
  const support = top?.for ?? [];
  const began = d.place && d.place !== d.stop.line ? `; it began at ${placeWords(plant, d.place)}` : '';
  if (d.abstained || d.cause === 'unknown')
    return inference(`${stopped}${began}. Not enough evidence to name the cause. ${capital(end)}.`, support);
  const at = placeWords(plant, d.place ?? d.stop.line);
  if (d.cause === 'other')
    return inference(`${stopped}${began}. It is none of the causes I know. ${capital(end)}.`, support);
  if (d.planned) return factual(`${stopped} ${asPlanned(d.cause, at)}; ${end}.`, support);
  const [lead, ...later] = rootsTold(d, plant).filter((one) => isNamed(one, d));
  const source = d.evidence.find(({ id, kind }) => kind === 'gap' && support.includes(id))?.system;
  const own = !lead || lead.cause === d.cause;
  const why =
    own && d.cause === 'sensor_outage' && source
      ? `because ${source} gave no data of ${at}`
      : own
        ? because(d.cause, at, top?.words ?? d.cause.replaceAll('_', ' '))
        : because(lead.cause, placeWords(plant, lead.place), lead.cause.replaceAll('_', ' '));
  const word = band(lead?.p ?? d.p);
  const then = later.map((one) => `; ${thenWords(one, d, plant)} ${band(one.p)}${clauseOf(one, plant)}`);
  return inference(`${stopped}${word === '' ? ' ' : `, ${word}`}${why}${then.join('')}; ${end}.`, [
    ...support,
    ...d.roots.flatMap(({ evidence }) => evidence),
  ]);
}

const clauseOf = ({ cause, place }: RootCause, plant: Plant): string =>
  causeClause(cause, placeWords(plant, place));

/** Everything that went wrong, oldest first; what would be said in the same words once. */
const rootsTold = ({ roots }: Diagnosis, plant: Plant): RootCause[] =>
  roots.filter(
    (one, at) => roots.findIndex((other) => clauseOf(other, plant) === clauseOf(one, plant)) === at,
  );

/** The named cause, and what besides it is sure enough to be named. */
const isNamed = ({ cause, p }: RootCause, d: Diagnosis): boolean => cause === d.cause || p >= limits.p;

/** `then, at 06:54,`: what began before the reference machine stood came before the stop that people saw. */
function thenWords({ at }: RootCause, { stop }: Diagnosis, plant: Plant): string {
  const when = localClock(millis(at), plant.timezone);
  return millis(at) < millis(stop.from) ? `besides, since ${when},` : `then, at ${when},`;
}

/** `Possibly, at 06:54, product jammed at the infeed of the packer.`: what may have gone wrong too. */
const possibly = (d: Diagnosis, plant: Plant): Sentence[] =>
  rootsTold(d, plant)
    .filter((one) => !isNamed(one, d))
    .map((one) =>
      inference(
        `Possibly, at ${localClock(millis(one.at), plant.timezone)}, ${clauseOf(one, plant)}.`,
        one.evidence,
      ),
    );

/** A process value by its name: of several readings of one the first is told. */
const seriesOf = ({ id, kind }: Evidence): string =>
  kind === 'signal' ? id.slice(0, id.lastIndexOf('@')) : id;

/** At most `most` records, the strongest first, each system once before any system twice. */
function spread(ids: readonly string[], all: readonly Evidence[], most: number): Evidence[] {
  const found = ids
    .flatMap((id) => all.find((one) => one.id === id) ?? [])
    .filter((one, at, some) => some.findIndex((other) => seriesOf(other) === seriesOf(one)) === at);
  const firsts = found.filter((one, at) => found.findIndex(({ source }) => source === one.source) === at);
  return [...firsts, ...found.filter((one) => !firsts.includes(one))].slice(0, most);
}

function recordSentence(one: Evidence, plant: Plant, now: Millis): Sentence {
  const when = localWhen(millis(one.at), plant.timezone, now);
  // What it quotes is cut already: the same words stand in the list of the records.
  return factual(`${one.system}, ${when}: ${oneLine(one.says, 240)}`, [one.id]);
}

/** `a tripped drive or a wait for maintenance at the packer`: a place that both share is said once. */
function placeOnce(open: readonly Candidate[], plant: Plant): string[] {
  const [one, two] = open;
  if (!one || !two || one.place !== two.place) return open.map(({ words }) => words);
  const place = placeWords(plant, one.place);
  const bare = withoutPlace(one.words, place);
  return withoutPlace(two.words, place) === two.words ? [one.words, two.words] : [bare, two.words];
}

/** The causes that remain where none is named. */
const hintsOf = (d: Diagnosis): Candidate[] => {
  const open = d.candidates.filter((one) => unclear(one) && !one.beside).slice(0, 2);
  return d.abstained && (open[0]?.p ?? 0) >= 0.1 ? open : [];
};

/** What to do with it: the causes that remain, and the look that is worth most. It stands before the records. */
function nextBlocks(d: Diagnosis, plant: Plant): Block[] {
  const open = hintsOf(d);
  const words = placeOnce(open, plant);
  return [
    {
      sentences:
        open.length > 0
          ? [
              inference(
                `Could be: ${listed(words, 'or')}.`,
                open.flatMap((one) => one.for),
              ),
            ]
          : [],
    },
    {
      // A clear cause of a stop that is over needs no further look.
      sentences:
        d.next_check && (d.abstained || d.stop.to === null)
          ? [{ text: `Check next: ${small(d.next_check)}`, kind: 'suggestion' as const, evidence: [] }]
          : [],
    },
  ];
}

/** After a colon a sentence goes on small; names of several capitals stay. */
const small = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}` : text;

const unclear = (one: Candidate): boolean => one.cause !== 'other' && one.cause !== 'unknown';

function doubts(d: Diagnosis, plant: Plant, now: Millis): Block[] {
  const top = hintsOf(d)[0] ?? d.candidates.find(unclear);
  const nothing = d.cause === 'other' || (d.abstained && hintsOf(d).length === 0);
  const against = nothing ? [] : spread(top?.against ?? [], d.evidence, 2);
  const told = new Set(inferredIn(d).map((id) => placeWords(plant, id)));
  // Said with the chain already.
  const untold = d.unknown.filter(
    (text) => ![...told].some((place) => text.startsWith(`what ${place} did:`)),
  );
  return [
    {
      heading: hintsOf(d).length > 1 ? 'Speaks against the first of them:' : 'Speaks against it:',
      list: true,
      sentences: against.map((one) => recordSentence(one, plant, now)),
    },
    {
      heading: 'Ruled out:',
      list: true,
      sentences: d.ruled_out
        .slice(0, 3)
        .map((one) => inference(`${capital(one.words)}: ${one.because}`, one.evidence)),
    },
    {
      heading: 'Not known:',
      list: true,
      sentences: [
        ...untold.slice(0, 3),
        ...(d.stop.uncertain ? ['data is missing inside this stop; it may be longer or shorter'] : []),
      ].map((text) => unknown(capital(text))),
    },
  ];
}

/** What people confirmed of stops like this one, with their confirmations. */
function historyOf({ history, claims }: Diagnosis): Sentence[] {
  if (history === undefined) return [];
  const text = `${capital(history)}.`;
  return [factual(text, claims.find((one) => one.text === text)?.evidence ?? [])];
}

function factsOf(d: Diagnosis, plant: Plant, now: Millis): Said['facts'] {
  const end = d.stop.to;
  return [
    { label: 'Line', value: lineName(plant, d.stop.line) },
    { label: 'Stopped', value: localWhen(millis(d.stop.from), plant.timezone, now) },
    { label: end ? 'Stood' : 'Standing for', value: durationWords(d.stop.durationS) },
    ...(end ? [{ label: 'Runs again since', value: localWhen(millis(end), plant.timezone, now) }] : []),
    ...(d.place ? [{ label: 'Began at', value: placeName(plant, d.place) }] : []),
  ];
}

/**
 * Why a line stopped: the answer, the chain, two to four records, what speaks against, what was ruled out,
 * what is unknown, the next check. `now`: when it is said (default: the end of what is known of the stop).
 * `lead`: a sentence about how this stop was chosen.
 */
export function sayDiagnosis(
  d: Diagnosis,
  plant: Plant,
  options: { now?: Millis; lead?: Sentence } = {},
): Said {
  const now = options.now ?? askedAt(d.stop);
  const line = lineName(plant, d.stop.line);
  // Where none of the causes known leads, what it rests on is told also where it is too little to say so.
  const leading = d.candidates[0]?.cause === 'other' ? d.candidates[0] : d.candidates.find(unclear);
  const support = leading?.for ?? [];
  const telling = spread(support.length > 0 ? support : d.evidence.map(({ id }) => id), d.evidence, 4);
  // Read from the oldest on they tell what happened.
  const records = telling.toSorted((a, b) => millis(a.at) - millis(b.at));
  return compose({
    first: firstSentence(d, plant, now),
    blocks: [
      { sentences: options.lead ? [options.lead] : [] },
      { sentences: possibly(d, plant) },
      ...nextBlocks(d, plant),
      chainBlock(d, plant),
      {
        heading: d.abstained || d.cause === 'other' ? 'What is known:' : 'Evidence:',
        list: true,
        sentences: records.map((one) => recordSentence(one, plant, now)),
      },
      { sentences: historyOf(d) },
      ...doubts(d, plant, now),
    ],
    facts: factsOf(d, plant, now),
    followUps: [
      `What did we decide last time on ${line}?`,
      `Which stops did ${line} have today?`,
      `How is ${line} now?`,
    ],
  });
}
