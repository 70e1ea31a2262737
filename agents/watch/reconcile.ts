import { recallDecisions } from '../../memory/decisions/recall.ts';
import { recordOutcome } from '../../memory/decisions/decisions.ts';
import type { Memory } from '../../memory/open.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import {
  endException,
  openException,
  openExceptions,
  updateException,
} from '../../memory/exceptions/exceptions.ts';
import { diagnosisOf, type Look } from './alert-card.ts';
import type { Detector } from './detector.ts';
import type { Tell } from './tell.ts';

/** A detector with its checked options. */
export type Chosen = { name: string; detector: Detector; options: unknown };

/**
 * Compares what a detector finds with what is open: opens, brings up to date, ends. Each change is committed
 * together with the outbox rows that tell it. Running it again changes nothing.
 */
export async function reconcile(
  memory: Memory,
  look: Look,
  chosen: Chosen,
  tell: Tell,
  now: Millis,
): Promise<void> {
  const { name, detector, options } = chosen;
  const open = (await openExceptions(look.db)).filter((one) => one.detector === name);
  const found = await detector.detect(
    { db: look.db, plant: look.plant, now, open: open.map(({ key }) => key) },
    options,
  );
  const known = new Map(open.map((one) => [one.key, one]));

  for (const finding of found.now) {
    const diagnosis = await diagnosisOf(look, finding, now);
    const cause = {
      cause: diagnosis?.cause ?? 'unknown',
      class: diagnosis?.class ?? null,
      place: diagnosis?.place ?? null,
    };
    const before = known.get(finding.key);
    if (!before) {
      await tell.inOneTransaction(async (tx) => {
        const opened = await openException(tx, { detector: name, ...finding, ...cause }, iso(now));
        return opened === null ? [] : [opened.alert.id];
      });
    } else if (
      before.cause !== cause.cause ||
      before.place !== cause.place ||
      millis(before.since) !== millis(finding.since)
    ) {
      const change = { ...cause, since: finding.since };
      await tell.inOneTransaction((tx) => updateException(tx, before.id, change, iso(now)));
    }
  }
  for (const { key, at } of found.over) {
    const before = known.get(key);
    if (!before) continue;
    await tell.inOneTransaction((tx) => endException(tx, before.id, at, iso(now)));
    await measureOutcome(memory, before.id, at, now);
  }
}

/** How long the line still stood after a decision is measured; whether the decision was the reason, only people can say. */
async function measureOutcome(
  memory: Memory,
  exception: string,
  endedAt: string,
  now: Millis,
): Promise<void> {
  for (const { decision } of await recallDecisions(memory, { exception, limit: 20 })) {
    if (decision.status !== 'confirmed' || decision.decidedAt === null || decision.outcome !== null) continue;
    const minutes = Math.max(0, (millis(endedAt) - millis(decision.decidedAt)) / 60_000);
    const text = `The line ran again ${Math.max(1, Math.round(minutes))} min after the decision.`;
    await recordOutcome(
      memory,
      decision.id,
      { status: 'unknown', text, minutesToRun: minutes, at: iso(now) },
      null,
      iso(now),
    );
  }
}
