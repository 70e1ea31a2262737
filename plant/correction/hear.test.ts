import { describe, expect, test } from 'vitest';
import { diagnose } from '../diagnosis/diagnose.ts';
import { tripped } from '../diagnosis/testing/ten.ts';
import { ownCause } from '../own-cause.ts';
import { causeAt, choicesFor } from './choices.ts';
import { hear } from './hear.ts';

const { case: given } = tripped();
const diagnosis = diagnose(given);
const { plant } = given;
const heard = (text: string) => hear(text, plant, diagnosis);

describe('“no” before what there was none of is kept', () => {
  test.each([
    ['no operator at the capper', 'no_operator', 'line-3.capper'],
    ['no, no operator at the capper', 'no_operator', 'line-3.capper'],
    ['it was no operator at the capper', 'no_operator', 'line-3.capper'],
    ['kein Bediener am Capper', 'no_operator', 'line-3.capper'],
    ['nein, kein Bediener am Capper', 'no_operator', 'line-3.capper'],
    ['no habia operador en la taponadora', 'no_operator', 'line-3.capper'],
    ['no caps', 'consumable_empty', 'line-3.capper'],
    ['no, no caps', 'consumable_empty', 'line-3.capper'],
    ['keine Kappen', 'consumable_empty', 'line-3.capper'],
    ['es gab keine Kappen', 'consumable_empty', 'line-3.capper'],
    ['no hay tapas', 'consumable_empty', 'line-3.capper'],
    ['no order', 'no_order', 'line-3'],
    ['kein Auftrag', 'no_order', 'line-3'],
    ['no hay orden', 'no_order', 'line-3'],
    ['wrong caps at the capper', 'wrong_material', 'line-3.capper'],
    ['falsche Kappen am Capper', 'wrong_material', 'line-3.capper'],
    ['mal lote en la taponadora', 'bad_lot', 'line-3.capper'],
  ])('“%s”', (text, cause, place) => {
    const { words, ...rest } = heard(text);
    expect(rest).toEqual({ cause, place });
    expect(words).not.toBe('');
    expect(words).toBe(text.replace(/^(?:no|nein), |^it was /, ''));
  });
  test.each(['no power', 'kein Strom', 'no hay luz'])('“%s”', (text) =>
    expect(heard(text)).toMatchObject({ cause: 'power_dip', words: text }),
  );
});

describe('“no” and “wrong” that contradict go', () => {
  test.each([
    ['no, it was the capper', 'the capper', 'line-3.capper', null],
    ['no it was the capper', 'the capper', 'line-3.capper', null],
    ['No - the capper', 'the capper', 'line-3.capper', null],
    ['wrong, the caps ran out', 'the caps ran out', 'line-3.capper', 'consumable_empty'],
    ['no the caps ran out', 'the caps ran out', 'line-3.capper', 'consumable_empty'],
    ['wrong cause, the caps ran out', 'the caps ran out', 'line-3.capper', 'consumable_empty'],
    ['nein, es war der Capper', 'der Capper', 'line-3.capper', null],
    ['falsch, die Kappen waren leer', 'die Kappen waren leer', 'line-3.capper', 'consumable_empty'],
    ['no, fue la taponadora', 'la taponadora', 'line-3.capper', null],
    ['incorrecto, se acabaron las tapas', 'se acabaron las tapas', 'line-3.capper', 'consumable_empty'],
  ])('“%s”', (text, words, place, cause) => expect(heard(text)).toEqual({ words, place, cause }));
  test.each(['wrong', 'No.', 'nein!', 'causa incorrecta', 'andon wrong cause'])(
    '“%s” says nothing more',
    (text) => expect(heard(text)).toEqual({ words: '', place: null, cause: null }),
  );
  test.each(['no fue la taponadora', 'it was not the capper', 'es war nicht der Capper'])(
    '“%s” does not mean the capper',
    (text) => expect(heard(text).place).toBeNull(),
  );
});

describe('a cause of the plant’s own', () => {
  const slipped = ownCause.parse({
    id: 'chuck_slipped',
    class: 'machine',
    words: 'a slipped chuck at {at}',
    check: 'Look at the chuck of {at}',
    machines: ['capper'],
    alarms: [{ says: ['Spannkopf'] }],
  });
  const own = { ...plant, causes: [slipped] };
  test.each(['no, a slipped chuck at the capper', 'der Spannkopf am Capper rutscht'])(
    'is heard: “%s”',
    (text) =>
      expect(hear(text, own, diagnosis)).toMatchObject({ cause: 'chuck_slipped', place: 'line-3.capper' }),
  );
  test('has its words, and is a choice at the machines it can happen to', () => {
    expect(causeAt(own, 'line-3.capper', 'chuck_slipped')).toBe('a slipped chuck at the capper');
    const was = { place: 'line-3.capper', cause: 'drive_trip', words: '' };
    const labels = (place: string) =>
      choicesFor({ place, cause: null, was, words: '' }, diagnosis, own).map(({ label }) => label);
    expect(labels('line-3.capper')).toContain('a slipped chuck at the capper');
    expect(labels('line-3.packer').join(' ')).not.toContain('chuck');
  });
});

test('what somebody wrote stands on no button: it may blame a person', () => {
  const was = { place: 'line-3.capper', cause: 'drive_trip', words: '' };
  const words = 'Sam, he fell asleep at the packer';
  const choices = choicesFor({ place: 'line-3.packer', cause: null, was, words }, diagnosis, plant);
  expect(choices.at(-1)).toMatchObject({ place: 'line-3.packer', cause: 'other' });
  expect(choices.map(({ label }) => label).join(' ')).not.toMatch(/Sam|asleep/);
});
