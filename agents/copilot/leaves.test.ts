import { expect, test } from 'vitest';
import { person } from '../../plant/person.ts';
import { describesWhatLeaves, withoutNames } from './leaves.ts';

const people = [
  person.parse({ id: 'anna.miller', name: 'Anna Miller', role: 'supervisor', slack: 'U123ABC' }),
  person.parse({ id: 'will', name: 'Will Mark', role: 'operator' }),
  person.parse({ id: 'jose', name: 'José Núñez', role: 'maintenance' }),
];

test.each([
  ['Anna Miller cleared it', 'the supervisor cleared it'],
  ['ask anna miller', 'ask the supervisor'],
  ['Miller and Anna were there', 'the supervisor and the supervisor were there'],
  ['ping @Anna or <@U123ABC>', 'ping the supervisor or <the supervisor>'],
  ['it will mark the bottle', 'it will mark the bottle'],
  ['José Núñez fixed it', 'the maintenance fixed it'],
  ['Annabell stays', 'Annabell stays'],
  ['line 3 stopped', 'line 3 stopped'],
])('%s', (text, safe) => expect(withoutNames(text, people)).toBe(safe));

test('what leaves is said', () => {
  expect(describesWhatLeaves('offline')).toMatch(/nothing leaves the plant/);
  expect(describesWhatLeaves('anthropic:claude-sonnet-4-5')).toMatch(
    /go to the provider Anthropic\. Names of the people .* roles/,
  );
  expect(describesWhatLeaves('ollama:llama3')).toMatch(/Ollama server/);
});
