import type { Decision } from '../../plant/decision.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { DecisionRow } from './rows.ts';
import { decisionColumns, decisionOf } from './rows.ts';

/** One decision as it is known now, or as it was known at `knownAt`; null: none such. */
export async function decisionById(db: Db, id: string, knownAt?: Millis): Promise<Decision | null> {
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d where d.id = $1
       and case when $2::timestamptz is null then d.recorded_to is null
         else d.recorded_from <= $2 and (d.recorded_to is null or d.recorded_to > $2) end`,
    [id, knownAt === undefined ? null : new Date(knownAt)],
  );
  return answer.rows[0] ? decisionOf(answer.rows[0]) : null;
}

/** All revisions of a decision, oldest first. */
export async function decisionHistory(db: Db, id: string): Promise<Decision[]> {
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d where d.id = $1 order by d.revision`,
    [id],
  );
  return answer.rows.map(decisionOf);
}

/** What held at `validAt`, as far as was known at `knownAt` (left out: now), newest first. */
export async function decisionsInForce(
  db: Db,
  query: { line?: string | undefined; validAt: Millis; knownAt?: Millis | undefined },
): Promise<Decision[]> {
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d
     where d.status = 'confirmed' and ($1::text is null or d.line = $1)
       and d.valid_from <= $2 and (d.valid_to is null or d.valid_to > $2)
       and case when $3::timestamptz is null then d.recorded_to is null
         else d.recorded_from <= $3 and (d.recorded_to is null or d.recorded_to > $3) end
     order by d.valid_from desc, d.id`,
    [
      query.line ?? null,
      new Date(query.validAt),
      query.knownAt === undefined ? null : new Date(query.knownAt),
    ],
  );
  return answer.rows.map(decisionOf);
}

/** Confirmed decisions of what was over after them, of which nobody said yet what came of them. */
export async function decisionsWithoutOutcome(
  db: Db,
): Promise<{ id: string; decidedAt: Millis; endedAt: Millis }[]> {
  const answer = await db.query<{ id: string; decided_at: Date; ended_at: Date }>(
    `select * from (
       select d.id, (d.body->>'decidedAt')::timestamptz as decided_at, x.ended_at
       from decision d join exception x on x.id = d.exception
       where d.recorded_to is null and d.status = 'confirmed' and d.body->>'outcome' is null) as decided
     where ended_at >= decided_at order by ended_at`,
  );
  return answer.rows.map(({ id, decided_at, ended_at }) => ({
    id,
    decidedAt: decided_at.getTime(),
    endedAt: ended_at.getTime(),
  }));
}
