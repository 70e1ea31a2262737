import type { Millis } from '../../plant/time.ts';

/** Rows that changed since they were last looked at. Rows change in place; their stamp tells. */
export function openDelta<T extends { changedAt: Millis }>(): (rows: readonly T[], t: Millis) => T[] {
  const seen = new WeakMap<T, Millis>();
  let count = 0;
  let last = -Infinity;
  return (rows, t) => {
    const grown = rows.length !== count;
    const found = rows.filter((row, i) => {
      // Lines are stepped one after the other within a minute, so a stamp may lie a little before the last look.
      if (row.changedAt < last - 120_000 && !(grown && i >= count)) return false;
      if (seen.get(row) === row.changedAt) return false;
      seen.set(row, row.changedAt);
      return true;
    });
    count = rows.length;
    last = t;
    return found;
  };
}
