import type { Batch } from '../../plant/record.ts';
import type { SourceIds } from './recorder.ts';

/** Records, readings and minutes of one message together: keeps a message under about a megabyte. */
const rowsPerBatch = 5000;

/** What was found as batches of one source, each with at most so many rows of a kind; readings come from the machines. */
export function* batchesOf(
  found: Pick<Batch, 'records' | 'readings' | 'minutes'>,
  ids: SourceIds,
  rows: number,
): Generator<Batch> {
  for (const source of [ids.machines, ids.erp, ids.mes, ids.notes]) {
    const records = found.records.filter((one) => one.source === source);
    const { readings, minutes } = source === ids.machines ? found : { readings: [], minutes: [] };
    const most = Math.max(records.length, readings.length, minutes.length);
    for (let i = 0; i < most; i += rows) {
      const part = <T>(list: T[]) => list.slice(i, i + rows);
      yield {
        source,
        records: part(records),
        readings: part(readings),
        minutes: part(minutes),
        checkpoint: null,
      };
    }
  }
}

/** The same rows in the same order, in batches of at most `limit`; the checkpoint goes with the last one. */
export function* splitBatch(batch: Batch, limit = rowsPerBatch): Generator<Batch> {
  const { records, readings, minutes } = batch;
  const total = records.length + readings.length + minutes.length;
  if (total <= limit) {
    yield batch;
    return;
  }
  for (let from = 0; from < total; from += limit) {
    const part = <T>(rows: T[], before: number): T[] =>
      rows.slice(Math.max(0, from - before), Math.max(0, from + limit - before));
    yield {
      source: batch.source,
      records: part(records, 0),
      readings: part(readings, records.length),
      minutes: part(minutes, records.length + readings.length),
      checkpoint: from + limit >= total ? batch.checkpoint : null,
    };
  }
}

/**
 * Small batches of one source put together until they are worth a transaction; each source keeps its order.
 * A past of fourteen days (630,000 rows) is 1,052 small ones or 163 of these: 51 s against 20 s to hand over on two busy cores.
 */
export async function* gatherBatches(
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  limit = rowsPerBatch,
): AsyncGenerator<Batch> {
  const waiting = new Map<string, Batch>();
  for await (const whole of batches)
    for (const batch of splitBatch(whole, limit)) {
      const before = waiting.get(batch.source);
      if (before && sizeOf(before) + sizeOf(batch) > limit) yield before;
      waiting.set(
        batch.source,
        before && sizeOf(before) + sizeOf(batch) <= limit ? joined(before, batch) : batch,
      );
    }
  yield* waiting.values();
}

const sizeOf = ({ records, readings, minutes }: Batch): number =>
  records.length + readings.length + minutes.length;
const joined = (a: Batch, b: Batch): Batch => ({
  source: a.source,
  records: [...a.records, ...b.records],
  readings: [...a.readings, ...b.readings],
  minutes: [...a.minutes, ...b.minutes],
  checkpoint: b.checkpoint ?? a.checkpoint,
});
