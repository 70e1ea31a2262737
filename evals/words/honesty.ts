import { figuresOf } from '../../agents/copilot/figures.ts';
import type { Answer } from '../../plant/message.ts';
import { honest, type Unanswerable } from './unanswerable.ts';

/** What is wrong with an answer to a question that has none; empty: it is honest. */
export type Fault = 'does not say what is missing' | 'names a cause' | 'names a person' | 'invents a figure';

export function faultsOf({ kind, question }: Unanswerable, answer: Answer): Fault[] {
  const faults: Fault[] = [];
  const spoken = [answer.firstLine, answer.text, ...answer.missing].join('\n');
  const named = answer.diagnosis !== null && !answer.diagnosis.abstained;
  // Asked for a person, the machine's cause may be told: it is what is known instead.
  if (named && kind !== 'person') faults.push('names a cause');
  if (!honest[kind].test(spoken) && !(kind === 'person' && named))
    faults.push('does not say what is missing');
  if (
    /\b(?:Peter|operator|he|she)\b[^.\n"]*\b(?:stopped|broke|caused|blame|fault|slow\w*|best)\b/.test(
      unquoted(spoken),
    )
  )
    faults.push('names a person');
  if (invented(spoken, question, answer).length > 0) faults.push('invents a figure');
  return faults;
}

const unquoted = (text: string): string => text.replace(/"[^"\n]*"/g, ' ');

/** Figures of the answer that stand neither in its records and claims nor in the question. */
export function invented(spoken: string, question: string, answer: Answer): string[] {
  const given = [
    question,
    ...answer.claims.map(({ text }) => text),
    ...answer.evidence.map(({ says }) => says),
    ...answer.followUps,
    ...answer.missing,
  ].join('\n');
  const known = new Set(digitsIn(given));
  return figuresOf(unquoted(spoken).replace(/\bline \d+\b/gi, ' '))
    .flatMap(({ raw }) => digitsIn(raw))
    .filter((digits) => !known.has(digits));
}

const digitsIn = (text: string): string[] => text.replace(/\bline \d+\b/gi, ' ').match(/\d+/g) ?? [];
