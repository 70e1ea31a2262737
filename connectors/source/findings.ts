/** What connectors tell the doctor. */
import { AndonError } from '../../plant/errors.ts';
import type { Finding } from '../../plant/source.ts';
import type { Http } from '../http.ts';

export const ok = (check: string, text: string): Finding => ({ check, state: 'ok', text, next: '' });

/** What was thrown while this was checked. */
export const failure = (check: string, error: unknown, state: 'warn' | 'fail' = 'fail'): Finding => ({
  check,
  state,
  text: error instanceof Error ? error.message : String(error),
  next: error instanceof AndonError ? error.next : '',
});

/** The system's clock where it is off. The Date header counts whole seconds; below 30 s nothing is sure. */
export function clockFindings(http: Http, source: string): Finding[] {
  const offset = http.clockOffsetMs();
  if (offset === null || Math.abs(offset) <= 30_000) return [];
  const seconds = Math.round(Math.abs(offset) / 1000);
  return [
    {
      check: 'clock',
      state: 'warn',
      text: `its clock is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} ours`,
      next: `Set the clocks of ${source} and of this machine by the same time server.`,
    },
  ];
}
