import type { Decision } from '../../decision.ts';
import type { Plant } from '../../equipment.ts';
import { millis } from '../../time.ts';
import type { Millis } from '../../time.ts';
import { localWhen } from '../local-time.ts';
import { compose, factual, quote } from '../said.ts';
import type { Now, Said, Sentence } from '../said.ts';
import { count, lineName } from './words.ts';

const outcomeWords = {
  worked: 'worked',
  partly: 'worked in part',
  failed: 'did not work',
  unknown: 'outcome unknown',
};

const when = (one: Decision, plant: Plant, now: Millis): string =>
  localWhen(millis(one.decidedAt ?? one.recordedAt), plant.timezone, now);

function outcome(one: Decision): string {
  if (!one.outcome) return '';
  const { status, text, minutesToRun } = one.outcome;
  const ran =
    minutesToRun === null
      ? ''
      : `the line ran again ${count(Math.max(1, Math.round(minutesToRun)), 'minute')} later`;
  // Measured only: whether the decision was the reason, nobody has said.
  if (status === 'unknown' && ran !== '') return `; ${ran}`;
  return `; ${[outcomeWords[status], ran].filter(Boolean).join(', ')}${text ? ` (${quote(text, 100)})` : ''}`;
}

/** What happened, without how long it had lasted when it was written down. */
const happened = ({ whatHappened }: Decision): string =>
  quote(whatHappened.replace(/; it (?:has been standing for|stood) [^;]*$/, ''), 100);

function sentence(one: Decision, plant: Plant, now: Millis): Sentence {
  const line = lineName(plant, one.line);
  const by = one.decidedBy ? `, decided by ${one.decidedBy}` : '';
  const text = `${when(one, plant, now)}, ${line}, ${happened(one)}: ${quote(one.response)} (constraint: ${quote(one.constraint, 100)}${by})${outcome(one)}`;
  return factual(text, [`andon/decision/${one.id}`]);
}

/** What was decided in cases like this. Proposals are counted apart and never told as fact. */
export function sayDecisions(
  about: { decisions: readonly Decision[]; proposals: readonly Decision[]; line: string | null },
  plant: Plant,
  { now }: Now,
): Said {
  const { decisions, proposals, line } = about;
  const where = line ? ` for ${lineName(plant, line)}` : '';
  const [best] = decisions;
  const first = best
    ? `Last time: ${quote(best.response)}, decided ${when(best, plant, now)} for ${lineName(plant, best.line)}${outcome(best)}.`
    : `No confirmed decision is kept${where} that fits.`;
  return compose({
    first: factual(first, best ? [`andon/decision/${best.id}`] : []),
    blocks: [
      { list: true, sentences: decisions.slice(0, 5).map((one) => sentence(one, plant, now)) },
      {
        sentences:
          proposals.length > 0
            ? [
                factual(
                  `${count(proposals.length, 'proposal waits', 'proposals wait')} for a person to confirm; nothing of it is decided.`,
                ),
              ]
            : [],
      },
    ],
    table:
      decisions.length > 0
        ? {
            columns: ['When', 'Line', 'What happened', 'Response'],
            rows: decisions.map((one) => [
              when(one, plant, now),
              lineName(plant, one.line),
              happened(one),
              quote(one.response),
            ]),
            evidence: decisions.map(({ id }) => [`andon/decision/${id}`]),
          }
        : null,
  });
}

/** A proposal was written down; a person must confirm it. */
export function sayProposed(one: Decision, until: Millis, plant: Plant, { now }: Now): Said {
  const ids = [`andon/decision/${one.id}`];
  return compose({
    first: factual(
      `Proposed for ${lineName(plant, one.line)}, not yet decided: ${quote(one.response)}.`,
      ids,
    ),
    blocks: [
      {
        sentences: [
          factual(
            `A person must confirm it before ${localWhen(until, plant.timezone, now)}, else it lapses.`,
            ids,
          ),
          factual(`Constraint: ${quote(one.constraint)}.`, ids),
        ],
      },
    ],
    followUps: ['What did we decide last time?'],
  });
}
