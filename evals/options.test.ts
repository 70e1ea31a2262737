import { expect, test } from 'vitest';
import alarmNoise from './suites/alarm-noise.ts';
import { optionsOf } from './options.ts';

const suites = ['stops', 'alarm-noise', 'grounding'];
const given = (line: string) => optionsOf(line.split(' ').filter(Boolean), suites);

test.each([
  ['--suite questions', 'There is no suite "questions". There are: stops,'],
  ['--seeds 7', '"7" is no range of seeds'],
  ['--seeds 9-7', 'is no range of seeds'],
  ['--data nab=/nowhere', 'No suite reads data "nab". There is: alpi.'],
  ['--data alpi', 'names no data'],
  ['--data alpi=/nowhere', 'There is no episodes_30min_gap.csv in /nowhere'],
  ['--suite grounding --data alpi=/nowhere', '--data is read by alarm-noise, not by the suite grounding'],
  ['--suite grounding --cases /x', '--cases is read by stops, not by the suite grounding'],
  ['--suite grounding --seeds 1-9', '--seeds is read by stops and alarm-noise'],
  ['--suite stops --cases /x --seeds 1-9', '--seeds means nothing beside --cases'],
  ['--report --cases /x', '--cases means nothing beside --report'],
  ['--check --seeds 1-9', '--seeds means nothing beside --check'],
  ['--report --check', 'Ask for one of --report and --check.'],
  ['--reach --seeds 1-60', 'open for tuning'],
])('%s ends with a sentence', (line, sentence) => {
  expect(() => given(line)).toThrow(sentence);
});

test('what is given is kept, and what is not has its usual value', () => {
  expect(given('--cases /x')).toMatchObject({ work: 'print', suite: 'stops', cases: '/x' });
  expect(given('--suite stops --seeds 1-60 --json')).toMatchObject({
    seeds: { from: 1, to: 60 },
    json: true,
  });
  expect(given('--check')).toMatchObject({ work: 'check', seeds: { from: 7_001, to: 7_200 } });
  expect(given('')).toMatchObject({ work: 'print', suite: null });
});

test('alarm noise lies within that of real machines, and no data is needed to see it', async () => {
  const options = { seeds: { from: 1, to: 60 }, cases: null, data: {}, progress: () => {} };
  const { figures, report } = await alarmNoise.run(options);
  expect(figures).toHaveLength(9);
  expect(figures.filter(({ within }) => within).length).toBe(9);
  expect(report).toContain('doi:10.17632/4nhx2x67cd.1');
});
