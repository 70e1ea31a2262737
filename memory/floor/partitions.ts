import type { Pool } from 'pg';
import type { Millis } from '../../plant/time.ts';

/** Raw values lie in a partition per UTC day, minutes in one per UTC month. */
export type Partitioned = 'signal' | 'signal_minute';

const dayMs = 86_400_000;
/** Times further off than this are a wrong clock; their values stay in the default partition. */
const pastMs = 800 * dayMs;
const futureMs = 2 * dayMs;

const made = new WeakMap<Pool, Set<string>>();

/** Forget which partitions there are, after some were dropped. */
export const forgetPartitions = (pool: Pool): boolean => made.delete(pool);

const stamp = (at: Millis, length: number): string => new Date(at).toISOString().slice(0, length);

/** The partition a time belongs to: its name and its two bounds. */
export function partitionOf(table: Partitioned, at: Millis): { name: string; from: string; to: string } {
  const day = new Date(at);
  const year = day.getUTCFullYear();
  const month = day.getUTCMonth();
  const [from, to] =
    table === 'signal'
      ? [at - (((at % dayMs) + dayMs) % dayMs), at - (((at % dayMs) + dayMs) % dayMs) + dayMs]
      : [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  const name = `${table}_${stamp(from, table === 'signal' ? 10 : 7).replaceAll('-', '')}`;
  return { name, from: stamp(from, 10), to: stamp(to, 10) };
}

/** Makes the partitions these times need. A time whose partition cannot be made stays in the default one. */
export async function makePartitions(
  pool: Pool,
  table: Partitioned,
  times: Iterable<{ at: Millis }>,
  now: Millis,
): Promise<void> {
  const known = made.get(pool) ?? new Set<string>();
  made.set(pool, known);
  const unit = table === 'signal' ? dayMs : 28 * dayMs;
  let last = NaN;
  for (const { at } of times) {
    const number = Math.floor(at / dayMs);
    if (number === last) continue;
    last = number;
    if (at < now - pastMs || at > now + futureMs + unit) continue;
    const { name, from, to } = partitionOf(table, at);
    if (known.has(name)) continue;
    try {
      await pool.query(
        `create table if not exists ${name} partition of ${table} for values from ('${from} 00:00+00') to ('${to} 00:00+00')`,
      );
    } catch (error) {
      // 23514: rows of that day lie in the default partition; 42P07, 23505: another process made it just now.
      const { code } = error as { code?: string };
      if (code !== '23514' && code !== '42P07' && code !== '23505') throw error;
    }
    known.add(name);
  }
}
