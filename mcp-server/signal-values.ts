import type { Millis } from '../plant/time.ts';
import { readSignals } from '../memory/floor/signals.ts';
import type { SignalReading } from '../memory/floor/signals.ts';
import type { ToolContext } from './tool.ts';

const minuteMs = 60_000;

/** Values over a window: by the minute where it is long, and raw where minutes have not been made yet. */
export async function signalValues(
  context: ToolContext,
  query: { equipment: readonly string[]; signals?: readonly string[] | undefined; from: Millis; to: Millis },
): Promise<SignalReading> {
  const { pool, plant } = context;
  const read = await readSignals(pool, plant, query);
  if (read.resolution === 'raw') return read;
  const last = Math.max(query.from - minuteMs, ...read.series.map(({ points }) => points.at(-1)?.at ?? 0));
  const fresh = { ...query, from: last + minuteMs, resolution: 'raw' as const };
  if (fresh.from > query.to) return read;
  const tail = await readSignals(pool, plant, fresh);
  return {
    ...read,
    truncated: read.truncated || tail.truncated,
    // Both list the same series in the same order: the query for them is the same.
    series: read.series.map((one, index) => ({
      ...one,
      points: [...one.points, ...(tail.series[index]?.points ?? [])],
    })),
  };
}
