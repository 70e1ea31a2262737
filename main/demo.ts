import { keep, kept } from '../memory/keep.ts';
import type { Memory } from '../memory/open.ts';
import { AndonError } from '../plant/errors.ts';
import type { Batch } from '../plant/record.ts';
import { iso, millis } from '../plant/time.ts';
import { startSimulator, type Simulator } from '../simulator/start.ts';

type Options = {
  seed: number;
  historyDays: number;
  folder: string;
  memory: Memory;
  record: (batch: Batch) => Promise<void>;
  log: (sentence: string) => void;
};
type Kept = { seed: number; pastEndsAt: string };

/**
 * Starts the plant that makes itself up. At the first start its past is recorded, by the same road as its present;
 * later the same plant goes on from where its past ended. Throws `incompatible` when the folder holds another plant's past.
 */
export async function openDemo({
  seed,
  historyDays,
  folder,
  memory,
  record,
  log,
}: Options): Promise<{ simulator: Simulator; close(): Promise<void> }> {
  const before = (await kept(memory.pool, 'simulator')) as Kept | undefined;
  if (before && before.seed !== seed)
    throw new AndonError(
      'incompatible',
      `The data folder holds the past of the demo plant ${before.seed}, not ${seed}.`,
      'Set simulator.seed back, or start with an empty ANDON_DATA folder.',
    );
  const now = memory.clock();
  log(
    before
      ? 'Starting the demo plant ...'
      : 'Starting the demo plant; it brings fourteen days of past, once ...'.replace(
          'fourteen',
          String(historyDays),
        ),
  );
  const pastEndsAt = before ? { pastEndsAt: millis(before.pastEndsAt) } : {};
  const simulator = await startSimulator({ seed, historyDays, folder, log, now, ...pastEndsAt });
  try {
    if (before) await simulator.control({ command: 'go-live' });
    else {
      await recordPast(simulator, record, log);
      await keep(memory.pool, 'simulator', { seed, pastEndsAt: iso(now) } satisfies Kept, now);
    }
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return { simulator, close: () => simulator.close() };
}

async function recordPast(
  simulator: Simulator,
  record: (batch: Batch) => Promise<void>,
  log: (sentence: string) => void,
): Promise<void> {
  const started = performance.now();
  let rows = 0;
  let said = 0;
  for await (const batch of simulator.history()) {
    await record(batch);
    rows += batch.records.length + batch.readings.length + batch.minutes.length;
    if (rows - said >= 100_000) {
      said = rows;
      log(`  ${rows.toLocaleString('en')} rows recorded`);
    }
  }
  log(
    `  ${rows.toLocaleString('en')} rows recorded in ${Math.round((performance.now() - started) / 1000)} s`,
  );
}
