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
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { performance } from 'node:perf_hooks';
import type { Plant } from '../../plant/equipment.ts';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Answer } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import type { Question } from '../../plant/surface.ts';
import type { Clock } from '../../plant/time.ts';
import { withoutNames } from '../../plant/without-names.ts';
import { answerOf, diagnosisOf } from './answer.ts';
import { openFairQueue } from './fair-queue.ts';
import { checkGrounding, type Checked } from './grounding.ts';
import { asModelTools, connectTools, type McpTransport, type ToolServer } from './mcp-tools.ts';
import { plainText, toldLine } from './plain-text.ts';
import { asToolData, instructionsFor, questionFor } from './prompt.ts';
import { openAgent, type Agent, type ToolResult, type Turn } from './turn.ts';
import { reasonOf, refusal } from './why-not.ts';

/** What was read of a question; the model's own shape goes through unseen. */
type Reading = {
  intents: readonly string[];
  lines: readonly string[];
  machine: string | null;
  from: string | null;
  to: string | null;
  at: string | null;
  unclear: { kind: string; sentence: string; choices: readonly string[] } | null;
  context: object | null;
};

/** A model as `agents/models/open-model.ts` opens it. */
export type CopilotModel = {
  id: string;
  chat: BaseChatModel;
  offline: BaseChatModel;
  understand(
    question: string,
    about: { plant: Plant; now: number; context: unknown; home?: string | null },
  ): Reading;
};

export type CopilotOptions = {
  /** The client's end of a connection to the MCP server. Called again after the connection was lost. */
  connect: () => Promise<McpTransport>;
  model: CopilotModel;
  plant: Plant;
  clock: Clock;
  /** What a thread talked about, kept elsewhere; values are plain JSON. */
  threads: Threads;
  log: (sentence: string) => void;
  /** Whose names are kept from a provider. */
  people?: readonly Person[];
  /** Questions answered at a time; default 4. */
  maxConcurrent?: number;
  /** Who waits longer for a place is told so; default 60 s. */
  longestWaitMs?: number;
  /** A provider's turn is given up after this; default 25 s. */
  providerMs?: number;
};

/** A thread is named by its surface and its id there; `person`: the id of who asked, so that it can be erased. */
export type ThreadOf = { surface: string; person: string | null };
export type Threads = {
  get(thread: string, of: ThreadOf): Promise<unknown>;
  set(thread: string, context: Record<string, unknown>, of: ThreadOf): Promise<void>;
};

export type Copilot = { ask(question: Question): Promise<Answer>; close(): Promise<void> };

type Agents = { offline: Agent; offlineWrites: Agent; provider: Agent; providerWrites: Agent };
type Session = { server: ToolServer; agents: Promise<Agents> };
type Outcome = {
  firstLine: string;
  text: string;
  results: readonly ToolResult[];
  model: string;
  fellBack: string | null;
};

/** Connects on the first question. `ask` throws `AndonError` with `busy` or `unreachable`, or the signal's reason. */
export async function openCopilot(options: CopilotOptions): Promise<Copilot> {
  const { plant, clock, model, people = [] } = options;
  const queue = openFairQueue({
    atOnce: options.maxConcurrent ?? 4,
    longestWaitMs: options.longestWaitMs ?? 60_000,
    mostWaiting: 2_000,
  });
  let session: Promise<Session> | null = null;

  const opened = (): Promise<Session> => {
    session ??= openSession().catch((error: unknown) => {
      session = null;
      throw new AndonError(
        'unreachable',
        `The tools of Andon do not answer: ${sentenceOf(error)}`,
        'Ask again in a minute.',
        { cause: error },
      );
    });
    return session;
  };
  async function openSession(): Promise<Session> {
    const server = await connectTools(options.connect, () => {
      session = null;
    });
    return { server, agents: agentsFor(server) };
  }
  async function agentsFor(server: ToolServer): Promise<Agents> {
    const instructions = instructionsFor(plant);
    const readers = { ...server, tools: server.tools.filter(({ readOnly }) => readOnly) };
    const plain = (_: string, text: string) => text;
    const dressed = (name: string, text: string) => asToolData(name, withoutNames(text, people));
    const agent = async (chat: BaseChatModel, tools: ToolServer, guarded: boolean) =>
      openAgent({
        model: chat,
        tools: await asModelTools(tools, guarded ? dressed : plain),
        instructions,
        guarded,
      });
    const offline = await agent(model.offline, readers, false);
    const offlineWrites = await agent(model.offline, server, false);
    if (model.id === 'offline')
      return { offline, offlineWrites, provider: offline, providerWrites: offlineWrites };
    return {
      offline,
      offlineWrites,
      provider: await agent(model.chat, readers, true),
      providerWrites: await agent(model.chat, server, true),
    };
  }

  async function answer(question: Question, started: number): Promise<Answer> {
    const now = clock();
    const context = question.thread
      ? await options.threads.get(question.thread, threadOf(question)).catch(() => null)
      : null;
    const reading = model.understand(question.text, { plant, now, context, home: homeOf(question.person) });
    const agents = await (await opened()).agents;
    const turn = { question, reading, now, agents };
    const outcome = model.id === 'offline' ? await offlineTurn(turn, null) : await providerTurn(turn);
    await remember(question, reading, outcome.results);
    return answerOf({
      ...outcome,
      asked: `${question.thread ?? ''}\n${question.text}\n${now}`,
      followUps: outcome.results.length === 0 ? (reading.unclear?.choices ?? []) : [],
      ms: performance.now() - started,
    });
  }

  type TurnOf = { question: Question; reading: Reading; now: number; agents: Agents };
  const asksToWrite = ({ reading }: TurnOf): boolean =>
    reading.intents.some((intent) => intent === 'record' || intent === 'correct');

  async function offlineTurn(turn: TurnOf, fellBack: string | null): Promise<Outcome> {
    const agent = asksToWrite(turn) ? turn.agents.offlineWrites : turn.agents.offline;
    const role = turn.question.person?.role ?? null;
    const asked = { understood: turn.reading, plant, now: turn.now, role };
    const { text, results } = await agent.run(turn.question.text, { asked }, turn.question.signal);
    return { ...plainText(text, toldLine), results, model: 'offline', fellBack };
  }

  async function providerTurn(turn: TurnOf): Promise<Outcome> {
    const agent = asksToWrite(turn) ? turn.agents.providerWrites : turn.agents.provider;
    const { signal } = turn.question;
    const deadline = AbortSignal.timeout(options.providerMs ?? 25_000);
    const question = withoutNames(
      questionFor(turn.question.text.slice(0, 2_000), hintsOf(turn.reading), plant, turn.now),
      people,
    );
    let said: Turn;
    try {
      said = await agent.run(question, {}, signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (error) {
      signal?.throwIfAborted();
      return fallBack(turn, reasonOf(model.id, deadline.aborted ? deadline.reason : error));
    }
    const empty = refusal(model.id, said, turn.reading);
    if (empty) return fallBack(turn, empty);
    const checked = checkGrounding({ text: said.text, results: said.results, plant, people, now: turn.now });
    if (checked.sent)
      return { ...withDropped(checked), results: said.results, model: model.id, fellBack: null };
    options.log(
      `${model.id}: ${checked.dropped.length} sentences did not match the evidence; the facts were sent as recorded.`,
    );
    return templateOf(turn, said);
  }

  /** The tools' own words: of the provider's calls where the grammar cannot read the question, else of its own. */
  async function templateOf(turn: TurnOf, said: Turn): Promise<Outcome> {
    const why = `The wording of ${model.id} did not match the evidence; the facts are given as recorded.`;
    if (!turn.reading.unclear && !asksToWrite(turn)) return offlineTurn(turn, why);
    const [first, ...others] = said.results.map(wordsOf);
    if (!first) return offlineTurn(turn, why);
    const text = [first.text, ...others.flatMap((one) => [one.firstLine, one.text])]
      .filter(Boolean)
      .join('\n\n');
    return { firstLine: first.firstLine, text, results: said.results, model: 'offline', fellBack: why };
  }

  function fallBack(turn: TurnOf, reason: string): Promise<Outcome> {
    options.log(`Answered without ${model.id}: ${reason}`);
    return offlineTurn(turn, reason);
  }

  async function remember(
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
    await options.threads.set(question.thread, context, threadOf(question)).catch((error: unknown) => {
      options.log(`The thread could not be kept: ${sentenceOf(error)}`);
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
      const open = await session?.catch(() => null);
      session = null;
      await open?.server.client.close();
    },
  };
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

/** Who works for one line means that line. */
const homeOf = (person: Person | null): string | null =>
  person?.lines.length === 1 ? (person.lines[0] ?? null) : null;

const threadOf = ({ surface, person }: Question): ThreadOf => ({ surface, person: person?.id ?? null });

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
