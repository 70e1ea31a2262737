import type { Line, Plant } from '../../equipment.ts';
import type { SlowRun } from '../../slow-run.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { IsoTime, Millis } from '../../time.ts';
import { durationWords, localAt, localSpan, localWhen } from '../local-time.ts';
import { compose, factual, oneLine, quote, unknown } from '../said.ts';
import type { Block, Now, Said, Sentence } from '../said.ts';
import { lineSentence } from './line.ts';
import { capital, count, figure, placeWords, withUnit } from './words.ts';

/** What was asked about: a time, or a span. */
type Asked = { at: Millis } | { from: Millis; to: Millis };

function askedWords(asked: Asked, plant: Plant, now: Millis): string {
  return 'at' in asked
    ? localAt(asked.at, plant.timezone, now)
    : localSpan(asked.from, asked.to, plant.timezone, now);
}

/** A stop, and the records that say when it began and ended. */
type Nearest = Stop & { evidence: readonly string[] };

const nearestBlock = (nearest: Nearest | null, plant: Plant, now: Millis): Block => ({
  sentences: nearest
    ? [
        factual(
          `The nearest stop was ${localAt(millis(nearest.from), plant.timezone, now)}, for ${durationWords(nearest.durationS)}.`,
          nearest.evidence,
        ),
      ]
    : [],
});

/** A slow run, the unit of its rates, and the records that say so. */
export type Slow = SlowRun & { unit: string; evidence: readonly string[] };

/**
 * A machine that stood while the line ran. `to`: `unknown` where no record tells when it ended. `carried`: what kept the
 * line running, buffers on one side of it or a lane beside it; null where that is not known.
 */
export type Absorbed = {
  machine: string;
  from: Millis;
  to: Millis | 'still' | 'unknown';
  /** For a reason of its own, or it waited. */
  doing: 'own' | 'starved' | 'blocked' | 'waits';
  /** The machine by which the line is judged stood itself, too short for a stop. */
  isReference: boolean;
  carried: 'behind' | 'before' | 'beside' | null;
  evidence: readonly string[];
};

/** What there was besides where a line ran: a stand that buffers absorbed, a rate below the usual one, and what failed and so looks like a stop. */
export type Besides = {
  /** The longest first. */
  absorbed: readonly Absorbed[];
  slow: Slow | null;
  /** A source without data (`to: null`: still), or a system that went down. */
  failed: readonly {
    name: string;
    what: 'no data' | 'down';
    from: Millis;
    to: Millis | null;
    evidence: string;
  }[];
};

/** `slowly, at 43 bpm instead of the usual 60, from 09:08 to 09:35`. */
export function slowWords(
  { from, to, rate, usual, unit }: Omit<Slow, 'evidence'>,
  plant: Plant,
  now: Millis,
): string {
  const round = (value: number): number => (value >= 10 ? Math.round(value) : value);
  return `slowly, at ${withUnit(round(rate), unit)} instead of the usual ${figure(round(usual))}, ${localSpan(from, to, plant.timezone, now)}`;
}

/** What a machine does since a time, and what it did for a while. */
const absorbedWords: Record<Absorbed['doing'], readonly [string, readonly [string, string]]> = {
  own: ['has been standing', ['stood', '']],
  starved: ['has been waiting for product', ['waited', ' for product']],
  blocked: ['has been waiting for room to discharge', ['waited', ' for room to discharge']],
  waits: ['has been waiting', ['waited', '']],
};

/** `stood 40 seconds from 23:55`. */
function stoodWords({ from, to, doing }: Absorbed, plant: Plant, now: Millis): string {
  const when = localWhen(from, plant.timezone, now);
  const [is, [was, what]] = absorbedWords[doing];
  if (to === 'unknown') return `${was}${what} from ${when} on`;
  const long = durationWords(((to === 'still' ? now : to) - from) / 1000);
  return to === 'still' ? `${is} since ${when} (${long})` : `${was} ${long}${what} from ${when}`;
}

/** `; the buffer behind it carried the line`, or nothing where what carried it is not known. */
function carriedWords({ to, doing, carried }: Absorbed): string {
  const goesOn = to === 'still';
  const carries = goesOn ? 'carries the line so far' : 'carried the line';
  if (carried === null) return '';
  if (carried === 'beside') return `; the lane beside it ${carries}`;
  return doing === 'own'
    ? `; the buffer ${carried} it ${carries}`
    : `; the line ${goesOn ? 'runs' : 'ran'} on`;
}

/** `The filler stood 40 seconds from 23:55; the buffer behind it carried the line.` */
function absorbedSentence(one: Absorbed, plant: Plant, now: Millis): Sentence {
  const isShort = one.isReference && one.to !== 'unknown';
  const why = isShort ? ', too short to count as a stop' : carriedWords(one);
  return factual(
    `${capital(placeWords(plant, one.machine))} ${stoodWords(one, plant, now)}${why}.`,
    one.evidence,
  );
}

const nothingBesides: Besides = { absorbed: [], slow: null, failed: [] };

/** Each source or system once, with its first loss. */
function failedSentences({ failed }: Besides, plant: Plant, now: Millis): Sentence[] {
  const firsts = failed.filter((one, at) => failed.findIndex(({ name }) => name === one.name) === at);
  return firsts.slice(0, 2).map(({ name, what, from, to, evidence }) => {
    const when =
      what === 'down' ? localAt(from, plant.timezone, now) : localSpan(from, to, plant.timezone, now);
    const did = what === 'down' ? 'went down' : 'gave no data';
    return factual(`${oneLine(name, 40)} ${did} ${when}, which can look like a stop.`, [evidence]);
  });
}

/** The line ran at the time asked about: no stop to explain, with the running state as evidence. */
export function sayPremiseRejected(
  about: {
    line: Line;
    asked: Asked;
    since: IsoTime | null;
    evidence: readonly string[];
    nearest: Nearest | null;
    besides?: Besides;
  },
  plant: Plant,
  { now }: Now,
): Said {
  const { line, asked, since, evidence, nearest, besides = nothingBesides } = about;
  const { slow } = besides;
  const how = slow ? `it ran, but ${slowWords(slow, plant, now)}` : 'it was running';
  const running = since ? `It had been running since ${localWhen(millis(since), plant.timezone, now)}.` : '';
  const seen = [
    ...besides.absorbed.map((one) => absorbedSentence(one, plant, now)),
    ...failedSentences(besides, plant, now),
  ];
  // What explains what people saw goes before since when it ran.
  const second = seen[0]?.text ?? (slow ? '' : running);
  return compose({
    first: factual(`${line.name} did not stop ${askedWords(asked, plant, now)}: ${how}. ${second}`.trim(), [
      ...evidence,
      ...(slow?.evidence ?? []),
      ...(seen[0]?.evidence ?? []),
    ]),
    blocks: [
      {
        sentences: [
          ...seen.slice(1),
          ...(running === second || running === '' ? [] : [factual(running, evidence)]),
        ],
      },
      nearestBlock(nearest, plant, now),
    ],
    followUps: [
      ...(nearest
        ? [`Why did ${line.name} stop ${localAt(millis(nearest.from), plant.timezone, now)}?`]
        : []),
      `Which stops did ${line.name} have today?`,
    ],
  });
}

/** There is no data for the time asked about. `gaps`: from when to when, and whose data is missing. */
export function sayNoData(
  about: {
    line: Line;
    asked: Asked;
    gaps: readonly { from: Millis; to: Millis | null; system: string; reason: string; evidence: string }[];
    nearest: Nearest | null;
  },
  plant: Plant,
  { now }: Now,
): Said {
  const { line, asked, gaps, nearest } = about;
  const spans = gaps.map((gap) => localSpan(gap.from, gap.to, plant.timezone, now));
  const when = spans[0] ?? askedWords(asked, plant, now);
  return compose({
    first: unknown(
      `There is no data about ${line.name} ${when}, so it cannot be said whether it stopped ${askedWords(asked, plant, now)}.`,
      gaps.map(({ evidence }) => evidence),
    ),
    blocks: [
      {
        list: true,
        sentences: gaps.map((gap, index) =>
          factual(`${gap.system}: no data ${spans[index]} (${quote(gap.reason, 120)})`, [gap.evidence]),
        ),
      },
      nearestBlock(nearest, plant, now),
    ],
    followUps: [`How is ${line.name} now?`, 'Which sources are up?'],
  });
}

/** Nothing stopped in the window. `running` and `since`: what the line does at its end. */
export function sayNoStop(
  about: {
    line: Line;
    from: Millis;
    to: Millis;
    running: boolean | null;
    since: IsoTime | null;
    evidence: readonly string[];
    besides?: Besides;
  },
  plant: Plant,
  { now }: Now,
): Said {
  const { line, from, to, running, since, evidence, besides = nothingBesides } = about;
  const state = lineSentence({ line: line.id, running, since, stop: null, evidence }, plant, now);
  const span =
    to >= now ? `since ${localWhen(from, plant.timezone, now)}` : localSpan(from, to, plant.timezone, now);
  const recorded = factual(`No stop is recorded ${span}.`, evidence);
  // That the line stands is said already.
  const absorbed = besides.absorbed.filter(({ isReference }) => running !== false || !isReference);
  const seen = [
    ...absorbed.map((one) => absorbedSentence(one, plant, now)),
    ...(besides.slow && running
      ? [factual(`It ran ${slowWords(besides.slow, plant, now)}.`, besides.slow.evidence)]
      : []),
    ...failedSentences(besides, plant, now),
  ];
  const short = `That is too short to count as a stop yet, and no other is recorded ${span}.`;
  // What explains what people saw goes before what is not there.
  const [second, ...rest] =
    running === false ? [factual(short), ...seen] : seen.length > 0 ? [...seen, recorded] : [recorded];
  return compose({
    first: factual(`${state.text} ${second?.text ?? ''}`.trim(), [...evidence, ...(second?.evidence ?? [])]),
    blocks: [{ sentences: rest }],
    followUps: [`How is ${line.name} now?`, 'Which stops did the other lines have today?'],
  });
}

/** How the stop was chosen of several. `evidence`: of it and the next longest, the records that tell them. */
export const longestOf = (stops: number, evidence: readonly string[]): Sentence =>
  factual(`It is the longest of ${count(stops, 'unplanned stop')} in that time.`, evidence);
