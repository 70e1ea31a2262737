/** A person's yes or no to what is said of a cause, from which priors learn. */
import { lostInStop } from '../../memory/cause-record.ts';
import { confirmCause } from '../../memory/causes.ts';
import { causeRecords, decideCorrection, keepCauseRecord, stopIds } from '../../memory/corrections.ts';
import type { Db } from '../../memory/db.ts';
import { markCause, touchAlert } from '../../memory/exceptions/alerts.ts';
import {
  causeRecordOf,
  confirmed,
  confirmedCauseOf,
  refuted,
  type CauseRecord,
} from '../../plant/cause-record.ts';
import { agrees } from '../../plant/correction.ts';
import type { Correction } from '../../plant/correction.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Person } from '../../plant/person.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import { gone } from './correct-stop.ts';
import { changing, type Tell } from './tell.ts';

type Options = { look: Look; tell: Tell };
/** `version`: of the text that was read. `diagnosis`: of the stop as its records are now. */
type Draft = { id: string; version?: number | undefined; diagnosis: Diagnosis | null };
type Who = { person: Person; now: Millis };

/** Confirms what was read of a draft. Throws `conflict` where it says something else by now, `not_found` without records. */
export async function confirmDraft(
  { look, tell }: Options,
  { id, version, diagnosis }: Draft,
  { person, now }: Who,
): Promise<Correction> {
  if (!diagnosis) throw gone();
  const at = iso(now);
  const by = { role: person.role, person: person.id };
  const asked = { now, health: look.health() };
  const lost = await lostInStop(look.db, look.plant, diagnosis.stop, asked);
  const proposal = causeRecordOf(diagnosis, look.plant, lost ?? {});
  return changing(tell, async (tx) => {
    const after = await decideCorrection(tx, { id, version }, 'confirmed', by, at);
    await keep(tx, look.plant, after, { diagnosis, proposal }, { person, now });
    if (after.alert === null) return { after, alerts: [] };
    const verdict = agrees(after) ? 'right_cause' : 'wrong_cause';
    const who = { by: `the ${person.role}`, person: person.id };
    return { after, alerts: [(await markCause(tx, after.alert, verdict, who, at)).id] };
  });
}

export async function rejectDraft(
  { tell }: Pick<Options, 'tell'>,
  id: string,
  { person, now }: Who,
): Promise<Correction> {
  const by = { role: person.role, person: person.id };
  return changing(tell, async (tx) => {
    const after = await decideCorrection(tx, { id }, 'rejected', by, iso(now));
    return { after, alerts: after.alert === null ? [] : await touchAlert(tx, after.alert) };
  });
}

/** The cause record with its root confirmed, the one before it refuted, and what priors learn from. */
async function keep(
  tx: Db,
  plant: Plant,
  one: Correction,
  { diagnosis, proposal }: { diagnosis: Diagnosis; proposal: CauseRecord },
  { person, now }: Who,
): Promise<void> {
  const [cause, at, role] = [one.cause ?? 'other', iso(now), person.role];
  const ids = await stopIds(tx, diagnosis.stop);
  const before = (await causeRecords(tx, ids)).at(-1) ?? proposal;
  if (!agrees(one))
    await keepCauseRecord(tx, { record: refuted(before, { by: role, at }), correction: one.id }, at);
  const record = confirmed(proposal, { cause, place: one.place, by: role, at });
  await keepCauseRecord(tx, { record, correction: one.id }, at);
  const learned = confirmedCauseOf(record, plant);
  if (learned) await confirmCause(tx, { ...learned, stop: diagnosis.stop.id }, now, ids);
}
