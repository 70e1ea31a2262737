import { AndonError } from '../../plant/errors.ts';
import type { Clock } from '../../plant/time.ts';

/** A closed part is asked for again after this time: somebody may have opened it. */
const recheckMs = 15 * 60_000;

export type ClosedParts = {
  /** What a part holds; nothing while it is closed to us. */
  read<T>(part: string, read: () => Promise<T[]>): Promise<T[]>;
  /** Why each part that is closed is so. */
  problems(): string[];
};

/** Parts of a system that may be closed to us while the rest goes on. `why`: null where the error is the whole system's. */
export function openClosedParts(
  clock: Clock,
  why: (error: AndonError, part: string) => string | null,
): ClosedParts {
  const closed = new Map<string, { problem: string; until: number }>();
  return {
    async read(part, read) {
      const before = closed.get(part);
      if (before && before.until > clock()) return [];
      try {
        const found = await read();
        closed.delete(part);
        return found;
      } catch (error) {
        const problem = error instanceof AndonError ? why(error, part) : null;
        if (problem === null) throw error;
        closed.set(part, { problem, until: clock() + recheckMs });
        return [];
      }
    },
    problems: () => [...closed.values()].map(({ problem }) => problem),
  };
}
