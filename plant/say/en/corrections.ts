import { agrees, isComplete } from '../../correction.ts';
import { lapsesAt } from '../../decision.ts';
import type { Correction } from '../../correction.ts';
import { causeAt } from '../../correction/choices.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Plant } from '../../equipment.ts';
import { millis } from '../../time.ts';
import { localAt, localClock, localWhen } from '../local-time.ts';
import { factual, quote } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { lineName, placeWords, withoutPlace } from './words.ts';

const known = (cause: string): boolean => cause !== 'unknown' && cause !== 'other';

/** What the person says it was, in words of ours; their own stand among the facts, as a quotation. */
const saysIt = (one: Correction, plant: Plant): string => causeAt(plant, one.place, one.cause);

/** Cause and what it takes the place of: `a safety stop instead of a tripped drive at the capper`, a place that both share said once. */
export function insteadOf(one: Correction, plant: Plant): string {
  const { was } = one;
  if (agrees(one)) return `${saysIt(one, plant)}, as was told`;
  if (!known(was.cause)) return saysIt(one, plant);
  const place = one.place !== null && one.place === was.place ? placeWords(plant, one.place) : '';
  const bare =
    was.words === withoutPlace(was.words, place)
      ? saysIt(one, plant)
      : withoutPlace(saysIt(one, plant), place);
  return `${bare} instead of ${was.words}`;
}

const stopWords = (one: Correction, plant: Plant, now: number): string =>
  `${lineName(plant, one.line)} stopped ${localAt(millis(one.stopFrom), plant.timezone, now)}`;

/** What is not said yet, as a question. */
function questionOf(one: Correction, plant: Plant, now: number): string {
  if (one.place !== null) return `What was it at ${placeWords(plant, one.place)}?`;
  if (one.cause !== null)
    return `Where was it: ${causeAt(plant, null, one.cause)}?`.replace(' at the line?', '?');
  return `What was it, when ${stopWords(one, plant, now)}?`;
}

/** The first line of a correction, by how far it got. `already`: for who confirmed it after somebody else. */
export function correctionLine(one: Correction, plant: Plant, now: number, already = false): string {
  const when = one.decidedAt ? ` at ${localWhen(millis(one.decidedAt), plant.timezone, now)}` : '';
  const who = one.decidedBy ? `the ${one.decidedBy}` : 'somebody';
  switch (one.status) {
    case 'proposed':
      return isComplete(one) ? `You say: ${insteadOf(one, plant)}.` : questionOf(one, plant, now);
    case 'confirmed':
      return `${already ? 'Already confirmed' : 'Confirmed'} by ${who}${when}: ${stopWords(one, plant, now)} because of ${insteadOf(one, plant)}.`;
    case 'rejected':
      return `Not kept, said ${who}${when}: ${insteadOf(one, plant)}.`;
    case 'lapsed':
      return `Lapsed without an answer: ${insteadOf(one, plant)}.`;
  }
}

/** Stop, what Andon had said, in whose words, until when it can be confirmed. */
export function correctionFacts(one: Correction, plant: Plant, now: number): Said['facts'] {
  const until = lapsesAt(one.at);
  return [
    { label: 'Stop', value: stopWords(one, plant, now) },
    { label: 'The records had led to', value: known(one.was.cause) ? one.was.words : 'no cause' },
    // Where our words say it, theirs are not shown.
    ...(one.cause === 'other' && one.words !== ''
      ? [{ label: 'In their words', value: quote(one.words) }]
      : []),
    ...(one.status === 'proposed' && isComplete(one)
      ? [{ label: 'Counts once', value: `a person confirms it, until ${localClock(until, plant.timezone)}` }]
      : []),
    ...(one.status === 'confirmed'
      ? [{ label: 'From now on', value: 'later stops like this one are compared with it' }]
      : []),
  ];
}

/** A draft as an answer. `choices`: what can be chosen where something is not said yet. */
export function sayCorrection(one: Correction, choices: readonly string[], plant: Plant, { now }: Now): Said {
  const first = correctionLine(one, plant, now);
  const facts = correctionFacts(one, plant, now);
  const lines = isComplete(one)
    ? ['This is a draft. It counts once a person confirms it.']
    : ['Choose one, or say it in your words:', ...choices.map((label) => `- ${label}`)];
  const sentences = [first, ...lines, ...facts.map(({ label, value }) => `${label}: ${value}`)];
  return {
    firstLine: first,
    text: lines.join('\n'),
    facts,
    table: null,
    followUps: [],
    claims: sentences.map((text, index) => ({ ...factual(text), id: `said-${index + 1}`, evidence: [] })),
  };
}

/** What a diagnosis says, with what a person confirmed of the same stop before it. */
export function withConfirmed(
  said: Said,
  one: Correction,
  { abstained, place, cause }: Pick<Diagnosis, 'abstained' | 'place' | 'cause'>,
  plant: Plant,
  { now }: Now,
): Said {
  const when = one.decidedAt ? localAt(millis(one.decidedAt), plant.timezone, now) : '';
  const who = `the ${one.decidedBy ?? 'plant'}`;
  const same = !abstained && known(cause) && one.cause === cause && one.place === place;
  const first = same
    ? said.firstLine
    : `${stopWords(one, plant, now)} because of ${saysIt(one, plant)}, as ${who} confirmed ${when}.`.replace(
        /\s+/g,
        ' ',
      );
  const note = same
    ? `The cause was confirmed by ${who} ${when}.`
    : `From the records alone: ${said.firstLine}`;
  const claims = [first, note].map((text, index) => ({
    ...factual(text),
    id: `confirmed-${index + 1}`,
    evidence: [],
  }));
  return {
    ...said,
    firstLine: first,
    text: [note, said.text].filter((part) => part !== '').join('\n\n'),
    claims: [...claims, ...said.claims],
  };
}
