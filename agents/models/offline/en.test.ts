import { describe, expect, test } from 'vitest';
import { examplePlant as plant } from './plant.example.ts';
import { chatQuestions } from './chat-questions.example.ts';
import { questions } from './questions.example.ts';
import { understand } from './en.ts';
import type { TalkContext, Understood } from './understood.ts';
import { wallTime } from './zone.ts';

const now = Date.parse('2026-11-20T14:10:00Z'); // Friday 15:10 in Berlin
const two = (value: number) => String(value).padStart(2, '0');

function shown(iso: string, previous: string | null): string {
  if (Date.parse(iso) === now) return 'now';
  const wall = wallTime(Date.parse(iso), plant.timezone);
  const day = `${two(wall.month)}-${two(wall.day)}`;
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  return previous === null ? (day === '11-20' ? time : `${day} ${time}`) : `${day} ${time}`;
}

function timeOf({ from, to, at }: Understood, want: string): string {
  if (at !== null) return `at ${shown(at, null)}`;
  if (from === null || to === null) return want === 'now' ? 'now' : '';
  const end = shown(to, 'x');
  const written = /-(\d\d-\d\d \d\d:\d\d)$/.test(want) ? end : end.slice(-5).replace(/^.*now$/, 'now');
  return `${shown(from, null)}-${end === 'now' ? 'now' : written}`;
}

type Row = { question: string; intents: string; place: string; time: string; follows: boolean };
const rows: Row[] = `${questions.trim()}${chatQuestions}`
  .trim()
  .split('\n')
  .map((row) => {
    const [question = '', intents = '', place = '', time = ''] = row.split('|').map((cell) => cell.trim());
    return { question: question.replace(/^> /, ''), intents, place, time, follows: question.startsWith('>') };
  });

test('values of no machine are asked for, and a signal of two words is one', () => {
  const read = understand('show me the temperature', { plant, now, context: null });
  expect(read.unclear).toMatchObject({ kind: 'which', sentence: 'Of which machine do you want the values?' });
  expect(read.unclear?.choices.length).toBeGreaterThan(1);
  const [line] = plant.lines;
  const [machine] = line?.machines ?? [];
  if (!line || !machine) throw new Error('no machine');
  const signals = [
    { name: 'lid_level', unit: '%' },
    { name: 'infeed_level', unit: 'units' },
  ];
  const with2 = {
    ...plant,
    lines: [{ ...line, machines: [{ ...machine, signals }] }, ...plant.lines.slice(1)],
  };
  expect(understand('what is the lid level', { plant: with2, now, context: null })).toMatchObject({
    signals: ['lid_level'],
    machine: machine.id,
    unclear: null,
  });
});

test('what was agreed is kept as it was said, wherever "we agreed" stands', () => {
  const read = understand('Disable the metal detector on line 3 until 18:00, we agreed.', {
    plant,
    now,
    context: null,
  });
  expect(read.record).toEqual({
    response: 'Disable the metal detector on line 3 until 18:00',
    because: null,
    until: '2026-11-20T17:00:00.000Z',
  });
});

describe('questions people ask', () => {
  test('the table is wide', () => expect(rows.length).toBeGreaterThan(180));
  let context: TalkContext | null = null;
  const talk = rows.map((row) => {
    if (!row.follows) context = null;
    const before: TalkContext | null = context;
    const read = understand(row.question, { plant, now, context: before });
    context = read.context ?? before;
    return { ...row, read };
  });
  test.each(talk)('$question', ({ read, intents, place, time }) => {
    expect({
      intents: read.intents.join(),
      place: read.machine ?? read.lines.join(),
      time: timeOf(read, time),
    }).toEqual({ intents, place, time });
  });
});
