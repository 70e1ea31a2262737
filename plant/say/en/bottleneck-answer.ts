import { beside } from '../../bottleneck/bottleneck.ts';
import type { Bottleneck, MachineFigures } from '../../bottleneck/bottleneck.ts';
import { flowOf } from '../../diagnosis/localise/topology.ts';
import type { Line, Plant } from '../../equipment.ts';
import type { Span } from '../../stop-shares.ts';
import type { Millis } from '../../time.ts';
import { durationWords, localSpan } from '../local-time.ts';
import { factual, inference, unknown } from '../said.ts';
import type { Sentence } from '../said.ts';
import { capital, listed, placeName, placeWords } from './words.ts';

/** What was reckoned of one line. `evidence`: of each machine, the ids of the records its figures rest on. */
export type LineBottleneck = {
  line: Line;
  found: Bottleneck;
  evidence: ReadonlyMap<string, readonly string[]>;
};

export const figuresOf = ({ found }: LineBottleneck, machine: string | null): MachineFigures | undefined =>
  found.machines.find((one) => one.machine === machine);
export const idsOf = ({ evidence }: LineBottleneck, machines: readonly string[]): string[] =>
  machines.flatMap((machine) => [...(evidence.get(machine) ?? [])]);
export const allIds = (one: LineBottleneck): string[] =>
  idsOf(
    one,
    one.found.machines.map(({ machine }) => machine),
  );

/** Of a machine and those beside it. */
const idsAround = (one: LineBottleneck, machine: string): string[] =>
  idsOf(one, [machine, ...Object.values(beside(flowOf(one.line), machine)).flat()]);

/** Did any of several machines wait? Without that none can be told apart. */
export const hadWaits = ({ found: { machines } }: LineBottleneck): boolean =>
  machines.length > 1 && machines.some(({ waited }) => waited >= 1);

const waitsFor = { starved: 'for product', blocked: 'for room to discharge' } as const;

/** `stood by itself 3 times, for 8 minutes in all`. */
const stoodWords = ({ stood, stands }: MachineFigures): string =>
  stands === 1
    ? `stood by itself once, for ${durationWords(stood)}`
    : `stood by itself ${stands === 2 ? 'twice' : `${stands} times`}, for ${durationWords(stood)} in all`;

const unclearWords = ({ unclear }: MachineFigures): string =>
  `stood ${durationWords(unclear)} for no reason that is told`;

/** `waited 48 minutes for product and 2 minutes for room to discharge`. */
function waitWords({ starved, blocked, waited }: MachineFigures): string {
  const parts = [
    { seconds: starved, words: waitsFor.starved },
    { seconds: blocked, words: waitsFor.blocked },
    { seconds: waited - starved - blocked, words: 'for something that is not told' },
  ].filter(({ seconds }) => seconds >= 1);
  const told = parts
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ seconds, words }) => `${durationWords(seconds)} ${words}`);
  return told.length === 0 ? 'did not wait' : `waited ${listed(told)}`;
}

/** What the states of one machine say together. */
export function activityRecord(one: MachineFigures, span: Span, plant: Plant, now: Millis): string {
  const when = localSpan(span.from, span.to, plant.timezone, now);
  const did = [
    ...(one.ran >= 1 ? [`ran ${durationWords(one.ran)}`] : []),
    ...(one.stood >= 1 ? [stoodWords(one)] : []),
    waitWords(one),
    ...(one.waited >= 1 ? [`waited ${durationWords(one.waited)} altogether`] : []),
    ...(one.unclear >= 1 ? [unclearWords(one)] : []),
    ...(one.active >= 1 ? [`busy for ${durationWords(one.active)} at a time`] : []),
    ...(one.longest >= 1 ? [`longest of the line for ${durationWords(one.longest)}`] : []),
  ];
  return `${capital(placeName(plant, one.machine))} ${when}: ${did.join('; ')}`;
}

/** What the machine did itself, and how its neighbours waited for it. */
function becauseOf(about: LineBottleneck, machine: string, plant: Plant): string {
  const own = figuresOf(about, machine);
  const { before, behind } = beside(flowOf(about.line), machine);
  const waits = (ids: readonly string[], side: keyof typeof waitsFor) =>
    ids.map((id) => ({ id, seconds: figuresOf(about, id)?.[side] ?? 0, words: waitsFor[side] }));
  const told = [...waits(before, 'blocked'), ...waits(behind, 'starved')].filter(
    ({ seconds }) => seconds >= 1,
  );
  const words = told.map(
    ({ id, seconds, words: what }, index) =>
      `${placeWords(plant, id)} ${index === 0 ? 'waited ' : ''}${durationWords(seconds)} ${what}`,
  );
  const less = told.every(({ seconds }) => seconds > (own?.waited ?? 0));
  const itself = `, ${placeWords(plant, machine)} itself ${less ? 'only ' : ''}${durationWords(own?.waited ?? 0)}`;
  const stands = [
    ...(own && own.stands > 0 ? [stoodWords(own)] : []),
    ...(own && own.unclear >= 1 ? [unclearWords(own)] : []),
  ];
  const stood = `it ${stands.length === 0 ? 'did not stand by itself' : listed(stands)}`;
  if (told.length === 0) return stood;
  return `${stood}; ${listed(words)}${own && own.waited >= 1 ? itself : ''}`;
}

/** Why no machine can be named or none is to be: too few that tell their state, or none that waited. */
function withoutAnswer(about: LineBottleneck, when: string, plant: Plant): Sentence | null {
  const { line, found } = about;
  const [only, ...others] = found.machines;
  if (line.machines.length === 1)
    return unknown(
      `${line.name} is one machine: no other of the line can wait for it, so it has no bottleneck to find.`,
    );
  if (!only)
    return unknown(
      `No machine of ${line.name} told its state ${when}, so it cannot be said which one held it back.`,
    );
  if (others.length === 0)
    return unknown(
      `Of ${line.name} only ${placeWords(plant, only.machine)} told its state ${when}: which machine held the line back takes at least two.`,
      allIds(about),
    );
  return hadWaits(about)
    ? null
    : factual(
        `No machine held ${line.name} back ${when}: none of those that tell their state waited for another.`,
        allIds(about),
      );
}

/** What comes in or goes out held the line back longer than any machine of its own. */
function outsideAnswer(
  about: LineBottleneck,
  { machine, side, seconds }: NonNullable<Bottleneck['outside']>,
  when: string,
  plant: Plant,
): Sentence {
  const { line, found } = about;
  const [what, where] =
    side === 'starved' ? ['what comes in', 'where the line begins'] : ['what goes out', 'where it ends'];
  const inside = found.machine
    ? ` Of its own machines ${placeWords(plant, found.machine)} held it back most: ${becauseOf(about, found.machine, plant)}.`
    : '';
  return inference(
    `${line.name} was held back most by ${what} ${when}: ${placeWords(plant, machine)}, ${where}, waited ${durationWords(seconds)} ${waitsFor[side]}.${inside}`,
    [...idsOf(about, [machine]), ...(found.machine ? idsAround(about, found.machine) : [])],
  );
}

/** What the three methods name where no two name the same. */
function namedWords({ methods }: Bottleneck, plant: Plant): string {
  const named = Object.values(methods).flatMap((id) => (id === null ? [] : [placeWords(plant, id)]));
  const distinct = [...new Set(named)];
  if (distinct.length === 0) return 'none of three ways of reckoning finds one that is ahead of the others';
  if (distinct.length === 1) return `only one of three ways of reckoning names one, ${distinct[0]}`;
  return `three ways of reckoning disagree, they name ${listed(distinct)}`;
}

/** Which machine held one line back: the sentence that answers. `when`: the time asked about in words. */
export function answerOf(about: LineBottleneck, when: string, plant: Plant): Sentence {
  const { line, found } = about;
  const without = withoutAnswer(about, when, plant);
  if (without) return without;
  if (found.outside) return outsideAnswer(about, found.outside, when, plant);
  if (found.machine === null) {
    const most = found.waitedFor
      ? ` The longest waits were for ${placeWords(plant, found.waitedFor)}: ${becauseOf(about, found.waitedFor, plant)}.`
      : '';
    return unknown(
      `It is not clear which machine held ${line.name} back ${when}: ${namedWords(found, plant)}.${most}`,
      allIds(about),
    );
  }
  const words = placeWords(plant, found.machine);
  return inference(
    `${found.agree === 3 ? capital(words) : `Most likely ${words}`} held ${line.name} back most ${when}: ${becauseOf(about, found.machine, plant)}.`,
    idsAround(about, found.machine),
  );
}
