import type { Plant } from '../../equipment.ts';
import { secondsIn } from '../../stop-shares.ts';
import type { Span, StopShare } from '../../stop-shares.ts';
import type { Stop } from '../../stop.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localSpan, localWhen } from '../local-time.ts';
import { factual } from '../said.ts';
import type { Block } from '../said.ts';
import { count, lineName, listed } from './words.ts';

/** What is counted: `unplanned stop`, or `short stop` where all are. */
export const nounOf = (stops: readonly Stop[]): string =>
  stops.length > 0 && stops.every(({ loss }) => loss === 'minor_stop') ? 'short stop' : 'unplanned stop';

export const secondsOf = (stops: readonly Stop[], span: Span): number =>
  stops.reduce((sum, stop) => sum + secondsIn(stop, span), 0);

/** `10:33 to 10:41`, `11:35 and still standing`. */
export const fromTo = ({ from, to }: Stop, plant: Plant, now: Millis): string =>
  to === null
    ? `${localWhen(millis(from), plant.timezone, now)} and still standing`
    : localSpan(millis(from), millis(to), plant.timezone, now).replace(/^from /, '');

/** `, one still going on`: what may grow. */
export const going = (stops: readonly Stop[]): string => {
  const open = stops.filter(({ to }) => to === null).length;
  if (open === 0) return '';
  return stops.length === 1 ? ', still going on' : `, ${open === 1 ? 'one' : open} still going on`;
};

/** `10 minutes in 2 unplanned stops, one still going on`. */
export const shareWords = ({ seconds, stops }: StopShare<unknown>, noun: string): string =>
  `${durationWords(seconds)} in ${count(stops.length, noun)}${going(stops)}`;

/** ` of Line 3`, or nothing for the whole plant. */
export const ofLines = (lines: readonly string[], plant: Plant): string =>
  lines.length === plant.lines.length && lines.length > 1
    ? ''
    : ` of ${listed(lines.map((id) => lineName(plant, id)))}`;

export const whyStop = ({ line, from }: Stop, plant: Plant, now: Millis): string =>
  `Why did ${lineName(plant, line)} stop at ${localWhen(millis(from), plant.timezone, now)}?`;

/** What is counted and what is not, where it is not what people would take for granted. `planned`: stops left out. */
export function countedBlock(
  { from, to, stops, planned }: Span & { stops: readonly Stop[]; planned: readonly Stop[] },
  plant: Plant,
  now: Millis,
): Block {
  const clock = (at: Millis): string => localWhen(at, plant.timezone, now);
  const early = stops.some((stop) => millis(stop.from) < from);
  const late = stops.some((stop) => stop.to !== null && millis(stop.to) > to);
  const out = secondsOf(planned, { from, to });
  return {
    sentences: [
      ...(early ? [factual(`A stop that began before ${clock(from)} counts from then.`)] : []),
      ...(late ? [factual(`A stop that ended after ${clock(to)} counts until then.`)] : []),
      ...(out > 0
        ? [
            factual(
              `Planned stops are not counted: ${durationWords(out)} in ${count(planned.length, 'stop')}.`,
            ),
          ]
        : []),
    ],
  };
}
