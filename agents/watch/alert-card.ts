import type { Db } from '../../memory/db.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import type { AlertRow } from '../../plant/alert.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { PlantException } from '../../plant/exception.ts';
import type { AlertMessage, Button } from '../../plant/message.ts';
import { rankResponses, type Response } from '../../plant/response.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { millis, type Millis } from '../../plant/time.ts';

/** What the watch needs to look at the floor. */
export type Look = { db: Db; plant: Plant; health: () => readonly SourceHealth[] };

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

/** The responses that can be chosen for an exception, best first. */
export async function responsesTo(look: Look, exception: PlantException, now: Millis): Promise<Response[]> {
  const decisions = await recallDecisions(look.db, {
    line: exception.line,
    cause: exception.cause,
    limit: 20,
  });
  return rankResponses(
    exception.cause,
    decisions.map((one) => one.decision),
    (iso) => localWhen(millis(iso), look.plant.timezone, now),
  );
}

/** The alert as it is told now, rendered from its rows. The same rows give the same message. */
export async function alertCard(
  look: Look,
  row: AlertRow,
  exception: PlantException,
  history: readonly string[],
  now: Millis,
): Promise<AlertMessage> {
  const diagnosis = await diagnosisOf(look, exception, now);
  const said = diagnosis
    ? sentencesIn(look.plant.language).sayDiagnosis(diagnosis, look.plant, { now })
    : null;
  const name = look.plant.lines.find((line) => line.id === exception.line)?.name ?? exception.line;
  const responses = row.state === 'resolved' ? [] : await responsesTo(look, exception, now);
  return {
    kind: 'alert',
    key: row.id,
    language: look.plant.language,
    firstLine:
      said?.firstLine ??
      `${name} stands since ${localWhen(millis(exception.since), look.plant.timezone, now)}.`,
    alert: row.id,
    exception: exception.id,
    line: exception.line,
    state: row.state,
    severity: row.severity,
    since: exception.since,
    endedAt: exception.endedAt,
    text: said?.text ?? '',
    facts: said?.facts.slice(0, 6) ?? [],
    suggestions: responses.map(({ id, label, why, lastTime }) => ({ id, label, why, lastTime })),
    history: [...history],
    missing: diagnosis?.completeness.missing ?? [],
    buttons: buttonsOf(row, responses),
    version: row.version,
  };
}

/** At most four, by state; what is over has none. */
function buttonsOf(row: AlertRow, responses: readonly Response[]): Button[] {
  if (row.state === 'resolved') return [];
  const [best] = responses;
  const button = (verb: Button['verb'], label: string, style: Button['style'], subject = row.id): Button => ({
    id: `${verb}-${row.id}`,
    verb,
    subject,
    label,
    style,
  });
  return [
    ...(best
      ? [button('do_this', `Do this: ${best.label}`.slice(0, 75), 'primary', `${row.id}|${best.id}`)]
      : []),
    ...(row.state === 'acknowledged' ? [] : [button('acknowledge', 'Take it', 'plain')]),
    ...(row.state === 'shelved' ? [] : [button('snooze', 'Snooze 30 min', 'plain')]),
    button('not_a_problem', 'Not a problem', 'plain'),
  ];
}
