/** Who does what to whom, whose alarm it is, and what is denied: held against the results of one stop. */
import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { examplePlant as plant } from '../models/offline/plant.example.ts';
import { whyNot } from './grounding.ts';
import { knownOf } from './known.ts';
import { explained, jam, now } from './testing/floor.ts';
import { unitsOf } from './units.ts';

function reason(sentence: string, change: Partial<Diagnosis> = {}): string | null {
  const structured = explained(jam(change), plant) as Record<string, unknown>;
  const results = [{ tool: 'explain_stop', structured, refused: null }];
  return whyNot(sentence, knownOf(results, plant), unitsOf(results, plant), { plant, people: [], now });
}

describe('a machine does not stand to itself as to another', () => {
  test.each([
    'The capper left the capper without product at 14:02.',
    'The labeller was starved by the labeller.',
    'The labeller was starved because of the capper and the capper.',
    'The capper left itself without product at 14:02.',
    'The capper left the labeller without product at 14:02, then the labeller (14:02).',
    'The labeller and the labeller ran out of product.',
    'The capper left the labeller without product at 14:02, which left the labeller without product.',
    'The stop of the capper stopped the capper.',
    'The labeller was starved because of the capper stopping the capper.',
    'A jam at the infeed of the labeller starved the labeller.',
  ])('not sent: %s', (sentence) => expect(reason(sentence)).toContain('itself'));
  test.each([
    'The capper left the labeller without product at 14:02.',
    'The capper left the labeller without product at 14:02, and the labeller was starved.',
    'Product jammed at the capper, so that the capper left the labeller without product.',
    'A jam at the infeed of the capper stopped the capper.',
    'Product jammed at the infeed of the capper and stopped the capper.',
    'At the capper product jammed, it stopped the capper at 14:02.',
  ])('sent: %s', (sentence) => expect(reason(sentence)).toBeNull());
});

describe('an alarm is that of its machine, and its text is no statement', () => {
  const text = 'Line 2 stopped at 14:02, the palletizer was blocked';
  const change = {
    evidence: jam().evidence.map((one) =>
      one.kind === 'alarm' ? { ...one, says: `alarm "${text}" came` } : one,
    ),
  };
  test.each([
    ['OPC UA, 14:02: Capper: alarm "Jam at infeed" came', true],
    ['OPC UA, 14:02: Labeller: alarm "Jam at infeed" came', false],
    ['The labeller raised the alarm "Jam at infeed" at 14:02.', false],
  ])('%s', (sentence, sent) => expect(reason(sentence) === null).toBe(sent));
  test.each(['Line 2 stopped at 14:02.', 'The palletizer was blocked.'])('not sent: %s', (sentence) =>
    expect(reason(sentence, change)).not.toBeNull(),
  );
});

describe('a denial stays where the result has it', () => {
  const unknown = ['whether there was growing vibration: it is not measured'];
  const ruled = [
    ...jam().ruled_out,
    { cause: 'no_order', words: 'no order to run', because: 'the records show an order', evidence: [] },
  ];
  const change = { unknown, ruled_out: ruled };
  test.each([
    ['Whether there was growing vibration: it is not measured.', true],
    ['Whether there was growing vibration is not measured.', true],
    ['Not known: whether there was growing vibration; it is not measured.', true],
    ['It is not measured whether there was growing vibration.', true],
    ['It is measured whether there was growing vibration.', false],
    ['Whether there was no growing vibration: it is not measured.', false],
    ['Whether there was not growing vibration is not measured.', false],
    ['Whether there was growing vibration: it is not not measured.', false],
    ['Whether there was growing vibration: it is measured.', false],
    ['No order to run: the records show an order.', true],
    ['No order to run: the records do not show an order.', false],
    ['No order to run: the records show no order.', false],
  ])('%s', (sentence, sent) => expect(reason(sentence, change) === null).toBe(sent));
});

test('where several things went wrong, every "because" gives one of them', () => {
  const root = {
    class: 'machine' as const,
    place: 'line-3.capper',
    at: jam().stop.from,
    p: 0.9,
    evidence: [],
  };
  const change = {
    roots: [
      { ...root, cause: 'infeed_jam' },
      { ...root, cause: 'drive_trip' },
    ],
    candidates: [
      ...jam().candidates,
      {
        ...jam().candidates[0],
        cause: 'consumable_empty',
        p: 0.02,
        words: 'a consumable that ran empty at the capper',
      },
    ] as Diagnosis['candidates'],
  };
  const both = (first: string) =>
    `Line 3 stopped because ${first}; besides because product jammed at the capper.`;
  expect(reason(both('a consumable ran empty at the capper'), change)).toContain('another cause');
});
