/**
 * Bounded buffer between the wire and the recorder. Batches are cut by size and by time; each carries the
 * checkpoint of the moment it was cut. When recording is slower than the data for so long that the buffer is
 * full, what comes is dropped until half of it is recorded, and then told as one gap; `onDrained` is called.
 */
import type { Batch } from '../../plant/record.ts';
import type { Checkpoint } from '../../plant/source.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import type { Rows } from './fold.ts';
import { gapRecord } from './gaps.ts';

export type Outlet = {
  readonly source: string;
  readonly clock: Clock;
  readonly checkpoint: () => Checkpoint | null;
  readonly onDrained: () => void;
  readonly maxRows: number;
  /** Batches that are cut, oldest first. */
  readonly ready: Batch[];
  /** What the next batch will hold. */
  current: Rows;
  /** Rows of `ready` and `current` together. */
  waitingRows: number;
  /** What was dropped since the buffer was full. */
  dropped: { from: Millis; to: Millis; rows: number } | null;
  ended: { error: Error | undefined } | null;
  /** Cuts `current` when it is old enough. */
  timer: NodeJS.Timeout | null;
  /** Wakes whoever waits for a batch. */
  wake: (() => void) | null;
};

const batchRows = 2000;
const batchMs = 200;
/** About 10 s of 10,000 changes a second; some 20 MB. */
const bufferRows = 100_000;

export const openOutlet = (
  given: Pick<Outlet, 'source' | 'clock' | 'checkpoint' | 'onDrained'> & { maxRows?: number },
): Outlet => ({
  maxRows: bufferRows,
  ...given,
  ready: [],
  current: { records: [], readings: [] },
  waitingRows: 0,
  dropped: null,
  ended: null,
  timer: null,
  wake: null,
});

export function addRows(outlet: Outlet, rows: Rows): void {
  if (outlet.ended || sizeOf(rows) === 0) return;
  // Gaps and states are dropped with the readings: a rest that looks whole would be worse than a gap.
  if (outlet.dropped || outlet.waitingRows + sizeOf(rows) > outlet.maxRows) drop(outlet, rows);
  else put(outlet, rows);
}

/** A batch without rows that only moves the checkpoint, when nothing else waits. */
export function moveCheckpoint(outlet: Outlet): void {
  const { ended, dropped, ready, current } = outlet;
  if (!ended && !dropped && ready.length === 0 && sizeOf(current) === 0) cut(outlet);
}

/** The next batch; null after the end. Throws what `endOutlet` was given, after everything before it was taken. */
export async function takeBatch(outlet: Outlet): Promise<Batch | null> {
  for (;;) {
    const batch = outlet.ready.shift();
    if (batch) {
      outlet.waitingRows -= sizeOf(batch);
      tellDropped(outlet);
      return batch;
    }
    if (outlet.ended?.error) throw outlet.ended.error;
    if (outlet.ended) return null;
    await new Promise<void>((resolve) => {
      outlet.wake = resolve;
    });
    outlet.wake = null;
  }
}

export function endOutlet(outlet: Outlet, error?: Error): void {
  if (outlet.ended) return;
  outlet.ended = { error };
  tellDropped(outlet);
  if (sizeOf(outlet.current) > 0) cut(outlet);
  if (outlet.timer) clearTimeout(outlet.timer);
  outlet.wake?.();
}

const sizeOf = (rows: Rows | Batch): number => rows.records.length + rows.readings.length;

function put(outlet: Outlet, rows: Rows): void {
  for (const record of rows.records) outlet.current.records.push(record);
  for (const reading of rows.readings) outlet.current.readings.push(reading);
  outlet.waitingRows += sizeOf(rows);
  if (sizeOf(outlet.current) >= batchRows) cut(outlet);
  else outlet.timer ??= setTimeout(() => cut(outlet), batchMs);
}

function cut(outlet: Outlet): void {
  if (outlet.timer) clearTimeout(outlet.timer);
  outlet.timer = null;
  outlet.ready.push({
    source: outlet.source,
    ...outlet.current,
    minutes: [],
    checkpoint: outlet.checkpoint(),
  });
  outlet.current = { records: [], readings: [] };
  outlet.wake?.();
}

function drop(outlet: Outlet, { records, readings }: Rows): void {
  for (const at of [...readings.map((reading) => reading.at), ...records.map(({ at }) => Date.parse(at))])
    outlet.dropped = {
      from: Math.min(outlet.dropped?.from ?? at, at),
      to: Math.max(outlet.dropped?.to ?? at, at),
      rows: (outlet.dropped?.rows ?? 0) + 1,
    };
}

function tellDropped(outlet: Outlet): void {
  const { source, clock, dropped, ended, waitingRows, maxRows } = outlet;
  if (!dropped || (waitingRows > maxRows / 2 && !ended)) return;
  const why = `Recording was slower than the data: ${dropped.rows} values were dropped`;
  outlet.dropped = null;
  put(outlet, { records: [gapRecord(source, null, dropped, why, clock())], readings: [] });
  if (!ended) outlet.onDrained();
}
