import { AndonError } from '../plant/errors.ts';
import { isoTime, millis } from '../plant/time.ts';
import type { Millis } from '../plant/time.ts';

export const hourMs = 3_600_000;
const mostMs = 32 * 24 * hourMs;

/** An ISO time as a tool argument. */
export const timeInput = (what: string) => isoTime.describe(what).optional();

/** The window asked about: by default the last `hours` hours up to now. Throws `bad_input`. */
export function windowOf(
  input: { from?: string | undefined; to?: string | undefined },
  now: Millis,
  hours = 24,
): { from: Millis; to: Millis } {
  const to = Math.min(input.to ? millis(input.to) : now, now);
  const from = input.from ? millis(input.from) : to - hours * hourMs;
  if (from > now)
    throw new AndonError(
      'bad_input',
      `The time ${input.from} is in the future.`,
      'Ask about a time that has passed.',
    );
  if (from >= to)
    throw new AndonError('bad_input', 'The window ends before it begins.', 'Give "from" before "to".');
  if (to - from > mostMs)
    throw new AndonError(
      'bad_input',
      'The window is longer than 32 days.',
      'Ask about at most 32 days at a time.',
    );
  return { from, to };
}
