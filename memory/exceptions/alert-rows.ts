import type { AlertRow } from '../../plant/alert.ts';

/** A row of `alert` as `pg` gives it. */
export type AlertDbRow = {
  id: string;
  exception: string;
  line: string;
  state: string;
  severity: string;
  owner: string | null;
  shelved_until: Date | null;
  verdict: string | null;
  version: number;
  changed_at: Date;
};
export const alertColumns =
  'id, exception, line, state, severity, owner, shelved_until, verdict, version, changed_at';

export const alertOf = (row: AlertDbRow): AlertRow => ({
  id: row.id,
  exception: row.exception,
  line: row.line,
  state: row.state as AlertRow['state'],
  severity: row.severity as AlertRow['severity'],
  owner: row.owner,
  shelvedUntil: row.shelved_until?.toISOString() ?? null,
  verdict: row.verdict as AlertRow['verdict'],
  version: row.version,
  changedAt: row.changed_at.toISOString(),
});
