import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { PlantRecord, RecordKind } from '../../plant/record.ts';
import type { SourceContext, SourceHealth } from '../../plant/source.ts';
import { iso } from '../../plant/time.ts';

/** Where one source stands, kept by its connector. */
export type HealthKeeper = {
  /** It answered. `problem`: something is missing all the same; the source is degraded. `closed`: kinds it cannot read. */
  ok(problem?: string | null, closed?: readonly RecordKind[]): void;
  saw(records: readonly PlantRecord[]): void;
  failed(error: unknown): void;
  offset(ms: number | null): void;
  now(): SourceHealth;
};

/** Before the first answer. */
export const startingHealth = (system: string, source: string): SourceHealth => ({
  source,
  system,
  state: 'starting',
  lastOkAt: null,
  lastRecordAt: null,
  clockOffsetMs: null,
  problem: null,
});

export function keepHealth(system: string, context: SourceContext): HealthKeeper {
  const health = startingHealth(system, context.id);
  return {
    ok(problem = null, closed = []) {
      if (closed.length > 0) health.closed = closed;
      else delete health.closed;
      health.state = problem === null ? 'up' : 'degraded';
      health.problem = problem;
      health.lastOkAt = iso(context.clock());
    },
    saw(records) {
      for (const { at } of records) {
        const time = iso(Date.parse(at));
        if (health.lastRecordAt === null || time > health.lastRecordAt) health.lastRecordAt = time;
      }
    },
    failed(error) {
      health.state = error instanceof AndonError && error.code === 'unauthorised' ? 'unauthorised' : 'down';
      health.problem = sentenceOf(error);
    },
    offset(ms) {
      health.clockOffsetMs = ms;
    },
    now: () => ({ ...health }),
  };
}
