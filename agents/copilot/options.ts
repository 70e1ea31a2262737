import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { Plant } from '../../plant/equipment.ts';
import type { Person } from '../../plant/person.ts';
import type { Clock } from '../../plant/time.ts';
import type { McpTransport } from './mcp-tools.ts';

/** What was read of a question; the model's own shape goes through unseen. */
export type Reading = {
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
  people: readonly Person[];
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
