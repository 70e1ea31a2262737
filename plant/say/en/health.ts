import type { Plant } from '../../equipment.ts';
import type { RecordOf } from '../../record.ts';
import type { SourceHealth } from '../../source.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localSpan, localWhen } from '../local-time.ts';
import { compose, factual, quote } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { count, listed, placeWithLine } from './words.ts';

const stateWords: Record<SourceHealth['state'], string> = {
  starting: 'has not answered yet',
  up: 'up',
  degraded: 'answers only in part',
  down: 'does not answer',
  unauthorised: 'refuses our sign-in',
};

/** One source that is not up, as a sentence; also used for what an answer lacks. */
export function sourceProblem(one: SourceHealth, plant: Plant, now: Millis): string {
  const last = one.lastOkAt ? ` since ${localWhen(millis(one.lastOkAt), plant.timezone, now)}` : '';
  const problem = one.problem ? `: ${quote(one.problem)}` : '';
  return `${one.system} ${stateWords[one.state]}${one.state === 'starting' ? '' : last}${problem}`;
}

/** Machines that a sentence on a gap names. */
const mostPlaces = 3;

const missed = { values: 'no values and alarms', alarms: 'no alarms' };

/** A time without data, as a sentence. */
export function gapSentence(
  gap: {
    system: string;
    equipment: readonly string[];
    from: Millis;
    to: Millis | null;
    reason: string;
    only?: RecordOf<'gap'>['only'];
  },
  plant: Plant,
  now: Millis,
): string {
  const places = gap.equipment.map((id) => placeWithLine(plant, id));
  const more = places.length - mostPlaces;
  const named = more > 1 ? [...places.slice(0, mostPlaces), `${more} more`] : places;
  const where = named.length === 0 ? '' : ` of ${listed(named)}`;
  const what = gap.only ? missed[gap.only] : 'no data';
  return `${gap.system}: ${what}${where} ${localSpan(gap.from, gap.to, plant.timezone, now)} (${quote(gap.reason, 100)})`;
}

/** After the gaps that were told one by one. */
export const moreGaps = (more: number): string => `${count(more, 'more time')} without data`;

/** What was cut off. `more`: nobody counted on beyond `all`. */
export const shownOf = (shown: number, all: number, more = false): string =>
  `Shown are ${shown} of ${more ? 'more than ' : ''}${all}.`;
export const newestKept = (): string => 'Only the newest values were read; the window holds more.';

/** Which systems answer, and how old their newest record is. */
export function saySourceHealth(sources: readonly SourceHealth[], plant: Plant, { now }: Now): Said {
  const bad = sources.filter(({ state }) => state !== 'up');
  const first =
    sources.length === 0
      ? 'No source is configured.'
      : bad.length === 0
        ? `All ${count(sources.length, 'source')} are up.`
        : `${bad.length} of ${count(sources.length, 'source')} ${bad.length === 1 ? 'is' : 'are'} not up: ${listed(bad.map(({ system }) => system))}.`;
  const newest = (one: SourceHealth): string =>
    one.lastRecordAt ? localWhen(millis(one.lastRecordAt), plant.timezone, now) : '-';
  const skew = sources.filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs ?? 0) >= 2000);
  return compose({
    first: factual(first),
    blocks: [
      {
        list: true,
        sentences: sources.map((one) =>
          factual(
            one.state === 'up'
              ? `${one.system}: up, newest record ${newest(one)}`
              : sourceProblem(one, plant, now),
          ),
        ),
      },
      {
        sentences: skew.map((one) =>
          factual(
            `The clock of ${one.system} is ${durationWords(Math.abs(one.clockOffsetMs ?? 0) / 1000)} ${(one.clockOffsetMs ?? 0) > 0 ? 'ahead' : 'behind'}.`,
          ),
        ),
      },
    ],
    table: {
      columns: ['Source', 'State', 'Newest record'],
      rows: sources.map((one) => [one.system, stateWords[one.state], newest(one)]),
    },
  });
}
