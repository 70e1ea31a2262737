import type { Server } from 'node:http';
import { LLMock, type FixtureResponse } from '@copilotkit/aimock';
import type { Plant } from '../../../plant/equipment.ts';
import type { Answer } from '../../../plant/message.ts';
import type { Person } from '../../../plant/person.ts';
import { openModel } from '../../models/open-model.ts';
import { openCopilot } from '../copilot.ts';
import type { CopilotOptions } from '../options.ts';
import { mapThreads } from './threads.ts';

export type Script = FixtureResponse;
type ToolCall = { name: string; arguments: string };

/** A provider's server on this machine that answers over real HTTP what a script says, with the copilot asking it. */
export type Scripted = {
  provider: LLMock;
  /** What the copilot logged. */
  logged: string[];
  /** First these tool calls, then these words, until the next script. */
  says(words: string, calls?: readonly ToolCall[]): void;
  /** One response after the other; the last one for ever. */
  plays(...responses: readonly Script[]): void;
  /** Everything that was sent to the provider. */
  sent(): string;
  ask(text: string, providerMs?: number): Promise<Answer>;
  close(): Promise<void>;
};

export type Provider = LLMock;
/** The server alone, for who asks it from several floors. */
export async function openProvider(): Promise<Provider> {
  const provider = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  await provider.start();
  // It ends a connection that is idle for five seconds, on a busy machine just as it is used again.
  const { serverInstance } = provider as unknown as { serverInstance: { server: Server } };
  serverInstance.server.keepAliveTimeout = 0;
  return provider;
}

export async function openScripted(parts: {
  plant: Plant;
  connect: CopilotOptions['connect'];
  now: number;
  model?: string;
  people?: readonly Person[];
  providerMs?: number;
  /** One that runs already; it is left running. */
  provider?: Provider;
}): Promise<Scripted> {
  const { plant, connect, now, model = 'openai:gpt-4o', people = [] } = parts;
  const provider = parts.provider ?? (await openProvider());
  const logged: string[] = [];
  const baseUrl = model.startsWith('openai') ? `${provider.url}/v1` : provider.url;
  const opened = await openModel({ model, baseUrl, key: 'test-key' });
  const copilotWith = (providerMs: number) =>
    openCopilot({
      connect,
      model: opened,
      plant,
      clock: () => now,
      threads: mapThreads(),
      log: (sentence) => logged.push(sentence),
      people,
      providerMs,
    });
  // Longer than a busy machine takes for a turn: who wants a provider that is late says so.
  const usual = parts.providerMs ?? 45_000;
  const copilot = await copilotWith(usual);
  return {
    provider,
    logged,
    says(words, calls = [{ name: 'explain_stop', arguments: '{"line":"line-3"}' }]) {
      provider.clearFixtures();
      provider.on({ hasToolResult: true }, { content: words });
      provider.on({ hasToolResult: false }, { toolCalls: [...calls] });
    },
    plays(...responses) {
      provider.clearFixtures();
      let turn = 0;
      provider.on({}, () => responses[Math.min(turn++, responses.length - 1)] ?? { content: '' });
    },
    sent: () => JSON.stringify(provider.getRequests().map(({ body }) => body)),
    async ask(text, providerMs = usual) {
      const question = { text, thread: null, person: null, surface: 'test' };
      if (providerMs === usual) return copilot.ask(question);
      const impatient = await copilotWith(providerMs);
      try {
        return await impatient.ask(question);
      } finally {
        await impatient.close();
      }
    },
    async close() {
      await copilot.close();
      if (!parts.provider) await provider.stop();
    },
  };
}
