import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import {
  AIMessage,
  AIMessageChunk,
  HumanMessage,
  ToolMessage,
  type BaseMessage,
} from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import type { Plant } from '../../../plant/equipment.ts';
import { phrase, type Given } from './phrase.ts';
import { planOf, type PlannedCall } from './plan.ts';
import type { Understood } from './understood.ts';

/** What the human message carries beside its text, under `additional_kwargs.asked`. `now` in milliseconds. */
export type Asked = { understood: Understood; plant: Plant; now: number; role: string | null };
type OfflineOptions = BaseChatModelCallOptions & { tools?: BindToolsInput[] };
type ToolShape = { name: string; properties: ReadonlySet<string> };

/**
 * A language model without a language model: plans tool calls from the question that was read against the plant,
 * and answers with the tools' own words. Deterministic; it sees no prompt and obeys no tool text.
 */
export class OfflineChatModel extends BaseChatModel<OfflineOptions, AIMessageChunk> {
  constructor() {
    super({});
  }
  _llmType(): string {
    return 'offline';
  }
  override bindTools(tools: BindToolsInput[], kwargs?: Partial<OfflineOptions>) {
    return this.withConfig({ ...kwargs, tools } as Partial<OfflineOptions>);
  }
  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    _run?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    options.signal?.throwIfAborted();
    const message = answerTo(messages, (options.tools ?? []).map(shapeOf));
    message.response_metadata = { model_name: 'offline', model_provider: 'offline' };
    return { generations: [{ text: message.text, message }] };
  }
  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    options.signal?.throwIfAborted();
    const { text, tool_calls: calls = [] } = answerTo(messages, (options.tools ?? []).map(shapeOf));
    const pieces = text === '' ? [''] : (text.match(/\S+\s*/g) ?? [text]);
    for (const [index, piece] of pieces.entries()) {
      const chunks =
        index === 0
          ? calls.map((call, at) => ({
              name: call.name,
              args: JSON.stringify(call.args),
              id: call.id ?? '',
              index: at,
              type: 'tool_call_chunk' as const,
            }))
          : [];
      const chunk = new ChatGenerationChunk({
        text: piece,
        message: new AIMessageChunk({ content: piece, tool_call_chunks: chunks }),
      });
      await run?.handleLLMNewToken(piece, undefined, undefined, undefined, undefined, { chunk });
      yield chunk;
    }
  }
}

function answerTo(messages: readonly BaseMessage[], tools: readonly ToolShape[]): AIMessage {
  const at = messages.findLastIndex((message) => HumanMessage.isInstance(message));
  const asked = messages[at]?.additional_kwargs['asked'] as Asked | undefined;
  if (!asked) return new AIMessage('I did not understand the question.');
  const results = messages.slice(at + 1).filter((message) => ToolMessage.isInstance(message));
  const given = results.map(givenOf);
  const next = results.length === 0 ? fitting(planOf(asked.understood, asked.now, asked.role), tools) : [];
  if (next.length > 0)
    return new AIMessage({
      content: '',
      tool_calls: next.map(({ tool, args }, index) => ({
        name: tool,
        args,
        id: `call-${results.length + index + 1}`,
        type: 'tool_call' as const,
      })),
    });
  const { firstLine, text } = phrase(asked.understood, given, asked.plant, asked.now);
  return new AIMessage(text ? `${firstLine}\n\n${text}` : firstLine);
}

/** Only tools that are there, only arguments they know. */
const fitting = (calls: readonly PlannedCall[], tools: readonly ToolShape[]): PlannedCall[] =>
  calls.flatMap(({ tool, args }) => {
    const shape = tools.find(({ name }) => name === tool);
    return shape
      ? [
          {
            tool,
            args: Object.fromEntries(Object.entries(args).filter(([key]) => shape.properties.has(key))),
          },
        ]
      : [];
  });

const shapes = new WeakMap<object, ToolShape>();
function shapeOf(tool: BindToolsInput): ToolShape {
  const known = shapes.get(tool);
  if (known) return known;
  const { function: described } = convertToOpenAITool(tool as Parameters<typeof convertToOpenAITool>[0]);
  const properties = (described.parameters as { properties?: object } | undefined)?.properties ?? {};
  const shape = { name: described.name, properties: new Set(Object.keys(properties)) };
  shapes.set(tool, shape);
  return shape;
}

function givenOf(message: ToolMessage): Given {
  const artifact = message.artifact as { structured?: Record<string, unknown>; refused?: string } | undefined;
  // Without an artifact the call itself was wrong: its text speaks of schemas and files, to nobody.
  const refused =
    artifact?.refused ??
    (artifact?.structured ? null : 'I could not look that up as it was asked. Name the line or the machine.');
  return { tool: message.name ?? '', structured: artifact?.structured ?? null, refused };
}
