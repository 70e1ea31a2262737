import type { ConfirmedCause } from '../plant/diagnosis/stop-case.ts';
import type { Millis } from '../plant/time.ts';
import type { Db } from './db.ts';

/** Older ones say nothing about the plant of today, and priors need no more than this many. */
const mostCauses = 1_000;

/**
 * Keeps what a person said the cause of a stop was. Said again for the same stop, the later one counts, also where
 * it was known by another id (`ids`) before.
 */
export async function confirmCause(
  db: Db,
  confirmed: ConfirmedCause & { stop: string },
  now: Millis,
  ids: readonly string[] = [],
): Promise<void> {
  const { line, machine, machineClass, firstAlarm, cause, at, stop } = confirmed;
  await db.query('delete from confirmed_cause where line = $1 and stop = any ($2)', [line, ids]);
  await db.query(
    `insert into confirmed_cause (line, machine, machine_class, first_alarm, cause, at, stop, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (line, at, stop) do update set machine = excluded.machine, machine_class = excluded.machine_class,
       first_alarm = excluded.first_alarm, cause = excluded.cause, recorded_at = excluded.recorded_at`,
    [line, machine, machineClass, firstAlarm, cause, new Date(at), stop, new Date(now)],
  );
}

type Row = {
  line: string;
  machine: string | null;
  machine_class: string | null;
  first_alarm: string | null;
  cause: string;
  at: Date;
  stop: string | null;
};

const columns = 'line, machine, machine_class, first_alarm, cause, at, stop';

const causeOf = (row: Row): ConfirmedCause => ({
  line: row.line,
  machine: row.machine,
  machineClass: row.machine_class,
  firstAlarm: row.first_alarm,
  cause: row.cause,
  at: row.at.getTime(),
  ...(row.stop === null ? {} : { stop: row.stop }),
});

/** Causes confirmed for stops before `before`, newest first, of the whole plant. */
export async function confirmedCauses(db: Db, before: Millis): Promise<ConfirmedCause[]> {
  const answer = await db.query<Row>({
    name: 'confirmed_causes',
    text: `select ${columns} from confirmed_cause where at < $1 order by at desc limit $2`,
    values: [new Date(before), mostCauses],
  });
  return answer.rows.map(causeOf);
}

/** What was confirmed for one stop, by its id; null: nothing. */
export async function confirmedCause(db: Db, stop: string): Promise<ConfirmedCause | null> {
  const answer = await db.query<Row>(
    `select ${columns} from confirmed_cause where stop = $1 order by id desc limit 1`,
    [stop],
  );
  return answer.rows.map(causeOf)[0] ?? null;
}
