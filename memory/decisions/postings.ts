import { editDistance } from '../../plant/names.ts';
import type { Db } from '../db.ts';
import { slipsIn, termsOf, variantsOf } from './words.ts';

/** Puts the words of a decision's newest revision in the place of the earlier ones. Runs in its transaction. */
export async function indexWords(tx: Db, decisionId: string, text: string): Promise<void> {
  const counts = new Map<string, number>();
  const terms = termsOf(text);
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const removed = await tx.query<{ dl: number }>('delete from posting where decision_id = $1 returning dl', [
    decisionId,
  ]);
  const words = [...counts.keys()];
  const fresh = await tx.query<{ term: string }>(
    `select term from unnest($1::text[]) as t (term)
     where not exists (select 1 from spelling where variant = term and spelling.term = t.term)`,
    [words],
  );
  await tx.query(
    `insert into posting (term, decision_id, tf, dl) select term, $1, tf, $2 from unnest($3::text[], $4::int[]) as t (term, tf)`,
    [decisionId, terms.length, words, [...counts.values()]],
  );
  const spellings = fresh.rows
    .filter(({ term }) => !/\d/.test(term))
    .flatMap(({ term }) => variantsOf(term).map((variant) => ({ variant, term })));
  if (spellings.length > 0)
    await tx.query(
      'insert into spelling (variant, term) select * from unnest($1::text[], $2::text[]) on conflict do nothing',
      [spellings.map((one) => one.variant), spellings.map((one) => one.term)],
    );
  const before = removed.rows[0]?.dl ?? 0;
  await tx.query('update posting_total set docs = docs + $1, words = words + $2', [
    removed.rows.length > 0 ? 0 : 1,
    terms.length - before,
  ]);
}

/** A word to search by. `asked`: the word of the question it stands for; `weight` below 1: a repaired one. */
export type QueryTerm = { term: string; asked: string; weight: number };

/** A repaired word counts less than a right one, the second guess less than the first. */
const repairWeights = [0.8, 0.5];

/**
 * The words of a question, those that no decision holds replaced by the nearest ones that some do.
 * Words with digits are never repaired: order 4711 is not order 4712.
 */
export async function queryTerms(db: Db, text: string): Promise<QueryTerm[]> {
  const asked = [...new Set(termsOf(text))];
  if (asked.length === 0) return [];
  const known = await db.query<{ term: string }>(
    `select term from unnest($1::text[]) as t (term) where exists (select 1 from posting where posting.term = t.term)`,
    [asked],
  );
  const there = new Set(known.rows.map((row) => row.term));
  const unknown = asked.filter((term) => !there.has(term) && !/\d/.test(term) && slipsIn(term) > 0);
  const terms: QueryTerm[] = asked
    .filter((term) => !unknown.includes(term))
    .map((term) => ({ term, asked: term, weight: 1 }));
  const variants = unknown.flatMap((term) => variantsOf(term).map((variant) => ({ variant, term })));
  if (variants.length === 0) return terms;
  const near = await db.query<{ asked: string; term: string; df: string }>(
    `select distinct v.asked, s.term, (select count(*) from posting where posting.term = s.term) as df
     from unnest($1::text[], $2::text[]) as v (variant, asked) join spelling s on s.variant = v.variant
     where exists (select 1 from posting where posting.term = s.term)`,
    [variants.map((one) => one.variant), variants.map((one) => one.term)],
  );
  for (const word of unknown) {
    const found = near.rows
      .filter((row) => row.asked === word)
      .map((row) => ({ term: row.term, df: Number(row.df), distance: editDistance(word, row.term) }))
      .filter(({ distance }) => distance <= slipsIn(word))
      .sort((a, b) => a.distance - b.distance || b.df - a.df || a.term.localeCompare(b.term))
      .slice(0, repairWeights.length);
    if (found.length === 0) terms.push({ term: word, asked: word, weight: 1 });
    found.forEach(({ term }, index) =>
      terms.push({ term, asked: word, weight: repairWeights[index] ?? 0.5 }),
    );
  }
  return terms;
}
