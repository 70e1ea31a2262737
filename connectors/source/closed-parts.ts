import { AndonError } from '../../plant/errors.ts';
import type { RecordKind } from '../../plant/record.ts';
import type { Clock } from '../../plant/time.ts';

/** A closed part is asked for again after this time: somebody may have opened it. */
const recheckMs = 15 * 60_000;

export type ClosedParts = {
  /** What a part holds; nothing while it is closed to us. `kind`: of the records that it brings. */
  read<T>(part: string, kind: RecordKind, read: () => Promise<T[]>): Promise<T[]>;
  /** Kinds of records that are closed to us, whole or in part. */
  kinds(): RecordKind[];
  /** Why each part that is closed is so. */
  problems(): string[];
};

/** Parts of a system that may be closed to us while the rest goes on. `why`: null where the error is the whole system's. */
export function openClosedParts(
  clock: Clock,
  why: (error: AndonError, part: string) => string | null,
): ClosedParts {
  const closed = new Map<string, { problem: string; kind: RecordKind; until: number }>();
  return {
    async read(part, kind, read) {
      const before = closed.get(part);
      if (before && before.until > clock()) return [];
      try {
        const found = await read();
        closed.delete(part);
        return found;
      } catch (error) {
        const problem = error instanceof AndonError ? why(error, part) : null;
        if (problem === null) throw error;
        closed.set(part, { problem, kind, until: clock() + recheckMs });
        return [];
      }
    },
    kinds: () => [...new Set([...closed.values()].map(({ kind }) => kind))],
    problems: () => [...closed.values()].map(({ problem }) => problem),
  };
}
