import type { Pool } from 'pg';
import { AndonError } from '../../plant/errors.ts';

const cache = new WeakMap<Pool, Map<string, number>>();
/** For a pool whose tables were emptied behind its back. */
export const forgetSeries = (pool: Pool): boolean => cache.delete(pool);
const nameOf = (source: string, equipment: string, signal: string): string =>
  `${source}\n${equipment}\n${signal}`;

/** Numbers of signals, made where new. The number of one signal never changes. */
export async function seriesNumbers(
  pool: Pool,
  source: string,
  values: readonly { equipment: string; signal: string }[],
): Promise<(equipment: string, signal: string) => number> {
  const known = cache.get(pool) ?? new Map<string, number>();
  cache.set(pool, known);
  const missing = new Map<string, { equipment: string; signal: string }>();
  for (const { equipment, signal } of values) {
    const name = nameOf(source, equipment, signal);
    if (!known.has(name)) missing.set(name, { equipment, signal });
  }
  if (missing.size > 0) {
    const equipment = [...missing.values()].map((one) => one.equipment);
    const signal = [...missing.values()].map((one) => one.signal);
    await pool.query(
      `insert into signal_series (source, equipment, signal)
       select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
      [source, equipment, signal],
    );
    const rows = await pool.query<{ id: number; equipment: string; signal: string }>(
      `select id, equipment, signal from signal_series
       where source = $1 and (equipment, signal) in (select * from unnest($2::text[], $3::text[]))`,
      [source, equipment, signal],
    );
    for (const row of rows.rows) known.set(nameOf(source, row.equipment, row.signal), row.id);
  }
  return (equipment, signal) => {
    const number = known.get(nameOf(source, equipment, signal));
    if (number !== undefined) return number;
    throw new AndonError('internal', `The signal ${signal} of ${equipment} of ${source} has no number.`);
  };
}
