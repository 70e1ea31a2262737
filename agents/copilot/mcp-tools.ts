import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { DynamicStructuredTool } from '@langchain/core/tools';

/** What a tool call brings besides its text: the structured result, or the sentence with which the tool refused. */
export type Artifact = { structured?: Record<string, unknown>; refused?: string };

/** One tool of the server, before it is dressed for a model. */
type ServedTool = { name: string; description: string; inputSchema: object; readOnly: boolean };

/** The client's end of a connection, of either SDK line: their types differ, their shapes do not. */
export type McpTransport = {
  start(): Promise<void>;
  close(): Promise<void>;
  send(message: never): Promise<void>;
};

export type ToolServer = { client: Client; tools: readonly ServedTool[] };

/** Connects and lists the tools. `onClose`: the connection ended, by whichever side. */
export async function connectTools(
  connect: () => Promise<McpTransport>,
  onClose: () => void,
): Promise<ToolServer> {
  const { Client: McpClient } = await import('@modelcontextprotocol/sdk/client/index.js');
  const client = new McpClient({ name: 'andon-copilot', version: '1.0.0' });
  client.onclose = onClose;
  await client.connect((await connect()) as unknown as Transport);
  const tools: ServedTool[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    for (const { name, description, inputSchema, annotations } of page.tools)
      tools.push({
        name,
        description: description ?? '',
        inputSchema,
        readOnly: annotations?.readOnlyHint === true,
      });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { client, tools };
}

/**
 * MCP tools as LangChain tools: text to the model, structured result as artifact. (The adapters' default hands the
 * model the same data twice.) A refusal is a result too: the model reads what to do next. `dress` shapes the text a model sees.
 */
export async function asModelTools(
  { client, tools }: ToolServer,
  dress: (name: string, text: string) => string,
): Promise<DynamicStructuredTool[]> {
  const { tool } = await import('@langchain/core/tools');
  return tools.map(
    ({ name, description, inputSchema }) =>
      tool(
        async (args: unknown, config?: { signal?: AbortSignal }): Promise<[string, Artifact]> => {
          const result = await client.callTool(
            { name, arguments: args as Record<string, unknown> },
            undefined,
            config?.signal ? { signal: config.signal } : {},
          );
          const text = textOf(result.content);
          if (result.isError) return [dress(name, text), { refused: text }];
          return [
            dress(name, text),
            { structured: (result.structuredContent ?? {}) as Record<string, unknown> },
          ];
        },
        // A JSON schema from the server; LangChain takes it as it is.
        { name, description, schema: inputSchema as never, responseFormat: 'content_and_artifact' },
      ) as unknown as DynamicStructuredTool,
  );
}

function textOf(content: unknown): string {
  const blocks = Array.isArray(content) ? (content as { type?: string; text?: string }[]) : [];
  return blocks.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : [])).join('\n');
}
