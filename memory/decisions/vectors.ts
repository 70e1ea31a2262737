import { createHash } from 'node:crypto';
import type { Db } from '../db.ts';
import type { Embed } from '../open.ts';

/** Where decisions are kept. `embed` left out: found by words alone. `vector`: whether vectors can be stored; left out: asked for. */
export type DecisionStore = {
  pool: Db;
  embed?: Embed | null | undefined;
  vector?: boolean | undefined;
};

const modelOf = (embed: Embed): string => embed.modelId ?? 'embedded';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const literal = (vector: readonly number[]): string => `[${vector.join(',')}]`;

/** The model to use with this store; null: the vector arm is off. */
async function armOf(store: DecisionStore): Promise<Embed | null> {
  if (!store.embed || store.vector === false) return null;
  if (store.vector === true) return store.embed;
  const answer = await store.pool.query<{ there: boolean }>(
    `select to_regclass('decision_embedding') is not null as there`,
  );
  return answer.rows[0]?.there ? store.embed : null;
}

/**
 * Makes the vectors that are still missing for current revisions, up to `limit`; how many. Run after each change
 * and on a schedule: a model that fails never holds up a decision.
 */
export async function embedMissing(store: DecisionStore, now: number, limit = 64): Promise<number> {
  const embed = await armOf(store);
  if (!embed) return 0;
  const model = modelOf(embed);
  const missing = await store.pool.query<{ id: string; revision: number; search_text: string }>(
    `select id, revision, search_text from decision d
     where recorded_to is null and not exists (select 1 from decision_embedding e
       where e.decision_id = d.id and e.revision = d.revision and e.model_id = $1)
     order by recorded_from desc limit $2`,
    [model, limit],
  );
  const fresh: { id: string; revision: number; text: string }[] = [];
  for (const { id, revision, search_text } of missing.rows) {
    // The same text has the same vector: a confirmed proposal needs no second one.
    const copied = await store.pool.query(
      `insert into decision_embedding (decision_id, revision, model_id, dims, text_hash, e, created_at)
       select decision_id, $2, model_id, dims, text_hash, e, $5 from decision_embedding
       where decision_id = $1 and model_id = $3 and text_hash = $4 limit 1 on conflict do nothing`,
      [id, revision, model, hashOf(search_text), new Date(now)],
    );
    if (copied.rowCount === 0) fresh.push({ id, revision, text: search_text });
  }
  if (fresh.length > 0) {
    const vectors = await embed(fresh.map((one) => one.text));
    for (const [index, { id, revision, text }] of fresh.entries()) {
      const vector = vectors[index];
      if (!vector || vector.length === 0) continue;
      await store.pool.query(
        `insert into decision_embedding (decision_id, revision, model_id, dims, text_hash, e, created_at)
         values ($1, $2, $3, $4, $5, $6::vector, $7) on conflict do nothing`,
        [id, revision, model, vector.length, hashOf(text), literal(vector), new Date(now)],
      );
    }
  }
  return missing.rows.length;
}

/**
 * Cosine of the question with each of these decisions' current revision, by id; null: no vector arm, or the
 * model failed. Exact: at the size of a plant's decisions an index costs more than it saves.
 */
export async function nearness(
  store: DecisionStore,
  text: string,
  where: { sql: string; values: readonly unknown[] },
  limit: number,
): Promise<Map<string, number> | null> {
  const embed = await armOf(store);
  if (!embed) return null;
  let asked: readonly number[] | undefined;
  try {
    [asked] = await embed([text]);
  } catch {
    return null;
  }
  if (!asked || asked.length === 0) return null;
  const at = where.values.length;
  const answer = await store.pool.query<{ id: string; cos: number }>(
    `select d.id, 1 - (e.e <=> $${at + 1}::vector) as cos from decision_embedding e
     join decision d on d.id = e.decision_id and d.revision = e.revision and d.recorded_to is null
     where e.model_id = $${at + 2} and e.dims = $${at + 3} and ${where.sql} order by cos desc limit $${at + 4}`,
    [...where.values, literal(asked), modelOf(embed), asked.length, limit],
  );
  return new Map(answer.rows.map((row) => [row.id, row.cos]));
}
