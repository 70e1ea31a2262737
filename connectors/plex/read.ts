/** Reads what changed in Plex since a position, step by step; each moves the position on as far as it has read. */
import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import { isOver } from '../source/order-status.ts';
import type { Read } from '../source/polled.ts';
import { changedOf, readFrom, versionsOf } from '../source/position.ts';
import type { Position } from './position.ts';
import { api, historyOf, listOf, mappingNow, type Reader } from './reader.ts';
import {
  crewRecord,
  entryRecord,
  jobRecord,
  jobStatusOf,
  jobVersion,
  lotRecords,
  scrapRecord,
  type Mapping,
  type Workcenter,
} from './records.ts';
import * as rows from './rows.ts';

/** New jobs whose line is asked for in one read, one call each: Plex allows 200 calls a minute. The others follow in the next read. */
const jobsPerRead = 20;

export const steps: readonly Read<Reader, Position>[] = [readFloor, readJobs, readInventory];

async function readFloor(reader: Reader, position: Position, signal: AbortSignal): Promise<PlantRecord[]> {
  const mapping = await mappingNow(reader, signal);
  const to = mapping.observedAt;
  const from = readFrom(position.until || null, reader.chosen.backfillDays, to);
  const found: PlantRecord[] = [];
  for (const center of mapping.workcenters.values())
    found.push(...(await readCenter(reader, position, center, { from, to }, mapping, signal)));
  position.until = to;
  return found;
}

/** People, status entries and scrap of one work center. */
async function readCenter(
  reader: Reader,
  position: Position,
  center: Workcenter,
  { from, to }: { from: Millis; to: Millis },
  mapping: Mapping,
  signal: AbortSignal,
): Promise<PlantRecord[]> {
  const { json } = await reader.http.getJson(api.control(center.id), { signal });
  const present = rows.controlRow.parse(json).operators?.length ?? null;
  const found: PlantRecord[] = crewChange(reader, position, center, present, mapping);
  const entries = await historyOf(
    reader,
    {
      path: api.entries,
      row: rows.entryRow,
      what: 'status entries',
      center,
      // An entry that still runs began before the window: it is read again until it has a duration.
      from: Math.min(from, position.running[center.code]?.from ?? from),
      to,
    },
    signal,
  );
  // Oldest first: what ended gives its count away before the next one begins to count.
  for (const row of entries.toSorted((a, b) => Date.parse(a.logDate) - Date.parse(b.logDate)))
    found.push(entryRecord(row, center, operatorsOf(row, center, present, position), mapping));
  const scrap = await historyOf(
    reader,
    { path: api.scrap, row: rows.scrapRow, what: 'scrap entries', center, from, to },
    signal,
  );
  found.push(...scrap.flatMap((row) => scrapRecord(row, center, mapping) ?? []));
  return found;
}

/** The count of people, told only when it changed. */
function crewChange(
  { context }: Reader,
  position: Position,
  center: Workcenter,
  present: number | null,
  mapping: Mapping,
): PlantRecord[] {
  const planned = context.plant.lines.find(({ id }) => id === center.line)?.crew;
  if (present === null || planned === undefined || position.crew[center.code] === present) return [];
  position.crew[center.code] = present;
  return [crewRecord(center, present, planned, mapping)];
}

/** People are counted while an entry runs; the least that were seen is kept, for that is what a stop for want of people shows. */
function operatorsOf(
  row: rows.EntryRow,
  center: Workcenter,
  present: number | null,
  position: Position,
): number | null {
  const from = Date.parse(row.logDate);
  const running = position.running[center.code];
  const seen = running?.from === from ? running.operators : null;
  if (row.duration !== null) {
    if (running?.from === from) delete position.running[center.code];
    return seen;
  }
  const operators = seen === null ? present : Math.min(seen, present ?? seen);
  position.running[center.code] = { from, operators };
  return operators;
}

function readJobs(reader: Reader, position: Position, signal: AbortSignal): Promise<PlantRecord[]> {
  return reader.parts.read('jobs', 'order', async () => {
    const mapping = await mappingNow(reader, signal);
    const found: PlantRecord[] = [];
    let asked = 0;
    for (const row of await listOf(reader, api.jobs, rows.jobRow, 'jobs', signal)) {
      const before = position.jobs[row.jobNumber];
      const version = jobVersion(row);
      const over = isOver(jobStatusOf(row.jobStatus));
      if (before?.version === version || (over && !before)) continue;
      if (!before && (asked += 1) > jobsPerRead) continue;
      const line = before?.line ?? (await lineOfJob(reader, row.id, mapping, signal));
      if (line !== null) found.push(jobRecord(row, line, mapping));
      if (over) delete position.jobs[row.jobNumber];
      else position.jobs[row.jobNumber] = { version, line };
    }
    return found;
  });
}

/** A job names no work center; its operations do. */
async function lineOfJob(
  reader: Reader,
  id: string | null,
  { workcenters }: Mapping,
  signal: AbortSignal,
): Promise<string | null> {
  if (id === null) return null;
  const operations = await listOf(
    reader,
    api.jobOperations(id),
    rows.jobOperationRow,
    'job operations',
    signal,
  );
  return operations.flatMap((row) => workcenters.get(row.workcenterId ?? '')?.line ?? [])[0] ?? null;
}

async function readInventory(
  reader: Reader,
  position: Position,
  signal: AbortSignal,
): Promise<PlantRecord[]> {
  if (!reader.chosen.inventory) return [];
  const mapping = await mappingNow(reader, signal);
  const lots = await reader.parts.read('lots', 'lot', () =>
    listOf(reader, api.lots, rows.lotRow, 'lots', signal),
  );
  const containers = await reader.parts.read('containers', 'lot', () =>
    listOf(reader, api.containers, rows.containerRow, 'containers', signal),
  );
  const found = lotRecords(lots, containers, mapping);
  const changed = changedOf(found, position.lots);
  position.lots = versionsOf(found);
  return changed;
}
