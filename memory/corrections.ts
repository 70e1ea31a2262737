import { randomUUID } from 'node:crypto';
import type { CauseRecord } from '../plant/cause-record.ts';
import type { Correction } from '../plant/correction.ts';
import { hasLapsed, isComplete } from '../plant/correction.ts';
import { draftLapsesAfterS } from '../plant/decision.ts';
import { AndonError } from '../plant/errors.ts';
import { durationWords } from '../plant/say/local-time.ts';
import type { Stop } from '../plant/stop.ts';
import type { IsoTime, Millis } from '../plant/time.ts';
import { millis } from '../plant/time.ts';
import type { Db } from './db.ts';
import { transaction } from './db.ts';
import { alertIdOfStop, touchAlert } from './exceptions/alerts.ts';
import { storableJson } from './floor/rows.ts';

/** Who did it: the role that stands in the record, and the person's id, kept apart so that it can be erased. */
type By = { role: string; person?: string | null | undefined };
type Said = Pick<Correction, 'line' | 'stop' | 'stopFrom' | 'alert' | 'place' | 'cause' | 'words' | 'was'>;

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
  version: number;
};
const columns =
  'id, status, line, stop, stop_from, alert, place, cause, words, was, by_role, at, decided_by, decided_at, version';

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
  version: row.version,
});

/** Postgres stores no NUL and no half of a surrogate pair. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** A stop as its records have it now. */
type Stood = Pick<Stop, 'id' | 'line' | 'from' | 'to'>;

const gone = (id: string) =>
  new AndonError('not_found', `There is no correction ${id.slice(0, 60)}.`, 'Say again what the cause was.');

export async function correctionById(db: Db, id: string): Promise<Correction | null> {
  const answer = await db.query<Row>(`select ${columns} from correction where id = $1`, [id]);
  return answer.rows[0] ? correctionOf(answer.rows[0]) : null;
}

/**
 * The ids under which a stop was spoken of, as SQL over `stoodAs`. Late records move its beginning, and with it its
 * id: what was said holds for the stop that stood then, or whose alert it was said of.
 */
const idsOfStop = `select $1::text as stop union select stop from correction where line = $2
  and ((stop_from >= $3 and ($4::timestamptz is null or stop_from <= $4))
    or alert = (${alertIdOfStop('$2', '$3', '$4')}))`;
const stoodAs = ({ id, line, from, to }: Stood) => [id, line, from, to];

/** The ids under which a stop was spoken of, its own among them. */
export async function stopIds(db: Db, stop: Stood): Promise<string[]> {
  const answer = await db.query<{ stop: string }>(idsOfStop, stoodAs(stop));
  return answer.rows.map((row) => row.stop);
}

/** `isNew`: it was not there before, so that who said it may take it back alone. */
export type Drafted = Correction & { isNew: boolean };

/** Keeps what somebody says as a draft. The same said again while it is open is the draft that is there already. */
export async function proposeCorrection(db: Db, said: Said, by: By, at: IsoTime): Promise<Drafted> {
  const { line, stop, stopFrom, alert, place, cause, was } = said;
  return transaction(db, async (tx) => {
    await tx.query(
      `update correction set status = 'lapsed' where stop = $1 and status = 'proposed' and at <= $2`,
      [stop, new Date(millis(at) - draftLapsesAfterS * 1_000)],
    );
    const answer = await tx.query<Row & { is_new: boolean }>(
      `insert into correction (id, status, line, stop, stop_from, alert, place, cause, words, was, by_role, person, at,
         shown)
       values ($1, 'proposed', $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, false)
       on conflict (stop, coalesce(place, ''), coalesce(cause, ''), words,
           (case when place is null or cause is null then coalesce(person, '') else '' end))
         where status = 'proposed'
         do update set alert = coalesce(correction.alert, excluded.alert), at = excluded.at, shown = false
       returning ${columns}, xmax = 0 as is_new`,
      [
        `c-${randomUUID()}`,
        line,
        stop,
        stopFrom,
        alert,
        place,
        cause,
        storable(said.words),
        storableJson(was),
        by.role,
        by.person ?? null,
        at,
      ],
    );
    const row = answer.rows[0] as Row & { is_new: boolean };
    return { ...correctionOf(row), isNew: row.is_new };
  });
}

/**
 * Says more of an open draft. Where another open draft says just that, it is that one, and this one is gone.
 * Throws `not_found`, `conflict`.
 */
export async function reviseCorrection(
  db: Db,
  id: string,
  change: Pick<Correction, 'place' | 'cause' | 'words'>,
  at: IsoTime,
): Promise<Correction> {
  const words = storable(change.words);
  const { place, cause } = change;
  const revised = transaction(db, async (tx) => {
    const before = await open(tx, id, at);
    const same = await tx.query<Row>(
      `update correction set at = $6, shown = false where stop = $1 and status = 'proposed' and id <> $2
         and place is not distinct from $3 and cause is not distinct from $4 and words = $5
         and ($7 or person is not distinct from (select person from correction where id = $2))
       returning ${columns}`,
      [before.stop, id, place, cause, words, at, isComplete(change)],
    );
    if (same.rows[0]) {
      await tx.query('delete from correction where id = $1', [id]);
      return correctionOf(same.rows[0]);
    }
    const done = await tx.query<Row>(
      `update correction set place = $2, cause = $3, words = $4, version = version + 1, shown = false
       where id = $1 returning ${columns}`,
      [id, place, cause, words],
    );
    return correctionOf(done.rows[0] as Row);
  });
  return revised.catch((error: unknown) => {
    // Two people came to the same words at the same moment: the other draft is there now.
    if ((error as { code?: unknown }).code !== '23505') throw error;
    throw new AndonError('conflict', 'Somebody says just that at this moment.', 'Say it again.');
  });
}

/** The draft, locked. Throws `conflict` with what is so already. */
async function open(tx: Db, id: string, at: IsoTime): Promise<Correction> {
  const answer = await tx.query<Row>(`select ${columns} from correction where id = $1 for update`, [id]);
  if (!answer.rows[0]) throw gone(id);
  const found = correctionOf(answer.rows[0]);
  if (found.status === 'proposed' && !hasLapsed(found, millis(at))) return found;
  const why =
    found.status === 'proposed' || found.status === 'lapsed'
      ? `It lapsed, because nobody confirmed it within ${durationWords(draftLapsesAfterS)}.`
      : `It is ${found.status} already, by ${found.decidedBy ?? 'somebody'}.`;
  throw new AndonError('conflict', why, 'Say again what the cause was, if it still counts.');
}

/**
 * A person's yes or no. Confirmed, the newest of a stop is the one that counts; what was confirmed before stays
 * readable. `version`: of the text that they read; left out where nothing is confirmed by it. Throws `not_found`,
 * `conflict` (also where it says something else by now), and `bad_input` where it is not said yet what it was.
 */
export async function decideCorrection(
  db: Db,
  { id, version }: { id: string; version?: number | undefined },
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
    if (decision === 'confirmed' && before.version !== version)
      throw new AndonError(
        'conflict',
        'It was changed since, and says something else by now.',
        'Look at the alert, or say again what it was, and confirm what it says then.',
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
export async function confirmedFor(db: Db, stop: Stood): Promise<Correction | null> {
  const answer = await db.query<Row>({
    name: 'confirmed_for',
    text: `select ${columns} from correction where status = 'confirmed' and stop in (${idsOfStop})
     order by decided_at desc, at desc limit 1`,
    values: stoodAs(stop),
  });
  return answer.rows[0] ? correctionOf(answer.rows[0]) : null;
}

/** What is said of a stop and waits for a person, newest first. */
export async function openCorrections(db: Db, stop: Stood, now: Millis): Promise<Correction[]> {
  const answer = await db.query<Row>(
    `select ${columns} from correction where stop in (${idsOfStop}) and status = 'proposed' and at > $5
     order by at desc`,
    [...stoodAs(stop), new Date(now - draftLapsesAfterS * 1_000)],
  );
  return answer.rows.map(correctionOf);
}

/** Drafts that their alerts do not show yet are shown there, wherever they were said. Returns the alerts to tell anew. */
export async function showCorrections(db: Db): Promise<string[]> {
  const answer = await db.query<{ alert: string | null }>(
    'update correction set shown = true where not shown returning alert',
  );
  return touchAlerts(db, answer.rows);
}

/** Once each, one after another: a transaction is one connection. */
export async function touchAlerts(db: Db, said: readonly { alert: string | null }[]): Promise<string[]> {
  const touched: string[] = [];
  for (const alert of new Set(said.flatMap((one) => one.alert ?? [])))
    touched.push(...(await touchAlert(db, alert)));
  return touched;
}

/** Drafts that nobody confirmed for four hours lapse. Returns them. */
export async function lapseCorrections(db: Db, now: Millis): Promise<Correction[]> {
  const answer = await db.query<Row>(
    `update correction set status = 'lapsed' where status = 'proposed' and at <= $1 returning ${columns}`,
    [new Date(now - draftLapsesAfterS * 1_000)],
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
    [record.d2_problem.line, record.stop, record.d4_root.status, correction, storableJson(record), at],
  );
}

/** Cause records of a stop by its ids, oldest first. */
export async function causeRecords(db: Db, stops: readonly string[]): Promise<CauseRecord[]> {
  const answer = await db.query<{ record: CauseRecord }>(
    'select record from cause_record where stop = any ($1) order by id',
    [stops],
  );
  return answer.rows.map(({ record }) => record);
}
