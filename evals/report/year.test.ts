import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchNames, yearOf, yearText } from './year.ts';

const printed = (first: number) =>
  JSON.stringify({
    figures: [
      { name: benchNames.later, value: 41, why: 'Of the median, gathering takes 17 ms.' },
      { name: benchNames.laterMedian, value: 28 },
      { name: benchNames.first, value: first },
    ],
    notes: ['6 million rows.'],
  });

test('the aim is held against the first call of a stop, and what the later ones cost stands beside it', () => {
  const text = yearText(yearOf(printed(55.7)));
  expect(text).toContain('| 55.7 | under 50 missed by 5.7 |');
  expect(text).toContain('| 41.0 |  |');
  expect(text).toContain('- Of the median, gathering takes 17 ms.');
  expect(yearText(yearOf(printed(49.9)))).toContain('| 49.9 | under 50 reached |');
});

test('the figures have the names that the measurement gives them; one that is missing is no silent gap', () => {
  const suite = readFileSync(join(import.meta.dirname, '../../bench/suites/explain.ts'), 'utf8');
  for (const name of Object.values(benchNames)) expect(suite).toContain(`name: '${name}'`);
  expect(() => yearOf('{"figures": [], "notes": []}')).toThrow(benchNames.first);
});
