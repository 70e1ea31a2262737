import type { Db } from './db.ts';
import { transaction } from './db.ts';
import { forgetDrafts } from './keep.ts';

/**
 * Takes a person out of everything that is kept: who decided, who took an alert, where they said it, their
 * conversations. What was decided stays, by role. Returns how many rows changed.
 */
export async function erasePerson(pool: Db, person: string): Promise<number> {
  return transaction(pool, async (tx) => {
    const counts = [
      // Links and places of chat lead to the person as their id does.
      await tx.query(
        `update decision d set body = jsonb_set(body, '{source}', (body->'source') || '{"place": null, "link": null}')
         from decision_person p where p.person = $1 and d.id = p.decision_id`,
        [person],
      ),
      await tx.query('delete from decision_person where person = $1', [person]),
      // Ids hold letters, digits, dots, dashes and underscores only; a role may stand before or after one.
      await tx.query(
        `update alert_history set by_role = btrim(regexp_replace(by_role,
           '(^|[^a-z0-9._-])' || replace($1, '.', '[.]') || '($|[^a-z0-9._-])', ' '))
         where person = $1`,
        [person],
      ),
      await tx.query(
        `update alert set owner = (select h.by_role from alert_history h where h.alert = alert.id and h.person = $1
           order by h.id desc limit 1)
         where position($1 in owner) > 0 and id in (select alert from alert_history where person = $1)`,
        [person],
      ),
      await tx.query('update alert_history set person = null where person = $1', [person]),
      // People name themselves in what they write; what it came to stays, by role.
      await tx.query(`delete from correction where person = $1 and status <> 'confirmed'`, [person]),
      await tx.query(`update correction set person = null, words = '' where person = $1`, [person]),
      await tx.query('update correction set decided_person = null where decided_person = $1', [person]),
      await tx.query('delete from thread where person = $1', [person]),
    ];
    // Whose words a draft holds is not told beside it, so all go.
    const drafts = await forgetDrafts(tx, null);
    return counts.reduce((sum, answer) => sum + (answer.rowCount ?? 0), drafts);
  });
}
