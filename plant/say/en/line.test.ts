import { expect, test } from 'vitest';
import { line3, now, plant } from '../testing/stop.ts';
import { sayLineStatus } from './line.ts';

const silent = {
  line: line3.id,
  running: null,
  since: null,
  stop: null,
  machines: [],
  order: null,
  lastStop: null,
  evidence: [],
};

test('where nobody tells anything, that is the answer, not that no line runs', () => {
  const said = sayLineStatus([silent, silent], plant, { now });
  expect(said.firstLine).toBe('No current data about any of the 2 lines.');
  expect(said.claims[0]?.kind).toBe('unknown');
});
