import type { Plant } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { localSpan, localWhen } from '../local-time.ts';
import { compose, factual } from '../said.ts';
import type { Now, Said } from '../said.ts';
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

/** What signals did over a time. */
export function saySignals(
  about: {
    signals: readonly SignalSummary[];
    equipment: string;
    from: Millis;
    to: Millis;
    without: readonly string[];
  },
  plant: Plant,
  { now }: Now,
): Said {
  const window = localSpan(about.from, about.to, plant.timezone, now);
  const place = placeWithLine(plant, about.equipment);
  const words = (one: SignalSummary): string => {
    const value = (number: number): string => withUnit(number, one.unit);
    return `${signalWords(one.signal)} ${value(one.last)} (${localWhen(one.lastAt, plant.timezone, now)}); between ${value(one.low)} and ${value(one.high)}, average ${value(one.mean)}`;
  };
  const [only, ...others] = about.signals;
  const first = !only
    ? { text: `No values of ${place} are recorded ${window}.`, kind: 'unknown' as const, evidence: [] }
    : others.length === 0
      ? factual(`${capital(place)} ${window}: ${words(only)}.`, [only.evidence])
      : factual(
          `${capital(place)} ${window}: ${count(about.signals.length, 'signal')}.`,
          about.signals.map(({ evidence }) => evidence),
        );
  return compose({
    first,
    blocks: [
      {
        list: true,
        sentences:
          others.length === 0 ? [] : about.signals.map((one) => factual(capital(words(one)), [one.evidence])),
      },
      {
        sentences:
          about.without.length > 0
            ? [
                {
                  text: `No values in this time: ${about.without.map(signalWords).join(', ')}.`,
                  kind: 'unknown',
                  evidence: [],
                },
              ]
            : [],
      },
    ],
    table: {
      columns: ['Signal', 'Last', 'Lowest', 'Highest', 'Average'],
      rows: about.signals.map((one) => [
        signalWords(one.signal),
        withUnit(one.last, one.unit),
        withUnit(one.low, one.unit),
        withUnit(one.high, one.unit),
        withUnit(one.mean, one.unit),
      ]),
      evidence: about.signals.map(({ evidence }) => [evidence]),
    },
  });
}
