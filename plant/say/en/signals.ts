import type { Plant } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { localSpan, localWhen } from '../local-time.ts';
import { compose, factual, unknown } from '../said.ts';
import type { Now, Said, Sentence } from '../said.ts';
import { capital, count, placeWithLine, signalWords, withUnit } from './words.ts';

/** One signal over a time, boiled down. `evidence`: the id under which its last value is shown. */
export type SignalSummary = {
  equipment: string;
  signal: string;
  unit: string;
  low: number;
  high: number;
  mean: number;
  last: number;
  lastAt: Millis;
  evidence: string;
};

type About = {
  signals: readonly SignalSummary[];
  equipment: string;
  from: Millis;
  to: Millis;
  /** Signals that were asked for and have no values. */
  without: readonly string[];
};

/** What signals did over a time. */
export function saySignals(about: About, plant: Plant, { now }: Now): Said {
  const { signals, without } = about;
  return compose({
    first: firstSentence(about, plant, now),
    blocks: [
      {
        list: true,
        sentences:
          signals.length < 2
            ? []
            : signals.map((one) => factual(capital(summaryWords(one, plant, now)), [one.evidence])),
      },
      {
        sentences:
          without.length > 0
            ? [unknown(`No values in this time: ${without.map(signalWords).join(', ')}.`)]
            : [],
      },
    ],
    table: {
      columns: ['Signal', 'Last', 'Lowest', 'Highest', 'Average'],
      rows: signals.map(({ signal, unit, last, low, high, mean }) => [
        signalWords(signal),
        ...[last, low, high, mean].map((value) => withUnit(value, unit)),
      ]),
      evidence: signals.map(({ evidence }) => [evidence]),
    },
  });
}

function firstSentence({ signals, equipment, from, to }: About, plant: Plant, now: Millis): Sentence {
  const window = localSpan(from, to, plant.timezone, now);
  const place = placeWithLine(plant, equipment);
  const [only, ...others] = signals;
  if (!only) return unknown(`No values of ${place} are recorded ${window}.`);
  const said = others.length === 0 ? summaryWords(only, plant, now) : count(signals.length, 'signal');
  return factual(
    `${capital(place)} ${window}: ${said}.`,
    signals.map(({ evidence }) => evidence),
  );
}

/** `torque 12 Nm (14:05); between 10 Nm and 14 Nm, average 12 Nm`. */
function summaryWords(one: SignalSummary, plant: Plant, now: Millis): string {
  const [last, low, high, mean] = [one.last, one.low, one.high, one.mean].map((value) =>
    withUnit(value, one.unit),
  );
  return `${signalWords(one.signal)} ${last} (${localWhen(one.lastAt, plant.timezone, now)}); between ${low} and ${high}, average ${mean}`;
}
