import { beside } from '../../bottleneck/bottleneck.ts';
import type { MachineFigures, Methods } from '../../bottleneck/bottleneck.ts';
import { flowOf } from '../../diagnosis/localise/topology.ts';
import type { Plant } from '../../equipment.ts';
import type { Span } from '../../stop-shares.ts';
import type { Millis } from '../../time.ts';
import { durationWords } from '../local-time.ts';
import { compose, inference, unknown } from '../said.ts';
import type { Block, Now, Said } from '../said.ts';
import { allIds, answerOf, figuresOf, hadWaits, idsOf } from './bottleneck-answer.ts';
import type { LineBottleneck } from './bottleneck-answer.ts';
import { periodWords } from './period.ts';
import { capital, count, listed, placeName, placeWords } from './words.ts';

type About = Span & { lines: readonly LineBottleneck[] };

const methodWords: Record<keyof Methods, string> = {
  average_active_duration: 'Busy longest without a wait, on average',
  shifting_bottleneck: 'Busy longest at the moment, for most of the time',
  turning_point: 'Where waiting turns from no room to no product',
};
const methodFigure: Record<keyof Methods, (one: MachineFigures) => string> = {
  average_active_duration: ({ active }) => `${durationWords(active)} at a time`,
  shifting_bottleneck: ({ longest }) => `for ${durationWords(longest)}`,
  turning_point: ({ waited }) =>
    waited < 1 ? 'which did not wait' : `which waited ${durationWords(waited)}`,
};

/** What each way of reckoning names, and how sure that makes it. */
function methodsBlock(about: LineBottleneck, plant: Plant): Block {
  const { found } = about;
  if (!hadWaits(about)) return { sentences: [] };
  const ways = Object.entries(found.methods) as [keyof Methods, string | null][];
  return {
    heading: found.machine
      ? `${found.agree === 3 ? 'All three' : 'Two of three'} ways of reckoning name ${placeWords(plant, found.machine)}:`
      : 'Three ways of reckoning:',
    list: true,
    sentences: ways.map(([way, machine]) => {
      const one = figuresOf(about, machine);
      return one
        ? inference(
            `${methodWords[way]}: ${placeWords(plant, one.machine)}, ${methodFigure[way](one)}`,
            idsOf(about, [one.machine]),
          )
        : inference(`${methodWords[way]}: no machine is ahead of the others`, allIds(about));
    }),
  };
}

/** Machines that tell nothing, and that one of them may be it. */
function darkBlock({ found, evidence, line }: LineBottleneck, plant: Plant): Block {
  const { dark, hidden, machines } = found;
  if (dark.length === 0 || machines.length === 0) return { sentences: [] };
  const names = listed(dark.map((id) => placeWords(plant, id)));
  const around = hidden ? Object.values(beside(flowOf(line), hidden)).flat() : [];
  return {
    sentences: [
      unknown(
        `${capital(names)} ${dark.length === 1 ? 'tells no state and was' : 'tell no state and were'} left out.`,
      ),
      ...(hidden
        ? [
            unknown(
              `It may be ${placeWords(plant, hidden)} itself: before it machines waited for room, behind it for product.`,
              around.flatMap((id) => [...(evidence.get(id) ?? [])]),
            ),
          ]
        : []),
    ],
  };
}

/** The window that is taken where none is named is told as such. */
const whenWords = ({ from, to }: Span, plant: Plant, now: Millis): string =>
  to === now && to - from === 86_400_000 ? 'in the last 24 hours' : periodWords(from, to, plant, now);

/** Which machine held one or several lines back. */
export function sayBottleneck(about: About, plant: Plant, { now }: Now): Said {
  const when = whenWords(about, plant, now);
  const [only, ...others] = about.lines;
  return only && others.length === 0 ? sayOne(only, when, plant) : sayAll(about.lines, when, plant);
}

function sayOne(about: LineBottleneck, when: string, plant: Plant): Said {
  const { line, found } = about;
  const short = (seconds: number): string => (seconds < 1 ? '-' : durationWords(seconds));
  const rows = found.machines.length > 1 ? found.machines : [];
  return compose({
    first: answerOf(about, when, plant),
    blocks: [methodsBlock(about, plant), darkBlock(about, plant)],
    facts:
      found.machine && !found.outside
        ? [
            {
              label: 'Bottleneck',
              value: `${placeName(plant, found.machine)}, by ${found.agree} of 3 ways of reckoning`,
            },
          ]
        : [],
    table:
      rows.length === 0
        ? null
        : {
            columns: ['Machine', 'Ran', 'Stood by itself', 'No product', 'No room', 'Busy at a time'],
            rows: rows.map((one) => [
              capital(placeName(plant, one.machine)),
              ...[one.ran, one.stood, one.starved, one.blocked, one.active].map(short),
            ]),
            evidence: rows.map(({ machine }) => idsOf(about, [machine])),
          },
    followUps:
      found.machines.length === 0
        ? ['Which sources are up?']
        : [`What stopped ${line.name} most today?`, `Which stops did ${line.name} have today?`],
  });
}

function sayAll(lines: readonly LineBottleneck[], when: string, plant: Plant): Said {
  const sentences = lines.map((one) => answerOf(one, when, plant));
  const held = lines.filter(({ found }) => found.machine !== null && found.outside === null);
  const by = held.map(({ line, found }) => `${line.name} by ${placeWords(plant, found.machine ?? '')}`);
  const rest = lines.length - held.length;
  const text =
    held.length === 0
      ? `On none of ${count(lines.length, 'line')} one machine clearly held the others back ${when}.`
      : `Held back most ${when}: ${listed(by)}${rest === 0 ? '' : `; on ${count(rest, 'other line')} it is not one machine that clearly did`}.`;
  return compose({
    first: inference(text, (held.length === 0 ? lines : held).flatMap(allIds)),
    blocks: [{ list: true, sentences }],
    followUps: lines.slice(0, 3).map(({ line }) => `What is the bottleneck of ${line.name}?`),
  });
}
