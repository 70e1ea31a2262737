import type { Plant } from '../../../plant/equipment.ts';
import { durationWords, localAt, localWhen } from '../../../plant/say/local-time.ts';
import { stop, type Stop } from '../../../plant/stop.ts';
import { millis, type Millis } from '../../../plant/time.ts';
import type { Understood } from './understood.ts';

/** What a tool gave: its structured result, or the sentence with which it refused. */
export type Given = { tool: string; structured: Record<string, unknown> | null; refused: string | null };

type Phrase = { firstLine: string; text: string };

/** Hands on what the tools say of themselves; several results are joined, the first one answers. */
export function phrase(understood: Understood, results: readonly Given[], plant: Plant, now: Millis): Phrase {
  if (understood.unclear) return unclearPhrase(understood.unclear);
  if (understood.intents[0] === 'capabilities') return introduction(plant);
  const parts = results.flatMap((result) => partOf(result, understood, plant, now));
  const [first, ...others] = parts;
  if (!first)
    return {
      firstLine: 'I cannot look that up here.',
      text: 'The tool that would answer it is not available.',
    };
  const rest = others.map(({ firstLine, text }) => (text ? `${firstLine}\n\n${text}` : firstLine));
  return { firstLine: first.firstLine, text: eachOnce([first.text, ...rest].join('\n\n')) };
}

/** Two answers may lack the same data and leave out the same stops: a paragraph is said once. */
const eachOnce = (text: string): string =>
  [...new Set(text.split('\n\n').filter((part) => part.trim() !== ''))].join('\n\n');

/** What an unclear question is answered with. */
function unclearPhrase({ sentence, choices }: NonNullable<Understood['unclear']>): Phrase {
  if (choices.length === 0) return { firstLine: sentence, text: '' };
  return {
    firstLine: sentence,
    text: ['You can ask, for example:', ...choices.map((one) => `- ${one}`)].join('\n'),
  };
}

function introduction(plant: Plant): Phrase {
  const line = plant.lines[0]?.name ?? 'the line';
  return {
    firstLine: `I answer questions about ${plant.name}: why a line stopped, how it runs, what was decided.`,
    text: [
      'You can ask, for example:',
      `- Why did ${line} stop?`,
      `- Which stops did ${line} have since the shift started?`,
      `- Which order is running on ${line}, and is it late?`,
      '- What did we decide last time?',
      '- What is open right now?',
      '- Which sources are down?',
    ].join('\n'),
  };
}

function partOf(result: Given, understood: Understood, plant: Plant, now: Millis): Phrase[] {
  if (result.refused !== null) return [splitFirst(result.refused)];
  const given = result.structured;
  const firstLine = given?.['first_line'];
  if (!given || typeof firstLine !== 'string') return [];
  const text = typeof given['text'] === 'string' ? given['text'] : '';
  const intent = understood.intents.find((one) => one === 'how_long' || one === 'since_when');
  const about = result.tool === 'explain_stop' && intent ? stopOf(given) : null;
  if (!about) return [{ firstLine, text }];
  const line = plant.lines.find(({ id }) => id === about.line)?.name ?? about.line;
  return [
    { firstLine: timesOfStop(about, line, plant.timezone, now, intent === 'how_long'), text: firstLine },
  ];
}

/** The stop that a result of `explain_stop` is about, where it found one. */
function stopOf(given: Record<string, unknown>): Stop | null {
  const diagnosis = given['diagnosis'];
  const inner =
    typeof diagnosis === 'object' && diagnosis !== null ? (diagnosis as Record<string, unknown>) : given;
  const read = stop.safeParse(inner['stop'] ?? given['stop']);
  return read.success ? read.data : null;
}

function timesOfStop(about: Stop, line: string, zone: string, now: Millis, lengthFirst: boolean): string {
  const from = millis(about.from);
  const long = durationWords(about.durationS);
  const began = `${line} stopped ${localAt(from, zone, now)}`;
  if (about.to === null)
    return lengthFirst
      ? `${line} has been standing for ${long}, since ${localWhen(from, zone, now)}.`
      : `${began} and has been standing for ${long}.`;
  const until = localWhen(millis(about.to), zone, now);
  return lengthFirst
    ? `${line} stood for ${long}, from ${localWhen(from, zone, now)} to ${until}.`
    : `${began}; it has run again since ${until}, after ${long}.`;
}

function splitFirst(text: string): Phrase {
  const [firstLine = '', ...rest] = text.trim().split(/\n+/);
  return { firstLine, text: rest.join('\n') };
}
