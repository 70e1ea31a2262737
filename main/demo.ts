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
/** `recorded`: the whole past is in memory; false after a death while it was written down. */
type Kept = { seed: number; pastEndsAt: string; recorded: boolean };

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
  const whole = before !== undefined && before.recorded !== false;
  log(
    whole
      ? 'Starting the demo plant ...'
      : `Starting the demo plant; it brings ${historyDays === 1 ? 'a day' : `${historyDays} days`} of past, once ...`,
  );
  const pastEndsAt = before ? millis(before.pastEndsAt) : now;
  const note = (recorded: boolean) =>
    keep(memory.pool, 'simulator', { seed, pastEndsAt: iso(pastEndsAt), recorded } satisfies Kept, now);
  const simulator = await startSimulator({ seed, historyDays, folder, log, now, pastEndsAt });
  try {
    if (whole) await simulator.control({ command: 'go-live' });
    else {
      // Its end is noted first: after a death on the way the same past is recorded again, not another one beside it.
      await note(false);
      await recordPast(simulator, record, log);
      await note(true);
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
