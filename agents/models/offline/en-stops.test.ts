import { expect, test } from 'vitest';
import { examplePlant as plant } from './plant.example.ts';
import { planOf } from './plan.ts';
import { understand } from './en.ts';

const now = Date.parse('2026-11-20T14:10:00Z'); // Friday 15:10 in Berlin
const at = (time: string): string => new Date(`2026-11-${time}:00+01:00`).toISOString();
const [midnight, asked] = [at('20T00:00'), new Date(now).toISOString()];
const callsOf = (question: string) => {
  const read = understand(question, { plant, now, context: null });
  expect(read.unclear).toBeNull();
  return planOf(read, now, null).map(({ tool, args: { from, to, ...args } }) => ({
    tool,
    ...args,
    from,
    to,
  }));
};

/** What `list_stops` is asked for, besides the span from midnight until now. */
test.each([
  ['which line stopped most today?', { rank_by: 'line' }],
  ['which line was the worst today', { rank_by: 'line' }],
  ['which line has been down the longest today', { rank_by: 'line' }],
  ['what stopped us most today?', { rank_by: 'place' }],
  ['what cost us the most time today on line 3', { rank_by: 'place', line: 'line-3' }],
  ['which machine stopped most today', { rank_by: 'place' }],
  ['where did we lose the most time today', { rank_by: 'place' }],
  ['top 3 reasons for stops today', { rank_by: 'place', limit: 3 }],
  ['top 3 stops of line 3 today', { rank_by: 'stop', limit: 3, line: 'line-3' }],
  ['the three longest stops today', { rank_by: 'stop', limit: 3 }],
  ['longest stop today', { rank_by: 'stop' }],
  ['which stop was the longest today', { rank_by: 'stop' }],
  ['why was the longest stop today', { rank_by: 'stop' }],
  ['stops over 5 min today on line 1', { min_seconds: 300, line: 'line-1' }],
  ['how many stops of 3 or more minutes today', { min_seconds: 180 }],
  ['stops longer than half today', {}],
  ['micro stops of line 3 today', { loss: 'minor_stop', line: 'line-3' }],
  ['how long was line 2 down today', { line: 'line-2' }],
  ['which stops were there today', {}],
])('%s', (question, wanted) =>
  expect(callsOf(question)).toEqual([{ tool: 'list_stops', ...wanted, from: midnight, to: asked }]),
);

test('a ranking of lines that also wants why is followed by what it was', () => {
  const span = { from: midnight, to: asked };
  expect(callsOf('which line stopped most today and why')).toEqual([
    { tool: 'list_stops', rank_by: 'line', ...span },
    { tool: 'list_stops', rank_by: 'place', ...span },
  ]);
  // Lines that are named are told one by one.
  expect(callsOf('which of line 1 and line 2 stopped most today')).toEqual([
    { tool: 'list_stops', line: 'line-1', ...span },
    { tool: 'list_stops', line: 'line-2', ...span },
  ]);
});

test.each([
  ['was yesterday worse than today on line 1', midnight, asked, at('19T00:00'), midnight],
  ['did line 1 stop more than yesterday', midnight, asked, at('19T00:00'), midnight],
  ['compare today with yesterday on line 1', midnight, asked, at('19T00:00'), midnight],
  [
    'is this shift better than the last shift on line 1',
    at('20T14:00'),
    asked,
    at('20T06:00'),
    at('20T14:00'),
  ],
  ['more stops than last week on line 1?', at('16T00:00'), asked, at('09T00:00'), at('16T00:00')],
  ['was monday worse than tuesday on line 1', at('17T00:00'), at('18T00:00'), at('16T00:00'), at('17T00:00')],
])('two spans are compared: %s', (question, from, to, than_from, than_to) =>
  expect(callsOf(question)).toEqual([{ tool: 'list_stops', line: 'line-1', than_from, than_to, from, to }]),
);

test.each([
  'more than 5 stops today?',
  'is the torque of the capper higher than normal?',
  'stops of more than a minute',
])('nothing is compared: %s', (question) =>
  expect(understand(question, { plant, now, context: null }).stops.than).toBeNull(),
);

test('a time that no clock shows is not passed over', () => {
  const read = (question: string) => understand(question, { plant, now, context: null }).unclear?.sentence;
  expect(read('why did line 1 stop yesterday at 25:10')).toBe('There is no 25:10 on the clock.');
  expect(read('why did line 1 stop at 9:75')).toBe('There is no 9:75 on the clock.');
  expect(read('why did line 1 stop at 23:59')).toBeUndefined();
});

test('the bottleneck is asked of the lines that are named, over the time that is', () => {
  expect(callsOf('which machine holds line 2 back today?')).toEqual([
    { tool: 'find_bottleneck', line: 'line-2', from: midnight, to: asked },
  ]);
  expect(callsOf('what is the bottleneck of line 3 at 14:20')).toEqual([
    { tool: 'find_bottleneck', line: 'line-3', from: at('20T14:05'), to: at('20T14:35') },
  ]);
  expect(callsOf('what is the bottleneck?')).toEqual([{ tool: 'find_bottleneck' }]);
});
