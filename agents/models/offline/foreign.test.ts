import { expect, test } from 'vitest';
import { openModel } from '../open-model.ts';
import { foreignLanguage } from './foreign.ts';
import { examplePlant as plant } from './plant.example.ts';
import { chatQuestions } from './chat-questions.example.ts';
import { questions } from './questions.example.ts';

test.each([
  ['Warum stand Linie 3?', 'de'],
  ['Wieso läuft Linie 1 nicht?', 'de'],
  ['wann war der letzte stillstand', 'de'],
  ['¿Por qué se paró la línea 3?', 'es'],
  ['por que se paro la linea 3', 'es'],
  ['Etikettierer stand kurz nach zwei, Grund?', 'de'],
  ['wann kommt der Mechaniker', 'de'],
  ['como vamos', 'es'],
  ['tienes datos del turno', 'es'],
  ['why did line 3 stop?', null],
  ['line 3', null],
  ['is the die cutter in El Paso down?', null],
  ['note of Müller: line 3 is down', null],
])('%s: %s', (question, language) => expect(foreignLanguage(question)).toBe(language));

test('no English question is taken for another language', () => {
  const rows = `${questions.trim()}${chatQuestions}`
    .trim()
    .split('\n')
    .map((row) => (row.split('|')[0] ?? '').replace(/^> /, ''));
  expect(rows.filter((row) => foreignLanguage(row) !== null)).toEqual([]);
});

test('is answered in both languages, and nothing is looked up', async () => {
  const { understand } = await openModel({ model: 'offline' });
  const read = understand('Warum stand Linie 3 um 14 Uhr?', {
    plant,
    now: Date.parse('2026-11-20T14:10:00Z'),
    context: null,
  });
  expect(read).toMatchObject({ intents: [], context: null });
  expect(read.unclear?.sentence).toContain('nur auf Englisch');
});
