import { expect, test } from 'vitest';
import { describesWhatLeaves } from './leaves.ts';

test('what leaves is said', () => {
  expect(describesWhatLeaves('offline')).toMatch(/nothing leaves the plant/);
  expect(describesWhatLeaves('anthropic:claude-sonnet-4-5')).toMatch(
    /go to the provider Anthropic\. Names of the people .* roles/,
  );
  expect(describesWhatLeaves('ollama:llama3')).toMatch(/Ollama server/);
});
