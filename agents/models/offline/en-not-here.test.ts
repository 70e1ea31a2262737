import { expect, test } from 'vitest';
import { notHere } from './en-not-here.ts';
import { examplePlant as plant } from './plant.example.ts';
import { chatQuestions } from './chat-questions.example.ts';
import { questions } from './questions.example.ts';
import { understand } from './en.ts';

const now = Date.parse('2026-11-20T14:10:00Z');
const told = (question: string): string | null =>
  notHere(question, plant, understand(question, { plant, now, context: null }).lines)?.sentence ?? null;

test.each([
  'why did the shrink oven on line 2 stop?',
  'what is the status of the robot on line 2?',
  "why did line 2's wrapper stop?",
  'is the tray former wrapper of the pouch line running?',
])('a machine that is nowhere: %s', (question) => {
  expect(told(question)).toMatch(
    /^There is no [\w ]+ on Line 2; it has former, filler, sealer, checkweigher and cartoner\.$/,
  );
});

test.each([
  'who works best on line 3?',
  'whos the slowest operator on late shift',
  'which operator is the slowest?',
  'rank the operators of line 3',
])('people are not measured: %s', (question) =>
  expect(told(question)).toMatch(/^Andon does not measure people/),
);

test.each([
  'reset the drive of the capper on line 3',
  'please restart line 2',
  'turn off the alarm',
  'stop line 3',
  'run line 3 slower',
  'can you run the filler at 80 %?',
  'start the next order on line 3',
  'stop the line and report it',
])('nothing is switched: %s', (question) =>
  expect(told(question)).toMatch(/^Andon reads and tells; it starts, stops, changes/),
);
test.each([
  'start of the last stop on line 3?',
  'stop reasons of line 3',
  'run me through the stops',
  'run the numbers for line 3',
  'run the pareto for line 3',
  'can you run the handover?',
  'run the weekly downtime report',
  'restart of line 3 took how long?',
  'reset of the drive on line 3, how often?',
  'stop line 3 had at 14:02',
])('a question is no order: %s', (question) => expect(told(question) ?? '').not.toMatch(/reads and tells/));

test.each([
  'tell me when line 1 runs again',
  'stop pinging me about micro stops',
  'only msg me if 3 is down',
])('who is told what is not changed here: %s', (question) =>
  expect(told(question)).toMatch(/^I cannot change here who is told what/),
);
test.each(['tell me when line 3 stopped', 'let me know if line 3 ran last night'])(
  'a question: %s',
  (question) => expect(told(question)).toBeNull(),
);

test.each(['thx mate', 'are you a robot?', 'how are you today?', 'Hello, how are you?', 'thanks a lot!'])(
  'small talk: %s',
  (question) => expect(told(question)).toMatch(/; I answer questions about/),
);

test.each([
  'how are the lines?',
  'how are you running line 3?',
  'who decided to run line 3 slower?',
  'why did the big red on line 3 stop?',
  'why did the cappr on line 3 stop?',
  'why did the depal on line 1 stop?',
  'what is the worst machine on line 3',
  'why did the last order on line 3 stop?',
])('everything else is read as before: %s', (question) => expect(told(question)).toBeNull());

test('no question that is understood is taken for one of these', () => {
  const understood = `${questions.trim()}${chatQuestions}`
    .trim()
    .split('\n')
    .map((row) => row.replace(/^> ?/, '').split('|')[0]?.trim() ?? '')
    .map((question) => ({ question, reading: understand(question, { plant, now, context: null }) }))
    .filter(({ reading }) => reading.unclear === null);
  expect(understood.length).toBeGreaterThan(100);
  const taken = understood.filter(({ question, reading }) => notHere(question, plant, reading.lines));
  expect(taken.map(({ question }) => question)).toEqual([]);
});
