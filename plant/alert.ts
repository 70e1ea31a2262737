import { z } from 'zod';
import { AndonError } from './errors.ts';
import { isoTime } from './time.ts';

/** The telling of an exception (ISA-18.2 states); who took it is a field. */
export const alertState = z.enum(['open', 'acknowledged', 'shelved', 'resolved']);
export type AlertState = z.infer<typeof alertState>;

const alert = z.object({
  id: z.string(),
  exception: z.string(),
  line: z.string(),
  state: alertState,
  severity: z.enum(['low', 'medium', 'high']),
  /** Role and id of who took it. */
  owner: z.string().nullable(),
  shelvedUntil: isoTime.nullable(),
  /** What people said of it. `right_cause`, `wrong_cause`: of the cause that was told, confirmed by a person. */
  verdict: z.enum(['not_a_problem', 'wrong_cause', 'right_cause']).nullable(),
  /** Grows with every change; a change names the version it saw. */
  version: z.number().int().nonnegative(),
  changedAt: isoTime,
});
export type AlertRow = z.infer<typeof alert>;

export type AlertVerb = 'acknowledge' | 'snooze' | 'not_a_problem' | 'reopen';

/** Snooze lasts this long (ISA-18.2: a shelf needs an end; at most a shift). */
export const shelfS = 30 * 60;

/**
 * The state after a verb, or an `AndonError` with code `conflict` that says what is already so.
 * An acknowledgement never re-opens what is over (the race of OnCall issue 3161).
 */
export function afterVerb(row: AlertRow, verb: AlertVerb, by: string, at: string): AlertRow {
  const next = { ...row, version: row.version + 1, changedAt: at };
  if (row.state === 'resolved' && verb !== 'reopen')
    throw new AndonError(
      'conflict',
      `This alert is already resolved, since ${row.changedAt}.`,
      'Nothing to do.',
    );
  switch (verb) {
    case 'acknowledge':
      if (row.state === 'acknowledged')
        throw new AndonError(
          'conflict',
          `This alert is already taken by ${row.owner ?? 'somebody'}.`,
          'Nothing to do.',
        );
      return { ...next, state: 'acknowledged', owner: by, shelvedUntil: null };
    case 'snooze':
      return {
        ...next,
        state: 'shelved',
        owner: by,
        shelvedUntil: new Date(Date.parse(at) + shelfS * 1000).toISOString(),
      };
    case 'not_a_problem':
      return { ...next, state: 'resolved', owner: by, verdict: 'not_a_problem' };
    case 'reopen':
      return { ...next, state: 'open', owner: null, shelvedUntil: null, verdict: null };
  }
}
