import { describe, expect, test } from 'vitest';
import { testPlant } from '../../../mcp-server/testing/plant.ts';
import { understand } from './en.ts';
import type { TalkContext } from './understood.ts';

const now = Date.parse('2026-11-20T13:30:00Z');
const stopAt = '2026-11-20T12:02:00.000Z';
const context: TalkContext = {
  intent: 'why',
  line: 'line-3',
  machine: null,
  from: null,
  to: null,
  at: null,
  stopAt,
  cause: 'drive_trip',
};
const read = (text: string, talk: TalkContext | null = context) =>
  understand(text, { plant: testPlant, now, context: talk });

describe('after an answer about a stop', () => {
  test.each([
    ['wrong, it was the capper', 'the capper'],
    ['Wrong cause', ''],
    ['no, the caps ran out', 'the caps ran out'],
    ['that’s not it, the labels ran out at 13:00', 'the labels ran out at 13:00'],
    ['It was actually a jam at the packer.', 'a jam at the packer'],
    ['no, it was not the capper but the labeller', 'not the capper but the labeller'],
    ['falsch, es war der Kapper', 'der Kapper'],
    ['Nein, die Etiketten gingen aus', 'die Etiketten gingen aus'],
    ['das stimmt nicht, es war ein Stau am Packer', 'ein Stau am Packer'],
    ['incorrecto, fue la etiquetadora', 'la etiquetadora'],
    ['no, se acabaron las tapas', 'se acabaron las tapas'],
    ['no operator at the capper', 'no operator at the capper'],
    ['keine Kappen', 'keine Kappen'],
    ['it was the capper', 'the capper'],
    ['no wait, the caps ran out', 'no wait, the caps ran out'],
    ['wrong labels at the labeller', 'wrong labels at the labeller'],
    ['fue un atasco en la empacadora', 'un atasco en la empacadora'],
  ])('“%s” corrects its cause', (text, words) => {
    const { intents, lines, stopAt: of, correction, unclear } = read(text);
    expect({ intents, lines, of, correction, unclear }).toEqual({
      intents: ['correct'],
      lines: ['line-3'],
      of: stopAt,
      correction: { verb: 'wrong_cause', words },
      unclear: null,
    });
  });
  test.each(['right', 'Yes, that’s right!', 'genau', 'stimmt', 'correcto', 'right cause'])(
    '“%s” says it was right',
    (text) => expect(read(text).correction).toEqual({ verb: 'right_cause', words: '' }),
  );
  test.each([
    'why did it stop?',
    'no, line 1',
    'no, show me the capper',
    'was it the capper?',
    'it was a long day',
    'no',
    'what helped last time?',
    'and the labeller?',
    'is that right?',
    'how long?',
    'record: capper at 80 % until 18:00',
    'it was running fine until the capper stopped',
    "it's the packer again",
    'es ist wieder der Packer',
    'wrong line',
    'falsche Linie',
    'wrong, I mean line 1',
    'no wait, the filler of line 1 please',
    'nein, ich meine den Packer',
    'it was fine at the capper until 9',
    'no problem at the packer',
    'no, and the packer',
  ])('“%s” does not', (text) => expect(read(text).correction).toBeNull());
  test('the talk stays about the same stop', () => {
    expect(read('wrong, it was the capper').context).toMatchObject({ line: 'line-3', stopAt });
  });
});

test('with another line named, it asks of which one that is said; each choice says so', () => {
  const { unclear } = read('wrong, it was the filler of line 1');
  expect(unclear?.choices).toEqual([
    'Line 1: wrong cause, the filler of line 1',
    'Line 3: wrong cause, the filler of line 1',
  ]);
  const [first = '', second = ''] = unclear?.choices ?? [];
  expect(read(first)).toMatchObject({ lines: ['line-1'], stopAt: null, unclear: null });
  expect(read(second).correction).toMatchObject({ verb: 'wrong_cause' });
});

describe('without an answer before', () => {
  test('a line must be named', () => {
    expect(read('wrong, it was the capper', null).correction).toBeNull();
    expect(read('line 3: wrong cause, the caps ran out', null)).toMatchObject({
      lines: ['line-3'],
      correction: { verb: 'wrong_cause', words: 'the caps ran out' },
      unclear: null,
    });
  });
});
