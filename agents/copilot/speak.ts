/** Who phrases an answer: the offline model, or the provider where its words stand on what the tools gave. */
import type { Plant } from '../../plant/equipment.ts';
import type { Person } from '../../plant/person.ts';
import type { Question } from '../../plant/surface.ts';
import { withoutNames } from '../../plant/without-names.ts';
import type { Agents } from './agents.ts';
import { checkGrounding, type Checked } from './grounding.ts';
import type { CopilotModel, Reading } from './options.ts';
import { plainText, toldLine } from './plain-text.ts';
import { questionFor } from './prompt.ts';
import type { ToolResult, Turn } from './turn.ts';
import { reasonOf, refusal } from './why-not.ts';

/** One question on its way. `providerMs`: after this a provider's turn is given up. */
type Asked = {
  question: Question;
  reading: Reading;
  now: number;
  agents: Agents;
  plant: Plant;
  model: CopilotModel;
  people: readonly Person[];
  providerMs: number;
  log: (sentence: string) => void;
};
/** What was said, by which model, on which results; `fellBack`: why not by the provider. */
type Outcome = {
  firstLine: string;
  text: string;
  results: readonly ToolResult[];
  model: string;
  fellBack: string | null;
};

const asksToWrite = ({ reading }: Asked): boolean =>
  reading.intents.some((intent) => intent === 'record' || intent === 'correct');

/** Says it in the words of the configured model, else in the tools' own. */
export const speak = (asked: Asked): Promise<Outcome> =>
  asked.model.id === 'offline' ? offlineTurn(asked, null) : providerTurn(asked);

async function offlineTurn(asked: Asked, fellBack: string | null): Promise<Outcome> {
  const { question, reading, plant, now, agents } = asked;
  const agent = asksToWrite(asked) ? agents.offlineWrites : agents.offline;
  const extra = { asked: { understood: reading, plant, now, role: question.person?.role ?? null } };
  const { text, results } = await agent.run(question.text, extra, question.signal);
  return { ...plainText(text, toldLine), results, model: 'offline', fellBack };
}

async function providerTurn(asked: Asked): Promise<Outcome> {
  const { model, plant, people, now } = asked;
  const { signal } = asked.question;
  const deadline = AbortSignal.timeout(asked.providerMs);
  let said: Turn;
  try {
    said = await askProvider(asked, signal ? AbortSignal.any([signal, deadline]) : deadline);
  } catch (error) {
    signal?.throwIfAborted();
    return fallBack(asked, reasonOf(model.id, deadline.aborted ? deadline.reason : error));
  }
  const empty = refusal(model.id, said, asked.reading);
  if (empty) return fallBack(asked, empty);
  const checked = checkGrounding({ text: said.text, results: said.results, plant, people, now });
  if (checked.sent)
    return { ...withDropped(checked), results: said.results, model: model.id, fellBack: null };
  asked.log(
    `${model.id}: ${checked.dropped.length} sentences did not match the evidence; the facts were sent as recorded.`,
  );
  return templateOf(asked, said);
}

function askProvider(asked: Asked, signal: AbortSignal): Promise<Turn> {
  const { question, reading, plant, people, now, agents } = asked;
  const agent = asksToWrite(asked) ? agents.providerWrites : agents.provider;
  const text = questionFor(question.text.slice(0, 2_000), hintsOf(reading), plant, now);
  // What the model writes down of it is kept.
  return agent.run(withoutNames(text, people, asksToWrite(asked) ? 'somebody' : 'role'), {}, signal);
}

/** The tools' own words: of the provider's calls where the grammar cannot read the question, else of its own. */
async function templateOf(asked: Asked, said: Turn): Promise<Outcome> {
  const why = `The wording of ${asked.model.id} did not match the evidence; the facts are given as recorded.`;
  if (!asked.reading.unclear && !asksToWrite(asked)) return offlineTurn(asked, why);
  const [first, ...others] = said.results.map(wordsOf);
  if (!first) return offlineTurn(asked, why);
  const text = [first.text, ...others.flatMap((one) => [one.firstLine, one.text])]
    .filter(Boolean)
    .join('\n\n');
  return { firstLine: first.firstLine, text, results: said.results, model: 'offline', fellBack: why };
}

function fallBack(asked: Asked, reason: string): Promise<Outcome> {
  asked.log(`Answered without ${asked.model.id}: ${reason}`);
  return offlineTurn(asked, reason);
}

/** The reader is told of what was taken out. */
function withDropped({ firstLine, text, dropped }: Checked): { firstLine: string; text: string } {
  if (dropped.length === 0) return { firstLine, text };
  const told =
    dropped.length === 1
      ? '1 sentence was left out: no record supports it.'
      : `${dropped.length} sentences were left out: no record supports them.`;
  return { firstLine, text: [text, told].filter(Boolean).join('\n\n') };
}

function hintsOf(reading: Reading): string[] {
  const named = {
    line: reading.lines.join(' and ') || null,
    equipment: reading.machine,
    from: reading.from,
    to: reading.to,
    at: reading.at,
  };
  return Object.entries(named).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]));
}

function wordsOf({ structured, refused }: ToolResult): { firstLine: string; text: string } {
  if (!structured) return plainText(refused ?? '', toldLine);
  return plainText(
    `${String(structured['first_line'] ?? '')}\n\n${String(structured['text'] ?? '')}`,
    toldLine,
  );
}
