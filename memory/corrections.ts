import { randomUUID } from 'node:crypto';
import type { CauseRecord } from '../plant/cause-record.ts';
import type { Correction } from '../plant/correction.ts';
import { correctionLapsesAfterS, isComplete } from '../plant/correction.ts';
import { AndonError } from '../plant/errors.ts';
import type { IsoTime, Millis } from '../plant/time.ts';
import { millis } from '../plant/time.ts';
import type { Db } from './db.ts';
import { transaction } from './db.ts';

/** Who did it: the role that stands in the record, and the person's id, kept apart so that it can be erased. */
type By = { role: string; person?: string | null | undefined };
export type Said = Pick<
  Correction,
  'line' | 'stop' | 'stopFrom' | 'alert' | 'place' | 'cause' | 'words' | 'was'
>;

type Row = {
  id: string;
  status: Correction['status'];
  line: string;
  stop: string;
  stop_from: Date;
  alert: string | null;
  place: string | null;
  cause: string | null;
  words: string;
  was: Correction['was'];
  by_role: string;
  at: Date;
  decided_by: string | null;
  decided_at: Date | null;
};
const columns =
  'id, status, line, stop, stop_from, alert, place, cause, words, was, by_role, at, decided_by, decided_at';

const correctionOf = (row: Row): Correction => ({
  id: row.id,
  status: row.status,
  line: row.line,
  stop: row.stop,
  stopFrom: row.stop_from.toISOString(),
  alert: row.alert,
  place: row.place,
  cause: row.cause,
  words: row.words,
  was: row.was,
  by: row.by_role,
  at: row.at.toISOString(),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
});

/** Postgres stores no NUL and no half of a surrogate pair. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

const gone = (id: string) =>
  new AndonError('not_found', `There is no correction ${id.slice(0, 60)}.`, 'Say again what the cause was.');

export async function correctionById(db: Db, id: string): Promise<Correction | null> {
  const answer = await db.query<Row>(`select ${columns} from correction where id = $1`, [id]);
  return answer.rows[0] ? correctionOf(answer.rows[0]) : null;
}

/** Keeps what somebody says as a draft. The same said again while it is open is the draft that is there already. */
export async function proposeCorrection(db: Db, said: Said, by: By, at: IsoTime): Promise<Correction> {
  const { line, stop, stopFrom, alert, place, cause, was } = said;
  return transaction(db, async (tx) => {
    await tx.query(
      `update correction set status = 'lapsed' where stop = $1 and status = 'proposed' and at <= $2`,
      [stop, new Date(millis(at) - correctionLapsesAfterS * 1_000)],
    );
    const answer = await tx.query<Row>(
      `insert into correction (id, status, line, stop, stop_from, alert, place, cause, words, was, by_role, person, at)
       values ($1, 'proposed', $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12)
       on conflict (stop, coalesce(place, ''), coalesce(cause, ''), words) where status = 'proposed'
         do update set alert = coalesce(correction.alert, excluded.alert)
       returning ${columns}`,
      [
        `c-${randomUUID()}`,
        line,
        stop,
        stopFrom,
        alert,
        place,
        cause,
        storable(said.words),
        storable(JSON.stringify(was)),
        by.role,
        by.person ?? null,
        at,
      ],
    );
    return correctionOf(answer.rows[0] as Row);
  });
}

/** Says more of an open draft. Where another open draft says just that, it is that one. Throws `not_found`, `conflict`. */
export async function reviseCorrection(
  db: Db,
  id: string,
  change: Pick<Correction, 'place' | 'cause' | 'words'>,
  at: IsoTime,
): Promise<Correction> {
  return transaction(db, async (tx) => {
    const before = await open(tx, id, at);
    const same = await tx.query<Row>(
      `select ${columns} from correction where stop = $1 and status = 'proposed' and id <> $2
         and place is not distinct from $3 and cause is not distinct from $4 and words = $5`,
      [before.stop, id, change.place, change.cause, storable(change.words)],
    );
    if (same.rows[0]) {
      await tx.query(`update correction set status = 'lapsed' where id = $1`, [id]);
      return correctionOf(same.rows[0]);
    }
    const done = await tx.query<Row>(
      `update correction set place = $2, cause = $3, words = $4 where id = $1 returning ${columns}`,
      [id, change.place, change.cause, storable(change.words)],
    );
    return correctionOf(done.rows[0] as Row);
  });
}

/** The draft, locked. Throws `conflict` with what is so already. */
async function open(tx: Db, id: string, at: IsoTime): Promise<Correction> {
  const answer = await tx.query<Row>(`select ${columns} from correction where id = $1 for update`, [id]);
  if (!answer.rows[0]) throw gone(id);
  const found = correctionOf(answer.rows[0]);
  const old = millis(found.at) + correctionLapsesAfterS * 1_000 <= millis(at);
  if (found.status === 'proposed' && !old) return found;
  const why =
    found.status === 'proposed' || found.status === 'lapsed'
      ? 'It lapsed, because nobody confirmed it within four hours.'
      : `It is ${found.status} already, by ${found.decidedBy ?? 'somebody'}.`;
  throw new AndonError('conflict', why, 'Say again what the cause was, if it still counts.');
}

/**
 * A person's yes or no. Confirmed, the newest of a stop is the one that counts; what was confirmed before stays
 * readable. Throws `not_found`, `conflict`, and `bad_input` where it is not said yet what it was.
 */
export async function decideCorrection(
  db: Db,
  id: string,
  decision: 'confirmed' | 'rejected',
  by: By,
  at: IsoTime,
): Promise<Correction> {
  return transaction(db, async (tx) => {
    const before = await open(tx, id, at);
    if (decision === 'confirmed' && !isComplete(before))
      throw new AndonError(
        'bad_input',
        'It is not said yet what the cause was.',
        'Choose one, or say it in your words.',
      );
    const done = await tx.query<Row>(
      `update correction set status = $2, decided_by = $3, decided_person = $4, decided_at = $5 where id = $1
       returning ${columns}`,
      [id, decision, by.role, by.person ?? null, at],
    );
    return correctionOf(done.rows[0] as Row);
  });
}

/** What was confirmed of a stop last; null: nobody confirmed anything. */
export async function confirmedFor(db: Db, stop: string): Promise<Correction | null> {
  const answer = await db.query<Row>(
    `select ${columns} from correction where stop = $1 and status = 'confirmed'
     order by decided_at desc, at desc limit 1`,
    [stop],
  );
  return answer.rows[0] ? correctionOf(answer.rows[0]) : null;
}

/** What is said of a stop and waits for a person, newest first. */
export async function openCorrections(db: Db, stop: string, now: Millis): Promise<Correction[]> {
  const answer = await db.query<Row>(
    `select ${columns} from correction where stop = $1 and status = 'proposed' and at > $2 order by at desc`,
    [stop, new Date(now - correctionLapsesAfterS * 1_000)],
  );
  return answer.rows.map(correctionOf);
}

/** Drafts that nobody confirmed for four hours lapse. Returns them. */
export async function lapseCorrections(db: Db, now: Millis): Promise<Correction[]> {
  const answer = await db.query<Row>(
    `update correction set status = 'lapsed' where status = 'proposed' and at <= $1 returning ${columns}`,
    [new Date(now - correctionLapsesAfterS * 1_000)],
  );
  return answer.rows.map(correctionOf);
}

/** Keeps a cause record beside the earlier ones of its stop. */
export async function keepCauseRecord(
  db: Db,
  { record, correction }: { record: CauseRecord; correction: string },
  at: IsoTime,
): Promise<void> {
  await db.query(
    `insert into cause_record (line, stop, status, correction, record, recorded_at) values ($1, $2, $3, $4, $5::jsonb, $6)`,
    [
      record.d2_problem.line,
      record.stop,
      record.d4_root.status,
      correction,
      storable(JSON.stringify(record)),
      at,
    ],
  );
}

/** Cause records of a stop, oldest first. */
export async function causeRecords(db: Db, stop: string): Promise<CauseRecord[]> {
  const answer = await db.query<{ record: CauseRecord }>(
    'select record from cause_record where stop = $1 order by id',
    [stop],
  );
  return answer.rows.map(({ record }) => record);
}
