import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AndonError } from '../../plant/errors.ts';
import { understand as readEnglish } from './offline/en.ts';
import { notHere } from './offline/en-not-here.ts';
import { foreignLanguage, onlyEnglish } from './offline/foreign.ts';

/** `offline`, or a provider and its model: `anthropic:claude-...`, `openai:gpt-...`, `ollama:llama...`. */
type ModelName = string;

/** A model ready to answer. `offline` is always there: it answers when the other one does not. */
type OpenModel = {
  /** As configured; `offline` for the embedded one. */
  id: ModelName;
  chat: BaseChatModel;
  offline: BaseChatModel;
  /** Reads a question against the plant; also used for a provider, as a hint and for the thread. */
  understand: typeof readEnglish;
};

/** What a person dictates (a record, a correction) is theirs in any language; everything else would be guessed. */
const dictated: readonly (string | undefined)[] = ['record', 'correct'];

/** A question in another language is not guessed at: the answer says so, in that language too. */
const understand: typeof readEnglish = (question, reading) => {
  const read = readEnglish(question, reading);
  if (dictated.includes(read.intents[0])) return read;
  const language = foreignLanguage(question);
  if (language === null) {
    const unclear =
      read.unclear?.kind === 'unknown_name' ? null : notHere(question, reading.plant, read.lines);
    return unclear ? { ...read, intents: [], record: null, unclear, context: null } : read;
  }
  const line = reading.plant.lines[0]?.name ?? 'the line';
  const choices = [`Why did ${line} stop?`, `Which stops did ${line} have today?`, 'What is open right now?'];
  return {
    ...read,
    intents: [],
    record: null,
    unclear: { kind: 'no_intent', sentence: onlyEnglish[language], choices },
    context: null,
  };
};

/** `baseUrl`: where the provider is reached, if not at its own address. `key`: its API key; Ollama needs none. `timeoutMs` per call to the provider. */
type ModelOptions = {
  model: ModelName;
  baseUrl?: string | null;
  key?: string | null;
  timeoutMs?: number;
};

const providers = ['anthropic', 'openai', 'ollama'] as const;
type Provider = (typeof providers)[number];

/**
 * Opens the model of the configuration. Packages of a provider load here and only then.
 * Throws `AndonError` with `bad_config` for an unknown provider or a missing key.
 */
export async function openModel(options: ModelOptions): Promise<OpenModel> {
  const { OfflineChatModel } = await import('./offline/chat-model.ts');
  const offline = new OfflineChatModel();
  if (options.model === 'offline') return { id: 'offline', chat: offline, offline, understand };
  const { provider, name } = parts(options.model);
  if (provider !== 'ollama' && !options.key)
    throw new AndonError(
      'bad_config',
      `The model "${options.model}" needs an API key.`,
      `Set ${provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY'}, or use the model "offline".`,
    );
  const { initChatModel } = await import('langchain');
  const chat = await initChatModel(name, { modelProvider: provider, ...providerFields(provider, options) });
  return { id: options.model, chat: chat as unknown as BaseChatModel, offline, understand };
}

function parts(model: string): { provider: Provider; name: string } {
  const colon = model.indexOf(':');
  const provider = providers.find((one) => one === model.slice(0, colon));
  const name = model.slice(colon + 1);
  if (!provider || name === '')
    throw new AndonError(
      'bad_config',
      `"${model.slice(0, 80)}" is not a model this product knows.`,
      'Use "offline", "anthropic:NAME", "openai:NAME" or "ollama:NAME".',
    );
  return { provider, name };
}

/** No retries: the offline model answers at once where a provider does not. */
function providerFields(
  provider: Provider,
  { baseUrl, key, timeoutMs = 20_000 }: ModelOptions,
): Record<string, unknown> {
  const common = { maxRetries: 0 };
  if (provider === 'anthropic')
    return {
      ...common,
      apiKey: key,
      maxTokens: 1500,
      clientOptions: { timeout: timeoutMs, maxRetries: 0 },
      ...(baseUrl ? { anthropicApiUrl: baseUrl } : {}),
    };
  if (provider === 'openai')
    return {
      ...common,
      apiKey: key,
      timeout: timeoutMs,
      ...(baseUrl ? { configuration: { baseURL: baseUrl } } : {}),
    };
  return { ...common, baseUrl: baseUrl ?? 'http://127.0.0.1:11434' };
}
