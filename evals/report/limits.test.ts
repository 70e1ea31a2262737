import { expect, test } from 'vitest';
import { openTestMemory } from '../../memory/test-database.ts';
import { runJob } from '../stops/jobs.ts';
import { chosenLimit } from '../stops/limits.ts';
import { judged } from '../stops/testing/judged.ts';
import { wordFigures } from './certainty.ts';
import { rowsOf } from './limits.ts';

test('with the chosen limit a case is told as the product tells it, and higher limits name less', async () => {
  const memory = await openTestMemory();
  const played = [];
  for (const seed of [3, 4, 6, 7, 11]) {
    const one = await runJob(memory, { kind: 'limits', seed });
    if (one.kind === 'limits') played.push(one);
  }
  await memory.close();
  expect(played.length).toBeGreaterThan(3);
  for (const { judged: own, at } of played)
    expect(at.find(({ limit }) => limit === chosenLimit)).toMatchObject({
      answered: own.answered,
      causeRight: own.causeRight,
    });
  const named = rowsOf(played).map(({ precision }) => precision.n);
  expect(named).toEqual(named.toSorted((a, b) => b - a));
  expect(named.at(-1)).toBeLessThan(named[0] ?? 0);
});

test('a word for certainty is held against every answer that carries it', () => {
  const figures = wordFigures([
    judged({ word: 'because' }),
    judged({ word: 'because', said: 'drive_trip', answerable: 'no', p: 0.9 }),
    judged({ word: 'most likely because' }),
    judged({ word: 'not enough evidence', abstained: true, ranked: ['drive_trip'] }),
    judged({ stopped: false }),
  ]);
  const told = figures.map(({ word, n, right, undecidable }) => [word, n, right.right, undecidable]);
  expect(told).toEqual([
    ['because', 2, 1, 1],
    ['most likely because', 1, 1, 0],
    ['none of the causes known', 0, 0, 0],
    ['not enough evidence', 1, 0, 0],
  ]);
  expect(figures[0]?.share_given).toBeCloseTo(0.85);
});
