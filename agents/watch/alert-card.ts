import type { Db } from '../../memory/db.ts';
import { confirmedFor, openCorrections } from '../../memory/corrections.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { shelfS, type AlertRow } from '../../plant/alert.ts';
import { isComplete } from '../../plant/correction.ts';
import type { Correction } from '../../plant/correction.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import { sentenceOf } from '../../plant/errors.ts';
import type { PlantException } from '../../plant/exception.ts';
import { buttonLabel, type AlertMessage, type Button } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import { rankResponses, type Named, type Response } from '../../plant/response.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import type { SourceHealth } from '../../plant/source.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis, type Millis } from '../../plant/time.ts';

/** What the watch needs to look at the floor. */
export type Look = {
  db: Db;
  plant: Plant;
  health: () => readonly SourceHealth[];
  /** Whose names are not kept. */
  people: readonly Person[];
  log: (sentence: string) => void;
};

/** Why the line of this exception stands or stood, from what is recorded by now. null: the records are gone. */
export async function diagnosisOf(
  { db, plant, health }: Look,
  exception: { line: string; since: string },
  now: Millis,
): Promise<Diagnosis | null> {
  const found = await gatherStopCase(
    db,
    plant,
    { line: exception.line, at: millis(exception.since) },
    { now, health: health() },
  );
  return found === null ? null : diagnose(found);
}

/** As `diagnosisOf`; null also where it fails, which the log tells: that a line stands is told all the same. */
export function diagnosisIfAny(
  look: Look,
  exception: { line: string; since: string },
  now: Millis,
): Promise<Diagnosis | null> {
  return diagnosisOf(look, exception, now).catch((error: unknown) => {
    look.log(`Why ${exception.line} stood at ${exception.since} could not be said: ${sentenceOf(error)}`);
    return null;
  });
}

/** Cause and place of an exception: what people confirmed of its stop, else what it was opened with. */
export const namedBy = (exception: PlantException, confirmed: Correction | null): Named => ({
  line: exception.line,
  cause: confirmed?.cause ?? exception.cause,
  place: confirmed?.place ?? exception.place,
});

/** The responses that can be chosen for a cause, best first. */
export async function responsesTo(look: Look, named: Named, now: Millis): Promise<Response[]> {
  const { line, cause } = named;
  const decisions = await recallDecisions(look.db, { line, cause, limit: 20 });
  return rankResponses(
    look.plant,
    named,
    decisions.map((one) => one.decision),
    (iso) => localWhen(millis(iso), look.plant.timezone, now),
  );
}

/** What people say of the cause of a stop: what was confirmed last, and the newest draft that could be. */
async function saidOf(look: Look, stop: Stop | undefined, now: Millis) {
  if (stop === undefined) return { confirmed: null, draft: null };
  const open = await openCorrections(look.db, stop, now);
  return { confirmed: await confirmedFor(look.db, stop), draft: open.find(isComplete) ?? null };
}

/** The alert as it is told now, rendered from its rows. The same rows give the same message. */
export async function alertCard(
  look: Look,
  row: AlertRow,
  exception: PlantException,
  history: readonly string[],
  now: Millis,
): Promise<AlertMessage> {
  const { plant } = look;
  const diagnosis = await diagnosisIfAny(look, exception, now);
  const { confirmed, draft } = await saidOf(look, diagnosis?.stop, now);
  const told = toldOf(plant, exception, { diagnosis, confirmed }, now);
  const responses =
    row.state === 'resolved' ? [] : await responsesTo(look, namedBy(exception, confirmed), now);
  return {
    kind: 'alert',
    key: row.id,
    ...told,
    alert: row.id,
    exception: exception.id,
    line: exception.line,
    state: row.state,
    severity: row.severity,
    since: exception.since,
    endedAt: exception.endedAt,
    suggestions: responses.map(({ id, label, why, lastTime }) => ({ id, label, why, lastTime })),
    history: [...history, ...(draft ? [waitingWords(draft, plant, now)] : [])],
    missing: diagnosis?.completeness.missing ?? [
      'What was recorded of this stop is no longer kept, or could not be judged.',
    ],
    diagnosis,
    buttons: [
      ...stateButtons(row, responses),
      ...(diagnosis && !diagnosis.planned ? causeButtons(row, diagnosis, draft) : []),
    ],
    version: row.version,
  };
}

/** What the records say, with what people confirmed of it; without them, that the line stands. */
function toldOf(
  plant: Plant,
  { line, since }: PlantException,
  { diagnosis, confirmed }: { diagnosis: Diagnosis | null; confirmed: Correction | null },
  now: Millis,
): Pick<AlertMessage, 'firstLine' | 'text' | 'facts'> {
  if (!diagnosis) {
    const name = plant.lines.find(({ id }) => id === line)?.name ?? line;
    const when = localWhen(millis(since), plant.timezone, now);
    return { firstLine: `${name} has been standing since ${when}.`, text: '', facts: [] };
  }
  const say = sentencesIn(plant.language);
  const records = say.sayDiagnosis(diagnosis, plant, { now });
  const { firstLine, text, facts } = confirmed
    ? say.withConfirmed(records, confirmed, diagnosis, plant, { now })
    : records;
  return { firstLine, text, facts: facts.slice(0, 6) };
}

/** A draft of the cause, as a step of the history. */
function waitingWords(draft: Correction, plant: Plant, now: Millis): string {
  const instead = sentencesIn(plant.language).insteadOf(draft, plant);
  return `${localWhen(millis(draft.at), plant.timezone, now)} the ${draft.by} says: ${instead}; not confirmed yet`;
}

const button = (verb: Button['verb'], label: string, style: Button['style'], subject: string): Button => ({
  id: `${verb}-${subject}`,
  verb,
  subject,
  label,
  style,
});

/** At most four, by state; what is over has none. */
function stateButtons(row: AlertRow, responses: readonly Response[]): Button[] {
  if (row.state === 'resolved') return [];
  const [best] = responses;
  return [
    ...(best
      ? [button('do_this', buttonLabel(`Do this: ${best.label}`), 'primary', `${row.id}|${best.id}`)]
      : []),
    ...(row.state === 'acknowledged' ? [] : [button('acknowledge', 'Take it', 'plain', row.id)]),
    ...(row.state === 'shelved' ? [] : [button('snooze', `Snooze ${shelfS / 60} min`, 'plain', row.id)]),
    button('not_a_problem', 'Not a problem', 'plain', row.id),
  ];
}

/** Was the cause right? Also when it is over: often one knows only then. */
function causeButtons(
  row: AlertRow,
  { abstained, place, cause }: Diagnosis,
  draft: Correction | null,
): Button[] {
  const named = !abstained && cause !== 'other' && cause !== 'unknown';
  const wrong = button(
    'wrong_cause',
    named || row.verdict ? 'Wrong cause' : 'Say the cause',
    'plain',
    row.id,
  );
  if (draft)
    return [
      button('confirm_cause', 'Confirm the cause said', 'plain', `${draft.id}|${draft.version}`),
      wrong,
    ];
  const judged = row.verdict === 'right_cause' || row.verdict === 'wrong_cause';
  return named && !judged
    ? [button('right_cause', 'Right cause', 'plain', `${row.id}|${place ?? ''}|${cause}`), wrong]
    : [wrong];
}
