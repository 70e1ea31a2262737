import { z } from 'zod';
import type { Evidence } from '../../plant/evidence.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { iso } from '../../plant/time.ts';
import { completenessOf } from '../completeness.ts';
import { defineTool, reads } from '../tool.ts';

const source = z.object({
  source: z.string(),
  system: z.string(),
  state: z.enum(['starting', 'up', 'degraded', 'down', 'unauthorised']),
  last_ok_at: z.string().nullable(),
  last_record_at: z.string().nullable(),
  clock_offset_ms: z.number().nullable(),
  problem: z.string().nullable(),
});

const evidenceOf = (one: SourceHealth, now: number): Evidence => ({
  id: `andon/source/${one.source}`,
  source: one.source,
  system: one.system,
  kind: 'source',
  equipment: null,
  at: one.lastOkAt ?? iso(now),
  says: one.problem ?? one.state,
  quality: 'good',
});

export default defineTool({
  name: 'source_health',
  title: 'Source health',
  description:
    'Which connected systems (machines, MES, ERP, notes) answer now, how old their newest record is, and what is wrong with those that do not. Use when an answer is incomplete or somebody doubts the data.',
  input: {},
  data: { sources: z.array(source) },
  annotations: reads,
  async run(_, context) {
    const { plant, now, health, say } = context;
    return {
      said: say.saySourceHealth(health, plant, { now }),
      data: {
        sources: health.map((one) => ({
          source: one.source,
          system: one.system,
          state: one.state,
          last_ok_at: one.lastOkAt,
          last_record_at: one.lastRecordAt,
          clock_offset_ms: one.clockOffsetMs,
          problem: one.problem,
        })),
      },
      evidence: health.map((one) => evidenceOf(one, now)),
      // The text itself names every source that is not up.
      completeness: { ...completenessOf(context), complete: true, missing: [] },
    };
  },
});
