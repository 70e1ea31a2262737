/**
 * How a turn goes.
 *
 * 1. A place in the fair queue: a few questions at a time, askers take turns, who waits too long is told.
 * 2. The question is read against the plant (`model.understand`): wants, names, times, what the thread spoke of.
 *    That reading plans the offline model's tool calls; a provider gets it as a hint.
 * 3. The agent runs: `createAgent` with the tools of the MCP server. Tools that only read, and those that write
 *    only when the person asked for a record or corrected a cause. A provider sees tool text marked as data, without names of people.
 * 4. A provider's words are held against the structured results (`grounding.ts`): sentences that do not match are
 *    dropped; where the first line or too much falls, the tools' own words are sent.
 * 5. A provider that fails, stalls, ends with nothing or answers without looking is replaced by the offline model
 *    in the same turn, and `fellBack` says why.
 * 6. Facts, table, diagnosis, claims, evidence and what is missing come from the tools, never from a model.
 * 7. The thread keeps resolved names and times, no words.
 */
import { performance } from 'node:perf_hooks';
import { sentenceOf } from '../../plant/errors.ts';
import type { Answer } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import type { Question } from '../../plant/surface.ts';
import { openAgents } from './agents.ts';
import { answerOf, diagnosisOf } from './answer.ts';
import { openFairQueue } from './fair-queue.ts';
import type { CopilotOptions, Reading, ThreadOf } from './options.ts';
import { speak } from './speak.ts';
import type { ToolResult } from './turn.ts';

export type Copilot = { ask(question: Question): Promise<Answer>; close(): Promise<void> };

/** Connects on the first question. `ask` throws `AndonError` with `busy` or `unreachable`, or the signal's reason. */
export async function openCopilot(options: CopilotOptions): Promise<Copilot> {
  const { plant, clock, model, people, providerMs = 25_000, log } = options;
  const agents = openAgents(options);
  const queue = openFairQueue({
    atOnce: options.maxConcurrent ?? 4,
    longestWaitMs: options.longestWaitMs ?? 60_000,
    mostWaiting: 2_000,
  });

  async function answer(question: Question, started: number): Promise<Answer> {
    const now = clock();
    const context = await spokenOf(options, question);
    const reading = model.understand(question.text, { plant, now, context, home: homeOf(question.person) });
    const asked = {
      question,
      reading,
      now,
      agents: await agents.open(),
      plant,
      model,
      people,
      providerMs,
      log,
    };
    const outcome = await speak(asked);
    await remember(options, question, reading, outcome.results);
    return answerOf({
      ...outcome,
      asked: `${question.thread ?? ''}\n${question.text}\n${now}`,
      followUps: outcome.results.length === 0 ? (reading.unclear?.choices ?? []) : [],
      ms: performance.now() - started,
    });
  }

  return {
    ask(question) {
      const started = performance.now();
      const asker = question.person?.id ?? question.thread ?? question.surface;
      return queue.run(asker, () => answer(question, started), question.signal);
    },
    async close() {
      queue.close();
      await agents.close();
    },
  };
}

/** What the thread spoke of. */
const spokenOf = async ({ threads }: CopilotOptions, question: Question): Promise<unknown> =>
  question.thread ? threads.get(question.thread, threadOf(question)).catch(() => null) : null;

async function remember(
  { threads, log }: CopilotOptions,
  question: Question,
  reading: Reading,
  results: readonly ToolResult[],
): Promise<void> {
  const found = results.map(({ structured }) => structured && diagnosisOf(structured)).find(Boolean);
  const about = found
    ? { line: found.stop.line, stopAt: found.stop.from, cause: found.abstained ? null : found.cause }
    : {};
  const context = reading.context && { ...reading.context, ...about };
  if (!context || !question.thread) return;
  await threads.set(question.thread, context, threadOf(question)).catch((error: unknown) => {
    log(`The thread could not be kept: ${sentenceOf(error)}`);
  });
}

/** Who works for one line means that line. */
const homeOf = (person: Person | null): string | null =>
  person?.lines.length === 1 ? (person.lines[0] ?? null) : null;

const threadOf = ({ surface, person }: Question): ThreadOf => ({ surface, person: person?.id ?? null });
