import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { DynamicStructuredTool } from '@langchain/core/tools';
import type { AgentMiddleware } from 'langchain';
import type { Artifact } from './mcp-tools.ts';

/** One tool call of a turn. */
export type ToolResult = { tool: string; structured: Record<string, unknown> | null; refused: string | null };
/** What a model said in the end, and what the tools gave on the way. */
export type Turn = { text: string; results: readonly ToolResult[] };

export type Agent = {
  /** `extra` travels with the human message on this machine and is not sent to a provider. Throws what the model throws. */
  run(question: string, extra: Record<string, unknown>, signal: AbortSignal | undefined): Promise<Turn>;
};

/** A call that no tool takes, told to people. */
const wrongCall = 'I could not look that up as it was asked. Name the line or the machine.';

/** At most this often in a turn: a plan of three tools and an answer leave room for two corrections. */
const mostModelCalls = 6;
const mostToolCalls = 8;

/**
 * The agent loop around one model. `guarded`: a provider's model, whose calls are counted and whose broken calls
 * are handed back to it; the offline model plans a bounded number of calls and needs neither. (Each hook costs about 3 ms CPU.)
 */
export async function openAgent(parts: {
  model: BaseChatModel;
  tools: readonly DynamicStructuredTool[];
  instructions: string;
  guarded: boolean;
}): Promise<Agent> {
  const { createAgent } = await import('langchain');
  const { HumanMessage, ToolMessage } = await import('@langchain/core/messages');
  const agent = createAgent({
    model: parts.model,
    tools: [...parts.tools],
    systemPrompt: parts.instructions,
    middleware: parts.guarded ? await guards() : [],
  });
  return {
    async run(question, extra, signal) {
      const human = new HumanMessage({ content: question, additional_kwargs: extra });
      const { messages } = await agent.invoke(
        { messages: [human] },
        { recursionLimit: 40, ...(signal ? { signal } : {}) },
      );
      const results = messages
        .filter((message) => ToolMessage.isInstance(message))
        .map((message) => {
          const artifact = message.artifact as Artifact | undefined;
          return {
            tool: message.name ?? '',
            structured: artifact?.structured ?? null,
            // Without an artifact the call itself was wrong; its text is for the model, not for people.
            refused: artifact?.refused ?? (artifact?.structured ? null : wrongCall),
          };
        });
      return { text: messages.at(-1)?.text.trim() ?? '', results };
    },
  };
}

async function guards(): Promise<AgentMiddleware[]> {
  const { createMiddleware, modelCallLimitMiddleware, toolCallLimitMiddleware } = await import('langchain');
  const { AIMessage, ToolMessage } = await import('@langchain/core/messages');
  // Arguments that are no JSON would end the turn with an empty answer (seen on OpenAI); the model is told instead.
  const brokenCalls = createMiddleware({
    name: 'BrokenCalls',
    afterModel: {
      canJumpTo: ['model'],
      hook: ({ messages }) => {
        const last = messages.at(-1);
        if (!AIMessage.isInstance(last) || last.tool_calls?.length || !last.invalid_tool_calls?.length)
          return;
        const told = last.invalid_tool_calls.map(
          ({ id, name }) =>
            new ToolMessage({
              tool_call_id: id ?? 'broken',
              name: name ?? 'unknown',
              status: 'error',
              content: 'The arguments were not valid JSON. Call the tool again with a JSON object.',
            }),
        );
        return { messages: told, jumpTo: 'model' as const };
      },
    },
  });
  // Their types speak of zod 3, which does not fit the agent's own under exact optional properties.
  const limits = [
    modelCallLimitMiddleware({ runLimit: mostModelCalls, exitBehavior: 'error' } as never),
    toolCallLimitMiddleware({ runLimit: mostToolCalls, exitBehavior: 'continue' } as never),
  ] as unknown as AgentMiddleware[];
  return [brokenCalls as unknown as AgentMiddleware, ...limits];
}
