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

test.each([
  ['Anna fell asleep', 'somebody fell asleep'],
  ['it was anna, MILLER saw it', 'it was somebody, somebody saw it'],
  ['josé did it', 'somebody did it'],
  ['Bo did it', 'somebody did it'],
  ['it will mark the bottle at max speed, so don’t', 'it will mark the bottle at max speed, so don’t'],
  ['It was Will', 'It was somebody'],
  ['annabell stays', 'annabell stays'],
])('what is kept: %s', (text, kept) =>
  expect(
    withoutNames(
      text,
      [
        ...people,
        ...['Bo Max', 'Don Ed'].map((name) =>
          person.parse({ id: name.slice(0, 2).toLowerCase(), name, role: 'operator' }),
        ),
      ],
      'somebody',
    ),
  ).toBe(kept),
);
