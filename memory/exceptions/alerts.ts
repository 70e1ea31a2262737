import type { AlertRow, AlertState, AlertVerb } from '../../plant/alert.ts';
import { afterVerb } from '../../plant/alert.ts';
import { AndonError } from '../../plant/errors.ts';
import type { PlantException } from '../../plant/exception.ts';
import type { IsoTime, Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { transaction } from '../db.ts';
import { alertColumns, alertOf } from './alert-rows.ts';
import type { AlertDbRow } from './alert-rows.ts';
import { exceptionById, exceptionColumns, exceptionOf } from './exceptions.ts';

/** Who did something: how they are shown (a role), and their id, kept apart and erasable. */
type By = { by: string; person?: string | null | undefined };
/** What people said of the cause that was told. */
type CauseVerdict = 'wrong_cause' | 'right_cause';
/** One thing that was done with an alert. */
export type AlertStep = {
  verb: AlertVerb | CauseVerdict;
  by: string;
  person: string | null;
  at: IsoTime;
  state: AlertState;
};

/** Each lost race is one more change of the same alert; nobody presses that often. */
const mostAttempts = 10;

export async function alertById(db: Db, id: string): Promise<AlertRow | null> {
  const answer = await db.query<AlertDbRow>(`select ${alertColumns} from alert where id = $1`, [id]);
  return answer.rows[0] ? alertOf(answer.rows[0]) : null;
}

/**
 * Does what a verb means, as one conditional update. Of two people who press at once, one is told `conflict`
 * with what is so already. Throws `not_found` for an unknown alert.
 */
export async function changeAlert(
  pool: Db,
  alertId: string,
  verb: AlertVerb,
  { by, person }: By,
  at: IsoTime,
): Promise<AlertRow> {
  return transaction(pool, async (tx) => {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const row = await alertById(tx, alertId);
      if (!row)
        throw new AndonError('not_found', `There is no alert ${alertId}.`, 'List the alerts that are open.');
      const next = afterVerb(row, verb, by, at);
      const done = await tx.query(
        `update alert set state = $3, owner = $4, shelved_until = $5, verdict = $6, version = $7, changed_at = $8
         where id = $1 and version = $2`,
        [alertId, row.version, next.state, next.owner, next.shelvedUntil, next.verdict, next.version, at],
      );
      if (done.rowCount === 0) continue;
      await tx.query(
        'insert into alert_history (alert, verb, by_role, person, at, state) values ($1, $2, $3, $4, $5, $6)',
        [alertId, verb, by, person ?? null, at, next.state],
      );
      return next;
    }
    throw new AndonError('conflict', 'This alert is being changed by others right now.', 'Look again.');
  });
}

/** A person's verdict on the cause that was told; the state stays. Throws `not_found`. */
export async function markCause(
  pool: Db,
  alertId: string,
  verdict: CauseVerdict,
  { by, person }: By,
  at: IsoTime,
): Promise<AlertRow> {
  return transaction(pool, async (tx) => {
    const answer = await tx.query<AlertDbRow>(
      `update alert set verdict = $3, version = version + 1, changed_at = $2 where id = $1
       returning ${alertColumns}`,
      [alertId, at, verdict],
    );
    const row = answer.rows[0];
    if (!row)
      throw new AndonError('not_found', `There is no alert ${alertId}.`, 'List the alerts that are open.');
    await tx.query(
      `insert into alert_history (alert, verb, by_role, person, at, state) values ($1, $6, $2, $3, $4, $5)`,
      [alertId, by, person ?? null, at, row.state, verdict],
    );
    return alertOf(row);
  });
}

/** What was done with an alert, oldest first. */
export async function alertHistory(db: Db, alertId: string): Promise<AlertStep[]> {
  const answer = await db.query<{
    verb: string;
    by_role: string;
    person: string | null;
    at: Date;
    state: string;
  }>('select verb, by_role, person, at, state from alert_history where alert = $1 order by id', [alertId]);
  return answer.rows.map((row) => ({
    verb: row.verb as AlertStep['verb'],
    by: row.by_role,
    person: row.person,
    at: row.at.toISOString(),
    state: row.state as AlertState,
  }));
}

/** An alert with what it is about. */
export type Alerted = { alert: AlertRow; exception: PlantException };

/** null: it is no longer kept. */
export async function alertedById(db: Db, id: string): Promise<Alerted | null> {
  const alert = await alertById(db, id);
  const exception = alert && (await exceptionById(db, alert.exception));
  return exception && { alert, exception };
}

/** Alerts, newest first. `states` left out: all that are not resolved. `since`: only those opened from then on; `overSince`: only those over since then. */
export async function listAlerts(
  db: Db,
  query: {
    lines?: readonly string[] | undefined;
    states?: readonly AlertState[] | undefined;
    since?: Millis | undefined;
    overSince?: Millis | undefined;
    limit?: number | undefined;
  } = {},
): Promise<Alerted[]> {
  const columns = (table: string, list: string): string =>
    list
      .split(', ')
      .map((name) => `${table}.${name} as ${table}_${name}`)
      .join(', ');
  const answer = await db.query(
    `select ${columns('alert', alertColumns)}, ${columns('exception', exceptionColumns)}
     from alert join exception on exception.id = alert.exception
     where ($1::text[] is null or alert.line = any ($1)) and alert.state = any ($2)
       and alert.opened_at >= $3 and coalesce(exception.ended_at, alert.changed_at) >= $4
       and alert.changed_at >= greatest($3, $4) -- says nothing more, but has an index
     order by alert.opened_at desc, alert.id limit $5`,
    [
      query.lines ?? null,
      query.states ?? ['open', 'acknowledged', 'shelved'],
      new Date(query.since ?? 0),
      new Date(query.overSince ?? 0),
      query.limit ?? 100,
    ],
  );
  const part = <T>(row: Record<string, unknown>, table: string): T =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => name.startsWith(`${table}_`))
        .map(([name, value]) => [name.slice(table.length + 1), value]),
    ) as T;
  return answer.rows.map((row) => ({
    alert: alertOf(part<AlertDbRow>(row, 'alert')),
    exception: exceptionOf(part(row, 'exception')),
  }));
}

/** Alerts of the stop of a line between two times, the nearest first; each is SQL. */
const alertsAt = (line: string, from: string, to: string): string =>
  `from alert a join exception x on x.id = a.exception
     where x.detector = 'stop' and x.line = ${line} and (${to}::timestamptz is null or x.since <= ${to})
       and (x.ended_at is null or x.ended_at >= ${from})
     order by abs(extract(epoch from x.since - ${from}::timestamptz)) limit 1`;

/** `alertOfStop` inside a larger statement: its id. */
export const alertIdOfStop = (line: string, from: string, to: string): string =>
  `select a.id ${alertsAt(line, from, to)}`;

/** The alert about a stop, by when the line stood: the one whose time is nearest. null: nobody was told of it. */
export async function alertOfStop(
  db: Db,
  { line, from, to }: { line: string; from: IsoTime; to: IsoTime | null },
): Promise<AlertRow | null> {
  const answer = await db.query<AlertDbRow>(
    `select ${alertColumns
      .split(', ')
      .map((name) => `a.${name}`)
      .join(', ')} ${alertsAt('$1', '$2', '$3')}`,
    [line, from, to],
  );
  return answer.rows[0] ? alertOf(answer.rows[0]) : null;
}

/** Its copies show something new though nothing was pressed. Returns the ids to tell anew; empty where it is gone. */
export async function touchAlert(db: Db, alertId: string): Promise<string[]> {
  const answer = await db.query<{ id: string }>(
    'update alert set version = version + 1 where id = $1 returning id',
    [alertId],
  );
  return answer.rows.map(({ id }) => id);
}

/** Alerts whose shelf has ended: they are due to be opened again. */
export async function dueAlerts(db: Db, now: Millis): Promise<AlertRow[]> {
  const answer = await db.query<AlertDbRow>(
    `select ${alertColumns} from alert where state = 'shelved' and shelved_until <= $1 order by shelved_until`,
    [new Date(now)],
  );
  return answer.rows.map(alertOf);
}
