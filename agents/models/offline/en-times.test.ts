import { expect, test } from 'vitest';
import { examplePlant as plant } from './plant.example.ts';
import { readTimes } from './en-times.ts';
import { instantOf, shiftsBefore, wallTime } from './zone.ts';
import { understand } from './en.ts';

/** Berlin: on 2026-03-29 the hour from 02:00 is left out, on 2026-10-25 it comes twice. */
test.each([
  ['why did line 3 stop at 2:30', '2026-03-29T10:00:00Z', { at: '2026-03-29T01:30:00.000Z' }],
  [
    'stops today',
    '2026-03-29T20:00:00Z',
    { from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T20:00:00.000Z' },
  ],
  [
    'stops yesterday',
    '2026-03-30T10:00:00Z',
    { from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' },
  ],
  [
    'stops yesterday',
    '2026-10-26T10:00:00Z',
    { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' },
  ],
  [
    'stops last night',
    '2026-10-25T08:00:00Z',
    { from: '2026-10-24T20:00:00.000Z', to: '2026-10-25T05:00:00.000Z' },
  ],
  ['at 02:30', '2026-10-25T10:00:00Z', { at: '2026-10-25T00:30:00.000Z' }],
  [
    'stops since monday',
    '2026-10-28T10:00:00Z',
    { from: '2026-10-25T23:00:00.000Z', to: '2026-10-28T10:00:00.000Z' },
  ],
  [
    'stops on 31 december',
    '2027-01-05T10:00:00Z',
    { from: '2026-12-30T23:00:00.000Z', to: '2026-12-31T23:00:00.000Z' },
  ],
  [
    'stops since the shift started',
    '2026-11-20T02:00:00Z',
    { from: '2026-11-19T21:00:00.000Z', to: '2026-11-20T02:00:00.000Z' },
  ],
  [
    'stops this morning',
    '2026-11-20T04:30:00Z',
    { from: '2026-11-19T23:00:00.000Z', to: '2026-11-20T04:30:00.000Z' },
  ],
])('%s, asked %s', (text, now, want) => expect(readTimes(text, plant, Date.parse(now))).toMatchObject(want));

test.each(['at 25:00', 'at 14:75', 'on 2026-13-40', 'on 40.11.2026'])('no time: %s', (text) => {
  expect(readTimes(text, plant, Date.parse('2026-11-20T14:10:00Z'))).toMatchObject({ from: null, at: null });
});

test("wall times and instants are each other's inverse, over a year of hours", () => {
  for (
    let at = Date.parse('2026-01-01T00:00:00Z');
    at < Date.parse('2027-01-01T00:00:00Z');
    at += 7 * 3_600_000
  ) {
    const again = instantOf(wallTime(at, plant.timezone), plant.timezone);
    expect(wallTime(again, plant.timezone)).toEqual(wallTime(at, plant.timezone));
  }
});

test('shifts are found around a clock change', () => {
  const night = shiftsBefore(plant, Date.parse('2026-03-29T06:00:00Z')).findLast(({ id }) => id === 'night');
  expect((night!.to - night!.from) / 3_600_000).toBe(7);
});

test('who works for one line means that line where none is named, and not where the plant is meant', () => {
  const about = { plant, now: Date.parse('2026-11-20T14:10:00Z'), context: null, home: 'line-2' };
  expect(understand('why did we stop?', about)).toMatchObject({ lines: ['line-2'], unclear: null });
  expect(understand('why did line 3 stop?', about).lines).toEqual(['line-3']);
  expect(understand('are all lines running', about).lines).toEqual([]);
  expect(understand('How are the lines?', about).lines).toEqual([]);
  expect(understand('what is open?', about).lines).toEqual([]);
});

test('what a thread kept is checked before it is believed', () => {
  const about = { plant, now: Date.parse('2026-11-20T14:10:00Z') };
  for (const context of [
    null,
    7,
    'x',
    { intent: 'drop tables' },
    { intent: 'why', line: 'line-99', machine: null, from: null, to: null, at: null },
  ])
    expect(understand('how long?', { ...about, context }).unclear?.kind).toBe('line_needed');
});

test('the longest and strangest questions are read in little time', () => {
  const about = { plant, now: Date.parse('2026-11-20T14:10:00Z'), context: null };
  const strange = [
    '',
    '???',
    '🔧'.repeat(500),
    'line '.repeat(20_000),
    '3'.repeat(50_000),
    'between 10 and '.repeat(5_000),
    'what '.repeat(9_000),
    '<@U1> @here',
  ];
  for (const question of strange) {
    // Of this thread alone: what else the machine does is not the grammar's time.
    const before = process.threadCpuUsage();
    expect(() => understand(question, about)).not.toThrow();
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000, question.slice(0, 20)).toBeLessThan(2_000);
  }
});
