import type { Batch, PlantRecord } from '../../plant/record.ts';
import type { Checkpoint } from '../../plant/source.ts';
import type { Millis } from '../../plant/time.ts';
import { gapRecord } from './gaps.ts';
import type { Rows } from './fold.ts';

export type Outlet = {
  add(rows: Rows): void;
  /** A batch without rows that only moves the checkpoint, when nothing else waits. */
  beat(): void;
  /** The next batch; null after `end`. Throws what `end` was given, after everything before it was taken. */
  take(): Promise<Batch | null>;
  end(error?: Error): void;
};

export const batchRows = 2000;
const batchMs = 200;
/** About 10 s of 10,000 changes a second; some 20 MB. */
const bufferRows = 100_000;

/**
 * Bounded buffer between the wire and the recorder. Batches are cut by size and by time; each carries the
 * checkpoint of the moment it was cut. When recording is slower than the data for so long that the buffer is
 * full, what comes is dropped until half of it is recorded, and then told as one gap; `onDrained` is called.
 */
export function openOutlet(given: {
  source: string;
  clock: () => Millis;
  checkpoint: () => Checkpoint | null;
  onDrained: () => void;
  maxRows?: number;
}): Outlet {
  const maxRows = given.maxRows ?? bufferRows;
  const ready: Batch[] = [];
  let current: Rows = { records: [], readings: [] };
  let waitingRows = 0;
  let dropped: { from: Millis; to: Millis; rows: number } | null = null;
  let ended: { error: Error | undefined } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wake: (() => void) | null = null;

  const sizeOf = (rows: Rows | Batch) => rows.records.length + rows.readings.length;

  function cut(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    ready.push({
      source: given.source,
      records: current.records,
      readings: current.readings,
      minutes: [],
      checkpoint: given.checkpoint(),
    });
    current = { records: [], readings: [] };
    wake?.();
  }

  function drop(rows: Rows): void {
    for (const at of [
      ...rows.readings.map((reading) => reading.at),
      ...rows.records.map((record) => Date.parse(record.at)),
    ])
      dropped = {
        from: Math.min(dropped?.from ?? at, at),
        to: Math.max(dropped?.to ?? at, at),
        rows: (dropped?.rows ?? 0) + 1,
      };
  }

  function tellDropped(): void {
    if (!dropped || (waitingRows > maxRows / 2 && !ended)) return;
    const reason = `Recording was slower than the data: ${dropped.rows} values were dropped`;
    const told: PlantRecord = gapRecord(given.source, null, dropped, reason, given.clock());
    dropped = null;
    put({ records: [told], readings: [] });
    if (!ended) given.onDrained();
  }

  function put(rows: Rows): void {
    for (const record of rows.records) current.records.push(record);
    for (const reading of rows.readings) current.readings.push(reading);
    waitingRows += sizeOf(rows);
    if (sizeOf(current) >= batchRows) cut();
    else timer ??= setTimeout(cut, batchMs);
  }

  return {
    add(rows) {
      if (ended || sizeOf(rows) === 0) return;
      // Gaps and states are dropped with the readings: a rest that looks whole would be worse than a gap.
      if (dropped || waitingRows + sizeOf(rows) > maxRows) drop(rows);
      else put(rows);
    },
    beat() {
      if (!ended && !dropped && ready.length === 0 && sizeOf(current) === 0) cut();
    },
    async take() {
      for (;;) {
        const batch = ready.shift();
        if (batch) {
          waitingRows -= sizeOf(batch);
          tellDropped();
          return batch;
        }
        if (ended?.error) throw ended.error;
        if (ended) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    },
    end(error) {
      if (ended) return;
      ended = { error };
      tellDropped();
      if (sizeOf(current) > 0) cut();
      if (timer) clearTimeout(timer);
      wake?.();
    },
  };
}
