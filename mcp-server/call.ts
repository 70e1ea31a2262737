import type { CallToolResult } from '@modelcontextprotocol/server';
import { AndonError, sentenceOf } from '../plant/errors.ts';
import type { Tool, ToolContext } from './tool.ts';

/** What a caller reads when the defect is ours: no message of ours or of the database leaves the house. */
const ours =
  'Something failed inside Andon while it looked this up; nothing was changed. Try once more; if it fails again, call source_health and tell whoever runs Andon.';

const failed = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });

/** Runs one tool for a caller outside: a result with structured content and one text block, or an error that says what to do. */
export async function callTool(
  tool: Tool,
  input: unknown,
  context: ToolContext,
  log: (sentence: string) => void,
): Promise<CallToolResult> {
  try {
    const structured = await tool.run(input, context);
    const text =
      structured.text === '' ? structured.first_line : `${structured.first_line}\n\n${structured.text}`;
    return { content: [{ type: 'text', text }], structuredContent: structured };
  } catch (error) {
    if (error instanceof AndonError && error.code !== 'internal') return failed(sentenceOf(error));
    log(
      `The tool ${tool.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return failed(ours);
  }
}
