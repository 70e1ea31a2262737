import { expect, test } from 'vitest';
import { person } from './person.ts';
import { withoutNames } from './without-names.ts';

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

test('somebody else’s word for them', () =>
  expect(withoutNames('Anna fell asleep', people, () => 'somebody')).toBe('somebody fell asleep'));
