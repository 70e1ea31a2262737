import { causeRecordOf } from '../plant/cause-record.ts';
import { withDecisions, type ShownCauseRecord } from '../plant/cause-record-decided.ts';
import type { Decision } from '../plant/decision.ts';
import { diagnose } from '../plant/diagnosis/diagnose.ts';
import { evidenceOf, signalEvidence } from '../plant/diagnosis/records/says.ts';
import type { Plant } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import { lostProduction, type LostProduction } from '../plant/lost-production.ts';
import type { SourceHealth } from '../plant/source.ts';
import type { Stop } from '../plant/stop.ts';
import { millis, type Millis } from '../plant/time.ts';
import { causeRecords, stopIds } from './corrections.ts';
import type { Db } from './db.ts';
import { recallDecisions } from './decisions/recall.ts';
import { alertOfStop } from './exceptions/alerts.ts';
import { recordById } from './floor/evidence.ts';
import { gatherStopCase } from './floor/stop-case.ts';

type Asked = { now: Millis; health: readonly SourceHealth[] };

/** More decisions about one stop than anybody takes. */
const mostDecisions = 50;

/** What people confirmed about a stop: the decisions that answer its exception. They are read, not copied: what is taken back stands in no record. */
async function decisionsOfStop(db: Db, stop: Pick<Stop, 'line' | 'from' | 'to'>): Promise<Decision[]> {
  const alert = await alertOfStop(db, stop);
  if (!alert) return [];
  const found = await recallDecisions(db, { exception: alert.exception, limit: mostDecisions });
  return found.map(({ decision }) => decision);
}

/** The order that a stop hit and the units it cost. null: its records are gone. */
export async function lostInStop(
  db: Db,
  plant: Plant,
  stop: Stop,
  asked: Asked,
): Promise<LostProduction | null> {
  const found = await gatherStopCase(db, plant, { line: stop.line, stop }, asked);
  return found && lostProduction(found);
}

/** One record in words, by its evidence id. null: it is no longer kept. */
async function evidenceById(db: Db, plant: Plant, id: string, { health }: Asked): Promise<Evidence | null> {
  const found = await recordById(db, id, plant);
  const systems = new Map(health.map(({ source, system }) => [source, system]));
  if (found?.kind === 'record') return evidenceOf(found.record, plant, systems);
  if (found?.kind !== 'signal') return null;
  const window = { ...found, points: [], baseline: null };
  // Of a value that is thinned out by now its minute is left: told with its own time, under the id that is cited.
  return { ...signalEvidence(window, millis(found.at), found.value, plant, systems), id };
}

/**
 * What the whys of a kept record rest on and today's diagnosis does not cite: it was confirmed upon the records of then.
 */
async function citedThen(
  db: Db,
  plant: Plant,
  { record, evidence }: ShownCauseRecord,
  asked: Asked,
): Promise<Evidence[]> {
  const today = new Set(evidence.map(({ id }) => id));
  const whys = [record.d4_root, ...record.d4_further].flatMap((root) => root.whys);
  const cited = whys.map(({ evidence_id: id }) => id).filter((id) => id !== null);
  const missing = [...new Set(cited)].filter((id) => !today.has(id));
  const found = await Promise.all(missing.map((id) => evidenceById(db, plant, id, asked)));
  return found.filter((one) => one !== null);
}

/**
 * The cause record of a stop by its id (`line@from`): as a person confirmed it last, else as the records propose it now.
 * What people decided since stands in both. null: the line ran then, or its records are gone.
 */
export async function causeRecordOfStop(
  db: Db,
  plant: Plant,
  id: string,
  asked: Asked,
): Promise<ShownCauseRecord | null> {
  const [line = '', from = ''] = id.split('@');
  const at = Date.parse(from);
  if (Number.isNaN(at) || !plant.lines.some((one) => one.id === line)) return null;
  const found = await gatherStopCase(db, plant, { line, at }, asked);
  if (!found || !stoodAt(found.stop, at)) return null;
  const { stop } = found;
  const diagnosis = diagnose(found);
  const proposal = causeRecordOf(diagnosis, plant, lostProduction(found));
  const kept = (await causeRecords(db, await stopIds(db, stop))).at(-1);
  const record = kept ? { ...kept, stop: stop.id, d2_problem: proposal.d2_problem } : proposal;
  const then = await citedThen(db, plant, { record, evidence: diagnosis.evidence }, asked);
  return {
    record: withDecisions(record, await decisionsOfStop(db, stop)),
    evidence: [...diagnosis.evidence, ...then],
  };
}

const stoodAt = ({ from, to }: Stop, at: Millis): boolean =>
  millis(from) <= at && (to === null || millis(to) >= at);
