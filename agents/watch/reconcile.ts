import { sentenceOf } from '../../plant/errors.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import {
  endException,
  openException,
  openExceptions,
  updateException,
  type OpenException,
} from '../../memory/exceptions/exceptions.ts';
import { diagnosisIfAny, type Look } from './alert-card.ts';
import type { Detector, Finding } from './detector.ts';
import type { Tell } from './tell.ts';

/** A detector with its checked options. */
export type Chosen = { name: string; detector: Detector; options: unknown };

/**
 * Compares what a detector finds with what is open: opens, brings up to date, ends. Each change is committed
 * together with the outbox rows that tell it, and none waits for another: what fails is logged, and tried again at
 * the next look. Running it again changes nothing.
 */
export async function reconcile(
  look: Look,
  { name, detector, options }: Chosen,
  tell: Tell,
  now: Millis,
): Promise<void> {
  const open = await openExceptions(look.db, name);
  const found = await detector.detect(
    { db: look.db, plant: look.plant, now, open: open.map(({ key }) => key) },
    options,
  );
  const known = new Map(open.map((one) => [one.key, one]));
  const apart = (key: string, work: Promise<unknown>) =>
    work.catch((error: unknown) => look.log(`"${key}" could not be followed: ${sentenceOf(error)}`));

  for (const finding of found.now)
    await apart(finding.key, follow({ look, tell, now }, name, finding, known.get(finding.key)));
  for (const { key, at } of found.over) {
    const before = known.get(key);
    if (!before) continue;
    await apart(
      key,
      tell.inOneTransaction((tx) => endException(tx, before.id, at, iso(now))),
    );
  }
}

/** Opens an exception, or brings it up to date. What was found out of its cause stays where now nothing can be said. */
async function follow(
  { look, tell, now }: { look: Look; tell: Tell; now: Millis },
  detector: string,
  finding: Finding,
  before: OpenException | undefined,
): Promise<void> {
  const diagnosis = await diagnosisIfAny(look, finding, now);
  const { cause, class: kind, place } = diagnosis ?? before ?? { cause: 'unknown', class: null, place: null };
  const { since, severity } = finding;
  const after = { cause, class: kind, place, since, severity };
  if (!before)
    return tell.inOneTransaction(async (tx) => {
      const opened = await openException(tx, { detector, ...finding, ...after }, iso(now));
      return opened === null ? [] : [opened.alert.id];
    });
  const same =
    before.cause === cause &&
    before.place === place &&
    millis(before.since) === millis(since) &&
    (before.severity ?? severity) === severity;
  if (!same) await tell.inOneTransaction((tx) => updateException(tx, before.id, after, iso(now)));
}
