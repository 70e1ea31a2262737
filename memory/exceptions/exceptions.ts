import { randomUUID } from 'node:crypto';
import type { AlertRow } from '../../plant/alert.ts';
import type { PlantException } from '../../plant/exception.ts';
import type { IsoTime } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { transaction } from '../db.ts';
import { alertColumns, alertOf } from './alert-rows.ts';
import type { AlertDbRow } from './alert-rows.ts';

type NewException = Pick<
  PlantException,
  'detector' | 'key' | 'line' | 'place' | 'cause' | 'class' | 'since'
> & {
  severity: AlertRow['severity'];
  /** First entry of the timeline. */
  text?: string | undefined;
};
/** What may become known of an exception later. `text` is added to its timeline. */
type ExceptionChange = Partial<Pick<PlantException, 'place' | 'cause' | 'class' | 'since'>> & {
  severity?: AlertRow['severity'] | undefined;
  text?: string | undefined;
};

type Row = {
  id: string;
  detector: string;
  key: string;
  line: string;
  place: string | null;
  cause: string;
  class: string | null;
  opened_at: Date;
  since: Date;
  ended_at: Date | null;
  timeline: PlantException['timeline'];
};
export const exceptionColumns =
  'id, detector, key, line, place, cause, class, opened_at, since, ended_at, timeline';

export function exceptionOf(row: Row): PlantException {
  return {
    id: row.id,
    detector: row.detector,
    key: row.key,
    line: row.line,
    place: row.place,
    cause: row.cause,
    class: row.class as PlantException['class'],
    openedAt: row.opened_at.toISOString(),
    since: row.since.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    timeline: row.timeline,
  };
}

const entry = (at: IsoTime, text: string | undefined): string => JSON.stringify(text ? [{ at, text }] : []);

/**
 * Opens an exception with its alert. null: one with this key is open already; then nothing changes.
 */
export async function openException(
  db: Db,
  made: NewException,
  at: IsoTime,
): Promise<{ exception: PlantException; alert: AlertRow } | null> {
  return transaction(db, async (tx) => {
    const answer = await tx.query<Row>(
      `insert into exception (id, detector, key, line, place, cause, class, opened_at, since, timeline)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
       on conflict (key) where ended_at is null do nothing
       returning ${exceptionColumns}`,
      [
        `x-${randomUUID()}`,
        made.detector,
        made.key,
        made.line,
        made.place,
        made.cause,
        made.class,
        at,
        made.since,
        entry(at, made.text),
      ],
    );
    const row = answer.rows[0];
    if (!row) return null;
    const alert = await tx.query<AlertDbRow>(
      `insert into alert (id, exception, line, state, severity, opened_at, changed_at)
       values ($1, $2, $3, 'open', $4, $5, $5) returning ${alertColumns}`,
      [`a-${randomUUID()}`, row.id, made.line, made.severity, at],
    );
    return { exception: exceptionOf(row), alert: alertOf(alert.rows[0] as AlertDbRow) };
  });
}

/** Its alerts get a new version, because what they tell has changed. */
async function touchAlerts(
  tx: Db,
  exception: string,
  at: IsoTime,
  severity: string | null,
): Promise<string[]> {
  const answer = await tx.query<{ id: string }>(
    `update alert set version = version + 1, changed_at = $2, severity = coalesce($3, severity)
     where exception = $1 and state <> 'resolved' returning id`,
    [exception, at, severity],
  );
  return answer.rows.map((row) => row.id);
}

/** Brings an open exception up to date. Returns the ids of the alerts to tell anew; empty when it is over. */
export async function updateException(
  db: Db,
  id: string,
  change: ExceptionChange,
  at: IsoTime,
): Promise<string[]> {
  return transaction(db, async (tx) => {
    const answer = await tx.query(
      `update exception set
         place = case when $2 then $3 else place end, cause = coalesce($4, cause),
         class = case when $5 then $6 else class end, since = coalesce($7::timestamptz, since),
         timeline = timeline || $8::jsonb
       where id = $1 and ended_at is null`,
      [
        id,
        change.place !== undefined,
        change.place ?? null,
        change.cause ?? null,
        change.class !== undefined,
        change.class ?? null,
        change.since ?? null,
        entry(at, change.text),
      ],
    );
    return answer.rowCount === 0 ? [] : touchAlerts(tx, id, at, change.severity ?? null);
  });
}

/**
 * Something was done about it, maybe after it was over: its timeline says so. Returns the ids of its alerts, to tell
 * anew; empty when it is no longer kept.
 */
export async function addToTimeline(db: Db, id: string, text: string, at: IsoTime): Promise<string[]> {
  const answer = await db.query<{ id: string }>(
    `with told as (update exception set timeline = timeline || $2::jsonb where id = $1 returning id)
     update alert set version = version + 1 where exception in (select id from told) returning id`,
    [id, entry(at, text)],
  );
  return answer.rows.map((row) => row.id);
}

/**
 * What it was about is over since `endedAt`: ends it and resolves its alerts. Returns the ids of the alerts to
 * tell anew; empty when it was over already.
 */
export async function endException(
  db: Db,
  id: string,
  endedAt: IsoTime,
  at: IsoTime,
  text?: string,
): Promise<string[]> {
  return transaction(db, async (tx) => {
    const answer = await tx.query(
      `update exception set ended_at = greatest($2::timestamptz, since), timeline = timeline || $3::jsonb
       where id = $1 and ended_at is null`,
      [id, endedAt, entry(at, text)],
    );
    if (answer.rowCount === 0) return [];
    // An alert that a person closed early is told once more: now it is known how long it lasted.
    const alerts = await tx.query<{ id: string }>(
      `update alert set version = version + 1, changed_at = $2, state = 'resolved', shelved_until = null
       where exception = $1 returning id`,
      [id, at],
    );
    return alerts.rows.map((row) => row.id);
  });
}

export async function exceptionById(db: Db, id: string): Promise<PlantException | null> {
  const answer = await db.query<Row>(`select ${exceptionColumns} from exception where id = $1`, [id]);
  return answer.rows[0] ? exceptionOf(answer.rows[0]) : null;
}

/** `severity`: of its alert; null where a person closed that. */
export type OpenException = PlantException & { severity: AlertRow['severity'] | null };

/** Exceptions that are not over, oldest first. `detector` left out: of all. */
export async function openExceptions(db: Db, detector?: string): Promise<OpenException[]> {
  const answer = await db.query<Row & { severity: OpenException['severity'] }>(
    `select ${exceptionColumns}, (select severity from alert
       where alert.exception = exception.id and state <> 'resolved' order by opened_at limit 1) as severity
     from exception where ended_at is null and ($1::text is null or detector = $1) order by since`,
    [detector ?? null],
  );
  return answer.rows.map((row) => ({ ...exceptionOf(row), severity: row.severity }));
}
