import type { Decision } from '../../plant/decision.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { DecisionRow } from './rows.ts';
import { decisionColumns, decisionOf } from './rows.ts';

/** One decision as it is known now; null: none such. */
export async function decisionById(db: Db, id: string): Promise<Decision | null> {
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d where d.id = $1 and d.recorded_to is null`,
    [id],
  );
  return answer.rows[0] ? decisionOf(answer.rows[0]) : null;
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
