/** The agents of a copilot over one connection to the tools, opened on the first question and again after a loss. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import { withoutNames } from '../../plant/without-names.ts';
import { asModelTools, connectTools, type ToolServer } from './mcp-tools.ts';
import type { CopilotOptions } from './options.ts';
import { asToolData, instructionsFor } from './prompt.ts';
import { openAgent, type Agent } from './turn.ts';

/** With tools that only read, and with those that write too; a provider's are the offline ones where there is none. */
export type Agents = { offline: Agent; offlineWrites: Agent; provider: Agent; providerWrites: Agent };
type Session = { server: ToolServer; agents: Agents };

/** `open` throws `unreachable`. */
export function openAgents(options: CopilotOptions): { open(): Promise<Agents>; close(): Promise<void> } {
  let session: Promise<Session> | null = null;
  const lost = (): void => {
    session = null;
  };
  const connected = async (): Promise<Session> => {
    const server = await connectTools(options.connect, lost);
    try {
      return { server, agents: await agentsFor(server, options) };
    } catch (error) {
      await server.client.close();
      throw error;
    }
  };
  return {
    async open() {
      session ??= connected().catch((error: unknown) => {
        lost();
        throw new AndonError(
          'unreachable',
          `The agent of Andon could not be started: ${sentenceOf(error)}`,
          'Ask again in a minute.',
          { cause: error },
        );
      });
      return (await session).agents;
    },
    async close() {
      const open = await session?.catch(() => null);
      lost();
      await open?.server.client.close();
    },
  };
}

async function agentsFor(server: ToolServer, { plant, model, people }: CopilotOptions): Promise<Agents> {
  const instructions = instructionsFor(plant);
  const readers = { ...server, tools: server.tools.filter(({ readOnly }) => readOnly) };
  const plain = (_: string, text: string) => text;
  const dressed = (by: 'role' | 'somebody') => (name: string, text: string) =>
    asToolData(name, withoutNames(text, people, by));
  const agent = async (chat: BaseChatModel, tools: ToolServer, shown: typeof plain, guarded = true) =>
    openAgent({ model: chat, tools: await asModelTools(tools, shown), instructions, guarded });
  const offline = await agent(model.offline, readers, plain, false);
  const offlineWrites = await agent(model.offline, server, plain, false);
  if (model.id === 'offline')
    return { offline, offlineWrites, provider: offline, providerWrites: offlineWrites };
  return {
    offline,
    offlineWrites,
    provider: await agent(model.chat, readers, dressed('role')),
    providerWrites: await agent(model.chat, server, dressed('somebody')),
  };
}
