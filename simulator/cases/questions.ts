import type { Random } from '../random.ts';

const questions = [
  'why did {line} stop?',
  'why is {line} down?',
  'What stopped {line}?',
  '{line} stopped, why?',
];

/** Names no time. `line`: its name. */
export const plainQuestion = (line: string, rng: Random): string =>
  rng.pick(questions).replace('{line}', line);
