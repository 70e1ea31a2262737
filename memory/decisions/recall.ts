import type { Decision } from '../../plant/decision.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { QueryTerm } from './postings.ts';
import { queryTerms } from './postings.ts';
import type { DecisionRow } from './rows.ts';
import { decisionColumns, decisionOf, inForce } from './rows.ts';
import type { DecisionStore } from './vectors.ts';
import { nearness } from './vectors.ts';

type RecallQuery = {
  /** Words of the question; left out: everything that fits the other fields, newest first. */
  text?: string | undefined;
  line?: string | undefined;
  equipment?: string | undefined;
  cause?: string | undefined;
  exception?: string | undefined;
  /** Decisions whose validity touches this time. */
  from?: Millis | undefined;
  to?: Millis | undefined;
  limit?: number | undefined;
  /** Proposals that nobody confirmed; never fact, marked by their status. */
  includeProposed?: boolean | undefined;
  /** For `inForce` and for how recent a decision is; left out: neither counts. */
  now?: Millis | undefined;
};

/** A decision that fits, best first. `words`, `meaning`: how well by words (0 to 1 of the best) and by vector (cosine; null: no vector arm). */
type Recalled = {
  decision: Decision;
  score: number;
  words: number;
  meaning: number | null;
  inForce: boolean | null;
};

/** BM25's usual constants. */
const k1 = 1.2;
const b = 0.75;
/** Share of the vector arm in the fused score (facts: best of 0 to 1 on 1,535 questions). */
const vectorShare = 0.4;
const candidates = 50;
/** Part of what the question's words weigh that a decision must hold to be an answer, unless its vector is near. */
const leastCovered = 0.34;
/** Cosine of the embedded sentence model: five right pairs had 0.29 to 0.49, nine questions about nothing kept up to 0.43. */
const leastNear = 0.44;
const halfLifeMs = 30 * 86_400_000;

type Where = { sql: string; values: unknown[] };

function whereOf(query: RecallQuery): Where {
  const values: unknown[] = [];
  const parts = ['d.recorded_to is null'];
  const add = (sql: (place: string) => string, value: unknown): void => {
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  add(
    (place) => `d.status = any (${place})`,
    query.includeProposed ? ['confirmed', 'proposed'] : ['confirmed'],
  );
  if (query.line !== undefined) add((place) => `d.line = ${place}`, query.line);
  if (query.equipment !== undefined) add((place) => `d.equipment = ${place}`, query.equipment);
  if (query.cause !== undefined) add((place) => `d.cause = ${place}`, query.cause);
  if (query.exception !== undefined) add((place) => `d.exception = ${place}`, query.exception);
  if (query.to !== undefined) add((place) => `d.valid_from <= ${place}`, new Date(query.to));
  if (query.from !== undefined)
    add((place) => `(d.valid_to is null or d.valid_to >= ${place})`, new Date(query.from));
  return { sql: parts.join(' and '), values };
}

type Scored = { id: string; score: number; covered: number };

async function byWords(db: Db, terms: readonly QueryTerm[], where: Where): Promise<Scored[]> {
  const at = where.values.length;
  const answer = await db.query<Scored>(
    `with q as (select * from unnest($${at + 1}::text[], $${at + 2}::float8[], $${at + 3}::text[]) as q (term, weight, asked)),
     n as (select docs, greatest(words, 1)::float8 / greatest(docs, 1) as usual from posting_total),
     idf as (
       select q.term, q.weight, q.asked, ln(1 + (n.docs - count(p.term) + 0.5) / (count(p.term) + 0.5)) as idf
       from q cross join n left join posting p on p.term = q.term group by q.term, q.weight, q.asked, n.docs),
     whole as (select sum(one) as mass from (select max(idf) as one from idf group by asked) as each),
     hit as (
       select p.decision_id, i.asked, max(i.weight * i.idf) as idf,
         max(i.weight * i.idf * p.tf * ${k1 + 1} / (p.tf + ${k1} * (1 - ${b} + ${b} * p.dl / n.usual))) as score
       from idf i join posting p on p.term = i.term cross join n group by p.decision_id, i.asked)
     select h.decision_id as id, sum(h.score) as score, (sum(h.idf) / max(whole.mass))::float8 as covered
     from hit h join decision d on d.id = h.decision_id and ${where.sql} cross join whole
     group by h.decision_id order by score desc limit ${candidates}`,
    [
      ...where.values,
      terms.map((one) => one.term),
      terms.map((one) => one.weight),
      terms.map((one) => one.asked),
    ],
  );
  return answer.rows;
}

async function rowsOf(
  db: Db,
  where: Where,
  ids: readonly string[] | null,
  limit: number,
): Promise<Decision[]> {
  const at = where.values.length;
  const answer = await db.query<DecisionRow>(
    `select ${decisionColumns} from decision d where ${where.sql} and ($${at + 1}::text[] is null or d.id = any ($${at + 1}))
     order by d.valid_from desc, d.id limit $${at + 2}`,
    [...where.values, ids, limit],
  );
  return answer.rows.map(decisionOf);
}

/** In force, recent and of known outcome counts a little: it orders what fits about equally. */
function boost(decision: Decision, query: RecallQuery): number {
  const now = query.now;
  const recent =
    now === undefined ? 0 : 0.1 * 0.5 ** (Math.max(0, now - Date.parse(decision.validFrom)) / halfLifeMs);
  const holds = now !== undefined && inForce(decision, new Date(now).toISOString()) ? 0.1 : 0;
  const outcome = decision.outcome?.status === 'worked' ? 0.05 : decision.outcome ? 0.02 : 0;
  return recent + holds + outcome;
}

const isStore = (memory: Db | DecisionStore): memory is DecisionStore => 'pool' in memory;

/**
 * Decisions that fit, best first; empty: none found. By the fields given, and where words are given by BM25 with
 * typos repaired, fused with the vector arm. Only confirmed ones, unless proposals are asked for.
 */
export async function recallDecisions(memory: Db | DecisionStore, query: RecallQuery): Promise<Recalled[]> {
  const store: DecisionStore = isStore(memory) ? memory : { pool: memory };
  const where = whereOf(query);
  const limit = query.limit ?? 5;
  const show = (decision: Decision, words: number, meaning: number | null): Recalled => {
    const share = meaning === null ? 0 : vectorShare;
    return {
      decision,
      words,
      meaning,
      score: (1 - share) * words + share * Math.max(0, meaning ?? 0) + boost(decision, query),
      inForce: query.now === undefined ? null : inForce(decision, new Date(query.now).toISOString()),
    };
  };
  const terms = query.text === undefined ? [] : await queryTerms(store.pool, query.text);
  if (query.text === undefined || terms.length === 0) {
    const found = await rowsOf(store.pool, where, null, limit);
    return found.map((decision) => show(decision, 0, null));
  }
  const worded = await byWords(store.pool, terms, where);
  const near = await nearness(store, query.text, where, candidates);
  const best = Math.max(...worded.map((one) => one.score), Number.EPSILON);
  const wordsBy = new Map(worded.map((one) => [one.id, one]));
  // A cause is as good as a hit: then words only order what is there.
  const named = query.cause !== undefined || query.exception !== undefined;
  const fits = (id: string): boolean =>
    named || (wordsBy.get(id)?.covered ?? 0) >= leastCovered || (near?.get(id) ?? 0) >= leastNear;
  const ids = [...new Set([...wordsBy.keys(), ...(near?.keys() ?? [])])].filter(fits);
  const rows = await rowsOf(store.pool, where, named ? null : ids, named ? candidates : ids.length);
  const meaningOf = (id: string): number | null => (near === null ? null : (near.get(id) ?? 0));
  return rows
    .map((decision) => show(decision, (wordsBy.get(decision.id)?.score ?? 0) / best, meaningOf(decision.id)))
    .sort((one, two) => two.score - one.score || two.decision.validFrom.localeCompare(one.decision.validFrom))
    .slice(0, limit);
}
