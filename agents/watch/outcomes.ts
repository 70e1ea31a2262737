import { recordOutcome } from '../../memory/decisions/decisions.ts';
import { decisionsWithoutOutcome } from '../../memory/decisions/read.ts';
import type { DecisionStore } from '../../memory/decisions/vectors.ts';
import { sentenceOf } from '../../plant/errors.ts';
import { iso, type Millis } from '../../plant/time.ts';

/**
 * How long the line still stood after a decision is measured; whether the decision was the reason, only people can
 * say. What fails is tried again at the next run.
 */
export async function measureOutcomes(
  store: DecisionStore,
  now: Millis,
  log: (sentence: string) => void,
): Promise<void> {
  const at = iso(now);
  for (const { id, decidedAt, endedAt } of await decisionsWithoutOutcome(store.pool)) {
    const minutesToRun = (endedAt - decidedAt) / 60_000;
    const text = `The line ran again ${Math.max(1, Math.round(minutesToRun))} min after the decision.`;
    await recordOutcome(store, id, { status: 'unknown', text, minutesToRun, at }, null, at).catch(
      (error: unknown) => log(`What came of the decision ${id} could not be kept: ${sentenceOf(error)}`),
    );
  }
}
