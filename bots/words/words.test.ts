import { describe, expect, test } from 'vitest';
import { alertOf, answerOf, decisionOf, people } from '../testing/messages.ts';
import { blocksOf, cut, parts, plainText } from './answer.ts';
import { knownPerson, placesOf, withChange } from './people.ts';

test('paragraphs and lists are told apart', () => {
  expect(blocksOf('One\ntwo\n\nList:\n- a\n- b\n\n\n')).toEqual([
    { kind: 'paragraph', text: 'One two' },
    { kind: 'paragraph', text: 'List:' },
    { kind: 'list', items: ['a', 'b'] },
  ]);
});

describe('long text', () => {
  const long = `${'word '.repeat(500)}${'👍'.repeat(400)}`;
  test('is parted without losing a character or halving one', () => {
    const made = parts(long, 301);
    expect(made.every((part) => part.length <= 301 && part.isWellFormed())).toBe(true);
    expect(made.join('').replaceAll(' ', '')).toBe(long.replaceAll(' ', ''));
  });
  test('is cut between characters', () => {
    for (const length of [2_501, 2_502, 2_503]) {
      const short = cut(long, length);
      expect(short.length).toBeLessThanOrEqual(length);
      expect(short.isWellFormed()).toBe(true);
      expect(short.endsWith('…')).toBe(true);
    }
    expect(cut('short', 10)).toBe('short');
  });
});

test('every message has its plain text', () => {
  expect(plainText(answerOf({}))).toMatch(/^Line 3 stopped at 13:02[\s\S]*The filler was blocked/);
  expect(plainText(alertOf({}))).toContain('Open, medium severity');
  expect(plainText(decisionOf({}))).toContain('What we do: Call maintenance');
});

test('somebody unknown is told what to write into the plant’s file', () => {
  const [sam = people[0]] = people;
  const known = [{ ...sam, id: 'sam', name: 'Sam', role: 'supervisor' as const, lines: [], teams: 'aad-1' }];
  expect(knownPerson(known, 'teams', [undefined, 'aad-1']).id).toBe('sam');
  expect(() => knownPerson(known, 'slack', ['U1'])).toThrow(
    expect.objectContaining({ code: 'forbidden', next: expect.stringContaining('slack: U1') }),
  );
  expect(() => knownPerson(people, 'slack', [undefined])).toThrow('You can ask');
});

test('a line’s own place goes before that of all others', () => {
  expect(placesOf({ 'line-1': 'C1', '*': 'C9' }, 'line-1')).toEqual(['C1']);
  expect(placesOf({ 'line-1': 'C1', '*': 'C9' }, 'line-2')).toEqual(['C9']);
  expect(placesOf({ 'line-1': 'C1' }, 'line-2')).toEqual([]);
});

test('only a draft with fields gets a Change button, and only one', () => {
  const draft = withChange(decisionOf({}));
  expect(withChange(draft)).toEqual(draft);
  expect(draft.kind === 'decision' && draft.buttons.map(({ label }) => label)).toEqual([
    'Confirm',
    'Change',
    'Not this',
  ]);
  expect(withChange(decisionOf({ fields: [], buttons: [] }))).toMatchObject({ buttons: [] });
});
