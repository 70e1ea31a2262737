import { afterAll, beforeAll, expect, test } from 'vitest';
import { testNow, testPlant } from '../../mcp-server/testing/plant.ts';
import { openToday, type Today } from '../../mcp-server/testing/today.ts';
import type { Answer } from '../../plant/message.ts';
import { openModel } from '../models/open-model.ts';
import { openCopilot, type Copilot } from './copilot.ts';
import { checkGrounding } from './grounding.ts';
import { mapThreads } from './testing/threads.ts';

let today: Today;
let copilot: Copilot;

beforeAll(async () => {
  today = await openToday();
  copilot = await openCopilot({
    connect: () => today.mcp.connectInMemory(),
    model: await openModel({ model: 'offline' }),
    plant: testPlant,
    people: [],
    clock: () => testNow,
    threads: mapThreads(),
    log: () => {},
  });
});
afterAll(async () => {
  await copilot.close();
  await today.close();
});

const ask = (text: string, thread: string | null = null): Promise<Answer> =>
  copilot.ask({ text, thread, person: null, surface: 'test' });

/** Over the product's server and a real database, 14:30 in Berlin. */
test.each([
  ['is line 3 running?', /^Line 3 has been running since 13:13/],
  ['how often did line 3 stop today?', /^Line 3 had 1 unplanned stop/],
  ['what order is running on line 3', /4711/],
  ['torque of the capper between 12:40 and 13:05', /[Tt]orque/],
  ['speed of the capper in the last 10 minutes', /^No values/],
  ['which sources are down?', /./],
  ['what is open?', /^No open alert/],
  ['which machines does line 3 have?', /./],
])('%s', async (question, firstLine) => {
  const answer = await ask(question);
  expect(answer.firstLine).toMatch(firstLine);
  expect(answer.firstLine).not.toMatch(/did not understand|cannot look/);
  expect(answer.claims.length).toBeGreaterThan(0);
});

test('why, and on in the thread', async () => {
  const answer = await ask('why did line 3 stop?', 't');
  expect(answer.diagnosis).toMatchObject({ machine: 'line-3.capper', cause: 'drive_trip' });
  expect(answer.firstLine).toMatch(/^Line 3 stopped at 13:02/);
  expect((await ask('how long?', 't')).firstLine).toBe('Line 3 stood for 11 minutes, from 13:02 to 13:13.');
  expect((await ask('and at 11:00?', 't')).firstLine).toMatch(/ran|running|no stop/i);
});

test('what the tools say of themselves passes the check that a provider has to pass', async () => {
  for (const question of [
    'why did line 3 stop?',
    'is line 3 running?',
    'what order is running on line 3',
    'stops of line 3 today',
  ]) {
    const { firstLine, text, ...answer } = await ask(question);
    const structured = {
      first_line: firstLine,
      text,
      diagnosis: answer.diagnosis,
      claims: answer.claims,
      evidence: answer.evidence,
      table: answer.table,
    };
    const checked = checkGrounding({
      text: `${firstLine}\n\n${text}`,
      results: [{ tool: 'any', structured, refused: null }],
      plant: testPlant,
      people: [],
      now: testNow,
    });
    expect(checked).toMatchObject({ sent: true, dropped: [] });
  }
});
