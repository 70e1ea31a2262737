import type { Db } from '../../memory/db.ts';
import { alertedById, alertOfStop } from '../../memory/exceptions/alerts.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import type { Correction } from '../../plant/correction.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { AndonError } from '../../plant/errors.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { diagnosisOf, type Look } from './alert-card.ts';

type StopMeant = { diagnosis: Diagnosis; alert: string | null };

export const gone = (): AndonError =>
  new AndonError('not_found', 'The records of this stop are no longer kept.', 'Ask about a later stop.');

/** The stop of an alert, or of a stop by its id. Throws `not_found`. */
export async function stopMeant(look: Look, subject: string, now: Millis): Promise<StopMeant> {
  const [line = '', from = ''] = subject.split('@');
  const found = subject.includes('@')
    ? await stopAt(look, line, from, now)
    : await stopOfAlert(look, subject, now);
  if (!found) throw gone();
  return found;
}

/** Why the line of a correction stood, as the records have it now; null: they are gone, or it ran then after all. */
export async function diagnosisFor(
  look: Look,
  { line, stopFrom, alert }: Correction,
  now: Millis,
): Promise<Diagnosis | null> {
  const found =
    (await stopAt(look, line, stopFrom, now)) ?? (alert ? await stopOfAlert(look, alert, now) : null);
  return found?.diagnosis ?? null;
}

async function stopOfAlert(look: Look, id: string, now: Millis): Promise<StopMeant | null> {
  const found = await alertedById(look.db, id);
  const diagnosis = found && (await diagnosisOf(look, found.exception, now));
  return diagnosis && { diagnosis, alert: id };
}

const stoodAt = ({ from, to }: Stop, at: Millis): boolean =>
  millis(from) <= at && (to === null || millis(to) >= at);

/** By the time at which it stood: late records move its beginning, and with it its id. */
async function stopAt(look: Look, line: string, from: string, now: Millis): Promise<StopMeant | null> {
  const { db, plant, health } = look;
  const at = Date.parse(from);
  if (Number.isNaN(at) || !plant.lines.some(({ id }) => id === line)) return null;
  const found = await gatherStopCase(db, plant, { line, at }, { now, health: health() });
  if (!found || !stoodAt(found.stop, at)) return null;
  return { diagnosis: diagnose(found), alert: await alertIdOf(db, found.stop) };
}

const alertIdOf = async (db: Db, stop: Stop): Promise<string | null> =>
  (await alertOfStop(db, stop))?.id ?? null;
